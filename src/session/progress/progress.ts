import type { IkeSa, Progress } from "../model.js";
import { progressV1 } from "./v1.js";
import { progressV2 } from "./v2.js";

/** The IKE SA that was asked about last: of a tunnel that has one it is asked twice, when it is opened and when it is judged. */
let last: { readonly sa: IkeSa; readonly progress: Progress } | null = null;

/** Derives the progress of an IKE SA from its exchanges. Pure. */
export function progressOf(sa: IkeSa): Progress {
  if (last?.sa !== sa) last = { sa, progress: sa.majorVersion === 2 ? progressV2(sa) : progressV1(sa) };
  return last.progress;
}
