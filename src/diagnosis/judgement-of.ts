import { isMulticast } from "../bytes/address.js";
import { inEnglish } from "../texts/texts.js";
import type { Code } from "./codes.js";
import type { CaptureContext } from "./context.js";
import { isSuspicion } from "./doubt.js";
import { type Finding, type Status, STATUSES } from "./finding.js";
import { headlineConfidence, headlineOf } from "./headline.js";
import type { JudgedTunnel, Judgement } from "./judgement.js";
import { causesOf } from "./outage/cause.js";
import { scopeOf } from "./scope.js";
import { bySeverity } from "./severity.js";

/** The judgement of tunnels that were judged one by one; of `notJudged` others nothing is known. */
export function judgementOf(
  tunnels: readonly JudgedTunnel[],
  { observations, files }: Pick<CaptureContext, "observations" | "files">,
  ofCapture: readonly Finding[],
  notJudged = 0,
): Judgement {
  const findings = bySeverity([...tunnels.flatMap((judged) => judged.findings), ...ofCapture]);
  const status = worstOf(statusOf(tunnels, notJudged), ofCapture);
  const { scope, shared } = scopeOf(tunnels);
  const causes = causesOf(tunnels);
  const told = { files, observations, status, scope, causes, tunnels, notJudged, findings };
  const headline = headlineOf(told);
  return {
    ...told,
    shared: shared.map(inEnglish),
    headline: inEnglish(headline),
    confidence: headlineConfidence(told),
    messages: { headline, shared },
  };
}

/** A host without a tunnel in the capture can fail too. */
function worstOf(status: Status, ofCapture: readonly Finding[]): Status {
  const critical = ofCapture.filter(({ severity }) => severity === "critical");
  if (critical.length === 0) return status;
  const own: Status = critical.every(isSuspicion) ? "suspected" : "failing";
  return STATUSES.indexOf(own) < STATUSES.indexOf(status) ? own : status;
}

/** That none of the tunnels fails says nothing while some are not judged. */
function statusOf(tunnels: readonly JudgedTunnel[], notJudged: number): Status {
  const status = overallStatus(tunnels);
  return notJudged > 0 && (status === "healthy" || status === "up") ? "nothing-to-judge" : status;
}

/** Nothing more was to come of a tunnel with these. */
const FINDINGS_OF_A_SETTLED_TUNNEL: ReadonlySet<Code> = new Set(["redirected", "ike-scanned"]);

/** The worst of all; where one is not proven to be healthy, and no packet that strayed, that all are is not proven either. */
function overallStatus(tunnels: readonly JudgedTunnel[]): Status {
  const worst = STATUSES.find((status) => tunnels.some((judged) => judged.status === status));
  const isOpen = ({ tunnel, status, isStray, findings }: JudgedTunnel): boolean =>
    status === "nothing-to-judge" &&
    !isStray &&
    !tunnel.addresses.some(isMulticast) &&
    !findings.some(({ code }) => FINDINGS_OF_A_SETTLED_TUNNEL.has(code));
  if (worst === "healthy" && tunnels.some(isOpen)) return "up";
  return worst ?? "nothing-to-judge";
}
