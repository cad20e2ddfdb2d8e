import { hex32 } from "../../../bytes/hex.js";
import { humanDuration } from "../../../bytes/time.js";
import { joined, say } from "../../../texts/message.js";
import type { TunnelContext } from "../../context.js";
import type { Verdict } from "../../finding.js";
import { momentOf } from "../esp/esp-directions.js";
import { sideOfOneWay } from "../esp/one-way-side.js";
import { lastOf } from "../sides.js";
import { stoppedChild } from "./stopped-child.js";

/** Answers that stop in one Child SA while another one of the same peers goes on. The hosts behind that one may have gone as well. */
export function childNoLongerAnswered(context: TunnelContext): Verdict | null {
  const found = stoppedChild(context);
  if (found === null) return null;
  const { asking, silent, stoppedAt, turns, after, asked, working } = found;
  const span = humanDuration(asking.lastTime - stoppedAt);
  const side = sideOfOneWay(context, asking.source, silent.source, stoppedAt);
  const other = [working.forward, working.backward].find((espSa) => espSa?.source === silent.source);
  return {
    confidence: "possible",
    provenance: "inferred",
    phase: "ESP",
    headline: say`one Child SA is no longer answered: SPI ${hex32(asked.spi)} from ${asking.source} to ${silent.source} (at least ${after} packets in ${span})`,
    summary: joined(
      say`Traffic of that Child SA took turns (answers of ${silent.source}: ${turns}), then its answers end while ${asking.source} goes on with packets of the same sizes. Another Child SA of the same peers has packets both ways meanwhile, so the path for ESP is open. `,
      side.text,
    ),
    evidence: [
      lastOf(silent.last, say`last ESP packet of ${silent.source} in that Child SA`),
      lastOf(asking.last, say`ESP of ${asking.source} goes on in it`),
      ...(other == null
        ? []
        : momentOf(
            { frame: other.lastFrame, time: other.lastTime },
            say`ESP of ${silent.source} in another Child SA`,
          )),
    ],
    ...side.steps,
    rivals: [
      {
        code: "esp-absent",
        separatedBy: say`a ping through this Child SA to the inner address of ${silent.source} itself: if that is answered, the Child SA works and only the host that was asked is silent`,
      },
      {
        code: "esp-asymmetric-spi",
        separatedBy: say`the counters of each SA at ${silent.source}: whether the replies leave in another Child SA`,
      },
    ],
  };
}
