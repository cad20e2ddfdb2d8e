import { expect, it } from "vitest";
import { CaptureReader } from "../../src/capture/reader.js";
import type { CaptureSource } from "../../src/capture/source.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import { HOUR, MINUTE, pings } from "../support/live/lives.js";
import { replay } from "../support/live/replay.js";
import { captureFile } from "../support/scenario/capture-file.js";
import { dialogue, every, scenario, type Scenario, setsUp } from "../support/scenario/index.js";

const SECOND = 1_000_000;

function played(talk: Scenario): CaptureSource {
  return new CaptureReader(new MemoryBytes(captureFile(talk)));
}

it("a tunnel of rare ESP alone, given up as a stranger and come back, leaves nothing behind when it is forgotten", async () => {
  const talk = scenario();
  talk.at(...every(150, 0, HOUR)).initiator.esp();
  const { engine } = await replay(played(talk), {
    after: 3 * HOUR * SECOND,
    tick: SECOND,
    forgetAfter: HOUR * SECOND,
  });
  expect(engine.kept).toEqual({ tunnels: 0, heard: 0, filed: 0, due: 0, streams: 0, accounts: 0 });
});

it("a stranger that made room does not become known by the ESP that follows, but anew", async () => {
  const talk = scenario();
  const hosts = Array.from({ length: 40 }, (_, index) => talk.host(`203.0.113.${index + 1}`));
  for (const [index, host] of hosts.entries()) {
    talk.between(host, talk.responder, ...every(4, index / 10, 60)).esp({ spi: 0xd0000000 + index });
  }
  const { engine } = await replay(played(talk), { tunnels: 20 });
  const { filed, heard, streams, accounts } = engine.kept;
  expect({ isFiled: heard <= filed, streams }).toEqual({ isFiled: true, streams: accounts });
});

it("what a tunnel is forgotten with is gone, and it may come back", async () => {
  const talk = scenario();
  setsUp(talk);
  pings(talk, every(5, 1, MINUTE));
  pings(talk, every(5, 3 * HOUR, 3 * HOUR + MINUTE));
  const { engine, events } = await replay(played(talk), { tick: SECOND, forgetAfter: HOUR * SECOND });
  expect(engine.kept).toMatchObject({ tunnels: 1, filed: 1, streams: 2, accounts: 2 });
  expect(events.map(({ kind }) => kind)).not.toContain("tunnel-down");
});

it("a flood that pushes out the rare answers of a tunnel does not make it one-way", async () => {
  const talk = scenario();
  setsUp(talk);
  dialogue(talk, [1, 2, 3]);
  talk.at(...every(1, 5, 200)).initiator.esp({ size: 120 });
  const flood = Array.from({ length: 24 }, (_, index) => talk.host(`203.0.113.${index + 1}`));
  for (const [index, host] of flood.entries()) {
    talk.between(host, talk.responder, 20 + index, 60 + index).esp({ spi: 0xd0000000 + index });
  }
  const { events } = await replay(played(talk), { streams: 16 });
  const raised = events.flatMap((event) =>
    event.kind === "finding-raised" && event.finding.severity !== "info" ? [event.finding.code] : [],
  );
  expect(raised).toEqual([]);
});
