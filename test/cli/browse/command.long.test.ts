import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ikescope } from "../../support/command.js";
import { HAS_TMUX, TmuxShell } from "../../support/live/tmux.js";
import { itIf } from "../../support/require.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const CAPTURE = join(ROOT, "pcaps/port4500-blocked-initiator.pcap");
const COMMAND = `'${process.execPath}' '${ROOT}bin/ikescope.js'`;
const FAILING = /^>.*192\.0\.2\.10 -> 198\.51\.100\.20 +failing +natt-4500-unanswered/m;

const test = itIf(HAS_TMUX, "tmux is not installed");
let shell: TmuxShell;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "ikescope-browse-"));
  if (HAS_TMUX) shell = await TmuxShell.start(80, 24);
});

afterEach(() => {
  if (HAS_TMUX) shell.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs it in the folder of the test, in a shell that has shown something before, until the table is there. */
async function shown(args: string): Promise<string> {
  shell.type(`cd ${folder}; clear; echo what was there before; stty -a > before`, "Enter");
  await shell.until((text) => /^what was there before\nREADY/m.test(text));
  shell.type(`${args}; echo status $?; stty -a > after; echo compared`, "Enter");
  return shell.until((text) => FAILING.test(text) && text.includes("q quit"));
}

/** That the terminal is as it was: the former text, the cursor, the modes. */
async function isAsBefore(): Promise<string> {
  const text = await shell.until((now) => now.includes("\ncompared"));
  expect(text).toContain("what was there before");
  expect(shell.ask("#{alternate_on} #{cursor_flag}")).toBe("0 1");
  const [before, after] = ["before", "after"].map((name) => readFileSync(join(folder, name), "utf8"));
  expect(after).toBe(before);
  return text;
}

/** The number of the process that shows the table. */
function processId(): number {
  const shellId = shell.ask("#{pane_pid}");
  return Number(execFileSync("ps", ["-o", "pid=", "--ppid", shellId], { encoding: "utf8" }).trim());
}

describe("ikescope browse on a terminal", () => {
  test("shows the table, a tunnel, a message, and leaves the terminal as it was", async () => {
    const table = await shown(`${COMMAND} browse '${CAPTURE}'`);
    expect(table.split("\n")[0]).toMatch(/^FAILING \(likely\) {2}192\.0\.2\.10 -> 198\.51\.100\.20/);
    expect(shell.ask("#{alternate_on} #{cursor_flag}")).toBe("1 0");
    expect(shell.painted()).toContain("\u001b[31m");
    shell.type("Enter");
    await shell.until((text) => text.includes("CRITICAL  natt-4500-unanswered"));
    shell.type("/", "IKE_SA_INIT req", "Enter", "Enter");
    const message = await shell.until((text) => text.includes("Initiator SPI"));
    expect(message).toContain("IKEv2 IKE_SA_INIT request 0");
    shell.type("q");
    expect(await isAsBefore()).toContain("status 0");
  });

  test("writes evidence that judges the same, never over a file that is there", async () => {
    const taken = join(folder, "port4500-blocked-initiator-tunnel-1.pcapng");
    writeFileSync(taken, "mine");
    await shown(`${COMMAND} browse '${CAPTURE}'`);
    shell.type("w");
    await shell.until((text) => text.includes("is in port4500-blocked-initiator-tunnel-1-2.pcapng"));
    shell.type("q");
    expect(await isAsBefore()).toContain("evidence: port4500-blocked-initiator-tunnel-1-2.pcapng");
    expect(readFileSync(taken, "utf8")).toBe("mine");
    const extract = join(folder, "port4500-blocked-initiator-tunnel-1-2.pcapng");
    expect((await ikescope([extract])).stdout).toMatch(/^FAILING \(likely\) {2}192\.0\.2\.10 /);
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  test("takes the capture from a pipe, and the keys from the terminal", async () => {
    await shown(`cat '${CAPTURE}' | ${COMMAND} browse -`);
    shell.type("Enter", "/", "IKE_SA_INIT req", "Enter", "Enter");
    await shell.until((text) => text.includes("Initiator SPI"));
    shell.type("q");
    expect(await isAsBefore()).toContain("status 0");
  });

  for (const [signal, status] of [
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const) {
    test(`gives the terminal back when ${signal} ends it`, async () => {
      await shown(`${COMMAND} browse '${CAPTURE}'`);
      process.kill(processId(), signal);
      expect(await isAsBefore()).toContain(`status ${status}`);
    });
  }

  test("shows no colour with NO_COLOR, follows the size, and narrows the table by --filter", async () => {
    await shown(`NO_COLOR=1 ${COMMAND} browse --filter status=failing '${CAPTURE}'`);
    expect(shell.painted()).not.toContain("\u001b[31m");
    expect(shell.text()).toContain('filter "status=failing"');
    shell.resize(50, 10);
    const small = await shell.until(
      (text) => text.trimEnd().split("\n").length <= 10 && text.includes("1-1 of 1"),
    );
    expect(Math.max(...small.split("\n").map((line) => line.length))).toBeLessThanOrEqual(50);
    shell.resize(80, 24);
    await shell.until((text) => text.includes("q quit"));
    shell.type("C-c");
    expect(await isAsBefore()).toContain("status 0");
  });
});

describe("ikescope browse that cannot begin", () => {
  it.each([
    [
      "without a terminal",
      [CAPTURE],
      /^ikescope: browse needs a terminal, and the output is no terminal; 'ikescope .*' prints the report\n$/,
    ],
  ])("%s says so in one line, exit status 2", async (_, args, said) => {
    const { code, stdout, stderr } = await ikescope(["browse", ...args]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(said);
  });

  for (const [what, args, said] of [
    [
      "a filter that cannot be meant",
      `--filter colour=red '${CAPTURE}'`,
      'ikescope: --filter: there is nothing called "colour"',
    ],
    [
      "a peer that is not there",
      `--peer 203.0.113.9 '${CAPTURE}'`,
      "ikescope: --peer 203.0.113.9: no tunnel has this address",
    ],
    ["a capture without a tunnel", "empty.pcap", "ikescope: there is no tunnel in the capture to browse"],
  ] as const) {
    test(`${what}: one line, exit status 2, the terminal never taken`, async () => {
      writeFileSync(join(folder, "empty.pcap"), readFileSync(CAPTURE).subarray(0, 24));
      shell.type(`cd ${folder}; clear; ${COMMAND} browse ${args}; echo status $?`, "Enter");
      const text = await shell.until((now) => now.includes("status 2"));
      expect(text.replaceAll("\n", "")).toContain(said);
    });
  }
});
