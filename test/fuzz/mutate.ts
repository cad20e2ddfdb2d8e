import { HOSTILE } from "../support/hostile.js";
import { mutate as mutateMessage } from "../support/ike/mutate.js";
import type { SeededRandom } from "../support/capture/random.js";
import { pcapFile } from "../support/capture/pcap-writer.js";
import type { ReadRecord } from "../support/capture/read-all.js";
import type { Seed } from "./inputs.js";

const FILE_HEADER = 24;
/** Packets of most inputs: what goes wrong goes wrong in few, and ten such inputs cost as much as a large one. */
const FEW_PACKETS = 60;
/** One of so many inputs has all packets of its capture. */
const LARGE_SHARE = 12;
/** Jumps of a sniffer's clock: a second to ten years. */
const JUMPS = [1e6, 3600e6, 86_400e6, 3650 * 86_400e6] as const;

/** A mutated capture, and how many of its messages were changed. */
export interface Mutated {
  readonly bytes: Uint8Array;
  readonly messages: number;
  /** Its packets are in no order at all, or its clock was set: what lies how far apart tells nothing then. */
  readonly disordered: boolean;
}

/** One of the seeds, changed: bytes of the file, or packets of it (changed, lost, twice, disordered, mixed, cut, later). */
export function mutated(all: readonly Seed[], random: SeededRandom): Mutated & { readonly name: string } {
  const seed = pick(all, random);
  if (random.below(3) === 0)
    return { name: seed.name, bytes: bytesChanged(seed.bytes, random), messages: 0, disordered: false };
  const other = random.below(4) === 0 ? pick(all, random).packets : [];
  const isLarge = random.below(LARGE_SHARE) === 0;
  const [packets, beside] = isLarge ? [seed.packets, other] : [few(seed.packets, random), few(other, random)];
  return { name: seed.name, ...packetsChanged(packets, beside, random) };
}

/** Packets in sequence, mostly from the beginning, where tunnels are set up. */
function few(packets: readonly ReadRecord[], random: SeededRandom): readonly ReadRecord[] {
  const spare = packets.length - FEW_PACKETS;
  const start = spare > 0 && random.below(4) === 0 ? random.below(spare) : 0;
  return packets.slice(start, start + FEW_PACKETS);
}

function bytesChanged(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  const copy = Uint8Array.from(bytes);
  if (copy.length <= FILE_HEADER) return copy;
  for (let left = 1 + random.below(40); left > 0; left--) {
    copy[FILE_HEADER + random.below(copy.length - FILE_HEADER)] = random.below(256);
  }
  return random.below(4) === 0
    ? copy.subarray(0, FILE_HEADER + random.below(copy.length - FILE_HEADER))
    : copy;
}

function packetsChanged(
  packets: readonly ReadRecord[],
  beside: readonly ReadRecord[],
  random: SeededRandom,
): Mutated {
  const linkType = packets[0]?.linkType ?? 1;
  const first = packets[0]?.time ?? 0;
  const begins = beside[0]?.time ?? 0;
  const moved = beside
    .filter((record) => record.linkType === linkType)
    .map((record) => ({ ...record, time: record.time - begins + first }));
  const mixed = [...packets.filter((record) => record.linkType === linkType), ...moved].toSorted(
    (a, b) => a.time - b.time,
  );
  let messages = 0;
  let later = 0;
  let jumps = 0;
  const harm = 2 + random.below(20);
  const written = mixed.flatMap(({ time, bytes, originalLength }) => {
    if (random.below(harm) !== 0) return [{ time: time + later, bytes, originalLength }];
    switch (random.below(6)) {
      case 0:
        return [];
      case 1:
        return [0, random.below(2_000_000)].map((after) => ({
          time: time + later + after,
          bytes,
          originalLength,
        }));
      case 2:
        jumps++;
        later += pick(JUMPS, random) * (random.below(4) === 0 ? -1 : 1);
        later = Math.max(later, -first);
        return [{ time: time + later, bytes, originalLength }];
      case 3: {
        const cut = bytes.slice(0, random.below(bytes.length + 1));
        return [{ time: time + later, bytes: cut, originalLength }];
      }
      default: {
        messages++;
        const changed = random.below(8) === 0 ? withText(bytes, random) : mutateMessage(bytes, random)[0];
        return [
          { time: time + later, bytes: changed, originalLength: Math.max(originalLength, changed.length) },
        ];
      }
    }
  });
  const isShuffled = random.below(6) === 0;
  const last = isShuffled ? written.toSorted(() => random.below(3) - 1) : written;
  const inRange = last.map((packet) => ({ ...packet, time: clamped(packet.time) }));
  return {
    bytes: pcapFile(inRange, { network: linkType }),
    messages,
    disordered: isShuffled || jumps > 0,
  };
}

/** What a pcap file can say. */
function clamped(time: number): number {
  return Math.min(Math.max(0, time), (2 ** 32 - 1) * 1e6);
}

/** Text that somebody may want to reach the reader of a report by. */
function withText(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  const copy = bytes.slice();
  const text = new TextEncoder().encode(pick(HOSTILE, random));
  const at = random.below(copy.length);
  copy.set(text.subarray(0, copy.length - at), at);
  return copy;
}

function pick<T>(values: readonly T[], random: SeededRandom): T {
  const value = values[random.below(values.length)];
  if (value === undefined) throw new Error("nothing to pick from");
  return value;
}
