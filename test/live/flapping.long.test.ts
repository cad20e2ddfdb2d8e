import { describe, expect, it } from "vitest";
import { CaptureReader } from "../../src/capture/reader.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import { begins, checks, HOUR, pings } from "../support/live/lives.js";
import { replay } from "../support/live/replay.js";
import { captureFile } from "../support/scenario/capture-file.js";
import { every, informational, informationalAnswer, scenario } from "../support/scenario/index.js";

/** Seconds after the first at which a daemon repeats a request. */
const REPEATS = [0, 4, 11, 24, 47, 90, 160, 290];

/** What is told of a path that is down and up again for so many seconds each, over two hours. */
async function told(seconds: number): Promise<string[]> {
  const talk = scenario();
  const ids = begins(talk);
  for (const from of every(2 * seconds, 10, 2 * HOUR)) {
    const [down, up] = [from + seconds, from + 2 * seconds];
    pings(talk, every(1, from, down));
    checks(talk, ids, [from + seconds / 2]);
    talk.at(...every(1, down, up)).initiator.esp();
    const id = ids.next("initiator");
    const asked = informational({ id });
    const repeats = REPEATS.map((wait) => down + 1 + wait).filter((time) => time < up);
    talk.at(...repeats, up).initiator.sends(asked);
    talk.at(up + 0.1).responder.sends(informationalAnswer({ id }));
  }
  const { events } = await replay(new CaptureReader(new MemoryBytes(captureFile(talk))));
  return events.flatMap((event) => {
    switch (event.kind) {
      case "tunnel-up":
      case "tunnel-down":
        return [event.kind];
      case "finding-raised":
        return event.finding.severity === "critical" ? ["raised"] : [];
      case "finding-cleared":
        return event.finding.severity === "critical" ? ["cleared"] : [];
      default:
        return [];
    }
  });
}

describe.each([20, 60, 300])(
  "a path that is down for %d s and up for as long, again and again",
  (seconds) => {
    it("is told of now and then, not each time, and the tunnel goes up and down in turns", async () => {
      const events = await told(seconds);
      const turns = events.filter((kind) => kind.startsWith("tunnel"));
      const raised = events.filter((kind) => kind === "raised");
      const cleared = events.filter((kind) => kind === "cleared");
      expect(turns).toEqual(turns.map((_, index) => (index % 2 === 0 ? "tunnel-up" : "tunnel-down")));
      expect(raised.length).toBeGreaterThan(0);
      expect(raised.length).toBeLessThanOrEqual(13);
      expect(raised.length - cleared.length).toBeLessThanOrEqual(1);
    });
  },
);
