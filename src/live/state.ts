import type { Micros } from "../bytes/time.js";
import type { TunnelContext } from "../diagnosis/context.js";
import type { Phase } from "../diagnosis/finding.js";
import type { JudgedTunnel } from "../diagnosis/judgement.js";
import type { RaisedFinding } from "./raised.js";
import { isUnderWay, phaseIn } from "./setups.js";
import type { LiveState } from "./tunnel.js";

/** A tunnel that worked and says nothing for so long is quiet: it may be idle, or gone without a word. */
export const QUIET_AFTER: Micros = 300_000_000;

/** States of a tunnel that is there. */
const WORKS: ReadonlySet<LiveState> = new Set(["up", "degraded", "quiet"]);

export function isWorking(state: LiveState): boolean {
  return WORKS.has(state);
}

/** Whether a packet may prove that the tunnel works. */
export function isInDoubt({ state }: { readonly state: LiveState }): boolean {
  return !isWorking(state) || state === "quiet";
}

/** When a tunnel that works counts as quiet, if nothing more is heard of it. */
export function quietAt({ lastTime }: { readonly lastTime: Micros }): Micros {
  return lastTime + QUIET_AFTER + 1_000_000;
}

/** How a tunnel stands after a judgement, given how it stood before. */
export function stateAfter(
  before: {
    readonly state: LiveState;
    readonly lastTime: Micros;
    readonly findings: readonly RaisedFinding[];
  },
  judged: JudgedTunnel,
  context: TunnelContext,
  now: Micros,
): { readonly state: LiveState; readonly phase: Phase | null } {
  const failing = before.findings.find(({ finding }) => finding.severity === "critical");
  if (failing !== undefined) return { state: "failing", phase: failing.finding.phase };
  const deleted = judged.findings.find(({ code }) => code === "sa-deleted-by-peer");
  if (deleted !== undefined) return { state: "down", phase: null };
  const works = judged.isUp && judged.status !== "failing";
  if (works || isWorking(before.state)) {
    const isWarned = before.findings.some(({ finding }) => finding.severity === "warning");
    if (now - before.lastTime > QUIET_AFTER) return { state: "quiet", phase: null };
    if (works) return { state: isWarned ? "degraded" : "up", phase: null };
  }
  // A new setup, or silence that proves nothing yet, does not speak against a tunnel that worked.
  if (isWorking(before.state)) return { state: before.state, phase: null };
  const setup = context.setups.findLast((one) => isUnderWay(one, now));
  if (setup !== undefined) return { state: "setting-up", phase: phaseIn(setup) };
  return { state: "unknown", phase: null };
}
