import { hex32 } from "../../bytes/hex.js";
import type { Micros } from "../../bytes/time.js";
import { joined, say, verbatim } from "../../texts/message.js";
import { espLosses } from "../esp-loss.js";
import { isEndToEnd, type Passage } from "../passage.js";
import type { FleetRule } from "../rule.js";

/** Nothing arrives any more: so many packets, over so long. */
const FEWEST_PACKETS = 3;
const SHORTEST: Micros = 3_000_000;

export const espStopped: FleetRule<Passage> = {
  code: "fleet-esp-stopped",
  severity: "critical",
  title: "ESP leaves one gateway and does not arrive at the other",
  explanation:
    "Both ends of the tunnel are watched. From some moment on, or from the beginning, no ESP packet that one gateway sends arrives at the other.",
  signature:
    "The sender counts packets of a stream (three at least) by numbers above the highest that the receiver has, or the receiver has nothing of the stream, and no other stream of the sender arrived later. The receiver's account was made later by both clocks, and its capture ran and hears ESP of that kind. Not said if the clocks cannot be compared, or a capture began later.",
  remedies: [
    "What lies between the two gateways: a firewall or provider that drops ESP (IP protocol 50), a NAT mapping of UDP 4500 that expired, a route.",
    "A capture halfway tells in which half the packets are lost.",
  ],
  detect: (passage) => {
    const { sender, receiver, fromThere, ahead } = passage;
    const arrivals = receiver.newest.account.streams.filter(({ from }) => from === fromThere);
    const lastArrived = arrivals.reduce((last, { lastTime }) => Math.max(last, lastTime), -Infinity);
    const lastHere = lastArrived - (ahead ?? 0);
    const behind = espLosses(passage).filter(
      ({ sent, tail, tailFrom, size }) =>
        size === null && tail > 0 && sent.lastTime > lastHere && tailFrom >= lastHere,
    );
    const lost = behind.reduce((sum, { tail }) => sum + tail, 0);
    const [first] = behind.toSorted((a, b) => a.tailFrom - b.tailFrom);
    const lastSent = behind.reduce((last, { sent }) => Math.max(last, sent.lastTime), -Infinity);
    if (first === undefined || lost < FEWEST_PACKETS) return null;
    const { sent, arrived, tailFrom } = first;
    if (arrived !== null && lastSent - tailFrom < SHORTEST) return null;
    const [from, to] = [verbatim(sender.gateway.name), verbatim(receiver.gateway.name)];
    const spi = hex32(sent.spi);
    return {
      confidence: isEndToEnd(passage) ? "likely" : "possible",
      gateways: [sender.gateway.name, receiver.gateway.name],
      since: tailFrom,
      headline:
        arrived === null
          ? say`ESP of ${from} does not arrive at ${to}: none of ${lost} packets`
          : say`ESP of ${from} does not arrive at ${to} any more: none of the last ${lost} packets`,
      summary: joined(
        arrived === null
          ? say`${from} has sent ${lost} packets of SPI ${spi}, and the capture of ${to} has none of them. `
          : say`Packets of SPI ${spi} arrived at ${to} up to number ${arrived.highestSequence}; ${from} has sent ${lost} more. `,
        say`The capture of ${to} was running and hears ESP: the packets are lost on the way between.`,
      ),
      evidence: [
        {
          gateway: sender.gateway.name,
          time: sent.lastTime,
          text: say`SPI ${spi}: ${sent.packets} packets sent, up to number ${sent.highestSequence}`,
        },
        arrived === null
          ? {
              gateway: receiver.gateway.name,
              time: receiver.newest.asOf,
              text: say`SPI ${spi}: nothing has arrived`,
            }
          : {
              gateway: receiver.gateway.name,
              time: arrived.lastTime,
              text: say`SPI ${spi}: ${arrived.packets} packets arrived, up to number ${arrived.highestSequence}`,
            },
      ],
    };
  },
};
