import type { Micros } from "../../../bytes/time.js";
import { type HostLine, timeOnCapture } from "../../../joint/joined.js";
import type { Endpoint, Transmission } from "../../../session/model.js";
import { firstTimeOf, lastTimeOf } from "../../../session/sightings.js";
import { joined, type Message, say, verbatim } from "../../../texts/message.js";
import type { TunnelContext } from "../../context.js";
import type { Verdict } from "../../finding.js";
import { sideOf } from "../side.js";
import { mayBeDownAt } from "./daemon-starts.js";
import { hostAt } from "./events.js";
import { mayKnow } from "./forgotten-sa.js";
import { packetCoverage } from "./log-and-wire.js";
import { messageLines } from "./message-lines.js";
import { receiverLog } from "./receiver-log.js";

/** The log of the side that a request is sent to, about a request that has no answer in the capture. */
export interface LoggedRequests {
  /** "answered": it was received, and something was sent back at once. */
  readonly kind: "nothing" | "received" | "answered";
  readonly host: string;
  readonly text: Message;
  readonly lines: readonly HostLine[];
}

/** The silent side's log about the attempts of a request; null where no log tells, or the capture itself shows what arrives there. */
export function loggedRequests(
  context: TunnelContext,
  asker: Endpoint,
  silent: Endpoint,
  request: Transmission | null,
): LoggedRequests | null {
  const place = sideOf(context, asker.address);
  if (request === null || place === "far" || place === "both-ends") return null;
  const times = request.sightings.map(({ time }) => time);
  const logged = receiverLog(context, { sender: asker.address, receiver: silent.address, times });
  if (logged === null || (logged.kind === "nothing" && !mayTell(context, silent, request))) return null;
  const host = verbatim(logged.host);
  const told = { host: logged.host, lines: logged.kind === "received" ? logged.lines : [] };
  if (logged.kind === "nothing") {
    return {
      ...told,
      kind: "nothing",
      text: say`The log of ${host} covers that time and has no line about them: they are lost on the way there, or that host drops them before its daemon (firewall rule, reverse path filter).`,
    };
  }
  const heard = heardOf(context, silent, asker, request);
  if (logged.answers === 0 || heard === "some") {
    return {
      ...told,
      kind: "received",
      text: say`The log of ${host} says that it received them: see what it says next, and whether its answer leaves.`,
    };
  }
  const none = heard === "none" ? say` The log of ${asker.address} has none of them either.` : "";
  const text =
    place === "near"
      ? say`The log of ${host} says that it received them and sent answers (${logged.answers}); none of these comes to ${asker.address}.${none} So they are lost on the way back: behind the daemon of ${silent.address}, or between it and this capture point.`
      : say`The log of ${host} says that it received them and sent answers (${logged.answers}); none of these comes to the capture point.${none} So they are lost behind the daemon of ${silent.address}, or on the way from there.`;
  return { ...told, kind: "answered", text };
}

/** Whether the daemon of the silent side would tell of the request: of an IKE SA that it does not know it writes nothing. */
function mayTell(context: TunnelContext, { address }: Endpoint, request: Transmission): boolean {
  const host = hostAt(context, address);
  const setup = context.setups.find(({ sa }) => sa.exchanges.some((one) => one.request === request));
  if (host === undefined || setup === undefined) return false;
  return request.sightings.every(
    ({ time }) => !mayBeDownAt(host, time) && mayKnow(context, host, setup.sa, time),
  );
}

/** The time that an answer takes at most, and a line of a log behind it. */
const ANSWER_US: Micros = 8_000_000;

/** Whether the asker's own log has messages of the silent side since the first attempt; null where no log covers that time. */
function heardOf(
  context: TunnelContext,
  silent: Endpoint,
  asker: Endpoint,
  request: Transmission,
): "none" | "some" | null {
  const host = hostAt(context, asker.address);
  if (host === undefined) return null;
  const [from, to] = [firstTimeOf(request), lastTimeOf(request) + ANSWER_US];
  const isHeard = messageLines(host)
    .receivedFrom(silent.address)
    .some(({ event }) => {
      const at = timeOnCapture(host, event);
      return at !== null && at >= from - (event.stamp?.step ?? 0) && at <= to;
    });
  if (isHeard) return "some";
  const covered = packetCoverage({ host });
  return covered !== null && covered.from <= from && covered.to >= lastTimeOf(request) ? "none" : null;
}

/** The same behind another sentence. */
export function afterBlank(logged: LoggedRequests | null): Message {
  return logged === null ? "" : joined(" ", logged.text);
}

/** Behind a headline that tells of silence. */
export function answeredByLog(logged: LoggedRequests | null): Message {
  return logged?.kind === "answered" ? say`; the log of ${verbatim(logged.host)} says that it answers` : "";
}

/** Lines of the log for a verdict on silence, and the steps where they say that the silent side answers. */
export function partsOf(logged: LoggedRequests | null): Pick<Verdict, "lines" | "remedies"> {
  if (logged === null) return {};
  const { lines, kind } = logged;
  return kind === "answered" ? { lines, remedies: FOLLOW_THE_ANSWERS } : { lines };
}

const FOLLOW_THE_ANSWERS: readonly Message[] = [
  "At the side that answers: 'tcpdump -n udp port 500 or udp port 4500' shows whether its answers leave the host; if not, its own firewall (OUTPUT) or route drops them.",
  "If they leave: follow them on each device on the way back (firewall, NAT, asymmetric route).",
];
