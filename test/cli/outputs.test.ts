import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  watch,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { ikescope, type Outcome, outcomeOf, start } from "../support/command.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CAPTURE = join(ROOT, "pcaps/port4500-blocked-nat-initiator.pcap");
const scratch = mkdtempSync(join(tmpdir(), "ikescope-outputs-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let folder: string;
let capture: string;
const at = (name: string): string => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(scratch, "case-"));
  capture = at("trace.pcap");
  writeFileSync(capture, readFileSync(CAPTURE));
});

/** Runs the command with some of its descriptors replaced, as a shell does. */
function redirected(args: readonly string[], redirections: string, limits = ""): Promise<Outcome> {
  const script = `${limits} exec "$0" "$@" ${redirections}`;
  return outcomeOf(
    spawn("sh", ["-c", script, process.execPath, join(ROOT, "bin/ikescope.js"), ...args], { cwd: folder }),
  );
}

const captureIsWhole = (): void => expect(readFileSync(capture).equals(readFileSync(CAPTURE))).toBe(true);
const leftOvers = (): string[] => readdirSync(folder).filter((name) => name.endsWith(".tmp"));

describe("no output is an input", () => {
  const refuses = async (args: readonly string[], said: RegExp): Promise<void> => {
    const { code, stdout, stderr } = await ikescope(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(said);
    expect(stderr.split("\n")).toHaveLength(2);
    captureIsWhole();
  };

  it.each(["--output", "--evidence"])("%s under the capture's own name", async (option) => {
    await refuses(
      [capture, option, capture],
      new RegExp(`^ikescope: ${option} .*trace\\.pcap: it would overwrite the capture .*trace\\.pcap\n$`),
    );
  });

  it("by a symbolic link, a hard link, and another way to write its path", async () => {
    symlinkSync(capture, at("symbolic"));
    linkSync(capture, at("hard"));
    for (const name of ["symbolic", "hard", "../" + folder.split("/").at(-1) + "/trace.pcap"]) {
      await refuses([capture, "-o", at(name)], /it would overwrite the capture/);
    }
  });

  it("where the input is the link", async () => {
    symlinkSync(capture, at("symbolic"));
    await refuses([at("symbolic"), "-o", capture], /it would overwrite the capture/);
  });

  it("the second capture as little as the first", async () => {
    await refuses(
      ["pcaps/wrong-psk-ikev2-initiator.pcap", capture, "-o", capture],
      /it would overwrite the capture/,
    );
  });

  it("a copy of a capture, of which nothing is read, neither", async () => {
    const { code, stderr } = await ikescope([CAPTURE, capture, "-o", capture]);
    expect([code, stderr.split("\n").slice(0, 2)]).toEqual([
      2,
      [expect.stringContaining("not read: "), expect.stringContaining("it would overwrite the capture")],
    ]);
    expect(readFileSync(capture)).toEqual(readFileSync(CAPTURE));
  });

  it("the key neither", async () => {
    writeFileSync(at("key"), "0123456789abcdef");
    await refuses([capture, "--anonymize-key", at("key"), "-o", at("key")], /it would overwrite the key/);
    expect(readFileSync(at("key"), "latin1")).toBe("0123456789abcdef");
  });

  it("what standard input was redirected from neither", async () => {
    const { code, stderr } = await redirected(["-", "-o", "trace.pcap"], "< trace.pcap");
    expect(code).toBe(2);
    expect(stderr).toMatch(/it would overwrite the capture standard input\n$/);
    captureIsWhole();
  });

  it("nor is standard output appended to a capture", async () => {
    const { code, stderr } = await redirected(["trace.pcap"], ">> trace.pcap");
    expect(code).toBe(2);
    expect(stderr).toMatch(/^ikescope: --output -: it would overwrite the capture/);
    captureIsWhole();
  });
});

const SAID_TWICE = /^ikescope: --evidence \S+: --output is written there too\n$/;

describe("no output is written to twice", () => {
  it.each([
    ["the same new file", () => at("out"), () => `${folder}/./out`],
    ["a file and a link to it", () => at("old"), () => at("link")],
  ])("%s", async (_, output, evidence) => {
    writeFileSync(at("old"), "before");
    symlinkSync(at("old"), at("link"));
    const { code, stdout, stderr } = await ikescope([capture, "-o", output(), "--evidence", evidence()]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(SAID_TWICE);
    expect(readFileSync(at("old"), "latin1")).toBe("before");
  });

  it("standard output", async () => {
    const args = ["trace.pcap", "-o", "-", "--evidence", "/dev/stdout"];
    const { code, stdout, stderr } = await redirected(args, "");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(SAID_TWICE);
  });

  it("but /dev/null takes as much as one likes", async () => {
    const { code, stderr } = await ikescope([capture, "-o", "/dev/null", "--evidence", "/dev/null"]);
    expect([code, stderr]).toEqual([1, ""]);
  });
});

describe("a file is whole, or as it was", () => {
  it("is replaced with the permissions that it had, behind a link, and nothing is left beside it", async () => {
    writeFileSync(at("report"), "before");
    chmodSync(at("report"), 0o604);
    symlinkSync("report", at("link"));
    expect((await ikescope([capture, "-o", at("link")])).code).toBe(1);
    expect(readFileSync(at("report"), "utf8")).toMatch(/^FAILING /);
    expect(statSync(at("report")).mode & 0o777).toBe(0o604);
    expect(lstatSync(at("link")).isSymbolicLink()).toBe(true);
    expect(leftOvers()).toEqual([]);
  });

  it("is made where a link leads to nothing", async () => {
    symlinkSync("made", at("link"));
    expect((await ikescope([capture, "-o", at("link")])).code).toBe(1);
    expect(readFileSync(at("made"), "utf8")).toMatch(/^FAILING /);
  });

  it("stays where there is no space, which is said in one line", async () => {
    writeFileSync(at("page.html"), "before");
    // 8 or 16 KiB, as the shell counts; a page has more.
    const args = ["trace.pcap", "-f", "html", "-o", "page.html", "--evidence", "e.pcapng"];
    const { code, stderr } = await redirected(args, "", "ulimit -f 16;");
    expect(code).toBe(2);
    expect(stderr).toBe(
      "ikescope: cannot write page.html: the file would be larger than the system allows\n",
    );
    expect(readFileSync(at("page.html"), "latin1")).toBe("before");
    expect(readdirSync(folder).toSorted()).toEqual(["page.html", "trace.pcap"]);
  });

  it("stays where the capture cannot be read", async () => {
    writeFileSync(at("report"), "before");
    writeFileSync(at("none.pcap"), "no capture");
    expect((await ikescope([at("none.pcap"), "-o", at("report")])).code).toBe(2);
    expect(readFileSync(at("report"), "latin1")).toBe("before");
  });

  it("is never half there when the program is killed", async () => {
    const whole = at("whole.html");
    await ikescope([capture, "-f", "html", "-o", whole]);
    for (let round = 0; round < 3; round++) {
      const page = at("page.html");
      writeFileSync(page, "before");
      const child = start([capture, "-f", "html", "-o", page]);
      // At the first sign that something is written; the kill comes in the midst of it or after.
      const watcher = watch(folder, () => child.kill("SIGKILL"));
      await outcomeOf(child);
      watcher.close();
      expect(["before", readFileSync(whole, "utf8")]).toContain(readFileSync(page, "utf8"));
    }
  });

  it.each([
    ["a directory that is not there", "no/such/file", "there is no such directory"],
    ["a directory itself", ".", "this is a directory"],
    ["a name behind a file", "trace.pcap/file", "a part of its path is not a directory"],
  ])("%s is refused before the capture is read", async (_, name, reason) => {
    for (const option of ["-o", "--evidence"]) {
      const { code, stdout, stderr } = await ikescope([capture, option, at(name)]);
      expect([code, stdout, stderr]).toEqual([2, "", `ikescope: cannot write ${at(name)}: ${reason}\n`]);
    }
  });
});

describe("a device or a pipe", () => {
  it("that is full ends the program in one line", async () => {
    for (const option of ["-o", "--evidence"]) {
      const { code, stderr } = await ikescope([capture, option, "/dev/full"]);
      expect([code, stderr]).toEqual([
        2,
        "ikescope: cannot write /dev/full: no space is left on the device\n",
      ]);
    }
  });

  it("gets all of the report when its reader comes", async () => {
    execFileSync("mkfifo", [at("pipe")]);
    const child = start([capture, "-f", "html", "-o", at("pipe")]);
    const reader = outcomeOf(spawn("cat", [at("pipe")]));
    expect((await outcomeOf(child)).code).toBe(1);
    expect((await reader).stdout).toMatch(/<\/html>\s*$/);
  });

  it("without a reader is given up at a signal", async () => {
    execFileSync("mkfifo", [at("pipe")]);
    const child = start([capture, "-o", at("pipe")]);
    // The first one may come while the capture is read, which it ends.
    const signals = setInterval(() => child.kill("SIGTERM"), 300);
    const { code } = await outcomeOf(child);
    clearInterval(signals);
    expect([143, null]).toContain(code);
  });
});

describe("standard output", () => {
  it.each([
    ["analyze", ["trace.pcap"]],
    ["decode", ["decode", "trace.pcap"]],
    ["ladder", ["ladder", "trace.pcap"]],
    ["explain", ["explain"]],
    ["completion", ["completion", "bash"]],
    ["help", ["--help"]],
  ])("of %s, where it is full, ends the program in one line", async (_, args) => {
    const { code, stderr } = await redirected(args, "> /dev/full");
    expect([code, stderr]).toEqual([
      2,
      "ikescope: cannot write standard output: no space is left on the device\n",
    ]);
  });

  it("that nobody reads any more is no fault, and the extract is written all the same", async () => {
    const child = start([capture, "-f", "html", "--evidence", at("e.pcapng")]);
    child.stdout?.destroy();
    const { code, stderr } = await outcomeOf(child);
    expect([code, stderr]).toEqual([1, ""]);
    expect((await ikescope([at("e.pcapng")])).stdout).toMatch(/^FAILING /);
  });

  it("takes an extract, too", async () => {
    const { code } = await redirected(["trace.pcap", "-o", "report", "--evidence", "-"], "> e.pcapng");
    expect(code).toBe(1);
    expect((await ikescope([at("e.pcapng")])).stdout).toMatch(/^FAILING /);
  });

  it("of errors that is full does not change the exit status", async () => {
    expect((await redirected(["none.pcap"], "2> /dev/full")).code).toBe(2);
  });
});

describe("what is kept of standard input", () => {
  it("has no name that could be left behind", async () => {
    const child = spawn(
      process.execPath,
      [join(ROOT, "bin/ikescope.js"), "-", "--evidence", at("e.pcapng")],
      {
        env: { ...process.env, TMPDIR: folder },
      },
    );
    const done = outcomeOf(child);
    child.stdin.write(readFileSync(capture));
    child.kill("SIGKILL");
    await done;
    expect(readdirSync(folder).filter((name) => name.startsWith("ikescope-"))).toEqual([]);
  });

  it("is said to have no place where the disk is full", async () => {
    const { code, stderr } = await redirected(
      ["-", "--evidence", "e.pcapng"],
      "< trace.pcap",
      "TMPDIR=/dev/full; export TMPDIR;",
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/^ikescope: cannot write a copy of standard input in \/dev\/full: .*\n$/);
    expect(existsSync(at("e.pcapng"))).toBe(false);
  });
});
