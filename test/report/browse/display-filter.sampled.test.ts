import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { frameNumber } from "../../../src/bytes/frame.js";
import { framesFilter, tunnelFilter } from "../../../src/report/browse/display-filter.js";
import { recordedAs } from "../../score/labelled.js";
import { judgeLabelled } from "../../score/score.js";
import { HAVE_TSHARK, NO_TSHARK } from "../../support/ike/tshark.js";
import { itIf } from "../../support/require.js";
import { sampled } from "../../support/sample.js";

/** Numbers of the frames that Wireshark shows with a filter. */
function shown(capture: string, filter: string): Set<number> {
  const file = fileURLToPath(new URL(`../../../pcaps/${capture}.pcap`, import.meta.url));
  const args = ["-r", file, "-Y", filter, "-T", "fields", "-e", "frame.number"];
  const output = execFileSync("tshark", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return new Set(output.trim().split("\n").map(Number));
}

/** A start of tshark for each. */
const CAPTURES = [
  "port4500-blocked-initiator",
  "admin-prohibited-initiator",
  "ip-fragments-dropped-initiator",
  "ip-fragments-tail-dropped-responder",
  "icmp-frag-needed-initiator",
  "mobike-move-initiator",
  "nat-rebinding-responder",
  "wrong-psk-ipv6-initiator",
];
/** One of so many is asked in `npm test`. */
const SHARE = 12;

const test = itIf(HAVE_TSHARK, NO_TSHARK);

describe("the display filter of a tunnel", () => {
  for (const capture of sampled(CAPTURES, SHARE)) {
    test(`shows in Wireshark whatever the findings of ${capture} cite, and all ESP`, async () => {
      const { tunnels } = await judgeLabelled(recordedAs(capture));
      const [judged] = tunnels;
      if (judged === undefined) throw new Error(`no tunnel in ${capture}`);
      const frames = shown(capture, tunnelFilter(judged.tunnel));
      const cited = judged.findings.flatMap(({ evidence }) =>
        evidence.map(({ frame }) => frameNumber(frame)),
      );
      expect(cited.filter((frame) => !frames.has(frame))).toEqual([]);
      const packets = judged.tunnel.streams.reduce((sum, stream) => sum + stream.packets, 0);
      expect(frames.size).toBeGreaterThanOrEqual(packets);
    });
  }

  it("of frames names each once, by its number within the file", () => {
    expect(framesFilter([7])).toBe("frame.number == 7");
    expect(framesFilter([7, 2 ** 32 + 9, 7])).toBe("frame.number in {7, 9}");
  });
});
