import { judgementOf } from "./judgement-of.js";
import type { Judgement } from "./judgement.js";

/**
 * The judgement of the tunnel with that number, with what is said of the capture as a whole; null where there is none. It was
 * judged among the others: what is only seen beside them stays known.
 */
export function judgementOfTunnel(judgement: Judgement, id: number): Judgement | null {
  const judged = judgement.tunnels.find(({ tunnel }) => tunnel.id === id);
  if (judged === undefined) return null;
  return judgementOf(
    [judged],
    judgement,
    judgement.findings.filter(({ tunnel }) => tunnel === null),
  );
}
