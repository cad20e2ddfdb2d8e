import type { Finding } from "../../diagnosis/finding.js";
import type { LastLook } from "../../live/last-look.js";
import type { LiveSnapshot } from "../../live/snapshot.js";
import { LIVE_STATES } from "../../live/tunnel.js";
import { listed, type Message, say, verbatim } from "../../texts/message.js";
import { stateText } from "./state.js";

/** How things stand at the end, a line: tunnels by state, what is raised, and what was found too late for that. */
export function endingText({ tunnels, findings }: LiveSnapshot, { waiting, left }: LastLook): Message {
  const states = LIVE_STATES.flatMap((state) => {
    const count = tunnels.filter((tunnel) => tunnel.state === state).length;
    return count === 0 ? [] : [say`${count} ${stateText(state)}`];
  });
  const known = say`${tunnels.length} tunnel${tunnels.length === 1 ? "" : "s"}`;
  const how = states.length === 0 ? known : say`${known}: ${listed(states)}`;
  const raised = codesOf(
    [...findings, ...tunnels.flatMap((tunnel) => tunnel.findings)].map(({ finding }) => finding),
  );
  const found = raised.length === 0 ? "nothing is raised" : say`raised: ${listed(raised)}`;
  const late = codesOf(waiting);
  const all =
    late.length === 0
      ? say`${how}; ${found}`
      : say`${how}; ${found}; found too shortly before the end to raise: ${listed(late)}`;
  return left === 0 ? all : say`${all}; ${left} not judged to the end`;
}

/** The codes of findings that are no mere notes, each with the number of its tunnels. */
function codesOf(findings: readonly Finding[]): Message[] {
  const counts = new Map<string, number>();
  for (const { code, severity } of findings) {
    if (severity !== "info") counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].map(([code, count]) =>
    count === 1 ? verbatim(code) : say`${verbatim(code)} (${count} tunnels)`,
  );
}
