import type { Address } from "../bytes/address.js";
import type { FrameRef } from "../bytes/frame.js";
import type { Micros } from "../bytes/time.js";
import { firstTimeOf } from "../session/sightings.js";
import type { Code } from "./codes.js";
import { type Setup, setupsIn, type TunnelContext } from "./context.js";
import { citedFrames, isCited } from "./facts/cited.js";
import { roundsOf } from "./facts/authentication/eap-rounds.js";
import { endOfIkeSa } from "./facts/life/ended-ike-sa.js";
import { refusedAuthentications } from "./facts/authentication/refused-authentications.js";
import { canonicalOf } from "./facts/sides.js";
import { mayBeRefused } from "./facts/child/undecided-answer.js";
import type { Finding, Phase, Status } from "./finding.js";

/** The state of an IKE SA that its messages alone would call up. */
export type ToldState =
  /**
   * By the root finding, which has this code, of a tunnel that fails, or is only suspected; `was-up` where its liveness checks went
   * unanswered, the peer has forgotten it, or the finding tells why nothing is left of it.
   */
  | { readonly kind: "not-up" | "perhaps-not-up" | "was-up"; readonly code: Code }
  /** Its answer sends the client to another gateway. */
  | { readonly kind: "redirected"; readonly code: null }
  /** Its own messages end it. */
  | { readonly kind: "deleted" | "replaced"; readonly code: null }
  /** The initiator may have refused the answer, and nothing in the capture tells. */
  | { readonly kind: "up-or-refused"; readonly code: null }
  /** The last answer of EAP is as short as a refusal, its success and a short request are, and nothing in the capture tells. */
  | { readonly kind: "unknown"; readonly code: null };

const SETUP_PHASES: ReadonlySet<Phase> = new Set<Phase>([
  "IKE_SA_INIT",
  "IKE_INTERMEDIATE",
  "IKE_AUTH",
  "MAIN_MODE",
  "AGGRESSIVE_MODE",
]);

/** States of IKE SAs that are up or refused by their messages, and may not be, or are cited by the root finding of a failing setup. */
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
  const root = findings.find(({ severity }) => severity === "critical");
  if (root !== undefined && (status === "failing" || status === "suspected")) {
    for (const [{ sa }, state] of hitBy(root, up, context, status)) states.set(sa.id, state);
  }
  for (const [{ sa }, code] of replacedDead(up, findings)) states.set(sa.id, { kind: "was-up", code });
  return states;
}

/** IKE SAs that the root finding of a tunnel that fails, or may, shows as not up, or as no longer up. */
function hitBy(
  root: Finding,
  up: readonly Setup[],
  context: TunnelContext,
  status: Status,
): [Setup, ToldState][] {
  const cited = citedFrames([root]);
  const hit = up.filter(({ sa }) => holdsCited(sa, cited));
  const isFailing = status === "failing";
  const each = (setups: readonly Setup[], kind: "not-up" | "perhaps-not-up" | "was-up") =>
    setups.map((setup): [Setup, ToldState] => [setup, { kind, code: root.code }]);
  if (root.phase !== null && SETUP_PHASES.has(root.phase)) {
    if (!isFailing) return each(hit, "perhaps-not-up");
    const before = up.filter(
      (setup) =>
        !hit.includes(setup) && endOfIkeSa(context, setup) === null && isGoneAt(context, setup, root),
    );
    return [...each(hit, "not-up"), ...each(before, "was-up")];
  }
  if (root.phase === "INFORMATIONAL") return each(hit, isFailing ? "was-up" : "perhaps-not-up");
  return isFailing && root.code === "path-lost" ? each(up.slice(-1), "was-up") : [];
}

/** Traffic of one side of the tunnel at least ends so long before the capture: it carries nothing any more. */
const ENDED_US: Micros = 5_000_000;

/** Whether nothing of an IKE SA that was set up before the one that failed is left: no answer since, and traffic that ended. */
function isGoneAt({ tunnel, capture }: TunnelContext, { sa }: Setup, { evidence }: Finding): boolean {
  const failedAt = Math.min(...evidence.map(({ time }) => time));
  const end = capture.observations.lastTime;
  if (end === null || tunnel.streams.length === 0 || sa.firstTime > failedAt) return false;
  const isAnswered = sa.exchanges.some(({ response }) => firstTimeOf(response) > failedAt);
  const lastOfEach = new Map<Address, Micros>();
  for (const { source, lastTime } of tunnel.streams) {
    const side = canonicalOf(tunnel, source);
    lastOfEach.set(side, Math.max(lastTime, lastOfEach.get(side) ?? 0));
  }
  return !isAnswered && end - Math.min(...lastOfEach.values()) >= ENDED_US;
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
function isReplaced(sa: Setup["sa"], { code, evidence }: Finding, up: readonly Setup[]): boolean {
  const own = evidence.filter(({ frame }) => holdsCited(sa, new Set([frame])));
  const after = code === "peer-restarted" ? sa.firstTime : Math.max(...own.map(({ time }) => time));
  return up.some(({ sa: other }) => other.id !== sa.id && other.startSeen && other.firstTime > after);
}

function holdsCited({ exchanges }: Setup["sa"], frames: ReadonlySet<FrameRef>): boolean {
  return exchanges.some(({ request, response }) => isCited(request, frames) || isCited(response, frames));
}
