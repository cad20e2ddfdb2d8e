import type { Micros } from "../../bytes/time.js";
import type { TunnelContext } from "../context.js";
import type { Finding, Phase } from "../finding.js";
import type { JudgedTunnel } from "../judgement.js";
import { isAboutHealth } from "../status.js";

/** Phases of a setup: who fails in them begins again, and again. */
const SETUP: ReadonlySet<Phase | null> = new Set<Phase | null>([
  "IKE_SA_INIT",
  "IKE_INTERMEDIATE",
  "IKE_AUTH",
  "MAIN_MODE",
  "AGGRESSIVE_MODE",
  "TRANSACTION",
  "QUICK_MODE",
]);

/** The first finding above info; a note on algorithms is no fault of the tunnel. */
export function rootOf({ findings }: Pick<JudgedTunnel, "findings">): Finding | undefined {
  return findings.find(({ severity }) => severity !== "info");
}

/** The same, but one about the recording only where there is no other. */
export function faultOf({ findings }: Pick<JudgedTunnel, "findings">): Finding | undefined {
  return (
    findings.find((finding) => finding.severity !== "info" && isAboutHealth(finding)) ?? rootOf({ findings })
  );
}

/**
 * When the trouble of a tunnel began: at the first packet that shows it, and of a setup that fails again and again, of which the
 * last attempt is the evidence, at the first attempt since the last one that came up. Null where nothing is wrong, or only texts
 * of hosts without a time show it.
 */
export function troubleSince(
  { setups }: Pick<TunnelContext, "setups">,
  findings: readonly Finding[],
): Micros | null {
  const fault = faultOf({ findings });
  if (fault === undefined) return null;
  const times = [...fault.evidence, ...fault.lines].flatMap(({ time }) => time ?? []);
  const shown = times.length === 0 ? null : Math.min(...times);
  if (shown === null || !SETUP.has(fault.phase)) return shown;
  const before = setups.filter(({ sa }) => sa.firstTime <= shown);
  // A Child SA that is refused leaves an IKE SA that is up and of no use.
  const worked = before.findLastIndex(
    ({ progress: { upAt, state } }) => upAt !== null && state !== "child-refused",
  );
  const first = before.slice(worked + 1)[0];
  return first === undefined ? shown : Math.min(shown, first.sa.firstTime);
}
