import { humanDuration, type Micros } from "../../../bytes/time.js";
import { sightingsOf } from "../../../session/sightings.js";
import { joined, type Message, say } from "../../../texts/message.js";
import type { TunnelContext } from "../../context.js";
import { carrierOf } from "../../facts/esp/esp-directions.js";
import { type Interruption, interruptionOf } from "../../facts/esp/interruption.js";
import { canonicalOf } from "../../facts/sides.js";
import { isNear } from "../../facts/side.js";
import { timeOfDayOf } from "../../moments.js";
import { defineRule } from "../../rule.js";

/** An IKE message so near to the ends of the silence may have been under way. */
const UNDER_WAY: Micros = 1_000_000;

/** Answers that are missing for a time, while the questions go on at their pace, and come back: an outage that healed by itself. */
export const espInterrupted = defineRule({
  code: "esp-interrupted",
  severity: "warning",
  title: "Answers through the tunnel were missing for a time",
  explanation:
    "One side sent on at its pace, and for some seconds nothing came back; then the answers went on as before. The tunnel stands again, but in that time it did not carry what it should, or the host that was asked was away.",
  signature:
    "Steady questions of one stream, nearly all answered, of which six or more in one time of 8 s or more have no answer; the answers' sequence numbers lack nothing. An explanation only where IKE of the silent side came meanwhile. Not said where the pace changes, as with TCP, or where other packets go beside them.",
  remedies: [
    "Compare that time with the logs of both peers, of routers and of the provider: fail-over, a route that changed, a link that was down.",
    "Ask whether the host that was asked was away or restarted then: the tunnel does not show that.",
    "If it comes again: capture at both ends at the same time; what is in one file only was lost on the way.",
  ],
  commands: ["route", "status"],
  references: ["RFC 4301 section 8"],
  needs: ["all-packets", "pauses"],
  yieldsTo: ["lost-between-captures"],
  onlyWith: ["esp"],
  detect: (context) => {
    const found = interruptionOf(context);
    if (found === null) return null;
    const { asking, silent, asker, silentSide, unanswered } = found;
    const carrier = carrierOf(silent);
    const time = humanDuration(silent.gapTo - silent.gapFrom);
    const wasHeard = hearsIke(context, found);
    return {
      ...(wasHeard ? { severity: "info" as const } : {}),
      confidence: "possible",
      provenance: "inferred",
      phase: "ESP",
      headline: say`no ${carrier} of ${silentSide} for ${time} from ${timeOfDayOf(silent.gapFrom)} on, while ${asker} went on asking (${unanswered} packets); then it came back`,
      summary: joined(
        say`${asker} sends ${carrierOf(asking)} at a steady pace, and nearly each packet is answered at once; ${unanswered} in ${time} are not. `,
        wasHeard
          ? say`IKE of ${silentSide} came meanwhile, so the peer lived and the way was open for IKE. `
          : "",
        whereText(context, found),
      ),
      evidence: [
        {
          frame: silent.gapFromFrame,
          time: silent.gapFrom,
          nanos: 0,
          text: say`last ${carrier} packet of ${silentSide} before`,
        },
        {
          frame: silent.gapToFrame,
          time: silent.gapTo,
          nanos: 0,
          text: say`first ${carrier} packet of ${silentSide} after ${time}`,
        },
      ],
      rivals: [
        {
          code: "esp-absent",
          separatedBy: say`the uptime and the log of the host behind ${silentSide} that was asked: if it was away then, the tunnel worked all the time`,
        },
      ],
    };
  },
});

function whereText(context: TunnelContext, { asker, silentSide }: Interruption): Message {
  if (isNear(context, silentSide))
    return say`Captured near ${silentSide}: the packets arrive there and no answer leaves, so the path is not the cause.`;
  if (isNear(context, asker))
    return say`Captured near ${asker}: the packets leave; they or the answers were lost on the way, or ${silentSide} or the host behind it did not answer.`;
  return "";
}

/** IKE of the silent side in the middle of the silence. */
function hearsIke({ setups, tunnel }: TunnelContext, { silent, silentSide }: Interruption): boolean {
  const [from, until] = [silent.gapFrom + UNDER_WAY, silent.gapTo - UNDER_WAY];
  return setups.some(({ sa }) =>
    sightingsOf(sa).some(
      ({ time, source }) => time > from && time < until && canonicalOf(tunnel, source.address) === silentSide,
    ),
  );
}
