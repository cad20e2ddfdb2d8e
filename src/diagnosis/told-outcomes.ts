import type { FrameRef } from "../bytes/frame.js";
import { EXCHANGE_V1, EXCHANGE_V2 } from "../ike/registries/exchanges.js";
import { notifyName } from "../ike/registries/notify.js";
import type { Exchange } from "../session/model.js";
import { errorNotify } from "../session/payloads.js";
import { isRefusalLength } from "../session/short-messages.js";
import type { Code } from "./codes.js";
import type { Setup, TunnelContext } from "./context.js";
import { openedRefusals } from "./facts/opened/opened.js";
import type { Finding, Phase, Status } from "./finding.js";
import { phaseOf } from "./phases.js";
import { refusalOf } from "./facts/child/refused-quick-mode.js";
import { citedFrames, isCited } from "./facts/cited.js";
import type { ToldState } from "./told-state.js";
import { toldStates } from "./told-states.js";

/** How an exchange ended where its messages in clear do not say it, and keys or a finding do. */
export type ToldOutcome =
  | { readonly kind: "refused"; readonly notify: string }
  /** The answer has room for an error alone. */
  | { readonly kind: "refused-by-length" }
  /** IKEv1: an INFORMATIONAL came instead of the answer. */
  | { readonly kind: "refused-by-informational" }
  /** IKEv1: an INFORMATIONAL by which the initiator refuses an answer. */
  | { readonly kind: "refusal" }
  /** An ICMP error came instead of the answer. */
  | { readonly kind: "icmp-error" }
  /** The answer was sent, and who asked did not get it. */
  | { readonly kind: "answer-lost" };

/** Outcomes and states that findings or keys add to what messages in clear show. Every report shows them, so that none contradicts a finding. */
export interface ToldOutcomes {
  /** By the first frame of an exchange. */
  readonly exchanges: ReadonlyMap<FrameRef, ToldOutcome>;
  /** By the id of an IKE SA. */
  readonly states: ReadonlyMap<string, ToldState>;
}

const NOTHING_TOLD: ToldOutcomes = { exchanges: new Map(), states: new Map() };

/** Findings by which an answer that is too short to accept the authentication refuses it. */
const AUTHENTICATION_REFUSED: ReadonlySet<Code> = new Set<Code>([
  "authentication-failed",
  "ike-unsupported-extension",
  "eap-failed",
  "ppk-mismatch",
  "keys-differ",
  "certificate-expired",
  "certificate-not-yet-valid",
  "peer-config-missing",
]);

/** Findings by which an answer without room for a Child SA refuses it. */
const CHILD_REFUSED: ReadonlySet<Code> = new Set<Code>([
  "child-rejected",
  "child-ts-unacceptable",
  "child-no-proposal-chosen",
  "rekey-failed",
]);

/** Findings that in IKEv1 an INFORMATIONAL shows. */
const REFUSED_IN_V1: ReadonlySet<Code> = new Set<Code>([
  ...AUTHENTICATION_REFUSED,
  ...CHILD_REFUSED,
  "ike-no-proposal-chosen",
  "ike-refused",
  "ike-version-mismatch",
  "ike-scanned",
]);

const REFUSED_BY_ICMP: ReadonlySet<Code> = new Set<Code>([
  "icmp-port-unreachable",
  "icmp-admin-prohibited",
  "icmp-host-unreachable",
]);

/** The row of an exchange, by the frame that it begins with. */
export function firstFrameOf({ request, response }: Exchange): FrameRef | undefined {
  return (request ?? response)?.sightings[0]?.frames[0];
}

/** The outcomes of exchanges as the findings of the tunnel, and the keys, tell them. Pure. */
export function toldOutcomes(
  context: TunnelContext,
  findings: readonly Finding[],
  status: Status,
): ToldOutcomes {
  const exchanges = new Map<FrameRef, ToldOutcome>();
  const tell = (exchange: Exchange, outcome: ToldOutcome): void => {
    const frame = firstFrameOf(exchange);
    if (frame !== undefined && !exchanges.has(frame)) exchanges.set(frame, outcome);
  };
  for (const { exchange, notifyType, setup } of openedRefusals(context)) {
    tell(exchange, { kind: "refused", notify: notifyName(setup.sa.majorVersion, notifyType) });
  }
  for (const scan of context.scans) {
    for (const [exchange, outcome] of refusedInV1(scan, findings)) tell(exchange, outcome);
    const unanswered = scan.progress.opening.filter(({ response }) => response === null);
    if (scan.icmp.length > 0) for (const exchange of unanswered) tell(exchange, { kind: "icmp-error" });
  }
  for (const setup of context.setups) {
    for (const exchange of refusedByLength(setup, findings)) tell(exchange, { kind: "refused-by-length" });
    for (const [exchange, outcome] of refusedInV1(setup, findings)) tell(exchange, outcome);
  }
  for (const setup of context.setups) {
    for (const exchange of refusedByIcmp(setup, findings)) tell(exchange, { kind: "icmp-error" });
  }
  const lost = citedFrames(findings.filter(({ code }) => code === "ike-response-lost"));
  if (lost.size > 0) {
    for (const { sa } of context.setups) {
      for (const exchange of sa.exchanges)
        if (isCited(exchange.response, lost)) tell(exchange, { kind: "answer-lost" });
    }
  }
  const states = toldStates(context, findings, status);
  return exchanges.size === 0 && states.size === 0 ? NOTHING_TOLD : { exchanges, states };
}

