/**
 * The hot loop, in AssemblyScript: walks over the records of a capture that lie in memory and counts those that are the
 * next packet, in order, of an ESP stream that the table knows. At the first record that is anything else it stops: the
 * caller takes that one the long way. So all that is rare or difficult is decided in TypeScript, and only there.
 *
 * Everything is checked before anything is counted. Offsets in bytes; the constants come from src/esp/layout.ts.
 */
import {
  ADDRESS_MULTIPLIERS,
  ADDRESSES,
  ANSWERED,
  BITMAP,
  BITMAP_BITS,
  BITMAP_BYTES,
  BYTES,
  GAP,
  GAP_FROM,
  GAP_FROM_FRAME,
  GAP_TO_FRAME,
  HASH_START,
  HIGHEST,
  KEY_MULTIPLIERS,
  LARGE_ANSWER_SHIFT,
  LARGE_APART,
  LARGE_BURST,
  LARGE_BYTES,
  LARGE_COUNT,
  LARGE_FRAME,
  LARGE_KEPT,
  LARGE_LAST,
  LARGE_TIME,
  LARGEST,
  LARGEST_ANSWERED,
  LAST,
  LAST_FRAME,
  LAST_TIME,
  LATEST_ANSWER,
  LONGEST_PROBE,
  OUTER,
  PACKETS,
  PAIR,
  PAIR_BYTES,
  PAIR_LENGTH,
  PAIR_RECORD,
  PAIR_TIME,
  PAIR_WAY,
  PARTNER_BYTES,
  PARTNER_FRAME,
  PARTNER_RECORD,
  PARTNER_TIME,
  PARTNER_TURNS,
  PARTNERS,
  PARTNERS_AT,
  PLAIN_FLAGS,
  PLAIN_FLAGS_V6,
  RATE,
  RATE_BASE,
  RATE_BIN,
  RATE_BINS,
  RECORD_BYTES,
  RESIDUES,
  SAMPLED,
  SAMPLED_PACKETS,
  SIZE_BINS,
  SIZE_SHIFT,
  SIZES,
  SMALLEST,
  STATE_BYTES,
  STATE_CUT,
  STATE_FIRST_TIME,
  STATE_FRAME,
  STATE_FROM,
  STATE_IN_UDP,
  STATE_LAST_END,
  STATE_LAST_IP,
  STATE_LAST_START,
  STATE_PACKETS,
  STATE_TIME,
  STATE_UNTIL,
  STATE_WIDTH,
} from "./layout";

/** Of a pcap record, and of an enhanced packet block of pcapng, which has a length at its end too. */
const RECORD_HEADER: u32 = 16;
const BLOCK_HEADER: u32 = 28;
const BLOCK_TRAILER: u32 = 4;
const ENHANCED_PACKET: u32 = 6;
/** EtherTypes as they are loaded, with their bytes swapped. */
const IPV4: u16 = 0x0008;
const IPV6: u16 = 0xdd86;
const VLAN: u16 = 0x0081;
const PROVIDER_VLAN: u16 = 0xa888;
const VLAN_TAG: u32 = 4;
const MOST_TAGS: u32 = 2;
const IPV4_HEADER: u32 = 20;
const IPV6_HEADER: u32 = 40;
const UDP_HEADER: u32 = 8;
const ESP_HEADER: u32 = 8;
const IKE_LENGTH_AT: u32 = 24;
const IKE_HEADER: u32 = 28;
const NAT_T_PORT: u32 = 4500;

/** Where the table lies: slots, structures of pairs, bitmaps, records of streams. */
let slotsAt: u32 = 0;
let slotMask: u32 = 0;
let pairsAt: u32 = 0;
let bitmapsAt: u32 = 0;
let recordsAt: u32 = 0;

/** How the capture is written. */
let isLittle: bool = true;
let isBlocks: bool = false;
let ticksPerMicro: u32 = 1;
let interfaceId: u32 = 0;
let longestRecord: u32 = 0;
let etherTypeAt: u32 = 0;
let ipAt: u32 = 0;

