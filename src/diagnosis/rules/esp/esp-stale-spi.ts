import { hex32 } from "../../../bytes/hex.js";
import { humanDuration } from "../../../bytes/time.js";
import { espDirectionsOf } from "../../facts/esp/esp-directions.js";
import { MENDED } from "../../facts/life/healing.js";
import { afterOf, isSurelyStale, LEAST_STALE_PACKETS, staleSpi } from "../../facts/esp/stale-spi.js";
import { graded } from "../../grade.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/**
 * ESP goes on to an SPI that the receiver does not have any more: after the IKE SA was deleted, after the receiver began
 * anew, or while it says INVALID_SPI in clear.
 */
export const espStaleSpi = defineRule({
  code: "esp-stale-spi",
  severity: "critical",
  title: "ESP is sent to an SA that is gone",
  explanation:
    "One side still encrypts into an SA that the other side has deleted or lost in a restart. The receiver knows no key for it and drops every packet.",
  signature:
    "ESP goes on for seconds to an SPI whose IKE SA was deleted (by the length of the message), or whose Child SA was rekeyed and then deleted, or whose receiver began a new IKE SA and sends in new SPIs, or says INVALID_SPI in clear, while the other direction of that SA has ended.",
  remedies: [
    "At the sending side: remove the old SAs and set the tunnel up anew.",
    "Switch on dead peer detection at the sending side, so that it notices by itself.",
    "With devices in a cluster: synchronise SAs between the nodes, or let the survivor announce itself (INITIAL_CONTACT).",
  ],
  commands: ["status", "restart", "deadPeer"],
  references: ["RFC 7296 section 1.5", "RFC 7296 section 2.4", "RFC 3706"],
  needs: ["rates"],
  onlyWith: ["esp"],
  detect: (context) => {
    const found = staleSpi(context);
    if (found === null) return null;
    const { espSa, since, how, isClaim } = found;
    const { source, destination, spi } = espSa;
    const after = afterOf(espSa, since);
    const span = humanDuration(espSa.lastTime - since);
    const espSas = espDirectionsOf(context.tunnel).flatMap((direction) => direction.espSas);
    const isMended = espSas.some(
      (other) => other.source === source && other.firstTime > since && other.packets >= LEAST_STALE_PACKETS,
    );
    return {
      ...(isMended ? MENDED : {}),
      ...graded(
        [
          isSurelyStale(found)
            ? null
            : {
                code: "capture-ends-early",
                separatedBy: say`a capture that goes on: whether ${source} stops, or moves to a new SPI`,
              },
        ],
        [
          {
            code: "esp-one-way",
            separatedBy: say`the SAs at ${destination} ('ip xfrm state'): if it still has SPI ${hex32(spi)}, it receives and does not answer; otherwise XfrmInNoStates counts up there`,
          },
        ],
      ),
      provenance: isClaim ? "observed" : "deduced",
      phase: "ESP",
      headline: say`${source} still sends ESP to SPI ${hex32(spi)} of ${destination}, ${span} after ${how}`,
      summary: joined(
        say`${source} sends ESP with SPI ${hex32(spi)} to ${destination} (at least ${after} packets in ${span}) although ${how}. `,
        isClaim
          ? "The message is not authenticated, but no answer in ESP contradicts it. "
          : say`${destination} sends nothing on its side of that SA any more. `,
        say`What is sent there is dropped; ${source} does not know that the SA is gone.`,
        isMended ? say` Meanwhile ${source} uses a new SPI too.` : "",
      ),
      evidence: [
        ...found.evidence,
        { frame: espSa.lastFrame, time: espSa.lastTime, nanos: 0, text: say`ESP still to SPI ${hex32(spi)}` },
      ],
    };
  },
});
