import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import type { Exchange } from "../../../session/model.js";
import { firstTimeOf, lastSighting, lastTimeOf } from "../../../session/sightings.js";
import { type Setup, setupsIn, type TunnelContext } from "../../context.js";
import { attemptsText, evidenceOf, triesText } from "../../evidence.js";
import type { Rival, Verdict } from "../../finding.js";
import { endsEarly, type Grade, graded, mayStillBeAnswered } from "../../grade.js";
import { severityUnlessMended } from "../../facts/life/healing.js";
import { rejectedModeConfig } from "../../facts/authentication/rejected-mode-config.js";
import { carriesEspAfter } from "../../facts/authentication/same-client.js";
import { silenceAfter, staysUnanswered } from "../../facts/silence/silence.js";
import { MODE_CONFIG, XAUTH } from "../../facts/host/logged-subjects.js";
import { loggedCauseAlone, withLoggedCause } from "../../facts/host/told-cause.js";
import { defineRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** Behind XAUTH comes quick mode at once; so long without it, and the IKE SA is given up. */
const GIVEN_UP: Micros = 30_000_000;

/** A gateway asks its AAA server behind the login; behind the result the client goes on at once. */
const GATEWAY_WAITS: Micros = 20_000_000;
const CLIENT_WAITS: Micros = 5_000_000;
/** Both sides go on within this time, unless somebody is asked first. */
const NEXT_STEP: Micros = 2_000_000;
/** A client that reads of its refusal ends the IKE SA as soon as it has read it. */
const AT_ONCE: Micros = 500_000;

interface Stall {
  readonly setup: Setup;
  readonly exchange: Exchange;
  readonly kind: "unanswered" | "ended" | "abandoned" | "refused";
  readonly ending: Exchange | null;
  /** Open while the capture ends too early to tell. */
  readonly rival: Rival | null;
}

/**
 * IKEv1: phase 1 is up, the transaction that follows (XAUTH, mode config) repeats without answer, or is met by an
 * INFORMATIONAL of the responder (a delete) and no quick mode comes.
 */
export const xauthStalled = defineRule({
  code: "xauth-stalled",
  severity: "critical",
  title: "The XAUTH login does not come to an end",
  explanation:
    "IKEv1 phase 1 is up, then the login of the user (XAUTH) or the assignment of an address (mode config) stops: a message is never answered, or the gateway ends the IKE SA.",
  signature:
    "IKEv1 phase 1 is up, a message of a transaction exchange repeats without an answer, or the gateway ends the IKE SA during it, or the client right at the answer to its request for an address or at the result of the login, and no quick mode follows.",
  remedies: [
    "Read the gateway's log for the user: does the AAA server answer, and accept?",
    "Check that both ends are configured for XAUTH, and the same way.",
    "At the client: stored or asked-for password, and one-time passwords that need more time.",
  ],
  commands: ["aaa", "login", "log"],
  references: ["draft-beaulieu-ike-xauth-02"],
  onlyWith: ["ikev1", "beyond-setup"],
  detect: (context) => {
    const rejected = addressRejected(context);
    const wire = rejected === null ? stalled(context) : withLoggedCause(context, MODE_CONFIG, rejected);
    return withLoggedCause(context, XAUTH, wire);
  },
  detectOnHost: (context) => loggedCauseAlone(context, XAUTH, "TRANSACTION"),
});

function stalled(context: TunnelContext): Verdict | null {
  const stalls = setupsIn(context, "phase-1-up").flatMap((setup) => stallOf(setup, context));
  const last = stalls.at(-1);
  if (last === undefined) return null;
  const { setup, exchange, kind, ending } = last;
  const { sa } = setup;
  const [asker, other] =
    exchange.startedBy === "initiator" ? [sa.initiator, sa.responder] : [sa.responder, sa.initiator];
  const lastTime = lastTimeOf(ending?.request ?? exchange.request);
  const isBehindResult = kind === "abandoned" && exchange !== firstTransaction(setup);
  return {
    ...severityUnlessMended(context, setup, lastTime),
    ...gradeOf(provenBefore(stalls, last), other.address, isBehindResult),
    provenance: "deduced",
    phase: "TRANSACTION",
    headline:
      kind === "unanswered" && exchange.request !== null
        ? say`the XAUTH request of ${asker.address} is never answered (${triesText(exchange.request)}${attemptsText(stalls)})`
        : isBehindResult
          ? say`no quick mode follows the result of XAUTH${attemptsText(stalls)}`
          : kind === "refused"
            ? say`${sa.initiator.address} ends the IKE SA at the result of XAUTH${attemptsText(stalls)}`
            : kind === "abandoned"
              ? say`the XAUTH login never completes: TRANSACTION is answered, and no quick mode follows${attemptsText(stalls)}`
              : say`XAUTH ends with INFORMATIONAL from ${sa.responder.address}, and no quick mode follows${attemptsText(stalls)}`,
    summary:
      kind === "unanswered"
        ? say`Phase 1 is up, so algorithms, keys and path are right. ${asker.address} sends a TRANSACTION (XAUTH or mode config), and ${other.address} never answers it: ${asker.address === sa.responder.address ? "the client waits for its user, or is not set up for XAUTH" : "the gateway waits for its AAA server, or is not set up for it"}.`
        : isBehindResult
          ? say`Phase 1 is up, ${sa.responder.address} asks for the login by TRANSACTION (XAUTH) and then tells its result, both answered and encrypted. Nothing follows from either side, and no quick mode: the login was refused and both sides forgot the IKE SA, or the client begins quick mode only when something asks for the tunnel.`
          : kind === "refused"
            ? say`Phase 1 is up. ${sa.responder.address} asks for the login by TRANSACTION (XAUTH), ${sa.initiator.address} answers, and at the next TRANSACTION, the result, ${sa.initiator.address} ends the IKE SA instead of answering: the gateway, or the AAA server behind it, refused user or password.`
            : kind === "abandoned"
              ? say`Phase 1 is up and ${sa.responder.address} asks for the login by TRANSACTION (XAUTH), which is answered. Then nothing comes any more from either side, and no quick mode: the gateway waits for its AAA server, or it refused the login and both sides forgot the IKE SA.`
              : say`Phase 1 is up and TRANSACTION messages (XAUTH or mode config) pass. Then ${sa.responder.address} sends an INFORMATIONAL and the client asks for no quick mode: the gateway ended the login. It, or the AAA server behind it, is the side that refused.`,
    evidence: [
      ...evidenceOf(exchange.request, "TRANSACTION", 3),
      ...(kind === "abandoned" ? evidenceOf(exchange.response, "answer to it; nothing follows", 1) : []),
      ...evidenceOf(
        ending?.request ?? null,
        kind === "refused"
          ? "INFORMATIONAL from the client; no quick mode follows"
          : "INFORMATIONAL from the responder; nothing follows",
        1,
      ),
    ],
  };
}

/** The client asks for its address, and ends the setup at the answer. */
function addressRejected(context: TunnelContext): Verdict | null {
  const found = setupsIn(context, "phase-1-up").flatMap((setup) => {
    const rejected = rejectedModeConfig(setup, context);
    return rejected === null ? [] : [{ setup, ...rejected }];
  });
  const last = found.at(-1);
  const answer = last?.request.response;
  if (last === undefined || answer == null) return null;
  const { setup, request, ends, rival } = last;
  const [client, gateway] = [setup.sa.initiator.address, setup.sa.responder.address];
  return {
    ...severityUnlessMended(context, setup, lastTimeOf(ends.at(-1)?.request ?? null)),
    ...graded([rival], [ENDED_BY_USER]),
    provenance: "deduced",
    phase: "TRANSACTION",
    headline: say`${client} does not accept the answer to its request for an address, and ends the setup${attemptsText(found)}`,
    summary: say`Phase 1 is up and the login is through. ${client} asks for its address by TRANSACTION (mode config), ${gateway} answers with ${answer.message.header.length} bytes, and at once ${client} sends INFORMATIONAL and asks for no quick mode: the answer lacks what it needs, most often an address, for the gateway has no pool for it or none is free.`,
    evidence: [
      ...evidenceOf(request.request, "TRANSACTION: request of the client", 1),
      ...evidenceOf(answer, "TRANSACTION: the gateway's answer", 1),
      ...ends.slice(0, 2).flatMap((end) => evidenceOf(end.request, "INFORMATIONAL from the client", 1)),
    ],
    remedies: ADDRESS_STEPS,
  };
}

const ENDED_BY_USER: Rival = {
  code: "sa-deleted-by-peer",
  separatedBy: "the client's log: whether it misses an attribute in the answer, or its user ended it",
};

const ADDRESS_STEPS: readonly string[] = [
  "At the gateway: does the connection of this client have an address pool, with addresses free? Its log says which address it assigned, or that it has none.",
  "The client's log names the attribute that it misses (address, netmask, DNS).",
];

/** A client that was refused before, and began anew, waits for no Quick Mode the next time either. */
function provenBefore(stalls: readonly Stall[], last: Stall): Stall {
  const isProven =
    last.kind === "refused" && stalls.some(({ kind, rival }) => kind === "refused" && rival === null);
  return isProven ? { ...last, rival: null } : last;
}

/** How the setup ended is inferred from what is missing; where the capture ends early, that it ended at all is. */
function gradeOf({ kind, rival }: Stall, silent: string, isBehindResult: boolean): Grade {
  if (kind === "unanswered") {
    const separatedBy = say`a capture at ${silent}: whether the TRANSACTION arrives there, and an answer leaves`;
    return graded([rival], [{ code: "path-lost", separatedBy }]);
  }
  if (isBehindResult) return graded([rival, ON_DEMAND]);
  return graded([rival, ENDED_OTHERWISE], [], rival === null ? "cause" : "fault");
}

const ENDED_OTHERWISE: Rival = {
  code: "sa-deleted-by-peer",
  separatedBy: "the gateway's log: whether the login failed, or the SA was ended for another reason",
};

/** After a login and its result a client that begins Quick Mode on demand looks the same. */
const ON_DEMAND: Rival = {
  code: "esp-absent",
  separatedBy:
    "traffic for the tunnel at the client: whether Quick Mode follows, or the gateway's log: whether the login failed",
};

function firstTransaction({ progress }: Setup): Exchange | undefined {
  return progress.later.find(({ exchangeType }) => exchangeType === EXCHANGE_V1.TRANSACTION);
}

function stallOf(setup: Setup, context: TunnelContext): Stall[] {
  const { progress } = setup;
  if (progress.quick.length > 0) return [];
  const transactions = progress.later.filter(({ exchangeType }) => exchangeType === EXCHANGE_V1.TRANSACTION);
  const exchange = transactions.at(-1);
  if (exchange?.request == null) return [];
  const begun = firstTimeOf(transactions[0]?.request ?? null);
  if (carriesEspAfter(context, setup, begun)) return [];
  if (staysUnanswered(exchange, context))
    return [
      {
        setup,
        exchange,
        kind: "unanswered",
        ending: null,
        rival: mayStillBeAnswered(context, exchange.request),
      },
    ];
  const refused = refusedLogin(setup, transactions, context);
  if (refused !== null) return [refused];
  const last = progress.later.at(-1);
  const sent = lastSighting(last?.request ?? null);
  const ends =
    last !== undefined &&
    sent !== undefined &&
    last.exchangeType === EXCHANGE_V1.INFORMATIONAL &&
    last.startedBy === "responder" &&
    sent.time >= lastTimeOf(exchange.response ?? exchange.request);
  if (last === exchange && isAbandoned(transactions, context)) {
    const wait = transactions.length === 1 ? GATEWAY_WAITS : CLIENT_WAITS;
    const rival = endsEarly(
      context,
      lastSighting(exchange.response),
      wait,
      "the next TRANSACTION or Quick Mode",
    );
    return [{ setup, exchange, kind: "abandoned", ending: null, rival }];
  }
  if (!ends || sent === undefined) return [];
  const beginsAnew = context.setups.some(({ sa }) => sa.startSeen && sa.firstTime > sent.time);
  const rival = beginsAnew ? null : endsEarly(context, sent, GIVEN_UP, "Quick Mode");
  return [{ setup, exchange, kind: "ended", ending: last, rival }];
}

/**
 * The gateway asks for the login, which is answered, then tells its result, and the client ends the IKE SA at once instead of answering
 * (Libreswan at the status FAIL). A client that is let in answers the result.
 */
function refusedLogin(setup: Setup, transactions: readonly Exchange[], context: TunnelContext): Stall | null {
  const exchange = transactions.at(-1);
  const isAsked = transactions.every(({ startedBy }) => startedBy === "responder");
  const isAnswered = transactions.slice(0, -1).every(({ response }) => response !== null);
  if (exchange === undefined || exchange.response !== null || transactions.length < 2) return null;
  if (!isAsked || !isAnswered) return null;
  const toldAt = lastTimeOf(exchange.request);
  const ending = setup.progress.later.find(
    ({ exchangeType, startedBy, request }) =>
      exchangeType === EXCHANGE_V1.INFORMATIONAL &&
      startedBy === "initiator" &&
      firstTimeOf(request) >= toldAt &&
      firstTimeOf(request) - toldAt <= AT_ONCE,
  );
  const sent = lastSighting(ending?.request ?? null);
  if (ending === undefined || sent === undefined) return null;
  const beginsAnew = context.setups.some(({ sa }) => sa.startSeen && sa.firstTime > sent.time);
  const rival = beginsAnew ? null : endsEarly(context, sent, CLIENT_WAITS, "Quick Mode");
  return { setup, exchange, kind: "refused", ending, rival };
}

/** XAUTH is asked by the gateway: the login, then the result. Behind the login alone the gateway has still to answer. */
function isAbandoned(transactions: readonly Exchange[], context: TunnelContext): boolean {
  const answer = lastSighting(transactions.at(-1)?.response ?? null);
  if (answer === undefined || transactions.some(({ startedBy }) => startedBy !== "responder")) return false;
  return silenceAfter(context, answer) >= NEXT_STEP;
}
