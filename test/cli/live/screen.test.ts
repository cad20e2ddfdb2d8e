// Escape sequences are what this is about.
// oxlint-disable no-control-regex
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LiveScreen } from "../../../src/cli/live/screen.js";
import { whyNoTable } from "../../../src/cli/terminal/streams.js";
import type { LiveSnapshot } from "../../../src/live/snapshot.js";
import { FakeInput, FakeOutput } from "../../support/live/fake-terminal.js";
import { liveSnapshot, manyTunnels, NOW, SECOND } from "../../support/live/tunnels.js";

const SIGNALS = ["exit", "uncaughtExceptionMonitor", "SIGTSTP", "SIGCONT", "SIGINT", "SIGTERM", "SIGHUP"];

function listeners(): number[] {
  return SIGNALS.map((name) => process.listenerCount(name));
}

let [stdout, stdin] = [new FakeOutput(), new FakeInput()];
let snapshot: LiveSnapshot = liveSnapshot([]);
let asked = 0;
let screen: LiveScreen;
let before: number[];

/** Runs the clock: streams answer between its steps. */
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

async function type(text: string): Promise<void> {
  stdin.write(text);
  await pass(60);
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "setInterval", "clearTimeout", "clearInterval"] });
  [stdout, stdin] = [new FakeOutput(), new FakeInput()];
  snapshot = liveSnapshot(manyTunnels(20));
  asked = 0;
  before = listeners();
  const view = {
    snapshot: () => {
      asked++;
      return snapshot;
    },
    judgementOf: () => null,
  };
  screen = new LiveScreen(view, { stdin, stdout }, { colour: false });
});

afterEach(() => {
  screen.stop();
  vi.useRealTimers();
});

describe("the screen", () => {
  it("takes the terminal over and gives it back: other screen, cursor, colours, raw mode, listeners", async () => {
    screen.start();
    await pass(10);
    expect(stdout.written[0]).toBe("\u001b[?1049h\u001b[?25l\u001b[0m\u001b[2J");
    expect(stdin.isRaw).toBe(true);
    screen.stop();
    screen.stop();
    await pass(10);
    expect(stdout.written.at(-1)).toBe("\u001b[0m\u001b[?25h\u001b[?1049l");
    expect(stdout.written.filter((text) => text.includes("1049l"))).toHaveLength(1);
    expect(stdin.modes).toEqual([true, false]);
    expect(stdin.isPaused()).toBe(true);
    expect(listeners()).toEqual(before);
    expect(stdout.listenerCount("resize")).toBe(0);
  });

  it("draws twice a second, and writes only the lines that changed", async () => {
    screen.start();
    await pass(10);
    stdout.written.length = 0;
    await pass(1000);
    expect(stdout.written).toEqual([]);
    expect(asked).toBe(3);
    snapshot = { ...snapshot, strangers: 77 };
    await pass(500);
    expect(stdout.written).toHaveLength(1);
    expect(stdout.written[0]).toMatch(/^\u001b\[3;1Hfindings .*strangers 77\u001b\[K$/);
  });

  it("leaves pictures out while the terminal takes nothing, then draws the newest", async () => {
    screen.start();
    await pass(10);
    stdout.written.length = 0;
    stdout.isSlow = true;
    for (const strangers of [1, 2, 3, 4]) {
      snapshot = { ...snapshot, strangers };
      await pass(500);
    }
    expect(stdout.written).toHaveLength(1);
    const whileSlow = asked;
    stdout.take();
    await pass(600);
    expect(stdout.written).toHaveLength(2);
    expect(stdout.written[1]).toContain("strangers 4");
    expect(whileSlow).toBeLessThan(5);
  });

  it("draws everything anew when the size changes", async () => {
    screen.start();
    await pass(10);
    stdout.written.length = 0;
    [stdout.columns, stdout.rows] = [60, 6];
    stdout.emit("resize");
    await pass(10);
    expect(stdout.written[0]).toMatch(/^\u001b\[0m\u001b\[2J\u001b\[1;1H.*\u001b\[6;1H/s);
    expect(stdout.written[0]).not.toContain("\u001b[7;1H");
  });

  it("answers keys at once, and does not ask for another snapshot for them", async () => {
    screen.start();
    await pass(10);
    const askedBefore = asked;
    stdout.written.length = 0;
    await type("\u001b[B");
    expect(stdout.written).toHaveLength(1);
    await type("?");
    expect(stdout.written.at(-1)).toContain("Keys");
    await type("\u001b");
    expect(stdout.written.at(-1)).not.toContain("Keys");
    expect(asked).toBe(askedBefore);
  });

  it("opens a tunnel and says when it is gone", async () => {
    screen.start();
    await type("\r");
    expect(stdout.written.at(-1)).toMatch(/Tunnel \d+ {2}/);
    snapshot = liveSnapshot([], { time: NOW + SECOND });
    await pass(500);
    expect(stdout.written.at(-1)).toContain("is not known any more; Esc goes back.");
    await type("\u001b");
    expect(stdout.written.at(-1)).toContain("No tunnel was seen yet.");
  });

  it.each([["q"], ["\u0003"]])("ends with %j, the terminal given back before", async (key) => {
    screen.start();
    await type(key);
    await screen.quit;
    expect(stdout.written.at(-1)).toContain("\u001b[?1049l");
    expect(stdin.isRaw).toBe(false);
  });

  it("ends when the terminal is gone", async () => {
    screen.start();
    await pass(10);
    stdin.end();
    await screen.quit;
    expect(listeners()).toEqual(before);
  });

  it("stays when a signal comes that somebody else listens to", async () => {
    const theirs = vi.fn();
    process.on("SIGHUP", theirs);
    screen.start();
    await pass(10);
    process.emit("SIGHUP", "SIGHUP");
    await pass(10);
    process.off("SIGHUP", theirs);
    expect(theirs).toHaveBeenCalledOnce();
    expect(stdout.written.join("")).not.toContain("\u001b[?1049l");
  });

  it("reads no keys where standard input is no terminal", async () => {
    const input = new PassThrough();
    const piped = new LiveScreen(
      { snapshot: () => snapshot, judgementOf: () => null },
      { stdin: input, stdout },
    );
    piped.start();
    input.write("q");
    await pass(100);
    expect(input.readableLength).toBe(1);
    piped.stop();
  });

  it("survives whatever is typed", async () => {
    screen.start();
    let seed = 7;
    for (let round = 0; round < 200; round++) {
      const bytes = Uint8Array.from({ length: 40 }, () => {
        seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
        const byte = (seed >> 16) & 255;
        // What ends it, or stops the whole job, has tests of its own.
        return byte === 3 || byte === 26 || byte === 0x71 ? 27 : byte;
      });
      stdin.write(bytes);
      await pass(20);
    }
    await type("\u0003");
    await screen.quit;
    const text = stdout.written.join("").replaceAll(/\u001b\[[?\d;]*[a-zA-Z]/g, "");
    expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  });
});

describe("no table", () => {
  it.each([
    [{ isTTY: false }, "xterm", "no terminal"],
    [{ isTTY: true }, "dumb", "TERM=dumb"],
    [{ isTTY: true }, undefined, "TERM is not set"],
  ])("is shown on %j of the type %s", (kind, type, why) => {
    expect(whyNoTable(Object.assign(new PassThrough(), kind), type)).toContain(why);
  });

  it("is refused on a common terminal", () => {
    expect(whyNoTable(Object.assign(new PassThrough(), { isTTY: true }), "xterm-256color")).toBeNull();
  });
});
