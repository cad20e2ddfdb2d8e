import { BITMAP_BITS, BITMAP_BYTES } from "../../src/esp/bitmaps.js";
import {
  D,
  IN_USE,
  LARGE_ANSWER_SHIFT,
  LARGE_APART,
  LARGE_BURST,
  LARGE_KEPT,
  PARTNER_WORDS,
  PARTNERS,
  RECORD_BYTES,
  SAMPLED_PACKETS,
  STATE,
  W,
} from "../../src/esp/layout.js";
import {
  LATEST_ANSWER,
  PAIR_BYTES,
  PAIR_LENGTH,
  PAIR_RECORD,
  PAIR_TIME,
  PAIR_WAY,
} from "../../src/esp/pairs.js";
import { HASH_AT } from "../../src/esp/kernel.js";
import { KEY_MULTIPLIERS, ADDRESS_MULTIPLIERS, START } from "../../src/esp/stream-hash.js";
import { LONGEST_PROBE } from "../../src/esp/stream-index.js";
import { RATE_BINS, SIZE_BIN_WIDTH, SIZE_BINS } from "../../src/esp/stream.js";

const word = (column: number): number => column * 4;
const double = (column: number): number => column * 8;

/** Facts about the table that the kernel needs: offsets in bytes, and limits. */
const INTEGERS: Readonly<Record<string, number>> = {
  ADDRESS_MULTIPLIERS: HASH_AT + word(ADDRESS_MULTIPLIERS),
  ADDRESSES: word(W.sourceAddress),
  ANSWERED: word(W.answered),
  BITMAP: word(W.bitmap),
  BITMAP_BITS,
  BITMAP_BYTES,
  BYTES: double(D.bytes),
  GAP: double(D.gap),
  GAP_FROM: double(D.gapFrom),
  GAP_FROM_FRAME: double(D.gapFromFrame),
  GAP_TO_FRAME: double(D.gapToFrame),
  HASH_START: HASH_AT + word(START),
  HIGHEST: word(W.highest),
  KEY_MULTIPLIERS: HASH_AT + word(KEY_MULTIPLIERS),
  LARGE_ANSWER_SHIFT,
  LARGE_BYTES: word(W.largeBytes),
  LARGE_COUNT: word(W.largeCount),
  LARGE_FRAME: double(D.largeFrame),
  LARGE_KEPT,
  LARGE_LAST: double(D.largeLast),
  LARGE_TIME: double(D.largeTime),
  LARGEST: word(W.largest),
  LARGEST_ANSWERED: word(W.largestAnswered),
  LAST: word(W.last),
  LAST_FRAME: double(D.lastFrame),
  LAST_TIME: double(D.lastTime),
  LONGEST_PROBE,
  OUTER: word(W.outer),
  PACKETS: word(W.packets),
  PAIR: word(W.pair),
  PAIR_BYTES,
  PAIR_LENGTH: word(PAIR_LENGTH),
  PAIR_RECORD: word(PAIR_RECORD),
  PAIR_TIME: double(PAIR_TIME),
  PAIR_WAY: word(PAIR_WAY),
  PARTNER_BYTES: word(PARTNER_WORDS),
  PARTNER_FRAME: double(D.partnerFrame),
  PARTNER_RECORD: word(W.partnerRecord),
  PARTNER_TIME: double(D.partnerTime),
  PARTNER_TURNS: word(W.partnerTurns),
  PARTNERS,
  PARTNERS_AT: word(W.partners),
  /** Flags of native ESP over IPv4; in UDP it is one more. */
  PLAIN_FLAGS: IN_USE + (4 << 8),
  PLAIN_FLAGS_V6: IN_USE + (6 << 8),
  RATE: word(W.rate),
  RATE_BASE: word(W.rateBase),
  RATE_BIN: word(W.rateBin),
  RATE_BINS,
  RECORD_BYTES,
  RESIDUES: word(W.residues),
  SAMPLED: word(W.sampled),
  SAMPLED_PACKETS,
  SIZE_BINS,
  SIZE_SHIFT: Math.log2(SIZE_BIN_WIDTH),
  SIZES: word(W.sizes),
  SMALLEST: word(W.smallest),
  STATE_BYTES: double(STATE.bytes),
  STATE_CUT: double(STATE.cut),
  STATE_FIRST_TIME: double(STATE.firstTime),
  STATE_FRAME: double(STATE.frame),
  STATE_FROM: double(STATE.from),
  STATE_IN_UDP: double(STATE.inUdp),
  STATE_LAST_END: double(STATE.lastEnd),
  STATE_LAST_IP: double(STATE.lastIp),
  STATE_LAST_START: double(STATE.lastStart),
  STATE_PACKETS: double(STATE.packets),
  STATE_TIME: double(STATE.time),
  STATE_UNTIL: double(STATE.until),
  STATE_WIDTH: double(STATE.width),
};
const DOUBLES: Readonly<Record<string, number>> = { LARGE_APART, LARGE_BURST, LATEST_ANSWER };

/** The constants as an AssemblyScript module. */
export function layoutModule(): string {
  const integers = Object.entries(INTEGERS).map(([name, value]) => `export const ${name}: u32 = ${value};`);
  const doubles = Object.entries(DOUBLES).map(([name, value]) => `export const ${name}: f64 = ${value};`);
  return [...integers, ...doubles].join("\n");
}
