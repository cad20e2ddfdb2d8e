import { hex32 } from "../../../bytes/hex.js";
import { childSaCreations } from "../../../session/esp/child-sa-creations.js";
import { isFresh } from "../../../session/esp/child-sas.js";
import { firstOf } from "../../facts/sides.js";
import { carriersOf, espDirectionsOf } from "../../facts/esp/esp-directions.js";
import { holdsOpeningOutOfOrder } from "../../facts/esp/out-of-order.js";
import { defineRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/**
 * ESP on an SPI whose negotiation the capture does not hold, beside IKE of the same peers. Where the capture began within
 * the life of the tunnel, `capture-starts-late` says so of all.
 */
export const espUnknownSpi = defineRule({
  code: "esp-unknown-spi",
  severity: "info",
  title: "ESP whose negotiation is not in the capture",
  explanation:
    "The SA was made before the capture began, or on another path. How it was negotiated cannot be said; whether its packets come in order can.",
  signature:
    "An SPI that carries ESP before any exchange of the capture that makes a Child SA, or begins in the middle of its numbers.",
  remedies: [
    "To see the negotiation, keep the capture running and set the tunnel up anew, or wait for the next rekey.",
  ],
  references: ["RFC 4303"],
  yieldsTo: ["capture-starts-late"],
  onlyWith: ["esp"],
  detect: (context) => {
    const { tunnel } = context;
    if (tunnel.streams.length === 0 || holdsOpeningOutOfOrder(context)) return null;
    const [creation] = childSaCreations(tunnel.ikeSas);
    const unknown = espDirectionsOf(tunnel)
      .flatMap(({ espSas }) => espSas)
      .filter((espSa) => creation === undefined || espSa.firstTime < creation.time || !isFresh(espSa))
      .toSorted((a, b) => a.firstTime - b.firstTime);
    const [first] = unknown;
    const stream = first?.streams[0];
    if (first === undefined || stream === undefined) return null;
    const spis = unknown.length === 1 ? "an SPI" : say`${unknown.length} SPIs`;
    const carriers = carriersOf(unknown.flatMap((espSa) => espSa.streams));
    const shown = unknown
      .slice(0, 4)
      .map(({ spi }) => hex32(spi))
      .join(", ");
    return {
      confidence: "certain",
      provenance: "observed",
      phase: "ESP",
      headline: say`${carriers} on ${spis} whose negotiation is not in the capture`,
      summary: say`${carriers} flows on ${spis} (${shown}${unknown.length > 4 ? ", ..." : ""}) of which the capture has no whole exchange that makes it: the capture began later, its filter left IKE out, or messages of that exchange are missing. How the SA was negotiated cannot be judged from it.`,
      evidence: [
        firstOf(stream, say`SPI ${hex32(first.spi)} is in use, sequence number ${first.firstSequence}`),
      ],
    };
  },
});
