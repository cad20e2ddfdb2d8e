import { wasSetBack } from "../../clock.js";
import type { TunnelContext } from "../../context.js";

/** Whether a clock was set back in a capture that holds the opening of an IKE SA: by its times something else may come first. */
export function holdsOpeningOutOfOrder({ capture, setups }: TunnelContext): boolean {
  return (
    capture.files.some(wasSetBack) &&
    setups.some(({ progress }) => progress.opening.some(({ request }) => request !== null))
  );
}
