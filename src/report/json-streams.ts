import { hex32 } from "../bytes/hex.js";
import { isoTime } from "../bytes/time.js";
import { suitesFor } from "../diagnosis/facts/esp/esp-overhead.js";
import { type EspStream, REPLAY_WINDOWS, SIZE_BIN_WIDTH } from "../esp/stream.js";
import type { ChildSa, EspSa } from "../session/esp/child-sa.js";
import { inEnglish } from "../texts/texts.js";
import { frameJson, type JsonContext } from "./json-frame.js";

/** A Child SA; `places` are those of its streams in the tunnel's list. */
export function childSaJson(child: ChildSa, places: ReadonlyMap<EspStream, number>, context: JsonContext) {
  const { forward, backward, generation, confidence, reason, madeBy } = child;
  const espSaJson = (espSa: EspSa | null) =>
    espSa === null
      ? null
      : {
          spi: hex32(espSa.spi),
          streams: espSa.streams.map((stream) => places.get(stream) ?? 0),
          packets: espSa.packets,
          firstTime: isoTime(espSa.firstTime),
          lastTime: isoTime(espSa.lastTime),
        };
  return {
    generation,
    confidence,
    reason: inEnglish(reason),
    madeBy: madeBy === null ? null : { exchange: madeBy.by, ...frameJson(madeBy.frame, context) },
    forward: espSaJson(forward),
    backward: espSaJson(backward),
  };
}

/** Streams with fewer packets have no distributions in the report. */
const DISTRIBUTED = 32;

/** The sizes modulo 16, and what encrypts to such sizes. */
function cipherJson(residues: number) {
  return {
    residues: Array.from({ length: 16 }, (_, residue) => residue).filter(
      (residue) => ((residues >> residue) & 1) === 1,
    ),
    suites: suitesFor(residues).map(({ name }) => name),
  };
}

/** A stream with all that was counted of it. */
export function streamJson(stream: EspStream, context: JsonContext) {
  const { order, sizes, outer, rate, answers, plain } = stream;
  return {
    source: stream.source,
    destination: stream.destination,
    encapsulation: stream.encapsulation,
    sourcePort: stream.sourcePort,
    destinationPort: stream.destinationPort,
    spi: hex32(stream.spi),
    packets: stream.packets,
    bytes: stream.bytes,
    firstTime: isoTime(stream.firstTime),
    lastTime: isoTime(stream.lastTime),
    firstFrame: frameJson(stream.firstFrame, context),
    lastFrame: frameJson(stream.lastFrame, context),
    firstSequence: stream.firstSequence,
    lastSequence: stream.lastSequence,
    highestSequence: stream.highestSequence,
    lost: stream.lost,
    reordered: stream.reordered,
    duplicates: stream.duplicates,
    largest: stream.largest,
    fragmented: stream.fragmented,
    order: {
      gaps: order.gaps,
      largestGap: order.largestGap,
      deepest: order.deepest,
      tooOld: order.tooOld,
      replayDrops: REPLAY_WINDOWS.map((window, index) => ({
        window,
        packets: order.replayDrops[index] ?? 0,
      })),
      restarts: order.restarts,
      wraps: order.wraps,
    },
    sizes: {
      smallest: sizes.smallest,
      largest: sizes.largest,
      largestAnswered: sizes.largestAnswered,
      ...(stream.packets < DISTRIBUTED
        ? {}
        : { binWidth: SIZE_BIN_WIDTH, packets: [...sizes.packets], answered: [...sizes.answered] }),
      ...(stream.packets < DISTRIBUTED || stream.encapsulation === "ah" ? {} : cipherJson(sizes.residues)),
    },
    ttl: { lowest: outer.lowestTtl, highest: outer.highestTtl },
    dscps: [...outer.dscps],
    ...(stream.packets < DISTRIBUTED
      ? {}
      : {
          rate: {
            from: isoTime(rate.from),
            binSeconds: rate.binWidth / 1e6,
            packets: [...rate.packets],
          },
        }),
    answers: answers.map(({ spi, encapsulation, turns, firstTime, lastTime, lastFrame }) => ({
      spi: hex32(spi),
      encapsulation,
      turns,
      firstTime: isoTime(firstTime),
      lastTime: isoTime(lastTime),
      last: frameJson(lastFrame, context),
    })),
    plain: { sampled: plain.sampled, readable: plain.readable, inTransport: plain.inTransport },
  };
}
