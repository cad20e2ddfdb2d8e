import { D, IN_USE, RECORD_DOUBLES, RECORD_WORDS, W } from "./layout.js";
import type { StreamMemory } from "./stream-memory.js";

/** Streams with fewer packets go first: a flood of random SPIs must not push out those that carry traffic. */
const ESTABLISHED = 8;
/** Of a full table this part makes room at a time: giving up one by one would search for each. */
const PART = 8;
const SAMPLES = 1024;

/**
 * The records to give up, about an eighth of them and at least one: those of few packets first, and of these, or of
 * all, the least recently used ones. The age is judged against a sample, so this takes time linear in the records.
 */
export function evictionOrder(memory: StreamMemory): number[] {
  const wanted = Math.max(1, Math.floor(memory.capacity / PART));
  const sparse = recordsOf(memory, (packets) => packets < ESTABLISHED);
  return oldest(memory, sparse.length >= wanted ? sparse : recordsOf(memory, () => true), wanted);
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
