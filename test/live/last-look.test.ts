import { describe, expect, it } from "vitest";
import { CaptureReader } from "../../src/capture/reader.js";
import type { LiveEvent } from "../../src/live/event.js";
import type { LastLook } from "../../src/live/last-look.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import { replay } from "../support/live/replay.js";
import { captureFile } from "../support/scenario/capture-file.js";
import { authRefusal, ikeAuth, opens, scenario, setsUp, traffic } from "../support/scenario/index.js";

/** A refused setup, of which the engine hears for so many microseconds more. */
async function refused(after: number): Promise<{ look: LastLook; events: readonly LiveEvent[] }> {
  const talk = scenario();
  opens(talk);
  talk.at(0.1).initiator.sends(ikeAuth());
  talk.at(0.15).responder.sends(authRefusal());
  const source = new CaptureReader(new MemoryBytes(captureFile(talk.endsAt(1))));
  const { engine, events } = await replay(source, { after });
  return { look: engine.lastLook(), events };
}

const codes = ({ waiting }: LastLook): string[] =>
  waiting.flatMap(({ code, severity }) => (severity === "info" ? [] : [code]));

describe("the last look at a capture that ends", () => {
  it("finds what has not stood for long enough to be raised, and does not raise it", async () => {
    const { look, events } = await refused(2_000_000);
    expect(codes(look)).toEqual(["authentication-failed"]);
    expect(look.left).toBe(0);
    expect(events.filter(({ kind }) => kind === "finding-raised")).toEqual([]);
  });

  it("has nothing left where that is raised", async () => {
    const { look, events } = await refused(30_000_000);
    expect(codes(look)).toEqual([]);
    expect(events.filter(({ kind }) => kind === "finding-raised")).toHaveLength(1);
  });

  it("finds nothing at a tunnel that works", async () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 10);
    const source = new CaptureReader(new MemoryBytes(captureFile(talk.endsAt(11))));
    const { engine } = await replay(source, { after: 1_000_000 });
    expect(codes(engine.lastLook())).toEqual([]);
  });
});
