import { describe, expect, it } from "vitest";
import { CaptureReader } from "../../src/capture/reader.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import { replay } from "../support/live/replay.js";
import { captureFile } from "../support/scenario/capture-file.js";
import { createChild, createChildAnswer, scenario, setsUp, traffic } from "../support/scenario/index.js";

describe("a tunnel that is rekeyed while it is watched", () => {
  it("is told once, as no new IKE SA, also where no message came in between", async () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 10);
    talk.at(10).initiator.sends(createChild({ id: 2 }));
    talk.at(10.1).responder.sends(createChildAnswer({ id: 2 }));
    traffic(talk, 11, 20);
    const { events } = await replay(new CaptureReader(new MemoryBytes(captureFile(talk))), {
      after: 60_000_000,
    });
    expect(
      events.flatMap((event) =>
        "reason" in event ? [[event.kind, event.reason.replace(/[0-9a-f]{16}/, "SPI")]] : [],
      ),
    ).toEqual([
      ["tunnel-up", "IKE_AUTH of the IKEv2 SA SPI answered"],
      ["tunnel-rekeyed", "CREATE_CHILD_SA answered"],
    ]);
  });
});
