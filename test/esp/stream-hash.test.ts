import { describe, expect, it } from "vitest";
import { KEY_WORDS } from "../../src/esp/layout.js";
import { HASH_WORDS, KEY_MULTIPLIERS, START, StreamHash } from "../../src/esp/stream-hash.js";
import { ENCAPSULATION } from "../../src/esp/stream.js";
import { StreamTable } from "../../src/esp/stream-table.js";

const KEY = [0xc0000201, 0xc6336414, 0x11941194, 0xc0ffee01, 0x80000401];
const HASHES = 16;

/** What a word becomes that a multiplicative hash of before takes to nothing, when the word before has `bits` more. */
function counterpart(bits: number, multiplier: number, shift: number): number {
  const product = Math.imul(bits, multiplier);
  return product ^ (product >>> shift);
}

/** 128 times 128 pairs of words, all four of which differ in their uppermost bits or by what follows from these. */
function hostilePairs(multiplier: number, shift: number): number[][] {
  const upper = Array.from({ length: 128 }, (_, bits) => bits << 25);
  const lower = upper.map((bits) => counterpart(bits, multiplier, shift));
  return upper.flatMap((first, one) =>
    upper.map((third, other) => [first, lower[one] ?? 0, third, lower[other] ?? 0]),
  );
}

function bytesOf(words: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(words.length * 4));
  for (const [word, value] of words.entries()) view.setUint32(word * 4, value);
  return new Uint8Array(view.buffer);
}

function countV4(
  table: StreamTable,
  [source = 0, destination = 0, ports = 0, spi = 0]: readonly number[],
): void {
  const { packet } = table;
  const bytes = bytesOf([source, destination, spi]);
  packet.ipv4(bytes, 0, 4);
  packet.stream(ENCAPSULATION.espInUdp, ports >>> 16, ports & 0xffff, bytes, 8);
  packet.sequence = 1;
  packet.length = 100;
  table.count();
}

function countV6(table: StreamTable, words: readonly number[]): void {
  const { packet } = table;
  const bytes = bytesOf([0x20010db8, ...words.slice(0, 3), 0x20010db8, 0, 0, words[3] ?? 0, 0xc0ffee01]);
  packet.ipv6(bytes, 0, 16);
  packet.stream(ENCAPSULATION.esp, 0, 0, bytes, 32);
  packet.sequence = 1;
  packet.length = 100;
  table.count();
}

describe("the hash of stream keys", () => {
  it("is the sum of the upper halves of products of 64 bits, mixed", () => {
    const words = new Int32Array(HASH_WORDS);
    const hash = new StreamHash(words);
    const mixed = (sum: bigint): number => {
      const start = Number(sum & 0xffffffffn);
      const once = Math.imul(start ^ (start >>> 16), 0x85ebca6b);
      const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
      return twice ^ (twice >>> 16);
    };
    const multipliers = new BigUint64Array(words.buffer, KEY_MULTIPLIERS * 4, KEY_WORDS);
    for (const key of [KEY, KEY.map(() => 0xffffffff), KEY.map((_word, index) => index)]) {
      const sum = key.reduce(
        (total, word, index) =>
          total + (BigInt.asUintN(64, BigInt(word) * (multipliers[index] ?? 0n)) >> 32n),
        BigInt(words[START] ?? 0),
      );
      expect(hash.of(Uint32Array.from(key), 0)).toBe(mixed(sum));
    }
  });

  it("takes no two keys to one number whatever its multipliers are, wherever they differ in two or three bits", () => {
    const hashes = Array.from({ length: HASHES }, () => new StreamHash());
    const key = Uint32Array.from(KEY);
    const plain = hashes.map((hash) => hash.of(key, 0));
    let collisions = 0;
    for (let word = 0; word + 1 < KEY_WORDS; word++) {
      for (let bit = 0; bit < 32; bit++) {
        for (let next = 0; next < 32; next++) {
          for (let third = 0; third <= next; third++) {
            key[word] = (KEY[word] ?? 0) ^ (1 << bit);
            key[word + 1] = (KEY[word + 1] ?? 0) ^ ((1 << next) | (1 << third));
            for (let index = 0; index < HASHES; index++) {
              if (hashes[index]?.of(key, 0) === plain[index]) collisions++;
            }
          }
        }
        key.set(KEY);
      }
    }
    // Of a million pairs; one of them falls together by chance once in two thousand runs.
    expect(collisions).toBeLessThanOrEqual(1);
  });
});

describe("words scattered over a Map", () => {
  it("stay as many, and lie elsewhere in each table", () => {
    const words = Array.from({ length: 50_000 }, (_, index) => (index << 15) >>> 0);
    const [one, other] = [new StreamHash(), new StreamHash()].map((hash) =>
      words.map((word) => hash.scattered(word)),
    );
    expect(new Set(one).size).toBe(words.length);
    expect(one?.filter((number, index) => number === other?.[index]).length).toBeLessThan(100);
  });
});

describe("a table of streams whose keys were made to collide", () => {
  it.each([
    ["the addresses, ports and SPIs of IPv4", 0x9e3779b1, 15, countV4],
    ["IPv6 addresses", 0x85ebca6b, 13, countV6],
  ])("keeps them all: %s", (_name, multiplier, shift, count) => {
    const table = new StreamTable();
    const keys = hostilePairs(multiplier, shift);
    for (const key of keys) count(table, key);
    expect(table.size).toBe(keys.length);
    expect(table.evictedPackets).toBe(0);
  });

  it.each([0, 8, 18])("keeps 16,384 SPIs that differ from bit %s on", (shift) => {
    const table = new StreamTable();
    const count = 2 ** 14;
    for (let spi = 0; spi < count; spi++) {
      countV4(table, [0xc0000201, 0xc6336414, 0x11941194, (spi << shift) >>> 0]);
    }
    expect(table.size).toBe(count);
    expect(table.evictedPackets).toBe(0);
  });
});
