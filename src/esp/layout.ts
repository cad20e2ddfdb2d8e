/**
 * Where the counters of a stream lie: each stream is one record of {@link RECORD_BYTES} in one buffer, its words and
 * doubles at the offsets below (counted in words and in doubles from the start of the record). What a packet in order
 * touches lies together, so that it costs few cache lines of 64 bytes. The kernel is compiled from these numbers too.
 */
export const RECORD_BYTES = 1280;
export const RECORD_WORDS = RECORD_BYTES / 4;
export const RECORD_DOUBLES = RECORD_BYTES / 8;

/** Words at the start of the record that are the key; for IPv6 the first two are digests of the addresses. */
export const KEY_WORDS = 5;
/** A record in use has this bit in its word of flags. */
export const IN_USE = 0x8000_0000;

/** Partner streams of the other direction that are counted apart. */
export const PARTNERS = 4;
export const PARTNER_WORDS = 8;
export const PARTNER_DOUBLES = PARTNER_WORDS / 2;
/** Large packets that are kept one by one, at least so far apart (microseconds). */
export const LARGE_KEPT = 14;
export const LARGE_APART = 100_000;
/** Its copy at a mirror port, or the next packet of its burst, comes within this time (microseconds). */
export const LARGE_BURST = 1_000;
/** The answer to a kept packet, in milliseconds + 1, shares a word with its bytes; 0 for none. */
export const LARGE_ANSWER_SHIFT = 16;
/** Packets of each stream that are looked into for content in clear. */
export const SAMPLED_PACKETS = 8;

/** Words, counted in words. */
export const W = {
  source: 0,
  destination: 1,
  ports: 2,
  spi: 3,
  /** IP version << 8 | encapsulation, and IN_USE. */
  flags: 4,
  highest: 5,
  packets: 6,
  largest: 7,
  /** Traffic class << 8 | TTL of the packet before. */
  outer: 8,
  /** Bit n: a length of n modulo 16 was seen. */
  residues: 9,
  /** Number of the pair of peers << 1 | direction. */
  pair: 10,
  /** Without a bitmap all numbers from here to the highest were seen. */
  runStart: 11,
  last: 12,
  /** Number of the stream's bitmap + 1; 0 for none. */
  bitmap: 13,
  smallest: 14,
  /** Packets that were looked into for content in clear. */
  sampled: 15,

  /** The bin of the packet before, and the packets that came before the first one in it: the bin itself is behind. */
  rateBin: 30,
  rateBase: 31,

  sizes: 32,
  rate: 64,
  answered: 96,
  /** Behind the bins. */
  largestAnswered: 127,

  /** Structures of PARTNER_WORDS each: record + 1, SPI, flags, turns, and the doubles of D.partners. */
  partners: 128,
  partnerRecord: 0,
  partnerSpi: 1,
  partnerFlags: 2,
  partnerTurns: 3,

  /** Four words each, in network order; for IPv4 only the first counts. */
  sourceAddress: 160,
  destinationAddress: 164,
  first: 168,
  missing: 169,
  reordered: 170,
  duplicates: 171,
  tooOld: 172,
  gaps: 173,
  largestGap: 174,
  deepest: 175,
  /** One word for each window of the replay simulation. */
  replayDrops: 176,
  restarts: 182,
  restartedFrom: 183,
  wraps: 184,
  /** A fall to the beginning that may become a restart: packets of it, and what they were taken for. */
  fall: 185,
  fallFirst: 186,
  fallDuplicates: 187,
  fallReordered: 188,
  fallTooOld: 189,
  fallMissing: 190,
  /** `first` and `deepest` before the fall began. */
  fallSavedFirst: 191,
  fallSavedDeepest: 192,
  /** Highest number that was passed over and never seen while the stream has a bitmap. */
  lastHole: 193,
  /** The first number since the last restart. */
  epochFirst: 194,
  dscpLow: 195,
  dscpHigh: 196,
  lowestTtl: 197,
  highestTtl: 198,
  fragmented: 199,
  readable: 200,
  largeCount: 201,
  /** One word for each kept large packet: bytes, and behind LARGE_ANSWER_SHIFT when a packet of the peer came next. */
  largeBytes: 202,
  /** Readable packets in transport mode. */
  inTransport: 216,
  /** When the last packet before the first gap came, in the same unit as the times of gaps below. */
  beforeFirstGap: 217,
  /** When the first and the last number that may still be missing was passed over: milliseconds behind the first packet, as far as they go. */
  firstGapAfter: 218,
  lastGapAfter: 219,
} as const;

/** Doubles, counted in doubles. */
export const D = {
  bytes: 8,
  lastTime: 9,
  lastFrame: 10,
  /** Length of the longest pause. */
  gap: 11,
  /** Time of the last kept large packet. */
  largeLast: 12,
  firstTime: 13,
  firstFrame: 14,

  /** Within each structure of partners: the latest turn. */
  partners: 64,
  partnerTime: 2,
  partnerFrame: 3,

  gapFrom: 110,
  gapFromFrame: 111,
  gapToFrame: 112,
  fragmentedTime: 113,
  fragmentedFrame: 114,
  largestGapTime: 115,
  largestGapFrame: 116,
  reorderedTime: 117,
  reorderedFrame: 118,
  duplicateTime: 119,
  duplicateFrame: 120,
  restartTime: 121,
  restartFrame: 122,
  fallTime: 123,
  fallFrame: 124,
  readableTime: 125,
  readableFrame: 126,
  /** One double for each kept large packet. */
  largeTime: 127,
  largeFrame: 141,
  /** One double for each partner. */
  partnerFirst: 155,
} as const;

/**
 * What the kernel is told and tells, in doubles at the start of its memory: as arguments they would cost an object each.
 */
export const STATE = {
  /** The first record's frame. */
  frame: 0,
  /** Time of the record before the first; afterwards that of the last one taken. */
  time: 1,
  until: 2,
  from: 3,
  width: 4,
  /** Counters of the packets that were taken: packets, these in UDP, these cut by the snap length, and captured bytes. */
  packets: 5,
  inUdp: 6,
  cut: 7,
  bytes: 8,
  /** Time of the first one taken, and the frame of the last one: where it begins, ends, and has its IP header. */
  firstTime: 9,
  lastStart: 10,
  lastEnd: 11,
  lastIp: 12,
  size: 16,
} as const;
