import { expect, it } from "vitest";
import { CaptureReader } from "../../src/capture/reader.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import { begins, checks, deletes, HOUR, pings } from "../support/live/lives.js";
import { replay } from "../support/live/replay.js";
import { captureFile } from "../support/scenario/capture-file.js";
import { every, scenario, type Scenario, type ScenarioOptions } from "../support/scenario/index.js";

async function raised(talk: Scenario, streams?: number): Promise<string[]> {
  const source = new CaptureReader(new MemoryBytes(captureFile(talk)));
  const { events } = await replay(source, { tick: 1_000_000, ...(streams === undefined ? {} : { streams }) });
  return events.flatMap((event) =>
    event.kind === "finding-raised" ? [`${event.finding.severity} ${event.finding.code}`] : [],
  );
}

/** A translator makes ESP go in UDP, so that it would be seen whatever the filter. */
const BEHIND_NAT: ScenarioOptions = {
  floats: true,
  initiator: { address: "10.0.0.5", nat: { address: "192.0.2.10", port500: 61_001, port4500: 61_002 } },
};

it("a spare line, which lives and carries nothing for hours, is told of and not accused", async () => {
  const talk = scenario(BEHIND_NAT);
  checks(talk, begins(talk), every(30, 30, 3 * HOUR));
  expect(await raised(talk)).toContain("info esp-absent");
  expect((await raised(talk)).filter((line) => !line.startsWith("info"))).toEqual([]);
});

it("a tunnel whose streams had to make room is not said to have carried nothing", async () => {
  const talk = scenario(BEHIND_NAT);
  const ids = begins(talk);
  pings(talk, every(1, 1, 20));
  checks(talk, ids, every(30, 30, HOUR));
  for (let index = 0; index < 40; index++) {
    const host = talk.host(`203.0.113.${index + 1}`);
    talk
      .between(host, talk.responder, ...every(1, 60 + index * 5, 80 + index * 5))
      .esp({ spi: 0xd0000000 + index });
  }
  expect(await raised(talk, 16)).not.toContain("info esp-absent");
});

it("an idle tunnel under AES-CBC that is deleted is down, though a delete is as long as a check there", async () => {
  const talk = scenario({ floats: true, suite: "cbc" });
  const ids = begins(talk);
  checks(talk, ids, every(30, 30, HOUR));
  deletes(talk, ids, HOUR - 20, 8);
  const source = new CaptureReader(new MemoryBytes(captureFile(talk)));
  const { engine } = await replay(source, { tick: 1_000_000, after: 600_000_000 });
  expect(engine.snapshot().tunnels.map(({ state }) => state)).toEqual(["down"]);
});

it("an idle tunnel under AES-CBC whose host falls asleep between two checks is quiet, not down", async () => {
  const talk = scenario({ floats: true, suite: "cbc" });
  const ids = begins(talk);
  checks(talk, ids, [...every(30, 30, 600), ...every(30, 1600, 1900), ...every(30, 2900, 3200)]);
  const source = new CaptureReader(new MemoryBytes(captureFile(talk)));
  const { engine, events } = await replay(source, { tick: 1_000_000, after: 600_000_000 });
  expect(engine.snapshot().tunnels.map(({ state }) => state)).toEqual(["quiet"]);
  expect(events.map(({ kind }) => kind)).not.toContain("tunnel-down");
});