export function place(
  slots: u32,
  slotCount: u32,
  pairs: u32,
  bitmaps: u32,
  records: u32,
): void {
  slotsAt = slots;
  slotMask = slotCount - 1;
  pairsAt = pairs;
  bitmapsAt = bitmaps;
  recordsAt = records;
}

/**
 * `blocks` are those of pcapng, of that interface, else records of pcap; their clock makes so many ticks in a microsecond.
 * `etherType` is the offset of a type field, `ip` that of the IP header, in a frame without VLAN tags.
 */
export function format(
  little: bool,
  blocks: bool,
  ticks: u32,
  ofInterface: u32,
  longest: u32,
  etherType: u32,
  ip: u32,
): void {
  isLittle = little;
  isBlocks = blocks;
  ticksPerMicro = ticks;
  interfaceId = ofInterface;
  longestRecord = longest;
  etherTypeAt = etherType;
  ipAt = ip;
}

/**
 * Walks over the records in [position, end). What it is told beside lies at STATE: the first one's frame, the time of the
 * record before, the time to stop at, and start and width of the bins of the grid of rates, which a packet has to fit into.
 * There it writes what it took. Returns the position of the first record that it did not take.
 */
export function skim(position: u32, end: u32): u32 {
  let packets: u32 = 0;
  let inUdp: u32 = 0;
  let cut: u32 = 0;
  let bytes: f64 = 0;
  let frame = load<f64>(STATE_FRAME);
  let lastTime = load<f64>(STATE_TIME);
  let firstTime: f64 = 0;
  let lastStart: u32 = 0;
  let lastEnd: u32 = 0;
  let lastIp: u32 = 0;
  const header = isBlocks ? BLOCK_HEADER : RECORD_HEADER;
  const until = load<f64>(STATE_UNTIL);
  const from = load<f64>(STATE_FROM);
  const width = load<f64>(STATE_WIDTH);
  const shortest = ipAt + IPV4_HEADER + UDP_HEADER + ESP_HEADER;
  for (;;) {
    if (end - position < header) break;
    // Both lengths close the header in either format.
    const captured = field(position + header - 8);
    const start = position + header;
    if (captured > longestRecord || captured > end - start || captured < shortest) break;
    let next = start + captured;
    if (isBlocks) {
      next = blockEnd(position, start, captured, end);
      if (next == 0) break;
    }
    const declared = field(position + header - 4);
    const original = declared < captured ? captured : declared;
    const time = isBlocks ? blockTime(position) : recordTime(position);
    if (time < lastTime || time >= until) break;

    let ip = start + ipAt;
    let type = load<u16>(start + etherTypeAt);
    for (let tag: u32 = 0; tag < MOST_TAGS && (type == VLAN || type == PROVIDER_VLAN); tag++) {
      type = load<u16>(ip + 2);
      ip += VLAN_TAG;
    }
    const isV6 = type == IPV6;
    const network = isV6 ? IPV6_HEADER : IPV4_HEADER;
    if (captured < ip - start + network + UDP_HEADER + ESP_HEADER) break;
    if (isV6) {
      if (load<u8>(ip) >> 4 != 6) break;
    } else {
      if (type != IPV4 || load<u8>(ip) != 0x45) break;
      // More fragments, or a fragment's offset.
      if ((load<u16>(ip + 6) & 0xff3f) != 0) break;
    }
    const total = <u32>bswap<u16>(load<u16>(ip + (isV6 ? 4 : 2))) + (isV6 ? IPV6_HEADER : 0);
    if (total > original - (ip - start) || total < network + UDP_HEADER + ESP_HEADER) break;
    // In IPv6 this is an extension header's number, too: then it is none of both.
    const protocol = load<u8>(ip + (isV6 ? 6 : 9));
    let at = ip + network;
    let ports: u32 = 0;
    if (protocol == 17) {
      ports = bswap<u32>(load<u32>(at));
      if (ports >> 16 != NAT_T_PORT && (ports & 0xffff) != NAT_T_PORT) break;
      if (<u32>bswap<u16>(load<u16>(at + 4)) != total - network) break;
      at += UDP_HEADER;
    } else if (protocol != 50) break;
    const length = total - (at - ip);
    const spi = bswap<u32>(load<u32>(at));
    if (spi == 0) break;
    // A length that would be right for IKE: perhaps a peer that forgot the marker.
    if (
      protocol == 17 &&
      at + IKE_HEADER <= start + captured &&
      bswap<u32>(load<u32>(at + IKE_LENGTH_AT)) == length
    ) {
      break;
    }

    const source = isV6 ? digest(ip + 8) : bswap<u32>(load<u32>(ip + 12));
    const destination = isV6 ? digest(ip + 24) : bswap<u32>(load<u32>(ip + 16));
    const flags = (isV6 ? PLAIN_FLAGS_V6 : PLAIN_FLAGS) | (protocol == 17 ? 1 : 0);
    const number = find(source, destination, ports, spi, flags);
    if (number == 0) break;
    const record = recordsAt + (number - 1) * RECORD_BYTES;
    if (isV6 && !hasAddresses(record, ip + 8)) break;
    const outer = isV6
      ? ((<u32>bswap<u16>(load<u16>(ip)) >> 4) & 0xff) << 8 | <u32>load<u8>(ip + 7)
      : (<u32>load<u8>(ip + 1) << 8) | <u32>load<u8>(ip + 8);
    if (!isNext(record, bswap<u32>(load<u32>(at + 4)), length, outer, time)) break;
    const bin = (time - from) / width;
    if (!(bin >= 0 && bin < <f64>RATE_BINS)) break;
    if (!turn(record, number, length, time, frame)) break;

    rate(record, <u32>bin);
    account(record, length, time, frame);
    if (packets == 0) firstTime = time;
    packets++;
    if (protocol == 17) inUdp++;
    if (captured < original) cut++;
    bytes += captured;
    lastTime = time;
    frame += 1;
    lastStart = start;
    lastEnd = start + captured;
    lastIp = ip;
    position = next;
  }
  store<f64>(STATE_TIME, lastTime);
  store<f64>(STATE_FIRST_TIME, firstTime);
  store<f64>(STATE_LAST_START, lastStart);
  store<f64>(STATE_LAST_END, lastEnd);
  store<f64>(STATE_LAST_IP, lastIp);
  store<f64>(STATE_BYTES, bytes);
  store<f64>(STATE_PACKETS, packets);
  store<f64>(STATE_IN_UDP, inUdp);
  store<f64>(STATE_CUT, cut);
  return position;
}

