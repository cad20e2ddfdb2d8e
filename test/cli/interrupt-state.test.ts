import { describe, expect, it } from "vitest";
import { InterruptState } from "../../src/cli/interrupt-state.js";

describe("a signal while a file is read", () => {
  it("ends the reading at once, and judging a second after it", () => {
    const state = new InterruptState(false);
    expect(state.signal(10_000)).toBe("stop-reading");
    expect(state.judges(10_100)).toBe(true);
    expect(state.judges(10_999)).toBe(true);
    expect(state.judges(11_000)).toBe(false);
  });

  it("leaves half a second for judging, however long it took until that began", () => {
    const state = new InterruptState(false);
    state.signal(0);
    expect(state.judges(3000)).toBe(true);
    expect(state.judges(3499)).toBe(true);
    expect(state.judges(3500)).toBe(false);
  });

  it("ends the program when it comes again, while reading or judging", () => {
    const reading = new InterruptState(false);
    reading.signal(0);
    expect(reading.signal(1)).toBe("exit");
    const judging = new InterruptState(false);
    judging.signal(0);
    judging.judges(100);
    expect(judging.signal(200)).toBe("exit");
  });
});

describe("a signal while a pipe is read", () => {
  it("lets the sender end it: what came to its end is judged whole", () => {
    const state = new InterruptState(true);
    expect(state.signal(0)).toBe("stop-reading-soon");
    expect(state.judges(100)).toBe(true);
    expect(state.judges(60_000)).toBe(true);
    expect(state.signal(60_001)).toBe("stop-judging");
    expect(state.judges(60_002)).toBe(false);
    expect(state.signal(60_003)).toBe("exit");
  });

  it("ends judging a second after it where the pipe stays open", () => {
    const state = new InterruptState(true);
    state.signal(0);
    state.readingIsCut();
    expect(state.judges(510)).toBe(true);
    expect(state.judges(1010)).toBe(false);
    expect(state.signal(1011)).toBe("exit");
  });
});

describe("a signal after the reading", () => {
  it("ends judging, and the program when it comes again", () => {
    const state = new InterruptState(false);
    expect(state.judges(0)).toBe(true);
    expect(state.signal(50)).toBe("stop-judging");
    expect(state.judges(51)).toBe(false);
    expect(state.signal(52)).toBe("exit");
  });

  it("ends the program at once while the report is written", () => {
    const state = new InterruptState(false);
    state.judges(0);
    state.over();
    expect(state.signal(1)).toBe("exit");
  });
});
