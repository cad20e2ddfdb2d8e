/** Block of DES and triple DES, bytes. */
export const DES_BLOCK = 8;

const ROUNDS = 16;
/** Bits of each half of the key that rounds choose from. */
const HALF_KEY = 28;

/** The S-boxes of FIPS 46-3 appendix 1, in hexadecimal: four rows of 16 values each. */
const S_BOXES: readonly string[] = [
  "e4d12fb83a6c59070f74e2d1a6cb953841e8d62bfc973a50fc8249175b3ea06d",
  "f18e6b34972dc05a3d47f28ec01a69b50e7ba4d158c6932fd8a13f42b67c05e9",
  "a09e63f51dc7b428d709346a285ecbf1d6498f30b12c5ae71ad069874fe3b52c",
  "7de3069a1285bc4fd8b56f03472c1ae9a690cb7df13e52843f06a1d8945bc72e",
  "2c417ab6853fd0e9eb2c47d150fa3986421bad78f9c5630eb8c71e2d6f09a453",
  "c1af92680d34e75baf427c9561de0b389ef528c3704a1db6432c95fabe17608d",
  "4b2ef08d3c975a61d0b7491ae35c2f8614bdc37eaf6805926bd814a7950fe23c",
  "d2846fb1a93e50c71fd8a374c56b0e927b419ce206adf35821e74a8dfc90356b",
];
/** Permutation P behind the S-boxes; bits count from 1, the highest. */
const P = [
  16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22,
  11, 4, 25,
];
/** Permuted choice 1: the bits of the key without its parity, two halves. */
const PC1 = [
  57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36,
  63, 55, 47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29, 21, 13, 5, 28, 20, 12, 4,
];
/** Permuted choice 2: the 48 bits of a round. */
const PC2 = [
  14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2, 41, 52, 31, 37, 47,
  55, 30, 40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32,
];
/** Rounds before which the halves of the key turn by one bit and not by two. */
const SINGLE_TURNS: ReadonlySet<number> = new Set([0, 1, 8, 15]);

/** S-box and P in one, by box and its six bits. */
const SP: readonly Uint32Array[] = S_BOXES.map((digits, box) =>
  Uint32Array.from({ length: 64 }, (_, bits) => {
    const row = ((bits >> 4) & 2) | (bits & 1);
    const value = Number.parseInt(digits.charAt(row * 16 + ((bits >> 1) & 15)), 16);
    const placed = value << (28 - 4 * box);
    return P.reduce((all, from, to) => all | (((placed >>> (32 - from)) & 1) << (31 - to)), 0);
  }),
);

/** Keys of the rounds, eight groups of six bits each. */
type Schedule = readonly Uint8Array[];

function scheduleOf(key: Uint8Array): Schedule {
  const bits = PC1.map((at) => ((key[(at - 1) >> 3] ?? 0) >> (7 - ((at - 1) & 7))) & 1);
  let [left, right] = [bits.slice(0, HALF_KEY), bits.slice(HALF_KEY)];
  const turned = (half: readonly number[], by: number): number[] => [...half.slice(by), ...half.slice(0, by)];
  return Array.from({ length: ROUNDS }, (_, round) => {
    const by = SINGLE_TURNS.has(round) ? 1 : 2;
    [left, right] = [turned(left, by), turned(right, by)];
    const both = [...left, ...right];
    return Uint8Array.from({ length: S_BOXES.length }, (_box, box) =>
      PC2.slice(box * 6, box * 6 + 6).reduce((group, at) => (group << 1) | (both[at - 1] ?? 0), 0),
    );
  });
}

function turnedLeft(value: number, by: number): number {
  return (value << (by & 31)) | (value >>> (32 - (by & 31)));
}