/** Where a block ends that is an enhanced packet of that interface, whole and without options; 0 where it is not. */
// @ts-ignore: decorator
@inline
function blockEnd(position: u32, start: u32, captured: u32, end: u32): u32 {
  const padded = (captured + 3) & ~3;
  if (padded + BLOCK_TRAILER > end - start) return 0;
  const total = BLOCK_HEADER + padded + BLOCK_TRAILER;
  const isPlain =
    field(position) == ENHANCED_PACKET &&
    field(position + 4) == total &&
    field(position + 8) == interfaceId &&
    field(position + total - BLOCK_TRAILER) == total;
  return isPlain ? position + total : 0;
}

// @ts-ignore: decorator
@inline
function blockTime(position: u32): f64 {
  const ticks = ((<u64>field(position + 12)) << 32) | (<u64>field(position + 16));
  return <f64>(ticksPerMicro == 1 ? ticks : ticks / <u64>ticksPerMicro);
}

// @ts-ignore: decorator
@inline
function recordTime(position: u32): f64 {
  return <f64>field(position) * 1e6 + <f64>(field(position + 4) / ticksPerMicro);
}

// @ts-ignore: decorator
@inline
function field(at: u32): u32 {
  const value = load<u32>(at);
  return isLittle ? value : bswap<u32>(value);
}

// @ts-ignore: decorator
@inline
function increment(at: u32): void {
  store<u32>(at, load<u32>(at) + 1);
}