/** IKEv2 exchanges whose answers can hold an error alone, where a finding says that they do. */
function refusedByLength({ sa, progress }: Setup, findings: readonly Finding[]): Exchange[] {
  if (sa.majorVersion !== 2) return [];
  const { state, suite } = progress;
  const last = progress.authentication.at(-1);
  const inFirstChild = progress.authClass === "no-child" && has(findings, CHILD_REFUSED, "IKE_AUTH");
  const inAuthentication =
    (state === "authentication-refused" && has(findings, AUTHENTICATION_REFUSED)) || inFirstChild;
  // An initiator that is refused the first Child SA asks for it again.
  const inChildren = inFirstChild || has(findings, CHILD_REFUSED, "CREATE_CHILD_SA");
  return [
    ...(inAuthentication && last?.response != null ? [last] : []),
    ...progress.later.filter(
      ({ exchangeType, response }) =>
        inChildren &&
        exchangeType === EXCHANGE_V2.CREATE_CHILD_SA &&
        isRefusalLength(response?.message, suite),
    ),
  ];
}

/** IKEv1 requests that an INFORMATIONAL met, and answers that one met, where a finding says that it refuses them. */
function refusedInV1(setup: Setup, findings: readonly Finding[]): [Exchange, ToldOutcome][] {
  const { sa, progress } = setup;
  const refusing = findings.filter(({ code }) => REFUSED_IN_V1.has(code));
  if (sa.majorVersion !== 1 || refusing.length === 0) return [];
  const cited = citedFrames(refusing);
  // Findings cite the last attempts; a notify in clear refuses in each of them.
  const refusals = progress.later.filter(
    ({ exchangeType, request }) =>
      exchangeType === EXCHANGE_V1.INFORMATIONAL &&
      (isCited(request, cited) || errorNotify(request) !== null),
  );
  const [first] = refusals;
  if (first === undefined) return refusedLikeCited(setup, refusing);
  const notify = errorNotify(first.request);
  const asked = sa.exchanges.filter(
    ({ exchangeType, startedBy, request, response }) =>
      exchangeType !== EXCHANGE_V1.INFORMATIONAL &&
      response === null &&
      (isCited(request, cited) || (notify !== null && startedBy !== first.startedBy)),
  );
  if (asked.length === 0 && notify === null) return refusals.map((one) => [one, { kind: "refusal" }]);
  const outcome: ToldOutcome =
    notify === null
      ? { kind: "refused-by-informational" }
      : { kind: "refused", notify: notifyName(1, notify.notifyType) };
  return asked.map((exchange) => [exchange, outcome]);
}

/** The request of an attempt that is not cited, in the phase of a finding, where an INFORMATIONAL of the other side comes behind it too. */
function refusedLikeCited(setup: Setup, refusing: readonly Finding[]): [Exchange, ToldOutcome][] {
  const phases = new Set(refusing.map(({ phase }) => phase));
  const asked = setup.sa.exchanges.find(
    (exchange) =>
      exchange.response === null && exchange.expectsResponse && phases.has(phaseOf(setup.sa, exchange)),
  );
  if (asked?.request == null || refusalOf(setup, asked) === undefined) return [];
  return [[asked, { kind: "refused-by-informational" }]];
}

/** Requests without an answer in the phase of which a finding says that ICMP refuses it. */
function refusedByIcmp({ sa }: Setup, findings: readonly Finding[]): Exchange[] {
  const phases = new Set(findings.filter(({ code }) => REFUSED_BY_ICMP.has(code)).map(({ phase }) => phase));
  if (phases.size === 0) return [];
  return sa.exchanges.filter(
    (exchange) => exchange.response === null && exchange.expectsResponse && phases.has(phaseOf(sa, exchange)),
  );
}

function has(findings: readonly Finding[], codes: ReadonlySet<Code>, phase?: Phase): boolean {
  return findings.some(
    (finding) => codes.has(finding.code) && (phase === undefined || finding.phase === phase),
  );
}