/** The 16 rounds on both halves, which come out exchanged. */
function runRounds(halves: Uint32Array, schedule: Schedule, decrypts: boolean): void {
  let [left = 0, right = 0] = halves;
  for (let round = 0; round < ROUNDS; round++) {
    const key = schedule[decrypts ? ROUNDS - 1 - round : round];
    let mixed = 0;
    for (let box = 0; box < S_BOXES.length; box++) {
      // The expansion E: four bits and their neighbours.
      const bits = (turnedLeft(right, 4 * box + 5) & 0x3f) ^ (key?.[box] ?? 0);
      mixed |= SP[box]?.[bits] ?? 0;
    }
    [left, right] = [right, left ^ mixed];
  }
  halves[0] = right;
  halves[1] = left;
}

/** The initial permutation: bit 58 first, then 50, and so on; every second bit goes into one half. */
function permuted(block: Uint8Array): Uint32Array {
  const halves = new Uint32Array(2);
  for (let at = 0; at < 64; at++) {
    const from = ((at & 32) === 0 ? 57 : 56) + ((at & 31) >> 3) * 2 - 8 * (at & 7);
    const bit = ((block[from >> 3] ?? 0) >> (7 - (from & 7))) & 1;
    if (bit === 1) halves[at >> 5] = (halves[at >> 5] ?? 0) | (1 << (31 - (at & 31)));
  }
  return halves;
}

/** The reverse of `permuted`. */
function unpermuted(halves: Uint32Array): Uint8Array {
  const block = new Uint8Array(DES_BLOCK);
  for (let at = 0; at < 64; at++) {
    const to = ((at & 32) === 0 ? 57 : 56) + ((at & 31) >> 3) * 2 - 8 * (at & 7);
    const bit = ((halves[at >> 5] ?? 0) >>> (31 - (at & 31))) & 1;
    block[to >> 3] = (block[to >> 3] ?? 0) | (bit << (7 - (to & 7)));
  }
  return block;
}

/** DES with a key of 8 bytes, triple DES (encrypt, decrypt, encrypt) with one of 24; parity bits do not count (FIPS 46-3). */
class Des {
  readonly #schedules: readonly Schedule[];

  constructor(key: Uint8Array) {
    if (key.length !== DES_BLOCK && key.length !== 3 * DES_BLOCK) {
      throw new RangeError(`a key of ${key.length} bytes is none of DES`);
    }
    this.#schedules = Array.from({ length: key.length / DES_BLOCK }, (_, index) =>
      scheduleOf(key.subarray(index * DES_BLOCK, (index + 1) * DES_BLOCK)),
    );
  }

  encryptBlock(block: Uint8Array): Uint8Array {
    const halves = permuted(block);
    for (const [index, schedule] of this.#schedules.entries()) runRounds(halves, schedule, index === 1);
    return unpermuted(halves);
  }

  decryptBlock(block: Uint8Array): Uint8Array {
    const halves = permuted(block);
    for (const [index, schedule] of this.#schedules.toReversed().entries()) {
      runRounds(halves, schedule, index !== 1);
    }
    return unpermuted(halves);
  }
}

/** Cipher block chaining without padding. Throws where data or IV are no whole blocks. */
export function desCbc(
  key: Uint8Array,
  iv: Uint8Array,
  data: Uint8Array,
  way: "encrypt" | "decrypt",
): Uint8Array {
  if (iv.length !== DES_BLOCK || data.length % DES_BLOCK !== 0)
    throw new RangeError("no whole blocks of DES");
  const des = new Des(key);
  const out = new Uint8Array(data.length);
  let before = iv;
  for (let at = 0; at < data.length; at += DES_BLOCK) {
    const block = data.subarray(at, at + DES_BLOCK);
    const done =
      way === "encrypt" ? des.encryptBlock(masked(block, before)) : masked(des.decryptBlock(block), before);
    out.set(done, at);
    before = way === "encrypt" ? done : block;
  }
  return out;
}

function masked(block: Uint8Array, mask: Uint8Array): Uint8Array {
  return block.map((byte, index) => byte ^ (mask[index] ?? 0));
}
