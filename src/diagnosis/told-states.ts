import type { Code } from "./codes.js";
import { type Setup, setupsIn, type TunnelContext } from "./context.js";
import { citedFrames, holdsCited, lastCited } from "./facts/cited.js";
import { roundsOf } from "./facts/authentication/eap-rounds.js";
import { endOfIkeSa, isAnsweredAfter } from "./facts/life/ended-ike-sa.js";
import { refusedAuthentications } from "./facts/authentication/refused-authentications.js";
import { mayBeRefused } from "./facts/child/undecided-answer.js";
import type { Finding, Status } from "./finding.js";
import { statesByRoot } from "./states-by-root.js";
import type { ToldState } from "./told-state.js";

/** States of IKE SAs that their messages alone would tell otherwise than the findings do. */
export function toldStates(
  context: TunnelContext,
  findings: readonly Finding[],
  status: Status,
): ReadonlyMap<string, ToldState> {
  const up = context.setups.filter(({ progress }) => progress.state === "up");
  const states = new Map<string, ToldState>();
  for (const setup of up) {
    if (mayBeRefused(context, setup)) states.set(setup.sa.id, { kind: "up-or-refused", code: null });
  }
  const refused = new Set(refusedAuthentications(context, "EAP"));
  for (const setup of setupsIn(context, "authentication-refused")) {
    if (roundsOf(setup).length > 1 && !refused.has(setup)) {
      states.set(setup.sa.id, { kind: "unknown", code: null });
    }
  }
  const redirects = citedFrames(findings.filter(({ code }) => code === "redirected"));
  for (const { sa } of context.setups) {
    if (holdsCited(sa, redirects)) states.set(sa.id, { kind: "redirected", code: null });
  }
  const deleted = citedFrames(findings.filter(({ code }) => code === "sa-deleted-by-peer"));
  for (const setup of up) {
    const end = holdsCited(setup.sa, deleted) ? "deleted" : endOfIkeSa(context, setup);
    if (end !== null) states.set(setup.sa.id, { kind: end, code: null });
  }
  for (const [{ sa }, code] of unanswered(up, findings)) {
    if (!states.has(sa.id)) states.set(sa.id, { kind: "was-up", code });
  }
  const root = findings.find(({ severity }) => severity === "critical");
  if (root !== undefined && (status === "failing" || status === "suspected")) {
    for (const [{ sa }, state] of statesByRoot(root, context, status)) states.set(sa.id, state);
  }
  for (const [{ sa }, code] of replacedDead(up, findings)) states.set(sa.id, { kind: "was-up", code });
  return states;
}

/** Whether a finding says that requests were given up without an answer, which ends the IKE SA (RFC 7296 2.4). */
function isGivenUp({ code, severity, causedBy }: Finding): boolean {
  if (severity === "info") return false;
  if (code === "dpd-timeout") return true;
  // As a warning of its own it tells of a rekey that may be answered yet.
  return code === "rekey-unanswered" && (severity === "critical" || causedBy !== null);
}

/** IKE SAs on which nothing was answered any more after the last request that such a finding cites. */
function unanswered(up: readonly Setup[], findings: readonly Finding[]): [Setup, Code][] {
  return findings.filter(isGivenUp).flatMap((finding) =>
    up
      .filter(({ sa }) => {
        const last = lastCited(sa, finding);
        return last !== null && !isAnsweredAfter(sa, last);
      })
      .map((setup): [Setup, Code] => [setup, finding.code]),
  );
}

/** IKE SAs of which a finding says that the peer no longer answered on them, or has forgotten them, and after which another was set up. */
function replacedDead(up: readonly Setup[], findings: readonly Finding[]): [Setup, Code][] {
  return findings
    .filter(({ code }) => code === "dpd-timeout" || code === "peer-restarted")
    .flatMap((finding) => {
      const cited = citedFrames([finding]);
      return up
        .filter(({ sa }) => holdsCited(sa, cited) && isReplaced(sa, finding, up))
        .map((setup): [Setup, Code] => [setup, finding.code]);
    });
}

/** A restart is told with the new setup among its evidence; checks that are in vain end before it. */
function isReplaced(sa: Setup["sa"], finding: Finding, up: readonly Setup[]): boolean {
  const after = finding.code === "peer-restarted" ? sa.firstTime : (lastCited(sa, finding) ?? Infinity);
  return up.some(({ sa: other }) => other.id !== sa.id && other.startSeen && other.firstTime > after);
}
