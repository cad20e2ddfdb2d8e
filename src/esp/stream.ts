import type { Address } from "../bytes/address.js";
import type { FrameRef } from "../bytes/frame.js";
import type { Micros } from "../bytes/time.js";

/** How the packets of a stream travel, as numbers for the hot path. */
export const ENCAPSULATION = { esp: 0, espInUdp: 1, ah: 2, espInTcp: 3 } as const;

export type Encapsulation = "esp" | "udp" | "ah" | "tcp";
export const ENCAPSULATION_NAMES: readonly Encapsulation[] = ["esp", "udp", "ah", "tcp"];

/** Anti-replay windows that the simulation judges, packets (RFC 4303 3.4.3 wants 32, prefers 64). */
export const REPLAY_WINDOWS = [32, 64, 128, 256, 1024, 4096] as const;

/** Width of a bin of the size distribution, bytes; the last bin holds all that is larger. */
export const SIZE_BIN_WIDTH = 64;
export const SIZE_BINS = 31;

/** Bins of the packet rate over the whole capture. */
export const RATE_BINS = 32;

/** One direction of ESP or AH traffic, keyed by source, destination, encapsulation with ports, and SPI. */
export interface EspStream {
  readonly source: Address;
  readonly destination: Address;
  readonly encapsulation: Encapsulation;
  /** 0 unless encapsulated in UDP or TCP. */
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly spi: number;
  readonly packets: number;
  /** Bytes of the ESP or AH packets, without outer headers. */
  readonly bytes: number;
  readonly firstTime: Micros;
  readonly lastTime: Micros;
  readonly firstFrame: FrameRef;
  readonly lastFrame: FrameRef;
  readonly firstSequence: number;
  readonly lastSequence: number;
  /** Behind the last restart or wrap, if there was one. */
  readonly highestSequence: number;
  /** Numbers between that of the first packet and the highest that were never seen; restarts and wraps are no loss. */
  readonly lost: number;
  /** Packets that came after one with a higher number, within 4096, and had not been seen. */
  readonly reordered: number;
  /** Packets whose number had been seen already, within 4096. */
  readonly duplicates: number;
  /** Size of the largest ESP or AH packet, bytes. */
  readonly largest: number;
  /** Packets that came in IP fragments: they were fragmented after encryption. */
  readonly fragmented: number;
  /** The first of them; 0 where there is none. */
  readonly firstFragmentedTime: Micros;
  readonly firstFragmentedFrame: FrameRef;
  /** The longest time without a packet between two packets of the stream; 0 and 0 where it has one packet. */
  readonly gapFrom: Micros;
  readonly gapTo: Micros;
  readonly gapFromFrame: FrameRef;
  readonly gapToFrame: FrameRef;
  readonly order: SequenceOrder;
  readonly sizes: SizeDistribution;
  readonly outer: OuterHeader;
  readonly rate: Rate;
  /** Streams of the other direction whose packets this one's packets followed, at most four. */
  readonly answers: readonly AnswerCount[];
  /** Content of the first packets in clear, where they are not encrypted. */
  readonly plain: PlainContent;
}

/** A packet of a stream. */
export interface StreamMoment {
  readonly frame: FrameRef;
  readonly time: Micros;
}

/** How the sequence numbers came. */
export interface SequenceOrder {
  /** Times that numbers were passed over, healed later or not. */
  readonly gaps: number;
  /**
   * When the first and the last of them that may still be missing were passed over, to the millisecond; null where none was. What came late
   * may have filled those between, and the last. `before` is when the last packet before the first gap came: what is missing was sent
   * between these two.
   */
  readonly gapTimes: { readonly before: Micros; readonly first: Micros; readonly last: Micros } | null;
  /** Numbers passed over in the largest of them, and the packet behind it. */
  readonly largestGap: number;
  readonly afterLargestGap: StreamMoment | null;
  /** How far behind the highest number the latest packet came, within 4096. */
  readonly deepest: number;
  readonly firstReordered: StreamMoment | null;
  readonly firstDuplicate: StreamMoment | null;
  /** Packets 4096 or more behind the highest number: nothing more can be said of them. */
  readonly tooOld: number;
  /** For each of {@link REPLAY_WINDOWS}: packets that a receiver with this window would have dropped as too old. */
  readonly replayDrops: readonly number[];
  /** Times that the numbers fell back to the beginning and went on from there, and the packet that began the last one. */
  readonly restarts: number;
  readonly restartedAt: StreamMoment | null;
  /** The highest number before the last restart. */
  readonly restartedFrom: number;
  /** Times that the numbers ran over 2^32 and went on: extended sequence numbers (RFC 4304). */
  readonly wraps: number;
}

/** Sizes of the ESP or AH packets, bytes. */
export interface SizeDistribution {
  readonly smallest: number;
  readonly largest: number;
  /** Packets by size, {@link SIZE_BINS} bins of {@link SIZE_BIN_WIDTH} bytes. */
  readonly packets: Uint32Array;
  /** Packets of these that the next packet of the peer followed: each may have been answered. */
  readonly answered: Uint32Array;
  /** Largest packet that a packet of the peer followed; 0 for none. */
  readonly largestAnswered: number;
  /** Bit n is set where a packet had a size of n modulo 16: the cipher's block shows in it. */
  readonly residues: number;
  /** The last packets in the bin of the largest one, in order: at most 14, and 0.1 s or more apart. */
  readonly lastLarge: readonly LargePacket[];
  /** Packets that were so far apart since the largest bin came up, those that are not kept any more included. */
  readonly largeApart: number;
}

/** A packet of the largest bin. */
export interface LargePacket extends StreamMoment {
  readonly bytes: number;
  /** How long after it the peer's next packet came, if no other of its own but those of the same millisecond came before that; to the millisecond. */
  readonly followedAfter: Micros | null;
}

export interface OuterHeader {
  readonly lowestTtl: number;
  readonly highestTtl: number;
  /** The different values of the DS field (RFC 2474), ascending. */
  readonly dscps: readonly number[];
}

/** Packets over time, on one grid for all streams of the capture. */
export interface Rate {
  /** Time of the start of bin 0. */
  readonly from: Micros;
  readonly binWidth: Micros;
  readonly packets: Uint32Array;
}

/** Turns: packets of this stream that came right after one of that stream. */
export interface AnswerCount {
  readonly spi: number;
  readonly encapsulation: Encapsulation;
  readonly turns: number;
  readonly firstTime: Micros;
  readonly lastTime: Micros;
  readonly lastFrame: FrameRef;
}

/** Result of looking into the first packets of a stream. */
export interface PlainContent {
  /** Packets that were looked into. */
  readonly sampled: number;
  /** Packets of these whose content stands there in clear: an IP packet, or a header that transport mode carries. */
  readonly readable: number;
  /** Packets of these in transport mode. */
  readonly inTransport: number;
  readonly firstReadable: StreamMoment | null;
}
