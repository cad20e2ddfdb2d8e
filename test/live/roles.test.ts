import { describe, expect, it } from "vitest";
import { CaptureReader } from "../../src/capture/reader.js";
import { tunnelRow } from "../../src/report/browse/tunnel-row.js";
import { eventText } from "../../src/report/live/event-text.js";
import { peersText } from "../../src/report/live/peers.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import { replay } from "../support/live/replay.js";
import { captureFile } from "../support/scenario/capture-file.js";
import {
  informationalV1,
  mainModeUp,
  quickModeUp,
  type Scenario,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

/** The line of peers in the live table, in its events and in the table of judged captures. */
async function lines(talk: Scenario, missing = 0): Promise<string[]> {
  const keeps = (_: unknown, index: number): boolean => index >= missing;
  const { engine, events } = await replay(new CaptureReader(new MemoryBytes(captureFile(talk, { keeps }))), {
    after: 60_000_000,
  });
  const told = events.flatMap((event) =>
    "tunnel" in event && event.tunnel !== null
      ? [eventText(event).replace(/^.*?(192\S+ \S+ \S+|198\S+ \S+ \S+):.*$/, "$1")]
      : [],
  );
  return [
    ...engine.snapshot().tunnels.map((tunnel) => peersText(tunnel, 60)),
    ...talk.judge(keeps).tunnels.map((judged) => peersText(tunnelRow(judged), 60)),
    ...new Set(told),
  ];
}

describe("the peers of a tunnel in tables and events", () => {
  it("have an arrow from the initiator of IKEv2, also where the responder is seen first", async () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 10);
    for (const missing of [0, 1]) {
      expect(new Set(await lines(talk.endsAt(20), missing))).toEqual(
        new Set(["192.0.2.10 -> 198.51.100.20"]),
      );
    }
  });

  it("have an arrow from the initiator of IKEv1, once messages prove who that is", async () => {
    const talk = scenario();
    mainModeUp(talk);
    quickModeUp(talk, { from: 1 });
    traffic(talk, 2, 10);
    // Main Mode 2 is the first message.
    expect((await lines(talk.endsAt(20), 1)).slice(0, 2)).toEqual([
      "192.0.2.10 -> 198.51.100.20",
      "192.0.2.10 -> 198.51.100.20",
    ]);
  });

  it("have no direction where nothing proves it", async () => {
    const talk = scenario();
    talk.at(0, 20).responder.sends(informationalV1());
    talk.at(0.1, 20.1).initiator.sends(informationalV1());
    traffic(talk, 1, 10);
    const shown = await lines(talk.endsAt(30));
    expect(shown.length).toBeGreaterThan(2);
    for (const line of shown) expect(line).toMatch(/^\S+ <-> \S+$/);
  });
});
