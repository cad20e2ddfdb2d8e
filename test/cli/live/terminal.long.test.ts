import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, vi } from "vitest";
import { itIf } from "../../support/require.js";
import { HAS_TMUX, TmuxShell } from "../../support/live/tmux.js";

const test = itIf(HAS_TMUX, "tmux is not installed");
const FAILING = "192.0.2.10 -> 198.51.100.20";

let shell: TmuxShell;

beforeEach(async () => {
  if (!HAS_TMUX) return;
  shell = await TmuxShell.start(100, 20);
});

afterEach(() => {
  if (HAS_TMUX) shell.close();
});

/** Starts the table in a shell that has shown something before. */
async function shown(...args: readonly string[]): Promise<string> {
  shell.type(`echo what was there before; stty -a > ${shell.folder}/before`, "Enter");
  await shell.until((text) => text.includes("\nwhat was there before"));
  shell.type(
    `${shell.show(...args)}; echo status $?; stty -a > ${shell.folder}/after; echo compared`,
    "Enter",
  );
  return shell.until((text) => text.includes(FAILING) && text.includes("q quit"));
}

/** That the terminal is as it was: the former text, the cursor, the modes, no colour. */
async function isAsBefore(): Promise<string> {
  const text = await shell.until((now) => now.includes("\ncompared"));
  expect(text).toContain("what was there before");
  expect(text).not.toContain(FAILING);
  expect(shell.ask("#{alternate_on} #{cursor_flag}")).toBe("0 1");
  const [before, after] = ["before", "after"].map((name) => readFileSync(join(shell.folder, name), "utf8"));
  expect(after).toBe(before);
  expect(shell.painted()).toMatch(/^compared$/m);
  return text;
}

/** The line that is selected. */
function selected(text: string): string {
  return text.split("\n").find((line) => line.startsWith(">")) ?? "";
}

describe("the table in a terminal", () => {
  test("is shown, sorted, filtered, opened, left again, resized, and ends with the former screen", async () => {
    const first = await shown("30");
    expect(first.split("\n")[0]).toMatch(/^ikescope {2}eth0 {2}running /);
    expect(selected(first)).toContain(FAILING);
    expect(shell.ask("#{alternate_on} #{cursor_flag}")).toBe("1 0");
    expect(shell.painted()).toContain("\u001b[31m");

    shell.type("s", "s");
    const byRate = await shell.until((text) => text.includes("by rate"));
    expect(selected(byRate)).toContain("2001:db8:…");
    shell.type("r");
    await shell.until((text) => text.includes("by rate, reversed") && !selected(text).includes("2001:db8:…"));

    shell.type("/");
    shell.type("203.0.113", "Enter");
    const filtered = await shell.until((text) => text.includes("1-1 of 1"));
    expect(selected(filtered)).toContain("203.0.113.77");
    shell.type("Escape");
    await shell.until((text) => text.includes("of 33"));

    shell.type("S", "S");
    await shell.until((text) => text.includes("by state") && selected(text).includes(FAILING));
    shell.type("Enter");
    await shell.until((text) => text.startsWith("Tunnel 1 ") && text.includes("natt-4500-unanswered"));
    shell.type("End");
    await shell.until((text) => text.includes("no answer ──╳│"));
    shell.type("Escape");
    await shell.until((text) => text.startsWith("ikescope") && selected(text).includes(FAILING));

    shell.resize(60, 8);
    const small = await shell.until((text) => text.includes("1-4 of 33"));
    expect(small.trimEnd().split("\n")).toHaveLength(8);
    expect(small).toContain("failing");
    shell.resize(100, 20);
    await shell.until((text) => text.includes("1-15 of 33"));

    shell.type("q");
    const text = await isAsBefore();
    expect(text).toContain("the table has ended\nstatus 0");
  });

  test("is given back at process.exit()", async () => {
    await shown("3", "exit");
    expect(await isAsBefore()).toContain("status 7");
  });

  test("is given back before an exception is printed that nobody catches", async () => {
    await shown("3", "throw");
    const text = await isAsBefore();
    expect(text).toContain("Error: thrown on purpose");
    expect(text).toContain("status 1");
  });

  test("is given back when SIGTERM, SIGHUP or SIGINT end the program", async () => {
    for (const [signal, status] of [
      ["TERM", 143],
      ["HUP", 129],
      ["INT", 130],
    ] as const) {
      shell.type(`clear; ${shell.show("3")} & sleep 0.1; echo $! > ${shell.folder}/pid; fg`, "Enter");
      await shell.until((text) => text.includes("q quit"));
      process.kill(Number(readFileSync(join(shell.folder, "pid"), "utf8")), `SIG${signal}`);
      await shell.prompt();
      shell.type("echo status $?", "Enter");
      await shell.until((text) => text.includes(`\nstatus ${status}`));
      expect(shell.ask("#{alternate_on} #{cursor_flag}")).toBe("0 1");
    }
  });

  test("ends when the terminal is gone, also where SIGHUP means something else to the program", async () => {
    const pulse = join(shell.folder, "pulse");
    await shown("3", "rotate", pulse);
    shell.replace();
    await vi.waitFor(() => expect(readFileSync(pulse, "utf8")).toBe("ended"), { timeout: 10_000 });
  });

  test("stops with Ctrl-Z as the shell knows it, and comes back with fg", async () => {
    await shown("3");
    shell.type("C-z");
    await shell.until((text) => text.includes("Stopped") && text.includes("what was there before"));
    expect(shell.ask("#{alternate_on} #{cursor_flag}")).toBe("0 1");
    shell.type("echo typed while stopped", "Enter");
    await shell.until((text) => text.includes("\ntyped while stopped"));
    shell.type("fg", "Enter");
    await shell.until((text) => text.startsWith("ikescope") && text.includes("q quit"));
    expect(shell.ask("#{alternate_on} #{cursor_flag}")).toBe("1 0");
    shell.type("?");
    await shell.until((text) => text.startsWith("Keys"));
    shell.type("q");
    await shell.until((text) => text.includes("the table has ended"));
  });

  test("goes without colour where NO_COLOR is set, and is none on a terminal of the type dumb", async () => {
    shell.type("export NO_COLOR=1", "Enter");
    await shown("3");
    expect(shell.painted()).not.toContain("\u001b[");
    shell.type("q");
    await isAsBefore();
    shell.type(`TERM=dumb ${shell.show("3")}`, "Enter");
    await shell.until((text) => text.includes("no table: a terminal of the type dumb"));
  });

  test("does not stop the program while the terminal takes nothing", async () => {
    const pulse = join(shell.folder, "pulse");
    await shown("200", "none", pulse);
    shell.resize(300, 150);
    await shell.until((text) => text.includes("1-145 of 203"));
    const server = Number(shell.ask("#{pid}"));
    const count = (): number => (existsSync(pulse) ? Number(readFileSync(pulse, "utf8")) : 0);
    process.kill(server, "SIGSTOP");
    try {
      // The rates of all rows change: some 30 kB a picture, and the system keeps 64 kB that nobody reads.
      await new Promise((resolve) => setTimeout(resolve, 5000));
      const before = count();
      await vi.waitFor(() => expect(count()).toBeGreaterThan(before), { timeout: 20_000 });
    } finally {
      process.kill(server, "SIGCONT");
    }
    shell.type("/");
    shell.type("203.0.113");
    await shell.until((text) => text.includes("1-1 of 1"));
    shell.resize(100, 20);
    shell.type("Escape", "q");
    await isAsBefore();
  });
});
