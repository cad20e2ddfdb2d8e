import { humanDuration, type Micros } from "../bytes/time.js";
import type { CaptureFile } from "../session/model.js";
import { errorNotify } from "../session/payloads.js";
import { firstTimeOf, lastSighting, lastTimeOf } from "../session/sightings.js";
import { EXCHANGE_V2 } from "../ike/registries/exchanges.js";
import { notifyName } from "../ike/registries/notify.js";
import type { Setup, TunnelContext } from "./context.js";
import { carriersOf } from "./facts/esp/esp-directions.js";
import { oneWayText } from "./facts/esp/one-way-text.js";
import { canonicalOf } from "./facts/sides.js";
import { scanText } from "./facts/scan/scan.js";
import { endOfCapture, LEAST_WAIT_US } from "./facts/silence/end-of-capture.js";
import { waitedFor } from "./facts/silence/pending-request.js";
import { silenceAfter } from "./facts/silence/silence.js";
import { messageName } from "./phases.js";
import type { Proof } from "./proof.js";
import type { ToldState } from "./told-state.js";
import { joined, listed, type Message, say } from "../texts/message.js";

/** The next message of an exchange comes sooner. */
const ENDS_EARLY_US: Micros = 5_000_000;

/**
 * How a tunnel stands where no finding says it: a phrase behind "HEALTHY A -> B", with what is missing of a proof. `states` are those
 * that the report prints of its IKE SAs.
 */
export function standingText(
  context: TunnelContext,
  proof: Proof,
  isUp: boolean,
  states: ReadonlyMap<string, ToldState>,
): Message {
  const up = isUp
    ? context.setups.findLast(({ sa, progress }) => progress.state === "up" && !isToldDead(states.get(sa.id)))
    : undefined;
  const version = up?.sa.majorVersion;
  const isDeleted =
    up !== undefined && states.get(up.sa.id)?.kind === "deleted" && !carriesOnAfter(context, up);
  if (isDeleted && proof.kind === "traffic") {
    return say`IKEv${up.sa.majorVersion} was up, ${carriersIn(context)} flowed both ways, then the IKE SA was deleted`;
  }
  const upText = isDeleted
    ? say`IKEv${up.sa.majorVersion} was up, then deleted`
    : say`IKEv${version ?? ""} is up`;
  const parts: Message[] = version === undefined ? [] : [upText];
  switch (proof.kind) {
    case "traffic":
      parts.push(say`${carriersIn(context)} flows both ways`);
      break;
    case "traffic-before":
      parts.push(
        proof.since === null
          ? say`no ${carriersIn(context)} since`
          : say`${carriersIn(context)} of ${proof.since} only since`,
      );
      break;
    case "checks":
      parts.push("liveness checks are answered, no ESP in the capture");
      break;
    case "one-way":
      parts.push(oneWayText(context, proof.child, carriersIn(context)));
      break;
    case "one-way-end":
      parts.push(
        say`${carriersIn(context)} both ways, then ${proof.packets} packets of ${proof.direction.source} in ${humanDuration(proof.direction.lastTime - proof.since)} without one back`,
      );
      break;
    case "unread-end":
      parts.push(
        say`${carriersIn(context)} both ways, then ${proof.count} IKE messages of ${proof.source}, cut by the snap length, without a packet back`,
      );
      break;
    case "large-unanswered":
      parts.push(
        proof.areFollowed
          ? say`${carriersIn(context)} flows both ways, but nothing shows that the ${proof.count} large packets of ${proof.source} arrive (up to ${proof.largest} B): what comes behind them comes late, at no fixed time`
          : say`${carriersIn(context)} flows both ways, but nothing came back behind the ${proof.count} large packets of ${proof.source} (up to ${proof.largest} B)`,
      );
      break;
    case "repeats":
      parts.push(
        say`${carriersIn(context)} flows both ways, but ${proof.source} repeats its last ${proof.count} packets as TCP does, although each is answered: nothing shows that the answers arrive`,
      );
      break;
    case "pending":
      parts.push(pendingText(context, proof));
      break;
    case "unfinished":
      parts.push(
        say`a new setup has come no further than ${lastMessageOf(proof.setup)}, ${humanDuration(silenceBehind(context, proof.setup))} before the capture ends`,
      );
      break;
    case "one-side":
      return say`only packets of ${proof.address} were captured`;
    case "child-unknown":
      parts.push(childUnknownText(context, version !== undefined));
      break;
    case "none":
      parts.push(isUp ? say`no ESP in the capture${endText(context)}` : stoppedText(context));
      break;
  }
  return listed(parts, "clauses");
}

/**
 * ESP of new SPIs passes both ways behind the last message of that IKE SA: another one was set up, of which the capture does not tell how
 * it ended, such as one that was resumed (RFC 5723), whose algorithms are those of the ticket.
 */
