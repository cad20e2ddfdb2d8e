import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBytes } from "../support/capture/read-all.js";
import { ikescope } from "../support/command.js";
import { judgeBytes } from "../support/extract.js";

const CAPTURE = fileURLToPath(new URL("../../pcaps/port4500-blocked-nat-initiator.pcap", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "ikescope-evidence-"));
const out = (name: string): string => join(scratch, name);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const spools = (): string[] => readdirSync(tmpdir()).filter((name) => /^ikescope-.{6}$/.test(name));

describe("--evidence", () => {
  it("writes an extract beside the report, which ikescope judges in the same way", async () => {
    const { code, stdout } = await ikescope([CAPTURE, "--evidence", out("file.pcapng")]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAILING /);
    const again = await ikescope([out("file.pcapng")]);
    expect(again.code).toBe(1);
    expect(again.stdout.split("\n").slice(0, 2)).toEqual(stdout.split("\n").slice(0, 2));
  });

  it("works on standard input, and leaves nothing behind", async () => {
    const before = spools();
    const { code } = await ikescope(["-", "--evidence", out("stdin.pcapng")], readFileSync(CAPTURE));
    expect(code).toBe(1);
    expect((await judgeBytes(readFileSync(out("stdin.pcapng")))).status).toBe("failing");
    expect(spools().filter((name) => !before.includes(name))).toEqual([]);
  });

  it("does not overwrite the capture that it is made of", async () => {
    const copy = out("copy.pcap");
    writeFileSync(copy, readFileSync(CAPTURE));
    const { code, stderr } = await ikescope([copy, "--evidence", copy]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^ikescope: --evidence \S+: it would overwrite the capture .*copy\.pcap\n$/);
    expect(readFileSync(copy).equals(readFileSync(CAPTURE))).toBe(true);
  });

  it("refuses in one line what cannot be read twice", async () => {
    const { code, stderr } = await ikescope(["/dev/null", "--evidence", out("fifo.pcapng")]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^ikescope: --evidence reads the capture twice, and .*null is no file/);
    expect(existsSync(out("fifo.pcapng"))).toBe(false);
  });

  it("says where it cannot write", async () => {
    const { code, stderr } = await ikescope([CAPTURE, "--evidence", out("no/such/folder.pcapng")]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^ikescope: cannot write .*folder\.pcapng: there is no such directory/);
  });
});

describe("captures of both ends", () => {
  const [left, right] = ["initiator", "responder"].map((end) =>
    fileURLToPath(new URL(`../../pcaps/esp-one-way-in-${end}.pcap`, import.meta.url)),
  ) as [string, string];
  const lost = /none of 15 ESP packets from 198\.51\.100\.20 reaches/;

  it("are compared, with standard input as one of them too", async () => {
    const files = await ikescope([left, right]);
    const piped = await ikescope([left, "-"], readFileSync(right));
    const pipedFirst = await ikescope(["-", right], readFileSync(left));
    for (const { code, stdout } of [files, piped, pipedFirst]) {
      expect(code).toBe(1);
      expect(stdout).toMatch(lost);
    }
    expect(files.stdout).toContain("captured at both ends");
  });

  it("give an extract that tells of the loss, by its links, and is never said to be healthy", async () => {
    const { code } = await ikescope([left, right, "--evidence", out("places.pcapng")]);
    expect(code).toBe(1);
    expect((await judgeBytes(readFileSync(out("places.pcapng")))).status).toBe("nothing-to-judge");
    const anonymous = await ikescope([out("places.pcapng"), "--anonymize"]);
    expect(anonymous.stdout).toMatch(/^FAILING[^]*lost-between-captures/);
  });

  it("from named pipes are judged as one, for a pipe cannot be read again", async () => {
    const pipe = out("pipe");
    execFileSync("mkfifo", [pipe]);
    const writing = spawn("cp", [right, pipe]);
    const { code } = await ikescope([left, pipe]);
    writing.kill();
    expect(code).not.toBe(2);
  });
});

describe("--anonymize", () => {
  const key = out("key");
  beforeAll(() => writeFileSync(key, "0123456789abcdef0123456789abcdef"));

  it.each(["text", "json"])(
    "prints a report (%s) without the addresses and without the file's name",
    async (format) => {
      const { code, stdout } = await ikescope([CAPTURE, "--anonymize", "-f", format]);
      expect(code).toBe(1);
      expect(stdout).toContain("natt-4500-unanswered");
      expect(stdout).toContain("capture 1");
      expect(stdout).not.toMatch(/192\.0\.2\.10|198\.51\.100\.20|port4500|f3b9823604be2bb7/);
    },
  );

  it("replaces the same by the same with the same key, and by something else with another", async () => {
    const run = async (...flags: readonly string[]): Promise<string> =>
      (await ikescope([CAPTURE, ...flags])).stdout;
    const [first, second, other] = [
      await run("--anonymize-key", key),
      await run("--anonymize-key", key),
      await run("--anonymize"),
    ];
    expect(second).toBe(first);
    expect(other).not.toBe(first);
    expect(first).not.toContain("0123456789abcdef");
  });

  it("makes the evidence anonymous too", async () => {
    const { stdout } = await ikescope([
      CAPTURE,
      "--anonymize-key",
      key,
      "--evidence",
      out("anonymous.pcapng"),
    ]);
    const bytes = readFileSync(out("anonymous.pcapng"));
    expect(bytes.includes(Buffer.from([192, 0, 2, 10]))).toBe(false);
    expect(bytes.includes("192.0.2.10")).toBe(false);
    const { records, summary } = await readBytes(bytes);
    expect(records.length).toBeGreaterThan(5);
    expect(summary.notes.some(({ text }) => text.includes(stdout.split("\n")[0]?.slice(9, 30) ?? "?"))).toBe(
      true,
    );
  });

  it("finds a --peer by its real address", async () => {
    const { stdout } = await ikescope([CAPTURE, "--anonymize", "--peer", "192.0.2.10"]);
    expect(stdout).toMatch(/^FAILING /);
  });

  it("refuses a key that is no secret", async () => {
    writeFileSync(out("short"), "1234");
    const { code, stderr } = await ikescope([CAPTURE, "--anonymize-key", out("short")]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/a key has at least 16/);
  });
});
