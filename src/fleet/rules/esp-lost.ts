import { hex32 } from "../../bytes/hex.js";
import { joined, say, verbatim } from "../../texts/message.js";
import { type EspLoss, espLosses } from "../esp-loss.js";
import { isEndToEnd, type Passage } from "../passage.js";
import type { FleetRule } from "../rule.js";

/** So many packets, and this share of them, are a fault; less is everyday. */
const FEWEST_LOST = 5;
const LEAST_SHARE = 0.01;

export const espLost: FleetRule<Passage> = {
  code: "fleet-esp-lost",
  severity: "warning",
  title: "Some ESP packets leave one gateway and do not arrive at the other",
  explanation:
    "Both ends of the tunnel are watched. By their sequence numbers some packets are lost on the way between.",
  signature:
    "Numbers that the sender's capture has and the receiver's has not: five at least, and one of a hundred. What the sender's capture misses itself is taken off, what the receiver's capture dropped too. No clock is needed for it, and counters of different times do not matter: only numbers that both have passed are compared.",
  remedies: [
    "Compare both directions and other tunnels of the two gateways: loss in one direction points at a link or a policer on that way.",
    "Look at interface drops and policers on the way, and at the queues of both gateways.",
  ],
  detect: (passage) => {
    const losses = espLosses(passage);
    const lost = sum(losses, (loss) => loss.lost) - (passage.receiver.gateway.status?.dropped ?? 0);
    const [worst] = losses.toSorted((a, b) => b.lost - a.lost);
    if (worst === undefined) return null;
    const { sender, receiver, from: index } = passage;
    const packets = sender.newest.account.streams
      .filter(({ from }) => from === index)
      .reduce((all, stream) => all + stream.packets, 0);
    if (lost < FEWEST_LOST || lost < packets * LEAST_SHARE) return null;
    const [from, to] = [verbatim(sender.gateway.name), verbatim(receiver.gateway.name)];
    const spi = hex32(worst.sent.spi);
    return {
      confidence: isEndToEnd(passage) ? "likely" : "possible",
      gateways: [sender.gateway.name, receiver.gateway.name],
      since: worst.sent.firstTime,
      headline: say`${lost} of ${packets} ESP packets of ${from} do not arrive at ${to} (${percent(lost, packets)} %)`,
      summary: joined(
        say`By their sequence numbers ${lost} of the ${packets} packets that ${from} has sent are missing at ${to}. `,
        say`They are lost on the way between the two gateways, in this direction.`,
      ),
      evidence: [
        {
          gateway: sender.gateway.name,
          time: worst.sent.lastTime,
          text: say`SPI ${spi}: ${worst.sent.packets} packets sent, up to number ${worst.sent.highestSequence}`,
        },
        {
          gateway: receiver.gateway.name,
          time: worst.arrived?.lastTime ?? null,
          text: say`SPI ${spi}: ${worst.lost} of these are missing`,
        },
      ],
    };
  },
};

function sum(losses: readonly EspLoss[], of: (loss: EspLoss) => number): number {
  return losses.reduce((all, loss) => all + of(loss), 0);
}

/** With two digits that count. */
function percent(part: number, all: number): string {
  return String(Number(((part / all) * 100).toPrecision(2)));
}
