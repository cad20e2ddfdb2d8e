import { expect, it } from "vitest";
import { CaptureReader } from "../../src/capture/reader.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import { replay } from "../support/live/replay.js";
import { captureFile } from "../support/scenario/capture-file.js";
import { clientPings, clientSetsUp, scenario, type Scenario } from "../support/scenario/index.js";

/** Three clients behind one NAT device ping each second; the gateway answers the second one until `answersUntil`. */
function watched(answersUntil: number): Scenario {
  const talk = scenario({ floats: true });
  for (const number of [1, 2, 3]) {
    const nat = { address: "192.0.2.10", port500: 61_000 + number, port4500: 62_000 + number };
    const client = talk.host("10.0.0.5", { nat });
    clientSetsUp(talk, number, client);
    const until = number === 2 ? answersUntil : 200;
    clientPings(talk, client, 0x1000 * number, 5, until);
    for (let second = until; second < 200; second++)
      talk.between(client, talk.responder, second).esp({ sequence: second, spi: 0x1000 * number });
  }
  return talk.endsAt(200);
}

async function raisedIn(talk: Scenario): Promise<string[]> {
  const source = new CaptureReader(new MemoryBytes(captureFile(talk)));
  const { events } = await replay(source, { tick: 1_000_000 });
  return events.flatMap((event) =>
    event.kind === "finding-raised" && event.finding.severity !== "info"
      ? [`${event.finding.code}: ${event.finding.headline}`]
      : [],
  );
}

it("one of several clients of an address that gets no answers any more is raised by its port", async () => {
  const raised = await raisedIn(watched(100));
  expect(raised).toHaveLength(1);
  expect(raised[0]).toMatch(
    /^esp-one-way: .*; the client on UDP 62002, not the only one behind 192\.0\.2\.10$/,
  );
});

it("several clients of an address that all work raise nothing", async () => {
  expect(await raisedIn(watched(200))).toEqual([]);
});
