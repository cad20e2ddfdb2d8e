import type { LiveSnapshot } from "../../live/snapshot.js";
import { LIVE_STATES } from "../../live/tunnel.js";
import { stateText } from "./state.js";

/** How things stand at the end, a line: tunnels by state, and what is raised. */
export function endingText({ tunnels, findings }: LiveSnapshot): string {
  const states = LIVE_STATES.flatMap((state) => {
    const count = tunnels.filter((tunnel) => tunnel.state === state).length;
    return count === 0 ? [] : [`${count} ${stateText(state)}`];
  });
  const raised = new Map<string, number>();
  for (const { finding } of [...findings, ...tunnels.flatMap((tunnel) => tunnel.findings)]) {
    if (finding.severity !== "info") raised.set(finding.code, (raised.get(finding.code) ?? 0) + 1);
  }
  const codes = [...raised].map(([code, count]) => (count === 1 ? code : `${code} (${count} tunnels)`));
  const known = `${tunnels.length} tunnel${tunnels.length === 1 ? "" : "s"}`;
  const how = states.length === 0 ? known : `${known}: ${states.join(", ")}`;
  return `${how}; ${codes.length === 0 ? "nothing is raised" : `raised: ${codes.join(", ")}`}`;
}
