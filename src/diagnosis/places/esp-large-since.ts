import { hex32 } from "../../bytes/hex.js";
import type { Micros } from "../../bytes/time.js";
import { SIZE_BIN_WIDTH, SIZE_BINS } from "../../esp/stream.js";
import { joined, say } from "../../texts/message.js";
import type { TunnelContext } from "../context.js";
import { carrierOf, copiesOf } from "../facts/esp/esp-directions.js";
import { mssFor, outerLength } from "../facts/esp/esp-overhead.js";
import { CARRIED_EVERYWHERE, mssToTry } from "../facts/esp/mtu-advice.js";
import { tooBigReports } from "../facts/icmp-errors.js";
import { lastOf } from "../facts/sides.js";
import { timeOfDayOf } from "../moments.js";
import type { Between } from "./between.js";
import type { PlaceStream } from "./continued-streams.js";
import { soLostBySize, whereLost } from "./device-texts.js";
import type { LostStream } from "./lost-stream.js";
import { nameOf, type Passage } from "./passage.js";

/** The last large packets, so many in so long a time, are no chance where none of them arrives. */
const LAST = { packets: 3, time: 3_000_000 } as const;
/** The share of what is missing that is large. */
const NEARLY_ALL = 0.9;
/** Longer than a packet is under way. */
const UNDER_WAY: Micros = 300_000;

/** A size from which on nothing arrives any more, though such packets did before, and smaller ones still do; null where there is none. */
export function largeSince(
  context: TunnelContext,
  passage: Passage,
  losses: readonly LostStream[],
): Between | null {
  for (const loss of losses) {
    const found = missingLarge(passage, loss);
    if (found !== null) return betweenOf(context, passage, loss, found);
  }
  return null;
}

interface MissingLarge {
  readonly arrived: PlaceStream;
  /** The smallest missing packet has at most so many bytes. */
  readonly least: number;
  readonly packets: number;
  /** The last large packets, none of which arrived. */
  readonly last: PlaceStream["sizes"]["lastLarge"];
}

function missingLarge({ offset }: Passage, { sent, arrived, lost, size }: LostStream): MissingLarge | null {
  if (arrived === null || size !== null) return null;
  const passedUntil = (arrived.sizes.lastLarge.at(-1)?.time ?? Infinity) - offset;
  const last = sent.sizes.lastLarge.filter(({ time }) => time > passedUntil + UNDER_WAY);
  const [first, end] = [last[0], last.at(-1)];
  if (first === undefined || end === undefined || last.length < LAST.packets) return null;
  if (end.time - first.time < LAST.time || arrived.lastTime - offset < end.time) return null;
  const missing = Array.from(sent.sizes.packets, (count, bin) =>
    Math.max(0, Math.round(count / copiesOf(sent) - (arrived.sizes.packets[bin] ?? 0) / copiesOf(arrived))),
  );
  const bin = missing.findIndex((count, at) => count > 0 && (at + 1) * SIZE_BIN_WIDTH > CARRIED_EVERYWHERE);
  const packets = missing.slice(bin).reduce((sum, count) => sum + count, 0);
  if (bin < 0 || packets < lost * NEARLY_ALL) return null;
  const least = bin === SIZE_BINS - 1 ? sent.largest : Math.min(sent.largest, (bin + 1) * SIZE_BIN_WIDTH - 1);
  return { arrived, least, packets: Math.min(packets, lost), last };
}

function betweenOf(
  context: TunnelContext,
  passage: Passage,
  { sent }: LostStream,
  { arrived, least, packets, last }: MissingLarge,
): Between {
  const { sender, receiver, from, to } = passage;
  const version = sender.includes(":") ? 6 : 4;
  const inUdp = sent.encapsulation === "udp";
  const fails = outerLength(least, version, inUdp);
  const carrier = carrierOf(sent);
  const since = last[0]?.time ?? sent.firstTime;
  return {
    lost: "large-esp",
    isGrave: true,
    isSure: true,
    from: since,
    until: sent.lastTime,
    phase: "ESP",
    headline: say`since ${timeOfDayOf(since)} no large ${carrier} (${fails} bytes or more) from ${sender} reaches ${receiver}: ${whereLost(passage, [nameOf(from), nameOf(to)], { packets })}`,
    summary: joined(
      say`Packets of SPI ${hex32(sent.spi)} of that size were at both places before, and smaller ones still are: something on the way changed. `,
      soLostBySize(passage),
      // A report has one MTU: where a router names it, that one.
      tooBigReports(context).length === 0
        ? mssToTry({ passes: 0, fails }, (mtu) => mssFor(mtu, version, inUdp, sent.sizes.residues))
        : "icmp-frag-needed has the MTU.",
    ),
    evidence: [
      ...last.slice(0, LAST.packets).map(({ frame, time, bytes }) => ({
        frame,
        time,
        nanos: 0,
        text: say`${carrier} of ${bytes} bytes, at this place only`,
      })),
      lastOf(arrived, say`the last ${carrier} packet that arrived`),
    ],
  };
}
