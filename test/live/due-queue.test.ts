import { describe, expect, it } from "vitest";
import { DueQueue } from "../../src/live/due-queue.js";

function queueOf(...items: readonly string[]): DueQueue<string> {
  const queue = new DueQueue<string>();
  for (const [index, item] of items.entries()) queue.add(item, (index + 1) * 1_000_000);
  return queue;
}

describe("what is due", () => {
  it("comes in the order of its time, and not before", () => {
    const queue = queueOf("first", "second", "third");
    expect([...queue.take(2_000_000)]).toEqual(["first", "second"]);
    expect(queue.size).toBe(1);
  });

  it("comes first where it is urgent, and all else in its turn", () => {
    const queue = queueOf("calm 1", "calm 2", "hot 1", "hot 2", "hot 3", "hot 4");
    const isHot = (item: string): boolean => item.startsWith("hot");
    expect([...queue.take(9_000_000, isHot)]).toEqual([
      "hot 1",
      "hot 2",
      "hot 3",
      "calm 1",
      "hot 4",
      "calm 2",
    ]);
  });

  it("stays where the time for it has run out, and is counted", () => {
    const queue = queueOf("first", "second", "third");
    for (const item of queue.take(9_000_000)) if (item === "first") break;
    expect(queue.backlog(9_000_000)).toBe(2);
    expect(queue.backlog(2_500_000)).toBe(1);
  });
});