// @ts-ignore: decorator
@inline
function sizeBin(length: u32): u32 {
  const bin = length >> SIZE_SHIFT;
  return bin < SIZE_BINS ? bin : SIZE_BINS - 1;
}

/** Number + 1 of the record with this key; 0 where there is none. */
// @ts-ignore: decorator
@inline
function find(source: u32, destination: u32, ports: u32, spi: u32, flags: u32): u32 {
  const sum =
    load<u32>(HASH_START) +
    scaled(source, KEY_MULTIPLIERS) +
    scaled(destination, KEY_MULTIPLIERS + 8) +
    scaled(ports, KEY_MULTIPLIERS + 16) +
    scaled(spi, KEY_MULTIPLIERS + 24) +
    scaled(flags, KEY_MULTIPLIERS + 32);
  let hash = (sum ^ (sum >> 16)) * 0x85ebca6b;
  hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
  let slot = (hash ^ (hash >> 16)) & slotMask;
  for (let probe: u32 = 0; probe < LONGEST_PROBE; probe++) {
    const number = load<u32>(slotsAt + (slot << 2));
    if (number == 0) return 0;
    const record = recordsAt + (number - 1) * RECORD_BYTES;
    if (
      load<u32>(record, 12) == spi &&
      load<u32>(record) == source &&
      load<u32>(record, 4) == destination &&
      load<u32>(record, 8) == ports &&
      load<u32>(record, 16) == flags
    ) {
      return number;
    }
    slot = (slot + 1) & slotMask;
  }
  return 0;
}

/** The four words of an IPv6 address as the one that is in a key. */
// @ts-ignore: decorator
@inline
function digest(at: u32): u32 {
  let sum: u32 = 0;
  for (let word: u32 = 0; word < 4; word++) {
    sum += scaled(bswap<u32>(load<u32>(at + (word << 2))), ADDRESS_MULTIPLIERS + (word << 3));
  }
  return sum;
}

/** Upper half of the product with a multiplier of 64 bits: src/esp/stream-hash.ts says why. */
// @ts-ignore: decorator
@inline
function scaled(value: u32, multiplier: u32): u32 {
  return <u32>((<u64>value * load<u64>(multiplier)) >> 32);
}

/** Whether a record is of these two IPv6 addresses, one behind the other, whose digests it has. */
// @ts-ignore: decorator
@inline
function hasAddresses(record: u32, at: u32): bool {
  for (let word: u32 = 0; word < 32; word += 4) {
    if (load<u32>(record + ADDRESSES + word) != bswap<u32>(load<u32>(at + word))) return false;
  }
  return true;
}

/** Whether the packet is the stream's next one and like those before: then only counters move. */
// @ts-ignore: decorator
@inline
function isNext(record: u32, sequence: u32, length: u32, outer: u32, time: f64): bool {
  return (
    sequence == load<u32>(record, HIGHEST) + 1 &&
    sequence != 0 &&
    load<u32>(record, OUTER) == outer &&
    load<u32>(record, SAMPLED) >= SAMPLED_PACKETS &&
    length <= load<u32>(record, LARGEST) &&
    length >= load<u32>(record, SMALLEST) &&
    time >= load<f64>(record, LAST_TIME)
  );
}

