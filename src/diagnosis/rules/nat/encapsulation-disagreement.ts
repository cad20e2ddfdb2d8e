import { distinctPackets } from "../../../session/esp/esp-sas.js";
import { silenceAfter } from "../../facts/silence/silence.js";
import type { EspStream } from "../../../esp/stream.js";
import type { TunnelContext } from "../../context.js";
import { canonicalOf, firstOf, lastOf, ownStreams } from "../../facts/sides.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/** Fewer packets may be the last ones before a change of encapsulation. */
const FLOW_PACKETS = 4;
/** Both directions are under way at the same time for at least so long. */
const TOGETHER = 2_500_000;
/** TCP that nobody answers sends a handful of packets a minute; more than this on average is traffic that is answered. */
const BUSY_PER_SECOND = 5;

/** Packets that are nearer than this are question and answer; independent traffic meets so at both ends by rare chance. */
const ANSWER_TIME = 200_000;
/** Both have ended once neither sends for so long. */
const END_OF_TALK_US = 2_000_000;

/**
 * One direction is ESP as protocol 50, the other ESP in UDP, at the same time. RFC 7296 section 2.23 allows it, most
 * receivers do not: traffic too brisk for packets that are all dropped proves that these do, and so does a dialogue that
 * both sides begin and end together, however slow.
 */
export const encapsulationDisagreement = defineRule({
  code: "encapsulation-disagreement",
  severity: "critical",
  title: "One side sends ESP in UDP, the other as IP protocol 50",
  explanation:
    "The two directions of the tunnel are encapsulated differently. The standard asks receivers to take both, but Linux and many others accept only what they send themselves and drop the rest.",
  signature:
    "At the same time one direction of the tunnel is IP protocol 50 and the other ESP in UDP 4500, neither of them brisk enough to show that it is accepted.",
  remedies: [
    "Force UDP encapsulation at both ends.",
    "On Linux 'ip -s xfrm state' shows what each end expects ('encap type espinudp'), and XfrmInStateMismatch in /proc/net/xfrm_stat counts what was dropped.",
  ],
  commands: ["natTraversal", "status"],
  references: ["RFC 7296 section 2.23", "RFC 3948"],
  onlyWith: ["esp"],
  detect: (context) => {
    const streams = ownStreams(context.tunnel).filter(({ encapsulation }) => encapsulation !== "ah");
    const sources = [...new Set(streams.map(({ source }) => canonicalOf(context.tunnel, source)))];
    if (sources.length !== 2) return null;
    const native = onlyDirection(context, streams, sources, "esp");
    const inUdp = onlyDirection(context, streams, sources, "udp");
    if (native === null || inUdp === null) return null;
    const from = Math.max(native.firstTime, inUdp.firstTime);
    const to = Math.min(native.lastTime, inUdp.lastTime);
    if (to - from < TOGETHER || native.packets < FLOW_PACKETS || inUdp.packets < FLOW_PACKETS) return null;
    const isBusy = [native, inUdp].every(
      ({ packets, firstTime, lastTime }) => packets / ((lastTime - firstTime) / 1e6) > BUSY_PER_SECOND,
    );
    const isDialogue =
      Math.abs(native.firstTime - inUdp.firstTime) <= ANSWER_TIME &&
      Math.abs(native.lastTime - inUdp.lastTime) <= ANSWER_TIME &&
      // At the end of the capture everything ends together.
      silenceAfter(context, { frames: [native.last.lastFrame], time: native.lastTime }) > END_OF_TALK_US;
    const passes = isBusy || isDialogue;
    const [plain, wrapped] = [native.first.source, inUdp.first.source];
    return {
      ...(passes ? { severity: "info" as const } : {}),
      confidence: passes ? "possible" : "likely",
      provenance: "deduced",
      phase: "ESP",
      headline: say`${plain} sends ESP as protocol 50, ${wrapped} sends it in UDP`,
      summary: joined(
        say`${plain} sends ESP as IP protocol 50 (${native.packets} packets) while ${wrapped} sends it in UDP 4500 (${inUdp.packets} packets). `,
        passes
          ? say`${isBusy ? "Traffic is brisk both ways" : "Both begin and end together, as question and answer do"}, so both receivers seem to take it.`
          : "The standard lets each side choose, but Linux and many others take only the encapsulation that they send themselves and drop the rest. Force UDP encapsulation at both.",
      ),
      evidence: [
        firstOf(native.first, say`ESP as protocol 50, ${plain} -> ${wrapped}`),
        firstOf(inUdp.first, say`ESP in UDP, ${wrapped} -> ${plain}`),
        lastOf(native.last, "still as protocol 50"),
        lastOf(inUdp.last, "still in UDP"),
      ],
      rivals: [
        {
          code: "esp-one-way",
          separatedBy:
            "the receivers' counters: 'ip -s xfrm state' and XfrmInStateMismatch in /proc/net/xfrm_stat tell whether the packets are taken or dropped for their encapsulation",
        },
      ],
    };
  },
});

interface DirectionPackets {
  readonly packets: number;
  readonly firstTime: number;
  readonly lastTime: number;
  readonly first: EspStream;
  readonly last: EspStream;
}

/** The direction that knows no other encapsulation; null where none or both are so. */
function onlyDirection(
  { tunnel }: TunnelContext,
  streams: readonly EspStream[],
  sources: readonly string[],
  encapsulation: EspStream["encapsulation"],
): DirectionPackets | null {
  const directions = sources
    .map((one) => streams.filter(({ source }) => canonicalOf(tunnel, source) === one))
    .filter((direction) => direction.every((stream) => stream.encapsulation === encapsulation));
  const [direction] = directions;
  const first = direction?.toSorted((a, b) => a.firstTime - b.firstTime)[0];
  const last = direction?.toSorted((a, b) => a.lastTime - b.lastTime).at(-1);
  if (directions.length !== 1 || direction === undefined || first === undefined || last === undefined)
    return null;
  const packets = direction.reduce((sum, stream) => sum + distinctPackets(stream), 0);
  return { packets, firstTime: first.firstTime, lastTime: last.lastTime, first, last };
}
