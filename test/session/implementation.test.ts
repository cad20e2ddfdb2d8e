import { describe, expect, it } from "vitest";
import { scheduleOf } from "../../src/session/backoff.js";
import { recorded } from "../score/labelled.js";
import { judgeLabelled } from "../score/score.js";

/** Times in microseconds of tries with the given gaps in seconds. */
function tries(...gaps: number[]): number[] {
  const times = [1e15];
  for (const gap of gaps) times.push((times.at(-1) ?? 0) + gap * 1e6);
  return times;
}

describe("the schedule of retransmissions", () => {
  it.each([
    ["strongSwan as it is shipped", tries(4, 7.2, 12.96, 23.33, 41.99), "strongSwan"],
    ["strongSwan with another base timeout", tries(0.8, 1.44, 2.592), "strongSwan"],
    ["Libreswan", tries(0.5, 1, 2, 4, 8), "Libreswan"],
    ["doubling from a second on, as many do", tries(1, 2, 4, 8), null],
    ["a fixed interval", tries(10, 10, 10, 10), null],
    ["too few tries", tries(4, 7.2), null],
    ["one try", tries(), null],
    ["no time between the tries", tries(0, 0, 0, 0), null],
  ])("of %s", (_, times, wanted) => {
    expect(scheduleOf(times)).toBe(wanted);
  });
});

describe("the implementation of a peer", () => {
  it("is told by the schedule where no Vendor ID names it", async () => {
    const labelled = recorded().find(({ truth }) => truth.file === "port500-blocked-initiator.pcap");
    if (labelled === undefined) throw new Error("the labelled capture is missing");
    const { tunnels } = await judgeLabelled(labelled);
    expect(tunnels[0]?.implementations[0]).toEqual({
      name: "strongSwan",
      by: "back-off",
      confidence: "possible",
    });
    expect(tunnels[0]?.implementations[1]).toBeNull();
  });
});
