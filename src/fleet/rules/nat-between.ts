import type { Endpoint } from "../../session/model.js";
import { joined, say, verbatim } from "../../texts/message.js";
import { messagesByName, messagesOf } from "../messages.js";
import { isEndToEnd, type Passage } from "../passage.js";
import type { FleetRule } from "../rule.js";

export const natBetween: FleetRule<Passage> = {
  code: "fleet-nat-between",
  severity: "info",
  title: "A NAT device changes addresses or ports between two gateways",
  explanation:
    "One and the same IKE message comes from another address or port at the receiver than it has at the sender.",
  signature:
    "A message that both accounts have, by its IKE SA and Message ID, with another source address or port at the receiver. Two messages are never compared, so that a peer that moved (MOBIKE) is none.",
  remedies: [
    "Nothing, if the NAT is known: it explains different addresses of one tunnel in the reports of its two ends.",
  ],
  detect: (passage) => {
    const { sender, receiver, from } = passage;
    const there = messagesByName(receiver.newest.account);
    for (const { name, message, exchange } of messagesOf(sender.newest.account).toReversed()) {
      const same = there.get(name)?.message;
      if (message.from !== from || same === undefined) continue;
      if (isEqual(message.source, same.source)) return null;
      const [at, to] = [verbatim(sender.gateway.name), verbatim(receiver.gateway.name)];
      return {
        confidence: isEndToEnd(passage) ? "certain" : "likely",
        gateways: [sender.gateway.name, receiver.gateway.name],
        since: null,
        headline: say`NAT between ${at} and ${to}: ${textOf(message.source)} arrives as ${textOf(same.source)}`,
        summary: joined(
          say`${at} sends from ${textOf(message.source)} to ${textOf(message.destination)}; `,
          say`at ${to} the same message comes from ${textOf(same.source)} to ${textOf(same.destination)}.`,
        ),
        evidence: [
          {
            gateway: sender.gateway.name,
            time: message.firstTime,
            text: say`${exchange.name} with Message ID ${exchange.messageId} sent`,
          },
          { gateway: receiver.gateway.name, time: same.firstTime, text: say`the same message arrives` },
        ],
      };
    }
    return null;
  },
};

function isEqual(one: Endpoint, other: Endpoint): boolean {
  return one.address === other.address && one.port === other.port;
}

function textOf({ address, port }: Endpoint): string {
  return `${address} port ${port}`;
}
