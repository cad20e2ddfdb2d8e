import { humanDuration, type Micros } from "../../../bytes/time.js";
import { SIZE_BIN_WIDTH, SIZE_BINS, type EspStream } from "../../../esp/stream.js";
import type { TunnelContext, TunnelRule } from "../../context.js";
import { brokenEspOf } from "../../facts/broken-esp.js";
import { mssFor, outerLength, suitesFor } from "../../facts/esp-overhead.js";
import { copiesOf, isNear, momentOf, sizeBinsOf, sumOf, type Way, waysOf } from "../../facts/esp-ways.js";
import { icmpFragNeeded } from "./icmp-frag-needed.js";
import type { Confidence } from "../../finding.js";
import { CARRIED_EVERYWHERE, mtuAdvice } from "../../facts/mtu-advice.js";
import { lastQuestions, type Rhythm } from "../../facts/rhythm.js";
import { canonicalOf } from "../../facts/sides.js";
import { sightingsOf } from "../../facts/sightings.js";

/** Smaller packets that were answered. */
const ANSWERED = 3;
/** Of a size that gets through this share is answered at once, of one that does not, this share is followed by chance. */
const MOSTLY = 0.5;
const BY_CHANCE = 0.25;
/** An answer comes within this time. */
const ANSWER: Micros = 500_000;
/** Large packets that come again and again, or one after the other, and that nobody answers while smaller ones are. */
interface LargeLost {
  readonly way: Way;
  readonly stream: EspStream;
  /** Sizes of ESP packets, bytes: the largest that was answered, and those that were not. */
  readonly answered: number;
  readonly lost: number;
  readonly kind: Rhythm;
  /** The other side is heard again behind the last of them, so it lives. */
  readonly isBack: boolean;
  readonly first: Micros;
  readonly last: Micros;
}

function largeLost({ tunnel }: TunnelContext): LargeLost | null {
  const ways = waysOf(tunnel);
  for (const way of ways) {
    const back = ways.find((other) => other !== way);
    // Answers to large packets are large, too.
    if (back === undefined || brokenEspOf(tunnel, back.source).length > 0) continue;
    // Most streams have no such packets, and that is quickly told.
    if (!way.streams.some((stream) => stream.largest >= CARRIED_EVERYWHERE && lastQuestions(stream) !== null))
      continue;
    const answered = answeredUpTo(way);
    const small = sumOf(sizeBinsOf(way.streams), (bin) => bin.answered);
    if (small < ANSWERED || answered === 0) continue;
    const found = way.streams.flatMap((stream) => lostOf(way, back, stream, answered));
    if (found[0] !== undefined) return found[0];
  }
  return null;
}

/**
 * The size up to which most packets were answered at once: of larger ones a packet may have been followed by one of the other
 * side by chance. Bytes; the lower end of its bin where the largest that was answered is no such.
 */
function answeredUpTo({ streams }: Way): number {
  const bin = sizeBinsOf(streams).findLastIndex(
    ({ packets, answered }) => packets > 0 && answered >= packets * MOSTLY,
  );
  if (bin < 0) return 0;
  const largest = Math.max(...streams.map(({ sizes }) => sizes.largestAnswered));
  return binOf(largest) === bin ? largest : Math.max(1, bin * SIZE_BIN_WIDTH);
}

function binOf(size: number): number {
  return Math.min(Math.floor(size / SIZE_BIN_WIDTH), SIZE_BINS - 1);
}

function lostOf(way: Way, back: Way, stream: EspStream, answered: number): LargeLost[] {
  const { lastLarge, packets, largest } = stream.sizes;
  const asked = lastQuestions(stream);
  const [first, last] = [lastLarge[0], lastLarge.at(-1)];
  if (asked === null || first === undefined || last === undefined || stream.fragmented > 0) return [];
  if (last.bytes < CARRIED_EVERYWHERE || last.bytes - answered < SIZE_BIN_WIDTH) return [];
  const silence = silenceAround(back, first.time, last.time);
  const bin = binOf(largest);
  const count = (packets[bin] ?? 0) / copiesOf(stream);
  if (silence === null || (stream.sizes.answered[bin] ?? 0) > count * BY_CHANCE) return [];
  const isBack = back.lastTime > last.time;
  // Exporters send large packets at fixed times all day: pings are known by being one run within a silence that ends.
  const [one, other] = asked.questions.slice(-2);
  const interval = (other?.time ?? 0) - (one?.time ?? 0);
  if (asked.rhythm === "steady" && (!isBack || (Math.round(count) - 1) * interval > silence)) return [];
  return [
    {
      way,
      stream,
      answered,
      lost: last.bytes,
      kind: asked.rhythm,
      isBack,
      first: first.time,
      last: last.time,
    },
  ];
}

