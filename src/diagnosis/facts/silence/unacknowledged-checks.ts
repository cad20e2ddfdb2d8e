import { humanDuration, type Micros } from "../../../bytes/time.js";
import { knownVendorId } from "../../../ike/vendor.js";
import type { Endpoint, Exchange, IkeSa } from "../../../session/model.js";
import {
  firstSighting,
  firstTimeOf,
  lastSighting,
  lastTimeOf,
  sightingsOf,
} from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { evidenceAt } from "../../evidence.js";
import type { Evidence } from "../../finding.js";
import { beginsAnewAt } from "../authentication/same-client.js";
import { silenceAfter } from "./silence.js";
import { type Unanswered } from "./unanswered.js";
import { isSeen, sendsEspAfter } from "./peer-heard.js";
import { endsOf } from "../../../session/model/queries.js";
import { canonicalOf } from "../sides.js";
import { isCheck, lengthOf, trailingChecks } from "./trailing-checks.js";
import { type Message, say } from "../../../texts/message.js";

/** One lost R-U-THERE or acknowledgement is everyday, and so are two in a burst. */
const LEAST_CHECKS = 2;
/** No daemon asks more often in vain before it gives the SA up: who goes on and on wants no answer. */
const MOST_CHECKS = 12;
/** An acknowledgement comes within this time, or its check counts as lost. */
const ANSWER: Micros = 3_000_000;
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
