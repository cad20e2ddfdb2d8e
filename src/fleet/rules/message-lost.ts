import { IKE_PORT, NAT_T_PORT } from "../../ike/ports.js";
import type { AccountedMessage, TunnelAccount } from "../../live/account/account.js";
import { joined, type Message, say, verbatim } from "../../texts/message.js";
import { messagesByName, type MessageSide, messagesOf, type NamedMessage, nameOf } from "../messages.js";
import {
  hearsKind,
  hearsSender,
  isEndToEnd,
  isListedFrom,
  lastHeard,
  type Passage,
  recordedAt,
  settled,
} from "../passage.js";
import type { FleetRule } from "../rule.js";

/** A single packet is lost every day; who gets no answer sends again. */
const FEWEST_ATTEMPTS = 2;
/** Liveness checks of IKEv1 are messages of their own (RFC 3706): so many one after the other. */
const FEWEST_CHECKS = 3;
/** A message that the receiver heard so much later than the loss shows that the way is open again. */
const LATER = 1_000_000;

interface LostMessage extends NamedMessage {
  /** Attempts, or messages of which none came through. */
  readonly attempts: number;
}

export const messageLost: FleetRule<Passage> = {
  code: "fleet-message-lost",
  severity: "critical",
  title: "An IKE message leaves one gateway and does not arrive at the other",
  explanation:
    "Both ends of the tunnel are watched. One of them sent an IKE message again and again, and the capture at the other one, which was running, has none of the attempts: they are lost on the way between.",
  signature:
    "The two accounts share the IKE SA, or the tunnel by another SA of its own. Of a message no attempt (two at least, or three liveness checks of IKEv1 in a row) is in the account of the receiver, though it was made later by both clocks, its capture ran, lists everything of that time, and holds that port or is not filtered. Not said of messages in fragments, over TCP, if the clocks cannot be compared, or if a later message arrived.",
  remedies: [
    "What lies between the two gateways: firewalls, security groups, NAT devices, providers. One of them drops this port in this direction.",
    "A capture halfway tells in which half the packets are lost.",
  ],
  detect: (passage) => {
    const lost = lostMessages(passage).toSorted((a, b) => a.message.firstTime - b.message.firstTime);
    const [first] = lost;
    const last = lost.at(-1);
    if (first === undefined || last === undefined) return null;
    const { sender, receiver } = passage;
    const [from, to] = [verbatim(sender.gateway.name), verbatim(receiver.gateway.name)];
    const { message, exchange, side } = first;
    const { port } = message.destination;
    const name = messageText(exchange.name, side);
    const all = lost.reduce((sum, { attempts }) => sum + attempts, 0);
    return {
      confidence: isEndToEnd(passage) ? "likely" : "possible",
      gateways: [sender.gateway.name, receiver.gateway.name],
      since: message.firstTime,
      headline: say`${name} of ${from} does not arrive at ${to}: none of ${all} packets to UDP port ${port}`,
      summary: joined(
        say`${from} sends ${name} to ${message.destination.address} port ${port} (${first.attempts} attempts), and the capture of ${to} has none of them. `,
        say`It was running, and it hears that port. `,
        side === "request"
          ? say`${to} cannot answer what it does not get: look at the way there, not at ${to}.`
          : say`The request arrived, the answer is lost on its way back: look at that way, not at ${from}.`,
      ),
      evidence: [
        {
          gateway: sender.gateway.name,
          time: message.firstTime,
          text: say`${name} sent from ${message.source.address} port ${message.source.port}, the first attempt`,
        },
        { gateway: sender.gateway.name, time: last.message.lastTime, text: say`the last attempt` },
        heardText(passage),
      ],
    };
  },
};

function heardText({ receiver, fromThere }: Passage) {
  const time = lastHeard(receiver.newest, fromThere);
  return Number.isFinite(time)
    ? { gateway: receiver.gateway.name, time, text: say`the last packet that arrived from there` }
    : {
        gateway: receiver.gateway.name,
        time: receiver.newest.asOf,
        text: say`nothing has arrived from there`,
      };
}

function messageText(exchange: string, side: MessageSide): Message {
  return side === "request" ? say`the ${exchange} request` : say`the ${exchange} response`;
}

function lostMessages(passage: Passage): LostMessage[] {
  const { sender, from } = passage;
  const accounts = [sender.newest.account, ...(sender.earlier === null ? [] : [sender.earlier.account])];
  const sent = new Map(
    accounts.toReversed().flatMap((account) => messagesOf(account).map((named) => [named.name, named])),
  );
  const lost = [...sent.values()].flatMap((named) => {
    if (named.message.from !== from) return [];
    const message = settled(passage, (account) => messageIn(account, named));
    return message !== null && isLost(passage, { ...named, message })
      ? [{ ...named, message, attempts: message.attempts }]
      : [];
  });
  const repeated = lost.filter(({ attempts }) => attempts >= FEWEST_ATTEMPTS);
  const single = lost.filter(({ attempts }) => attempts < FEWEST_ATTEMPTS);
  const checks = single.length >= FEWEST_CHECKS && hearsSender(passage) ? single : [];
  return [...repeated, ...checks].filter((one) => !isOver(passage, one.message));
}

function messageIn(account: TunnelAccount, { name }: NamedMessage): AccountedMessage | undefined {
  return messagesByName(account).get(name)?.message;
}

/** Not there, though the receiver would have it; of an answer the request is there. */
function isLost(passage: Passage, { sa, exchange, side, message }: NamedMessage): boolean {
  const { account } = passage.receiver.newest;
  const there = messagesByName(account);
  const has = (which: MessageSide): boolean => there.has(nameOf(sa, exchange, which));
  if (has("response")) return false;
  // A request that was answered arrived, whatever the other capture holds; an answer needs its request there.
  if (side === "request" ? exchange.response !== null || has("request") : !has("request")) return false;
  if (message.transport === "tcp" || message.isFragmented) return false;
  if (!hearsKind(passage, portOf(message))) return false;
  const same = account.ikeSas.find(({ initiatorSpi }) => initiatorSpi === sa.initiatorSpi);
  return (
    recordedAt(passage, message.firstTime) &&
    recordedAt(passage, message.lastTime) &&
    isListedFrom(passage, same === undefined ? account.ikeSasFrom : same.exchangesFrom, message.firstTime)
  );
}

function portOf({ source, destination }: AccountedMessage): "port500" | "port4500" | "other" {
  const ports = [source.port, destination.port];
  if (ports.includes(NAT_T_PORT)) return "port4500";
  return ports.includes(IKE_PORT) ? "port500" : "other";
}

/** A later IKE message of the sender arrived on that port: the way is open now. */
function isOver({ receiver, fromThere, ahead }: Passage, lost: AccountedMessage): boolean {
  return messagesOf(receiver.newest.account).some(
    ({ message }) =>
      message.from === fromThere &&
      portOf(message) === portOf(lost) &&
      message.lastTime > lost.lastTime + (ahead ?? 0) + LATER,
  );
}
