import { expect, it } from "vitest";
import type { CaptureRecord } from "../../src/capture/source.js";
import { CaptureReader } from "../../src/capture/reader.js";
import { LiveEngine } from "../../src/live/engine.js";
import type { LiveEvent } from "../../src/live/event.js";
import { SeededRandom } from "../support/capture/random.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import { feed, recordsOf, replay } from "../support/live/replay.js";
import { captureFile } from "../support/scenario/capture-file.js";
import { every, ikeSaInit, scenario } from "../support/scenario/index.js";
import { generated } from "../score/labelled.js";

const SECOND = 1_000_000;

function engineAt(
  first: number,
  events: LiveEvent[],
  limits: { tunnels?: number; streams?: number } = {},
): LiveEngine {
  const listener = { event: (event: LiveEvent) => void events.push(event), setup: () => undefined };
  const engine = new LiveEngine(
    { interface: "eth0", streams: 512, judging: Infinity, ...limits },
    listener,
    first,
  );
  engine.begin(first, "begun");
  return engine;
}

/** The record with some of its bytes changed, cut, or its time moved. */
function mutated(record: CaptureRecord, random: SeededRandom): CaptureRecord {
  const bytes = record.bytes.slice(record.start, record.end);
  for (let changes = random.below(6); changes > 0; changes--) {
    bytes[random.below(bytes.length)] = random.below(256);
  }
  const end = random.below(10) === 0 ? random.below(bytes.length) : bytes.length;
  const leap = random.below(50) === 0 ? (random.below(40) - 20) * SECOND : 0;
  return { ...record, bytes, start: 0, end, time: record.time + leap };
}

/** What the engine itself keeps agrees with what is filed. */
function expectNothingLeftBehind(engine: LiveEngine): void {
  const { tunnels, heard, filed, due, streams, accounts } = engine.kept;
  expect(heard).toBeLessThanOrEqual(filed);
  expect(due).toBeLessThanOrEqual(tunnels);
  expect(accounts).toBe(streams);
}

it.each([1, 2, 3])("captures with broken bytes and times that leap, seed %d, break nothing", async (seed) => {
  const random = new SeededRandom(seed);
  const all = generated();
  for (let round = 0; round < 12; round++) {
    const one = all[random.below(all.length)];
    if (one === undefined) continue;
    const records = await recordsOf(await one.open());
    const broken = records.flatMap((record) => [record, mutated(record, random)]);
    const engine = engineAt(records[0]?.time ?? 0, [], { tunnels: 8, streams: 16 });
    feed(engine, broken, { after: 700 * SECOND, tick: 2 * SECOND });
    engine.tick(engine.now + 2 * SECOND);
    engine.snapshot();
    engine.finish();
    const { heard, filed } = engine.kept;
    expect({ file: one.truth.file, isFiled: heard <= filed }).toEqual({
      file: one.truth.file,
      isFiled: true,
    });
  }
});

it("a flood of forged openings, SPIs, keepalives and ICMP hides no failing tunnel, and leaves nothing behind", async () => {
  const random = new SeededRandom(7);
  const talk = scenario();
  talk.at(1, 5, 12, 25).initiator.sends(ikeSaInit());
  for (let index = 0; index < 3000; index++) {
    const at = index / 100;
    const host = talk.host(`10.${random.below(256)}.${random.below(256)}.${index % 250}`);
    const forger = talk.between(host, talk.responder, at);
    const kind = index % 4;
    if (kind === 0) forger.sends(ikeSaInit({ sa: talk.newSa() }));
    else if (kind === 1) forger.esp({ spi: random.below(2 ** 32), sequence: index });
    else if (kind === 2) forger.keepalive();
    else {
      talk.between(talk.responder, host, at).esp({ spi: random.below(2 ** 32), sequence: index });
      talk.icmp(at + 0.001, host, talk.responder, 3, 3);
    }
  }
  const source = new CaptureReader(new MemoryBytes(captureFile(talk)));
  const { engine, events } = await replay(source, {
    after: 1500 * SECOND,
    tick: SECOND,
    tunnels: 200,
    streams: 256,
  });
  const raised = events.flatMap((event) =>
    event.kind === "finding-raised" && event.finding.severity === "critical" && event.tunnel !== null
      ? [`${event.tunnel.peers.join(" ")} ${event.finding.code}`]
      : [],
  );
  expect(raised).toEqual(["192.0.2.10 198.51.100.20 ike-init-unanswered"]);
  expectNothingLeftBehind(engine);
});

it("ESP from random sources, a few packets of each, makes no tunnel known", async () => {
  const talk = scenario();
  for (let index = 0; index < 500; index++) {
    const host = talk.host(`203.0.${index >> 8}.${index & 255}`);
    talk
      .between(host, talk.responder, ...every(0.5, index / 10, index / 10 + 2))
      .esp({ spi: 0xd0000000 + index });
  }
  const source = new CaptureReader(new MemoryBytes(captureFile(talk)));
  const { engine, events } = await replay(source, { after: 700 * SECOND, tick: SECOND, streams: 256 });
  expect(engine.kept).toMatchObject({ tunnels: 0, due: 0 });
  expect(events.map(({ kind }) => kind)).toEqual(["capture-started"]);
  expectNothingLeftBehind(engine);
});
