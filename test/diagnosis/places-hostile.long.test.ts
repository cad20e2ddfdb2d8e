import { describe, expect, it } from "vitest";
import { readTruth } from "../score/truth.js";
import { judgePlaces, packetsOf } from "../support/capture/places.js";
import { SeededRandom } from "../support/capture/random.js";
import type { ReadRecord } from "../support/capture/read-all.js";

const SEED = Number(process.env["IKESCOPE_SEED"] ?? 20_261_122);
const ROUNDS = 300;
const ETHERNET = 14;

const scenarios = new Map<string, string[]>();
for (const { scenario, file } of readTruth()) {
  scenarios.set(scenario, [...(scenarios.get(scenario) ?? []), file]);
}
const several = [...scenarios.values()].filter((files) => files.length > 1);

/** Packets that are lost, changed, and at other times than they were. */
function mutated(packets: readonly ReadRecord[], random: SeededRandom): ReadRecord[] {
  return packets.flatMap((packet) => {
    if (random.below(20) === 0) return [];
    if (random.below(4) > 0) return [packet];
    const bytes = Uint8Array.from(packet.bytes);
    for (let count = random.below(4); count >= 0; count--) {
      bytes[ETHERNET + random.below(Math.max(1, bytes.length - ETHERNET))] = random.below(256);
    }
    const late = random.below(5) === 0 ? random.below(5_000_000) : 0;
    return [{ ...packet, bytes, time: packet.time + late }];
  });
}

describe(`captures of several places with random faults (seed ${SEED})`, () => {
  it("are judged, and what is told of a loss names frames", async () => {
    const random = new SeededRandom(SEED);
    let told = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const files = several[random.below(several.length)] ?? [];
      const places = (await packetsOf(files)).map((packets) => mutated(packets, random));
      const { judgement } = await judgePlaces(places);
      const lost = judgement.findings.filter(({ code }) => code === "lost-between-captures");
      told += lost.length;
      expect(lost.filter(({ evidence }) => evidence.length === 0)).toEqual([]);
    }
    expect(told).toBeGreaterThan(0);
  });
});
