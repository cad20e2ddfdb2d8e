import { hex32 } from "../../../bytes/hex.js";
import { humanDuration } from "../../../bytes/time.js";
import type { TunnelRule } from "../../context.js";
import { waysOf } from "../../facts/esp-ways.js";
import { MENDED } from "../../facts/healing.js";
import { afterOf, PACKETS, staleSpi } from "../../facts/stale-spi.js";

/**
 * ESP goes on to an SPI that the receiver does not have any more: after the IKE SA was deleted, after the receiver began
 * anew, or while it says INVALID_SPI in clear.
 */
export const espStaleSpi: TunnelRule = (context) => {
  const found = staleSpi(context);
  if (found === null) return null;
  const { leg, since, how, isClaim } = found;
  const { source, destination, spi } = leg;
  const after = afterOf(leg, since);
  const span = humanDuration(leg.lastTime - since);
  const legs = waysOf(context.tunnel).flatMap((way) => way.legs);
  const isMended = legs.some(
    (other) => other.source === source && other.firstTime > since && other.packets >= PACKETS,
  );
  return {
    code: "esp-stale-spi",
    ...(isMended ? MENDED : {}),
    confidence: "likely",
    provenance: isClaim ? "observed" : "deduced",
    phase: "ESP",
    headline: `${source} still sends ESP to SPI ${hex32(spi)} of ${destination}, ${span} after ${how}`,
    summary:
      `${source} sends ESP with SPI ${hex32(spi)} to ${destination} (at least ${after} packets in ${span}) although ${how}. ` +
      (isClaim
        ? "The message is not authenticated, but no answer in ESP contradicts it. "
        : `${destination} sends nothing on its side of that SA any more. `) +
      `What is sent there is dropped; ${source} does not know that the SA is gone.` +
      (isMended ? ` Meanwhile ${source} uses a new SPI too.` : ""),
    evidence: [
      ...found.evidence,
      { frame: leg.lastFrame, time: leg.lastTime, nanos: 0, text: `ESP still to SPI ${hex32(spi)}` },
    ],
    rivals: [
      {
        code: "esp-one-way",
        separatedBy: `the SAs at ${destination} ('ip xfrm state'): if it still has SPI ${hex32(spi)}, it receives and does not answer; otherwise XfrmInNoStates counts up there`,
      },
    ],
  };
};
