import { expect, it } from "vitest";
import { CaptureReader } from "../../src/capture/reader.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import { begins, checks, HOUR, pings } from "../support/live/lives.js";
import { replay } from "../support/live/replay.js";
import { captureFile } from "../support/scenario/capture-file.js";
import { every, informational, informationalAnswer, scenario } from "../support/scenario/index.js";

/** What a tunnel is accused of whose checks every half minute are answered at once, but for one an hour, which `odd` tells. */
async function accused(odd: "repeated" | "late", hours = 12): Promise<string[]> {
  const talk = scenario();
  const ids = begins(talk);
  pings(talk, every(60, 3, hours * HOUR));
  for (let hour = 0; hour < hours; hour++) {
    checks(talk, ids, every(30, hour * HOUR + 30, (hour + 1) * HOUR - 60));
    const second = (hour + 1) * HOUR - 45;
    const id = ids.next("initiator");
    talk.at(second, ...(odd === "repeated" ? [second + 4] : [])).initiator.sends(informational({ id }));
    talk.at(second + (odd === "repeated" ? 4.1 : 2.5)).responder.sends(informationalAnswer({ id }));
  }
  const source = new CaptureReader(new MemoryBytes(captureFile(talk)));
  const { events } = await replay(source, { tick: 1_000_000 });
  return events.flatMap((event) =>
    event.kind === "finding-raised" && event.finding.severity !== "info" ? [event.finding.code] : [],
  );
}

it("a packet that is lost each hour and sent again accuses nobody, however long it is watched", async () => {
  expect(await accused("repeated")).toEqual([]);
});

it("nor does one answer an hour that takes two seconds", async () => {
  expect(await accused("late")).toEqual([]);
});
