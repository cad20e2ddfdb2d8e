import { hex32 } from "../../../bytes/hex.js";
import { evidenceOf } from "../../evidence.js";
import { carrierOf } from "../../facts/esp/esp-directions.js";
import { firstOf } from "../../facts/sides.js";
import { oneSideCaptured } from "../../facts/recording/one-side-captured.js";
import { messageName, phaseOf } from "../../phases.js";
import { defineRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/**
 * One side goes on to the next message, which it can only do when it was answered, and no answer is in the capture.
 * A request that needs the peer's key material proves it.
 */
export const captureOneDirection = defineRule({
  code: "capture-one-direction",
  severity: "warning",
  title: "Only one direction was captured",
  explanation:
    "One side goes on as if it had been answered, but no packet of the other side is in the capture: the sniffer saw one direction only.",
  signature:
    "All packets come from one side, and its Message IDs or exchange types advance, which takes messages of the other side.",
  remedies: ["Capture both directions: mirror both, or capture at a peer itself."],
  references: [],
  onlyWith: ["several-messages"],
  detect: (context) => {
    const side = oneSideCaptured(context);
    if (side === null) return null;
    const { address, sa, first, next } = side;
    const from = messageName(sa, first.exchange, first.kind);
    const isMessage = "exchange" in next;
    const to = isMessage
      ? messageName(sa, next.exchange, next.kind)
      : say`${carrierOf(next)} of the new SPI ${hex32(next.spi)}`;
    return {
      confidence: "likely",
      provenance: "deduced",
      phase: phaseOf(sa, first.exchange),
      headline: say`only packets of ${address} were captured`,
      summary: say`${address} goes on from ${from} to ${to}, which takes messages of the other side; but none of them is in the capture. What the other side said is unknown.`,
      evidence: [
        ...evidenceOf(first.transmission, from, 1),
        ...(isMessage ? evidenceOf(next.transmission, to, 1) : [firstOf(next, to)]),
      ],
    };
  },
});
