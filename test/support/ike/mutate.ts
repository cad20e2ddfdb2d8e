import type { SeededRandom } from "../capture/random.js";

/** A changed copy, and the offset of the first byte that differs from the original. */
export function mutate(bytes: Uint8Array, random: SeededRandom): [mutated: Uint8Array, first: number] {
  switch (random.below(5)) {
    case 0: {
      const length = random.below(bytes.length);
      return [bytes.slice(0, length), length];
    }
    case 1: {
      const tail = Uint8Array.from({ length: 1 + random.below(40) }, () => random.below(256));
      return [Uint8Array.from([...bytes, ...tail]), bytes.length];
    }
    case 2: {
      // Lengths and types are in the first bytes of payloads, mostly as small values.
      return changed(bytes, random.below(bytes.length), random.below(8));
    }
    case 3: {
      const [once, first] = changed(bytes, random.below(bytes.length), random.below(256));
      const [twice, second] = changed(once, random.below(bytes.length), random.below(256));
      return [twice, Math.min(first, second)];
    }
    default:
      return changed(bytes, random.below(bytes.length), random.below(256));
  }
}

function changed(bytes: Uint8Array, at: number, value: number): [mutated: Uint8Array, first: number] {
  const mutated = Uint8Array.from(bytes);
  mutated[at] = value;
  return [mutated, at];
}