/**
 * How long the other side is silent around these times, with no answer to the last of them; null where it is not, as far as
 * its longest pause tells.
 */
function silenceAround({ streams }: Way, from: Micros, to: Micros): Micros | null {
  const silences = streams.map(({ firstTime, lastTime, gapFrom, gapTo }) => {
    if (lastTime < from) return to - lastTime;
    if (firstTime > to + ANSWER) return Infinity;
    return gapTo > gapFrom && gapFrom <= from && gapTo >= to + ANSWER ? gapTo - gapFrom : 0;
  });
  const shortest = Math.min(...silences);
  return shortest > 0 ? shortest : null;
}

export const espLargePacketsLost: TunnelRule = (context) => {
  const found = largeLost(context);
  // Where they arrive, it is the host behind that does not answer.
  if (found === null || isNear(context, found.way.destination)) return null;
  const { way, stream, answered, lost, kind, isBack, first, last } = found;
  const { source, destination } = way;
  const version = source.includes(":") ? 6 : 4;
  const inUdp = stream.encapsulation === "udp";
  const residues = way.streams.reduce((bits, { sizes }) => bits | sizes.residues, 0);
  const possible = suitesFor(residues);
  const usual = possible.filter((suite) => suite.usual);
  const ciphers = usual.length > 0 ? usual : possible;
  const isReported = icmpFragNeeded(context) !== null;
  const bounds = {
    passes: Math.max(outerLength(answered, version, inUdp), largestIke(context, source)),
    fails: outerLength(lost, version, inUdp),
  };
  const count = stream.sizes.lastLarge.length;
  const isAlive = isBack || saysIkeAfter(context, destination, first + ANSWER);
  const confidence: Confidence = kind === "back-off" && isAlive ? "likely" : "possible";
  return {
    code: "esp-large-packets-lost",
    confidence,
    provenance: "inferred",
    phase: "ESP",
    headline: `ESP of ${lost} bytes from ${source} to ${destination} is never answered (${count} in ${humanDuration(last - first)}), up to ${answered} bytes it is`,
    summary:
      `${source} sends ESP packets of ${lost} bytes (${bounds.fails} with the outer headers), ` +
      (kind === "back-off"
        ? `the same size ${count} times at intervals that double as those of TCP retransmission do, `
        : `${count} of one size at equal intervals, `) +
      `and nothing comes back meanwhile; packets of up to ${answered} bytes are answered before or after. ` +
      (isReported
        ? "icmp-frag-needed has the MTU."
        : `Large packets are lost on the way to ${destination}: a link with a smaller MTU whose reports do not come back, or a firewall that drops by size. ` +
          mtuAdvice(bounds, (mtu) => mssFor(mtu, version, inUdp, residues)) +
          `By their sizes the packets can be ${ciphers.map(({ name }) => name).join(", ")}.`),
    evidence: stream.sizes.lastLarge
      .slice(0, 5)
      .flatMap((moment) => momentOf(moment, `ESP of ${moment.bytes} bytes, not answered`)),
    rivals: [
      {
        code: "esp-one-way",
        separatedBy: `pings of growing size through the tunnel ('ping -M do -s'): if they fail above one size, it is the size; otherwise the host behind ${destination} did not answer these packets`,
      },
    ],
  };
};

/** A connection that hangs says nothing small either; then IKE tells that the peer lives. */
function saysIkeAfter({ setups, tunnel }: TunnelContext, address: string, time: Micros): boolean {
  return setups.some(({ sa }) =>
    sightingsOf(sa).some(
      (sighting) => sighting.time > time && canonicalOf(tunnel, sighting.source.address) === address,
    ),
  );
}

/** The largest IKE message of that end in one piece that was answered, with its headers. */
function largestIke({ tunnel, setups }: TunnelContext, source: string): number {
  const passed = setups.flatMap(({ sa }) =>
    sa.exchanges.flatMap(({ request, response }) => {
      const first = response === null ? undefined : request?.sightings[0];
      const isOwn = first !== undefined && canonicalOf(tunnel, first.source.address) === source;
      return isOwn && first.ipFragments === 1 && first.transport === "udp"
        ? [first.bytes + (source.includes(":") ? 48 : 28)]
        : [];
    }),
  );
  return Math.max(0, ...passed);
}
