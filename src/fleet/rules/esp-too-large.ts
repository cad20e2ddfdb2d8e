import { hex32 } from "../../bytes/hex.js";
import { joined, say, verbatim } from "../../texts/message.js";
import { espLosses } from "../esp-loss.js";
import { isEndToEnd, type Passage } from "../passage.js";
import type { FleetRule } from "../rule.js";

export const espTooLarge: FleetRule<Passage> = {
  code: "fleet-esp-too-large",
  severity: "critical",
  title: "Large ESP packets leave one gateway and do not arrive at the other",
  explanation:
    "Both ends of the tunnel are watched. Small packets of one gateway arrive at the other, large ones do not: small requests work, and whatever is long stalls.",
  signature:
    "Of one stream nine of ten packets that are missing at the receiver, and three at least, are larger than all that arrived, of which there are three at least.",
  remedies: [
    "Clamp the MSS of TCP in the tunnel, or lower its MTU, so that the packets with ESP around them fit the smallest link.",
    "Let ICMP 'fragmentation needed' and ICMPv6 'packet too big' through to the gateways.",
  ],
  detect: (passage) => {
    const [worst] = espLosses(passage)
      .filter(({ size }) => size !== null)
      .toSorted((a, b) => b.lost - a.lost);
    if (worst?.size == null || worst.arrived === null) return null;
    const { sender, receiver } = passage;
    const { sent, arrived, size } = worst;
    const [from, to] = [verbatim(sender.gateway.name), verbatim(receiver.gateway.name)];
    const spi = hex32(sent.spi);
    return {
      confidence: isEndToEnd(passage) ? "likely" : "possible",
      gateways: [sender.gateway.name, receiver.gateway.name],
      since: sent.firstTime,
      headline: say`ESP of ${from} with more than ${size.largestArrived} bytes does not arrive at ${to}: ${size.larger} packets`,
      summary: joined(
        say`Of the packets of SPI ${spi} those of up to ${size.largestArrived} bytes arrive at ${to}; ${from} has sent ${size.larger} larger ones of up to ${sent.largest} bytes, and none of them arrives. `,
        say`A link between has a smaller MTU, and its reports do not come back; or a filter drops fragments.`,
      ),
      evidence: [
        {
          gateway: sender.gateway.name,
          time: sent.lastTime,
          text: say`SPI ${spi}: the largest packet sent has ${sent.largest} bytes`,
        },
        {
          gateway: receiver.gateway.name,
          time: arrived.lastTime,
          text: say`SPI ${spi}: the largest packet that arrived has ${arrived.largest} bytes`,
        },
      ],
    };
  },
};
