import { inEnglish } from "../../../src/texts/texts.js";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { FindingHook, type HookOptions } from "../../../src/cli/live/on-finding.js";
import { printable } from "../../../src/bytes/text.js";
import type { LiveEvent } from "../../../src/live/event.js";
import { NOW, raised, TUNNEL } from "../../support/live/events.js";
import { eventFaultsOf } from "../../support/schema.js";
import { until } from "../../support/until.js";

const scratch = mkdtempSync(join(tmpdir(), "ikescope-hook-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let count = 0;
/** A new path in the scratch folder. */
const out = (): string => join(scratch, `out-${count++}`);

/** An executable script of the shell. */
function script(body: string): string {
  const path = join(scratch, `hook-${count++}`);
  writeFileSync(path, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  return path;
}

function hook(command: string, options: Partial<HookOptions> = {}) {
  const said: string[] = [];
  const made = new FindingHook([command], {
    severity: "warning",
    say: (text) => said.push(inEnglish(text)),
    limitMs: 30_000,
    graceMs: 30_000,
    ...options,
  });
  return { hook: made, said };
}

const textOf = (path: string): string => (existsSync(path) ? readFileSync(path, "utf8") : "");
const linesOf = (path: string): string[] => textOf(path).split("\n").slice(0, -1);

/** Whether a process is there and no zombie. */
function isAlive(pid: number): boolean {
  return /^State:\s+[^Z]/m.test(textOf(`/proc/${pid}/status`));
}

const cleared = (event: ReturnType<typeof raised>): LiveEvent => ({
  ...event,
  kind: "finding-cleared",
  raisedAt: NOW,
  why: "mended",
});

describe("the command of a finding", () => {
  it("gets the event as a line of JSON, and its code and severity in a small environment", async () => {
    const file = out();
    const { hook: made, said } = hook(script(`cat > ${file}.json; env > ${file}.env; echo $# > ${file}`));
    process.env["IKESCOPE_TEST_SECRET"] = "hush";
    made.event(raised({ headline: "$(touch /tmp/never) `id`; \u001B[2J" }));
    await until(() => textOf(file) !== "");
    await made.end();
    const json = readFileSync(`${file}.json`, "utf8");
    expect(json.endsWith("\n")).toBe(true);
    expect(eventFaultsOf(json)).toEqual([]);
    expect(JSON.parse(json)).toMatchObject({ event: "finding-raised", finding: { severity: "critical" } });
    const env = linesOf(`${file}.env`).map((line) => line.split("=")[0] ?? "");
    expect(env).toEqual(expect.arrayContaining(["PATH", "IKESCOPE_CODE", "IKESCOPE_SEVERITY"]));
    // PWD, OLDPWD, SHLVL and _ are the shell's own.
    const allowed = [
      "PATH",
      "HOME",
      "LANG",
      "IKESCOPE_CODE",
      "IKESCOPE_SEVERITY",
      "PWD",
      "OLDPWD",
      "SHLVL",
      "_",
    ];
    expect(env.filter((name) => !allowed.includes(name))).toEqual([]);
    expect(textOf(file)).toBe("0\n");
    expect(said).toEqual([]);
  });

  it("is run for findings of the severity that was asked for, and for nothing else", async () => {
    const file = out();
    const { hook: made } = hook(script(`echo $IKESCOPE_SEVERITY $IKESCOPE_CODE >> ${file}`));
    made.event(raised({ severity: "info" }));
    made.event({ kind: "ended", time: NOW, text: "no finding" });
    made.event(raised({ severity: "warning", code: "esp-loss" }));
    made.event(raised());
    await until(() => linesOf(file).length === 2);
    await made.end();
    expect(linesOf(file)).toEqual(["warning esp-loss", "critical natt-4500-unanswered"]);
  });

  it("is found by PATH, where it is a name", async () => {
    const { hook: made, said } = hook("true");
    made.event(raised());
    made.event(raised());
    // The second begins when the first is over and nothing was said of it.
    await until(() => made.counts.runs === 2);
    await made.end();
    expect(said).toEqual([]);
  });

  it("is never given to a shell", async () => {
    const file = out();
    const { hook: made, said } = hook(`touch ${file}; true`);
    made.event(raised());
    await until(() => said.length === 1);
    await made.end();
    expect(existsSync(file)).toBe(false);
    expect(said[0]).toMatch(/^--on-finding touch .*: there is no such command$/);
  });

  it("that is missing, no program or not executable is said, once a while", async () => {
    const plain = out();
    writeFileSync(plain, "no program", { mode: 0o644 });
    for (const [command, reason] of [
      [join(scratch, "missing"), "there is no such command"],
      [plain, "it may not be executed"],
      ["", "The argument 'file' cannot be empty"],
    ] as const) {
      const { hook: made, said } = hook(command);
      for (let number = 0; number < 5; number++) made.event(raised());
      await until(() => made.counts.runs === 5);
      await made.end();
      expect(said.length).toBe(1);
      expect(said[0]).toContain(reason);
    }
  });

  it("that fails is said with its status and the last line of its standard error, harmless", async () => {
    const { hook: made, said } = hook(script(`echo first >&2; printf 'no\\033[2J route\\n\\n' >&2; exit 3`));
    made.event(raised());
    await until(() => said.length === 1);
    await made.end();
    expect(said[0]).toMatch(/hook-\d+: it ended with status 3: no\\x1b\[2J route$/);
    expect(said[0]).toBe(printable(said[0] ?? ""));
  });

  it("may leave its input unread", async () => {
    const { hook: made, said } = hook(script("exec <&-; exit 0"));
    made.event(raised({ summary: "x".repeat(1_000_000) }));
    await until(() => made.counts.runs === 1);
    made.event(raised());
    await until(() => made.counts.runs === 2);
    await made.end();
    expect(said).toEqual([]);
  });

  it("that hangs is ended with its children, even where they do not listen to SIGTERM", async () => {
    const file = out();
    const body = `trap '' TERM; sh -c 'trap "" TERM; echo $$ >> ${file}; while :; do sleep 1; done' & echo $$ >> ${file}; while :; do sleep 1; done`;
    const { hook: made, said } = hook(script(body), { limitMs: 400, graceMs: 50 });
    made.event(raised());
    await until(() => said.length === 1);
    const pids = linesOf(file).map(Number);
    expect(pids.length).toBe(2);
    await until(() => !pids.some(isAlive));
    expect(said[0]).toContain("it did not end within 0.4 s and was ended");
    await made.end();
  });

  it("leaves nobody of its group behind where it ends by itself", async () => {
    const file = out();
    const { hook: made, said } = hook(script(`sleep 1000 & echo $! > ${file}; exit 0`));
    made.event(raised());
    await until(() => linesOf(file).length === 1);
    const pid = Number(linesOf(file)[0]);
    await until(() => !isAlive(pid));
    made.event(raised());
    await until(() => made.counts.runs === 2);
    await made.end();
    expect(said).toEqual([]);
  });

  it("that floods its standard error holds up neither us nor memory, and is ended", async () => {
    const { hook: made, said } = hook(script("exec yes 'flood of words' >&2"), { limitMs: 500, graceMs: 50 });
    made.event(raised());
    let turns = 0;
    while (said.length === 0) {
      await new Promise((resolve) => setImmediate(resolve));
      turns++;
    }
    expect(turns).toBeGreaterThan(100);
    expect(said[0]).toMatch(/was ended: .{0,300}$/);
    await made.end();
  });

  it("is run once at a time, and not more often in a minute than agreed", async () => {
    const file = out();
    const body = `echo begin >> ${file}; echo end >> ${file}`;
    const { hook: made } = hook(script(body), { perMinute: 3, minuteMs: 600_000 });
    for (let id = 0; id < 50; id++) made.event({ ...raised(), tunnel: { ...TUNNEL, id } });
    await until(() => linesOf(file).length === 6);
    await made.end();
    expect(linesOf(file)).toEqual(["begin", "end", "begin", "end", "begin", "end"]);
    expect(made.counts).toEqual({ runs: 3, leftOut: 47 });
  });

  it("is run again when the minute is over", async () => {
    const file = out();
    const { hook: made } = hook(script(`echo x >> ${file}`), { perMinute: 1, minuteMs: 50 });
    for (let id = 0; id < 3; id++) made.event({ ...raised(), tunnel: { ...TUNNEL, id } });
    await until(() => linesOf(file).length === 3);
    await made.end();
    expect(made.counts).toEqual({ runs: 3, leftOut: 0 });
  });

  it("is not run for what has no place among those that wait; that is said and counted", async () => {
    const { hook: made, said } = hook(script("sleep 1000"), { graceMs: 50 });
    for (let id = 0; id < 500; id++) made.event({ ...raised(), tunnel: { ...TUNNEL, id } });
    expect(said).toEqual(["--on-finding: too many findings at once; not handed on so far: 1"]);
    await made.end();
    expect(made.counts).toEqual({ runs: 1, leftOut: 499 });
    expect(said.at(-1)).toBe("--on-finding: findings not handed on: 499");
  });

  it("is not run for a finding that was cleared before its turn", async () => {
    const file = out();
    const { hook: made } = hook(script(`read -r line; echo "$line" >> ${file}`));
    const events = [1, 2, 3].map((id) => ({ ...raised(), tunnel: { ...TUNNEL, id } }));
    for (const event of events) made.event(event);
    const [, second] = events;
    if (second !== undefined) made.event(cleared(second));
    await until(() => linesOf(file).length === 2);
    await made.end();
    const ids = linesOf(file).map((line) => (JSON.parse(line) as { tunnel: { id: number } }).tunnel.id);
    expect(ids).toEqual([1, 3]);
  });

  it("that runs when we end may finish what it is at", async () => {
    const file = out();
    const { hook: made } = hook(script(`echo begun > ${file}; sleep 0.2; echo done >> ${file}`));
    made.event(raised());
    await until(() => linesOf(file).length === 1);
    await made.end();
    expect(linesOf(file)).toEqual(["begun", "done"]);
  });

  it("does not outlive our end, in order or not", async () => {
    const file = out();
    const body = script(`echo $$ >> ${file}; exec sleep 1000`);
    const { hook: made } = hook(body, { graceMs: 50 });
    made.event(raised());
    await until(() => linesOf(file).length === 1);
    await made.end();
    const first = Number(linesOf(file)[0]);
    expect(isAlive(first)).toBe(false);

    const program = join(scratch, "program.ts");
    const source = fileURLToPath(new URL("../../../src/cli/live/on-finding.ts", import.meta.url));
    writeFileSync(
      program,
      `import { existsSync, readFileSync } from "node:fs";
       import { FindingHook } from ${JSON.stringify(source)};
       const hook = new FindingHook([${JSON.stringify(body)}], { severity: "info", say: () => {} });
       hook.event(${JSON.stringify(raised())});
       setInterval(() => {
         if (readFileSync(${JSON.stringify(file)}, "utf8").split("\\n").length === 3) process.exit(7);
       }, 5);`,
    );
    const root = fileURLToPath(new URL("../../../", import.meta.url));
    const child = spawn(process.execPath, ["--import", "tsx", program], { cwd: root, stdio: "inherit" });
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(code).toBe(7);
    const pid = Number(linesOf(file)[1]);
    expect(pid).toBeGreaterThan(0);
    await until(() => !isAlive(pid));
  });
});