/** The peers' turns; false where this one begins a row of its own, and then nothing is counted. */
// @ts-ignore: decorator
@inline
function turn(record: u32, number: u32, length: u32, time: f64, frame: f64): bool {
  const way = load<u32>(record, PAIR);
  const pair = pairsAt + (way >> 1) * PAIR_BYTES;
  const latest = load<u32>(pair, PAIR_RECORD);
  if (
    latest != number &&
    latest != 0 &&
    load<u32>(pair, PAIR_WAY) != way &&
    time - load<f64>(pair, PAIR_TIME) <= LATEST_ANSWER
  ) {
    let partner = record + PARTNERS_AT;
    const last = partner + PARTNER_BYTES * (PARTNERS - 1);
    while (load<u32>(partner, PARTNER_RECORD) != latest) {
      if (partner == last || load<u32>(partner, PARTNER_TURNS) == 0) return false;
      partner += PARTNER_BYTES;
    }
    increment(partner + PARTNER_TURNS);
    store<f64>(partner, time, PARTNER_TIME);
    store<f64>(partner, frame, PARTNER_FRAME);
    const asked = recordsAt + (latest - 1) * RECORD_BYTES;
    const askedLength = load<u32>(pair, PAIR_LENGTH);
    increment(asked + ANSWERED + (sizeBin(askedLength) << 2));
    if (askedLength > load<u32>(asked, LARGEST_ANSWERED)) {
      store<u32>(asked, askedLength, LARGEST_ANSWERED);
    }
    const askedAt = load<f64>(asked, LARGE_LAST);
    const since = load<f64>(pair, PAIR_TIME) - askedAt;
    if (time >= askedAt && since >= 0 && since <= LARGE_BURST) {
      const kept = (load<u32>(asked, LARGE_COUNT) - 1) % LARGE_KEPT;
      const answer = 1 + <u32>((time - askedAt) / 1000);
      const word = asked + (kept << 2);
      const bytes = load<u32>(word, LARGE_BYTES) & ((1 << LARGE_ANSWER_SHIFT) - 1);
      store<u32>(word, bytes | (answer << LARGE_ANSWER_SHIFT), LARGE_BYTES);
    }
  }
  store<u32>(pair, number, PAIR_RECORD);
  store<u32>(pair, way, PAIR_WAY);
  store<u32>(pair, length, PAIR_LENGTH);
  store<f64>(pair, time, PAIR_TIME);
  return true;
}

/** Counts the packets of the bin before, where this packet begins another. */
// @ts-ignore: decorator
@inline
function rate(record: u32, bin: u32): void {
  const before = load<u32>(record, RATE_BIN);
  if (before == bin) return;
  const count = record + RATE + (before << 2);
  const packets = load<u32>(record, PACKETS);
  store<u32>(count, load<u32>(count) + packets - load<u32>(record, RATE_BASE));
  store<u32>(record, packets, RATE_BASE);
  store<u32>(record, bin, RATE_BIN);
}

// @ts-ignore: decorator
@inline
function account(record: u32, length: u32, time: f64, frame: f64): void {
  const sequence = load<u32>(record, HIGHEST) + 1;
  store<u32>(record, sequence, HIGHEST);
  store<u32>(record, sequence, LAST);
  const bitmap = load<u32>(record, BITMAP);
  if (bitmap != 0) {
    const bit = sequence & (BITMAP_BITS - 1);
    const word = bitmapsAt + (bitmap - 1) * BITMAP_BYTES + ((bit >> 5) << 2);
    store<u32>(word, load<u32>(word) | (1 << (bit & 31)));
  }
  increment(record + PACKETS);
  store<f64>(record, load<f64>(record, BYTES) + <f64>length, BYTES);
  store<u32>(record, load<u32>(record, RESIDUES) | (1 << (length & 15)), RESIDUES);
  const before = load<f64>(record, LAST_TIME);
  if (time - before > load<f64>(record, GAP)) {
    store<f64>(record, time - before, GAP);
    store<f64>(record, before, GAP_FROM);
    store<f64>(record, load<f64>(record, LAST_FRAME), GAP_FROM_FRAME);
    store<f64>(record, frame, GAP_TO_FRAME);
  }
  store<f64>(record, time, LAST_TIME);
  store<f64>(record, frame, LAST_FRAME);
  const bin = sizeBin(length);
  increment(record + SIZES + (bin << 2));
  if (
    bin == sizeBin(load<u32>(record, LARGEST)) &&
    time - load<f64>(record, LARGE_LAST) >= LARGE_APART
  ) {
    const count = load<u32>(record, LARGE_COUNT);
    const kept = count % LARGE_KEPT;
    store<u32>(record, count + 1, LARGE_COUNT);
    store<u32>(record + (kept << 2), length, LARGE_BYTES);
    store<f64>(record, time, LARGE_LAST);
    store<f64>(record + (kept << 3), time, LARGE_TIME);
    store<f64>(record + (kept << 3), frame, LARGE_FRAME);
  }
}
