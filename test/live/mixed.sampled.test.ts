import { beforeAll, describe, expect, it } from "vitest";
import { CaptureReader } from "../../src/capture/reader.js";
import { mixedFrames } from "../score/mixed.js";
import type { Truth } from "../score/truth.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import { pcapFile } from "../support/capture/pcap-writer.js";
import { runs } from "../support/sample.js";
import { type Replayed, replay } from "../support/live/replay.js";

const TUNNELS = runs(400, 8);
/** What shows in the last moment has to stand for a while. */
const WHILE = 45_000_000;

describe(`a gateway of ${TUNNELS} tunnels, watched`, () => {
  let watched: Replayed;
  let truths: ReadonlyMap<string, Truth>;

  beforeAll(async () => {
    const mixed = await mixedFrames(TUNNELS);
    truths = mixed.truths;
    const file = pcapFile(mixed.frames.map(({ time, bytes }) => ({ time, bytes })));
    watched = await replay(new CaptureReader(new MemoryBytes(file)), { after: WHILE });
  }, 120_000);

  it("raises of each tunnel what is true of it, and of none what is true of another", () => {
    const raised = new Map<string, Set<string>>();
    for (const event of watched.events) {
      if (event.kind !== "finding-raised" || event.finding.severity !== "critical") continue;
      const peer = peerOf(event.tunnel?.peers ?? []);
      raised.set(peer, (raised.get(peer) ?? new Set()).add(event.finding.code));
    }
    const wrong = [...truths].flatMap(([peer, { file, status, findings }]) => {
      const codes = [...(raised.get(peer) ?? [])];
      const untrue = codes.filter((code) => !findings.includes(code));
      const isMissed = status === "failing" && codes.length === 0;
      return untrue.length > 0 || isMissed ? [`${file}: ${codes.join(" ")} (${findings.join(" ")})`] : [];
    });
    expect(wrong).toEqual([]);
  });
});

/** The initiator's own address, by that of the responder: a translator may stand between. */
function peerOf(peers: readonly string[]): string {
  const responder = peers.find((address) => address.startsWith("172.16.")) ?? "";
  return responder.replace("172.16.", "10.0.");
}