function carriesOnAfter({ tunnel }: TunnelContext, { sa }: Setup): boolean {
  const born = tunnel.streams.filter(({ firstTime }) => firstTime > sa.lastTime);
  return new Set(born.map(({ source }) => canonicalOf(tunnel, source))).size > 1;
}

function isToldDead(state: ToldState | undefined): boolean {
  return state?.kind === "not-up" || state?.kind === "was-up";
}

function carriersIn({ tunnel }: TunnelContext): Message {
  return carriersOf(tunnel.streams);
}

function pendingText(context: TunnelContext, { sa, exchange }: Extract<Proof, { kind: "pending" }>): Message {
  const name = messageName(sa, exchange, "request");
  const tries = exchange.request?.tries ?? 1;
  const asked =
    tries === 1
      ? ""
      : say` (${tries} attempts in ${humanDuration(lastTimeOf(exchange.request) - firstTimeOf(exchange.request))})`;
  const waited = waitedFor(context, exchange);
  return waited < LEAST_WAIT_US
    ? say`the capture ends with ${name}${asked}`
    : say`${name}${asked} has no answer when the capture ends ${humanDuration(waited)} later`;
}

/** A setup that did not get as far as anything that can be judged. */
function stoppedText(context: TunnelContext): Message {
  const { setups } = context;
  const last = setups.at(-1);
  if (last === undefined && context.scans.length > 0) return scanText(context.scans);
  if (last === undefined) return say`the capture holds no IKE of this tunnel${endText(context)}`;
  const exchange = last.sa.exchanges.at(-1);
  const notify = errorNotify(exchange?.response ?? null) ?? errorNotify(exchange?.request ?? null);
  const said =
    notify === null ? "" : say`, ${notifyName(last.sa.majorVersion, notify.notifyType)} is claimed`;
  const name = lastMessageOf(last);
  const seen = lastSighting(exchange?.response ?? exchange?.request ?? null);
  const waited = seen === undefined ? Infinity : silenceAfter(context, seen);
  return waited < ENDS_EARLY_US
    ? joined(endOfCapture(waited, name), said, endText(context))
    : say`the last message is ${name}${said}${endText(context)}`;
}

function lastMessageOf({ sa }: Setup): Message {
  const exchange = sa.exchanges.at(-1);
  return exchange === undefined
    ? "nothing"
    : messageName(sa, exchange, exchange.response === null ? "request" : "response");
}

function silenceBehind(context: TunnelContext, { sa }: Setup): Micros {
  const exchange = sa.exchanges.at(-1);
  const last = lastSighting(exchange?.response ?? exchange?.request ?? null);
  return last === undefined ? 0 : silenceAfter(context, last);
}

/** How much the capture holds, where that is little; of one tunnel of several what it holds of that. */
function endText({ tunnel, setups, capture: { files, observations, tunnels } }: TunnelContext): Message {
  const [first, ...more] = files;
  if (first === undefined || more.length > 0) return "";
  if (tunnels.length > 1) {
    const messages = setups.flatMap(({ sa }) =>
      sa.exchanges.flatMap(({ request, response }) => [request, response]),
    );
    // Not every sighting is kept of a message that was sent again and again.
    const seen = messages.reduce(
      (sum, one) => sum + Math.max(one?.sightings.length ?? 0, one?.tries ?? 0),
      0,
    );
    const unkept = tunnel.ikeSas.reduce((sum, sa) => sum + sa.unkept, 0);
    const datagrams = setups.length > 0 ? 0 : tunnel.malformed.length + tunnel.notKept.malformed;
    const own = datagrams + seen + unkept + tunnel.streams.reduce((sum, stream) => sum + stream.packets, 0);
    return say` (${own} packet${own === 1 ? "" : "s"} of this tunnel in ${humanDuration(tunnel.lastTime - tunnel.firstTime)})`;
  }
  const { packets } = observations;
  return say` (${packets} packet${packets === 1 ? "" : "s"}${spanText(first)})`;
}

function spanText({ firstTime, lastTime }: CaptureFile): Message {
  return firstTime === null || lastTime === null ? "" : say` in ${humanDuration(lastTime - firstTime)}`;
}

/** IKE_AUTH was answered: for the last time, or in the middle of the rounds of EAP (RFC 7296 2.16). */
function childUnknownText({ setups }: TunnelContext, isUp: boolean): Message {
  const rounds =
    setups.at(-1)?.sa.exchanges.filter(({ exchangeType }) => exchangeType === EXCHANGE_V2.IKE_AUTH).length ??
    0;
  const mayGoOn = rounds > 1 || setups.at(-1)?.progress.authClass === "may-begin-eap";
  return isUp || !mayGoOn
    ? "no ESP seen: whether the Child SA was accepted is unknown"
    : say`nothing follows round ${rounds} of IKE_AUTH (EAP): whether it was the last one is unknown`;
}
