import { humanDuration, type Micros } from "../../../bytes/time.js";
import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import { knownVendorId } from "../../../ike/vendor.js";
import type { Endpoint, Exchange, IkeSa, Transmission } from "../../../session/model.js";
import { firstSighting, firstTimeOf, lastSighting, lastTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { evidenceAt } from "../../evidence.js";
import type { Evidence } from "../../finding.js";
import { beginsAnewAt } from "../authentication/same-client.js";
import { DELETED_AT_ONCE, phase1EndOf } from "../life/renewed-phase-1.js";
import { silenceAfter } from "./silence.js";
import { sightingsOf } from "../recording/sightings.js";
import { type Unanswered } from "./unanswered.js";
import { isSeen, sendsEspAfter } from "./peer-heard.js";
import { endsOf } from "../../../session/model/queries.js";
import { mayBeCheckV1 } from "../../../session/notification-length-v1.js";
import { CHECKS_APART } from "../../../session/r-u-there.js";
import { canonicalOf } from "../sides.js";
import { type Message, say } from "../../../texts/message.js";

/** One lost R-U-THERE or acknowledgement is everyday, and so are two in a burst. */
const LEAST_CHECKS = 2;
/** No daemon asks more often in vain before it gives the SA up: who goes on and on wants no answer. */
const MOST_CHECKS = 12;
/** A side that waits for an answer asks again within minutes. */
const GAP = { least: CHECKS_APART, most: 150_000_000 } as const;
/** An acknowledgement comes within this time, or its check counts as lost. */
const ANSWER: Micros = 3_000_000;
/** A peer that lives acknowledges within this time. */
const AT_ONCE: Micros = 500_000;
/** So many intervals without another check, and the asker has given up. */
const GIVEN_UP = 2;

/** Liveness checks of one IKEv1 SA in vain. */
interface UnacknowledgedChecks {
  readonly found: Unanswered;
  readonly tries: Message;
  readonly evidence: readonly Evidence[];
}

/**
 * The last messages of an IKEv1 SA, where they are checks of one side and nothing comes of the other. Heartbeats look like
 * them and want no answer, but they go on: where the peer acknowledged none before, the checks have to end too.
 */
export function unacknowledgedChecks(context: TunnelContext, setup: Setup): UnacknowledgedChecks | null {
  const { sa, progress } = setup;
  if (sa.majorVersion !== 1) return null;
  if (progress.state !== "up" && !(progress.state === "unknown" && !sa.startSeen)) return null;
  const asked = trailingChecks(context, setup);
  const [first, last] = [asked[0], asked.at(-1)];
  const lastRequest = last?.request;
  if (first === undefined || last === undefined || lastRequest == null) return null;
  if (asked.length < LEAST_CHECKS || asked.length > MOST_CHECKS) return null;
  const [asker, silent] = endsOf(sa, first.startedBy);
  const [firstTry, lastTry] = [firstTimeOf(first.request), lastTimeOf(lastRequest)];
  const seen = lastSighting(lastRequest);
  const others = sightingsOf(sa).filter(
    ({ source }) => canonicalOf(context.tunnel, source.address) === silent.address,
  );
  // A sniffer that has the ESP of an end records that direction, though no IKE message of it is left.
  const isHeard = isSeen(context, silent.address) || sendsEspAfter(context, silent.address, 0);
  if (others.some(({ time }) => time >= firstTry) || !isHeard) return null;
  if (seen === undefined || isReplaced(context, setup, firstTry)) return null;
  const gap = (lastTry - firstTry) / (asked.length - 1);
  const due = lastTry + gap * GIVEN_UP;
  const gaveUpAt =
    silenceAfter(context, seen) >= due - lastTry ? due : beginsAnewAt(context, setup, lastTry, asker.address);
  // A side that deletes the SA after its checks has given the other side up.
  const hasEnded = gaveUpAt !== null || lastTimeOf(sa.exchanges.at(-1)?.request ?? null) > lastTry;
  if (mayBeHeartbeats(context, setup, asked, silent, hasEnded)) return null;
  const found: Unanswered = {
    setup,
    exchange: last,
    request: lastRequest,
    attempts: asked.length,
    asker,
    silent,
    firstTry,
    lastTry,
    gaveUpAt,
    waited: lastTry - firstTry + silenceAfter(context, seen),
    isHeard,
  };
  const shown = [...asked.slice(0, 3), ...asked.slice(3).slice(-1)];
  return {
    found,
    tries: say`${asked.length} in ${humanDuration(lastTry - firstTry)}`,
    evidence: shown.flatMap(({ request }) => {
      const sighting = firstSighting(request);
      return sighting === undefined
        ? []
        : [evidenceAt(sighting, "INFORMATIONAL of the length of R-U-THERE, not acknowledged")];
    }),
  };
}

/** The last messages of the SA, as long as they are checks of one side and of one length. */
function trailingChecks({ setups }: TunnelContext, setup: Setup): Exchange[] {
  const { sa } = setup;
  const exchanges = withoutDeletes(setup, sa.exchanges).filter(
    (exchange) => !isDeleteOfReplaced(setups, setup, exchange),
  );
  const last = exchanges.at(-1);
  if (last === undefined || !isCheck(setup, last)) return [];
  const checks: Exchange[] = [];
  for (const exchange of exchanges.toReversed()) {
    const next: Exchange = checks[0] ?? last;
    if (!isCheck(setup, exchange) || exchange.startedBy !== last.startedBy) break;
    if (lengthOf(exchange.request) !== lengthOf(last.request)) break;
    const gap = firstTimeOf(next.request) - firstTimeOf(exchange.request);
    if (exchange !== last && (gap < GAP.least || gap > GAP.most)) break;
    checks.unshift(exchange);
  }
  const before = exchanges.at(-1 - checks.length);
  return isAcknowledgement(checks[0], before) ? checks.slice(1) : checks;
}

/**
 * Who gives up deletes the SAs of the tunnel, one message each: in a burst, or the first of them before the capture ends, which is
 * known by its length. The checks are what came before.
 */
function withoutDeletes(setup: Setup, exchanges: readonly Exchange[]): readonly Exchange[] {
  const [before, last] = exchanges.slice(-2);
  if (last !== undefined && isDeleteAfter(setup, before, last)) return exchanges.slice(0, -1);
  let end = exchanges.length;
  while (isBurst(exchanges[end - 2], exchanges[end - 1])) end--;
  return end === exchanges.length ? exchanges : exchanges.slice(0, end - 1);
}

/** A last message that no check is, behind one of the same side that may be one. */
function isDeleteAfter(setup: Setup, before: Exchange | undefined, last: Exchange): boolean {
  return (
    before !== undefined &&
    last.exchangeType === EXCHANGE_V1.INFORMATIONAL &&
    last.startedBy === before.startedBy &&
    isCheck(setup, before) &&
    !isCheck(setup, last)
  );
}

/**
 * Who has renewed a Child SA or an IKE SA deletes the old one at once: right behind Quick Mode 3, or behind the phase 1 that replaces this
 * one, a message is no check.
 */
function isDeleteOfReplaced(
  setups: TunnelContext["setups"],
  { sa, progress }: Setup,
  { exchangeType, startedBy, request }: Exchange,
): boolean {
  if (exchangeType !== EXCHANGE_V1.INFORMATIONAL) return false;
  const at = firstTimeOf(request);
  const isSoonAfter = (time: Micros): boolean => at >= time && at - time <= DELETED_AT_ONCE;
  const hasRenewedChild = progress.quick.some(
    (quick) => quick.startedBy === startedBy && quick.step > 1 && isSoonAfter(lastTimeOf(quick.request)),
  );
  return (
    hasRenewedChild ||
    setups.some((other) => {
      const end = other.sa.id === sa.id ? null : phase1EndOf(other);
      return end !== null && isSoonAfter(end);
    })
  );
}

function isBurst(one: Exchange | undefined, next: Exchange | undefined): boolean {
  if (one === undefined || next === undefined || one.startedBy !== next.startedBy) return false;
  const areInformational = [one, next].every(
    ({ exchangeType }) => exchangeType === EXCHANGE_V1.INFORMATIONAL,
  );
  return areInformational && firstTimeOf(next.request) - firstTimeOf(one.request) < AT_ONCE;
}

/** A message right after one of the other side is no check but the acknowledgement of one. */
function isAcknowledgement(one: Exchange | undefined, before: Exchange | undefined): boolean {
  if (one === undefined || before === undefined || one.startedBy === before.startedBy) return false;
  const delay = firstTimeOf(one.request) - firstTimeOf(before.request);
  return lengthOf(one.request) === lengthOf(before.request) && delay >= 0 && delay <= AT_ONCE;
}

function isCheck({ progress }: Setup, { exchangeType, request }: Exchange): boolean {
  const isSecret = request?.message.payloads.some(({ kind }) => kind === "encrypted") === true;
  return (
    exchangeType === EXCHANGE_V1.INFORMATIONAL && isSecret && mayBeCheckV1(lengthOf(request), progress.suite)
  );
}

function lengthOf(transmission: Transmission | null): number {
  return transmission?.message.header.length ?? 0;
}

/**
 * Whether these may be heartbeats: nothing shows that the side that is asked ever acknowledged one, and they have not ended; or
 * it has not announced liveness checks, and it sends ESP all the same, or more of them came in vain before or later.
 */
function mayBeHeartbeats(
  context: TunnelContext,
  setup: Setup,
  asked: readonly Exchange[],
  silent: Endpoint,
  hasEnded: boolean,
): boolean {
  const announced = announcesChecks(setup, silent);
  if (announced === "no") return true;
  const others = otherChecks(context, asked);
  if (others.some(({ exchange, sa }) => isAcknowledgedIn(sa, exchange))) return false;
  // A side that announced liveness checks acknowledges them.
  if (!hasEnded) return announced !== "yes";
  const isAlive = sendsEspAfter(context, silent.address, firstTimeOf(asked[0]?.request ?? null));
  return announced === "not-known" && (isAlive || others.length >= LEAST_CHECKS);
}

/** A side that knows liveness checks says so by a Vendor ID (RFC 3706 5.1). If there is none in clear, it may be encrypted. */
function announcesChecks({ sa }: Setup, { address }: Endpoint): "yes" | "no" | "not-known" {
  const vendors = sa.exchanges.flatMap(({ request, response }) =>
    [request, response].flatMap((transmission) =>
      firstSighting(transmission)?.source.address === address
        ? (transmission?.message.payloads ?? []).filter((payload) => payload.kind === "vendorId")
        : [],
    ),
  );
  if (vendors.some(({ data }) => knownVendorId(data)?.name === "Dead Peer Detection")) return "yes";
  return sa.startSeen && vendors.length > 0 ? "no" : "not-known";
}

/** The other messages of the same side and length, on whichever IKE SA; the last of an SA may be its delete. */
function otherChecks(
  { setups, tunnel }: TunnelContext,
  asked: readonly Exchange[],
): { readonly exchange: Exchange; readonly sa: IkeSa }[] {
  const asker = addressOf(asked[0]);
  const length = lengthOf(asked[0]?.request ?? null);
  return setups.flatMap((setup) =>
    setup.sa.exchanges
      .slice(0, -1)
      .filter(
        (exchange) =>
          !asked.includes(exchange) &&
          isCheck(setup, exchange) &&
          lengthOf(exchange.request) === length &&
          canonicalOf(tunnel, addressOf(exchange)) === canonicalOf(tunnel, asker),
      )
      .map((exchange) => ({ exchange, sa: setup.sa })),
  );
}

function addressOf(exchange: Exchange | undefined): string {
  return firstSighting(exchange?.request ?? null)?.source.address ?? "";
}

/** The other side sent a message of the same length right behind it. */
function isAcknowledgedIn({ exchanges }: IkeSa, { request, startedBy }: Exchange): boolean {
  const asked = firstTimeOf(request);
  return exchanges.some((other) => {
    const answered = firstTimeOf(other.request);
    return (
      other.startedBy !== startedBy &&
      lengthOf(other.request) === lengthOf(request) &&
      answered >= asked &&
      answered - asked <= ANSWER
    );
  });
}

/** IKEv1 answers on whichever phase 1 is the newest. */
function isReplaced({ setups }: TunnelContext, { sa }: Setup, time: Micros): boolean {
  return setups.some(
    (other) =>
      other.sa.id !== sa.id &&
      other.progress.upAt !== null &&
      other.progress.upAt > sa.firstTime &&
      other.progress.upAt <= time,
  );
}
