import { D, IN_USE, RECORD_DOUBLES, RECORD_WORDS, W } from "./layout.js";
import type { StreamMemory } from "./stream-memory.js";

/** Streams with fewer packets go first: a flood of random SPIs must not push out those that carry traffic. */
const ESTABLISHED = 8;
/** Divisors: a full table gives up this part of its records at a time, for each pass looks at all of it. */
const PART_OF_SPARSE = 2;
const PART_OF_ALL = 8;
const SAMPLES = 1024;

/**
 * The records to give up, at least one: of those with few packets the less recently used half; where these are rare, the
 * least recently used eighth of all. The age is judged against a sample, so this takes time linear in the records.
 */
export function evictionOrder(memory: StreamMemory): number[] {
  const sparse = recordsOf(memory, (packets) => packets < ESTABLISHED);
  const part = Math.max(1, Math.floor(memory.capacity / PART_OF_ALL));
  return sparse.length >= part
    ? oldest(memory, sparse, Math.ceil(sparse.length / PART_OF_SPARSE))
    : oldest(
        memory,
        recordsOf(memory, () => true),
        part,
      );
}

function recordsOf({ words, capacity }: StreamMemory, isWanted: (packets: number) => boolean): number[] {
  const records: number[] = [];
  for (let record = 0; record < capacity; record++) {
    const w = record * RECORD_WORDS;
    if (((words[w + W.flags] as number) & IN_USE) === 0) continue;
    if (isWanted(words[w + W.packets] as number)) records.push(record);
  }
  return records;
}

function oldest({ doubles }: StreamMemory, records: readonly number[], wanted: number): number[] {
  const lastTime = (record: number): number => doubles[record * RECORD_DOUBLES + D.lastTime] as number;
  const step = Math.max(1, Math.floor(records.length / SAMPLES));
  const sample = Float64Array.from(
    records.filter((_record, index) => index % step === 0),
    lastTime,
  ).toSorted();
  const rank = Math.min(sample.length - 1, Math.ceil((sample.length * wanted) / records.length));
  const limit = sample[rank] ?? Infinity;
  return records.filter((record) => lastTime(record) <= limit).slice(0, wanted);
}
