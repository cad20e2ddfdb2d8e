import type { Finding } from "../diagnosis/finding.js";
import type { Judgement } from "../diagnosis/judgement.js";
import { listed, type Message, say } from "../texts/message.js";

/** Tunnels that are named for one finding. */
const NAMED = 8;

/** "tunnel 2", of which a finding tells; empty where it tells of none, or the report has no other one. */
export function tunnelText(
  { tunnel }: Pick<Finding, "tunnel">,
  { tunnels }: Pick<Judgement, "tunnels">,
): Message {
  return tunnel === null || tunnels.length === 1 ? "" : say`tunnel ${tunnel}`;
}

/** A sentence about the other findings of one code, after a blank: " Tunnels 3 and 5 have it too."; empty where there are none. */
export function othersText(others: readonly Finding[], { tunnels }: Pick<Judgement, "tunnels">): Message {
  if (others.length === 0) return "";
  const ids = [...new Set(others.map(({ tunnel }) => tunnel))].filter((id) => id !== null);
  if (tunnels.length === 1 || ids.length < others.length) {
    return say` The same holds for ${others.length} more (-f ndjson has each).`;
  }
  const [only, second] = ids;
  if (only !== undefined && second === undefined)
    return say` Tunnel ${only} has it too (-f ndjson has each).`;
  const named = listed(ids.slice(0, NAMED).map(String));
  const left = ids.length - NAMED;
  return left > 0
    ? say` Tunnels ${named} and ${left} more have it too (-f ndjson has each).`
    : say` Tunnels ${named} have it too (-f ndjson has each).`;
}
