/**
 * Where the counters of a stream lie: each stream is one record of {@link RECORD_BYTES} in one buffer, its words and
 * doubles at the offsets below (counted in words and in doubles from the start of the record). The first 128 bytes
 * are what a packet in order touches, so that it costs few cache lines.
 */
export const RECORD_BYTES = 1152;
export const RECORD_WORDS = RECORD_BYTES / 4;
export const RECORD_DOUBLES = RECORD_BYTES / 8;

/** Words at the start of the record that are the key; for IPv6 the first two are digests of the addresses. */
export const KEY_WORDS = 5;
/** A record in use has this bit in its word of flags. */
export const IN_USE = 0x8000_0000;

/** Partner streams of the other direction that are counted apart. */
export const PARTNERS = 4;
/** Large packets that are kept one by one. */
export const LARGE_KEPT = 8;

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
  /** Packets whose content is still to be looked into. */
  unsampled: 15,

  sizes: 32,
  rate: 64,
  answered: 96,

  /** Four words each, in network order; for IPv4 only the first counts. */
  sourceAddress: 128,
  destinationAddress: 132,
  first: 136,
  missing: 137,
  reordered: 138,
  duplicates: 139,
  tooOld: 140,
  gaps: 141,
  largestGap: 142,
  deepest: 143,
  /** One word for each window of the replay simulation. */
  replayDrops: 144,
  restarts: 150,
  restartedFrom: 151,
  wraps: 152,
  /** A fall to the beginning that may become a restart: packets of it, and what they were taken for. */
  fall: 153,
  fallFirst: 154,
  fallDuplicates: 155,
  fallReordered: 156,
  fallTooOld: 157,
  fallMissing: 158,
  dscpLow: 159,
  dscpHigh: 160,
  lowestTtl: 161,
  highestTtl: 162,
  fragmented: 163,
  sampled: 164,
  readable: 165,
  largestAnswered: 166,
  largeCount: 167,
  /** One word for each kept large packet. */
  largeBytes: 168,
  /** Four words each. */
  partnerSpi: 176,
  partnerFlags: 180,
  partnerTurns: 184,
  /** Highest number that was passed over and never seen while the stream has a bitmap. */
  lastHole: 188,
  /** The first number since the last restart. */
  epochFirst: 189,
  /** `first` before the fall began. */
  fallSavedFirst: 190,
  fallSavedDeepest: 191,
} as const;

/** Doubles, counted in doubles. */
export const D = {
  bytes: 8,
  lastTime: 9,
  lastFrame: 10,
  /** Length of the longest pause. */
  gap: 11,
  firstTime: 12,
  firstFrame: 13,
  gapFrom: 14,
  gapFromFrame: 15,

  gapToFrame: 96,
  fragmentedTime: 97,
  fragmentedFrame: 98,
  largestGapTime: 99,
  largestGapFrame: 100,
  reorderedTime: 101,
  reorderedFrame: 102,
  duplicateTime: 103,
  duplicateFrame: 104,
  restartTime: 105,
  restartFrame: 106,
  fallTime: 107,
  fallFrame: 108,
  readableTime: 109,
  readableFrame: 110,
  /** One double for each kept large packet. */
  largeTime: 111,
  largeFrame: 119,
  /** Four doubles each. */
  partnerFirst: 128,
  partnerLast: 132,
  partnerFrame: 136,
} as const;
