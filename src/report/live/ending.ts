import { listed, type Message, say, verbatim } from "../../texts/message.js";
import type { LiveSnapshot } from "../../live/snapshot.js";
import { LIVE_STATES } from "../../live/tunnel.js";
import { stateText } from "./state.js";

/** How things stand at the end, a line: tunnels by state, and what is raised. */
export function endingText({ tunnels, findings }: LiveSnapshot): Message {
  const states = LIVE_STATES.flatMap((state) => {
    const count = tunnels.filter((tunnel) => tunnel.state === state).length;
    return count === 0 ? [] : [say`${count} ${stateText(state)}`];
  });
  const raised = new Map<string, number>();
  for (const { finding } of [...findings, ...tunnels.flatMap((tunnel) => tunnel.findings)]) {
    if (finding.severity !== "info") raised.set(finding.code, (raised.get(finding.code) ?? 0) + 1);
  }
  const codes = [...raised].map(([code, count]) =>
    count === 1 ? verbatim(code) : say`${verbatim(code)} (${count} tunnels)`,
  );
  const known = say`${tunnels.length} tunnel${tunnels.length === 1 ? "" : "s"}`;
  const how = states.length === 0 ? known : say`${known}: ${listed(states)}`;
  return say`${how}; ${codes.length === 0 ? "nothing is raised" : say`raised: ${listed(codes)}`}`;
}
