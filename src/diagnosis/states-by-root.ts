import type { Address } from "../bytes/address.js";
import type { Micros } from "../bytes/time.js";
import type { Code } from "./codes.js";
import type { Setup, TunnelContext } from "./context.js";
import { citedFrames, holdsCited } from "./facts/cited.js";
import { endOfIkeSa, isAnsweredAfter } from "./facts/life/ended-ike-sa.js";
import { canonicalOf } from "./facts/sides.js";
import type { Finding, Phase, Status } from "./finding.js";
import type { ToldState } from "./told-state.js";

const SETUP_PHASES: ReadonlySet<Phase> = new Set<Phase>([
  "IKE_SA_INIT",
  "IKE_INTERMEDIATE",
  "IKE_AUTH",
  "MAIN_MODE",
  "AGGRESSIVE_MODE",
]);

/** Findings in a phase of the setup that cite an IKE SA that works, to compare with. */
const CITES_WORKING: ReadonlySet<Code> = new Set<Code>(["nat-ike-alg", "ike-mode-mismatch"]);

/** Findings by which the first Child SA is refused, and the IKE SA stands. */
const FIRST_CHILD_REFUSED: ReadonlySet<Code> = new Set<Code>([
  "child-rejected",
  "child-ts-unacceptable",
  "child-no-proposal-chosen",
]);

/** Findings by which one side refuses who the other one is. */
const AUTHENTICATION_REFUSED: ReadonlySet<Code> = new Set<Code>([
  "authentication-failed",
  "authentication-rejected-by-initiator",
  "certificate-expired",
  "certificate-not-yet-valid",
  "eap-failed",
  "keys-differ",
]);

/** Findings by which the IKE SA that is up goes with the path to the peer, or with its daemon. */
const PEER_UNREACHABLE: ReadonlySet<Code> = new Set<Code>([
  "path-lost",
  "icmp-port-unreachable",
  "icmp-host-unreachable",
  "icmp-admin-prohibited",
]);

/** Findings by which one IKE SA after the other was up, and ended when the next one began. */
const ONE_AFTER_ANOTHER: ReadonlySet<Code> = new Set<Code>(["sa-flapping", "identity-flap"]);

/** States of IKE SAs as the root finding of a tunnel that fails, or may, tells them: not up, no longer up, or without a Child SA. */
export function statesByRoot(
  root: Finding,
  context: TunnelContext,
  status: Status,
): (readonly [Setup, ToldState])[] {
  const { code, phase } = root;
  const up = context.setups.filter(({ progress }) => progress.state === "up");
  const isFailing = status === "failing";
  const each = (setups: readonly Setup[], kind: "not-up" | "perhaps-not-up" | "was-up") =>
    setups.map((setup) => [setup, { kind, code }] as const);
  if (ONE_AFTER_ANOTHER.has(code)) return each(isFailing ? followed(up, root, context) : [], "was-up");
  if (phase !== null && SETUP_PHASES.has(phase)) {
    if (CITES_WORKING.has(code)) return [];
    const hit = citedBy(root, context.setups).filter(({ progress }) => looksSetUp(progress.state));
    if (FIRST_CHILD_REFUSED.has(code)) {
      return isFailing ? hit.map((setup) => [setup, { kind: "child-refused", code: null }]) : [];
    }
    if (!isFailing) return each(hit, "perhaps-not-up");
    const before = up.filter(
      (setup) =>
        !hit.includes(setup) && endOfIkeSa(context, setup) === null && isGoneAt(context, setup, root),
    );
    const refused = AUTHENTICATION_REFUSED.has(code) ? stoppedAlike(root, context) : [];
    return [...eachRefused(refused, root), ...each(hit, "not-up"), ...each(before, "was-up")];
  }
  if (phase === "INFORMATIONAL") return each(citedBy(root, up), isFailing ? "was-up" : "perhaps-not-up");
  if (!isFailing || !PEER_UNREACHABLE.has(code)) return [];
  const failedAt = Math.max(...root.evidence.map(({ time }) => time));
  return each(
    up.slice(-1).filter(({ sa }) => !isAnsweredAfter(sa, failedAt)),
    "was-up",
  );
}

/** Whether the messages of a setup alone say that the IKE SA is up. */
function looksSetUp(state: Setup["progress"]["state"]): boolean {
  return state === "up" || state === "phase-1-up" || state === "child-refused";
}

/** A state that is only possible is told with the finding that says so. */
function eachRefused(
  setups: readonly Setup[],
  { code, confidence }: Finding,
): (readonly [Setup, ToldState])[] {
  return setups.map((setup) => [
    setup,
    confidence === "possible" ? { kind: "not-up", code } : { kind: "authentication-refused", code: null },
  ]);
}

/** IKE SAs of the finding that stopped on the way, and those before them that stopped at the same message: it cites the last attempts. */
function stoppedAlike(root: Finding, { setups }: TunnelContext): Setup[] {
  const cited = citedBy(root, setups).filter(({ progress }) => !looksSetUp(progress.state));
  const last = Math.max(...cited.map(({ sa }) => sa.firstTime));
  const ends = new Set(cited.map(lastMessageOf));
  return setups.filter((setup) => setup.sa.firstTime <= last && ends.has(lastMessageOf(setup)));
}

/** The state of a setup, and the message that it came to. */
function lastMessageOf({ sa, progress: { state, opening, authentication } }: Setup): string {
  const { exchangeType, step } = [...opening, ...authentication].at(-1) ?? {};
  return [sa.majorVersion, state, exchangeType, step].join(" ");
}

function citedBy(finding: Finding, setups: readonly Setup[]): Setup[] {
  const cited = citedFrames([finding]);
  return setups.filter(({ sa }) => holdsCited(sa, cited));
}

/** IKE SAs that were up since the first one that the finding cites, with another behind them. */
function followed(up: readonly Setup[], root: Finding, context: TunnelContext): Setup[] {
  const first = Math.min(...citedBy(root, up).map(({ sa }) => sa.firstTime));
  const last = Math.max(...up.map(({ sa }) => sa.firstTime));
  return up.filter(
    (setup) =>
      setup.sa.firstTime >= first && setup.sa.firstTime < last && endOfIkeSa(context, setup) === null,
  );
}

/** Traffic of one side of the tunnel at least ends so long before the capture: it carries nothing any more. */
const ENDED_US: Micros = 5_000_000;

/** Whether nothing of an IKE SA that was set up before the one that failed is left: no answer since, and traffic that ended. */
function isGoneAt({ tunnel, capture }: TunnelContext, { sa }: Setup, { evidence }: Finding): boolean {
  const failedAt = Math.min(...evidence.map(({ time }) => time));
  const end = capture.observations.lastTime;
  if (end === null || tunnel.streams.length === 0 || sa.firstTime > failedAt) return false;
  const lastOfEach = new Map<Address, Micros>();
  for (const { source, lastTime } of tunnel.streams) {
    const side = canonicalOf(tunnel, source);
    lastOfEach.set(side, Math.max(lastTime, lastOfEach.get(side) ?? 0));
  }
  return !isAnsweredAfter(sa, failedAt) && end - Math.min(...lastOfEach.values()) >= ENDED_US;
}
