import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ikescope, outcomeOf, start } from "../support/command.js";
import { faultsOf } from "../support/schema.js";

const CAPTURE = fileURLToPath(new URL("../../pcaps/port4500-blocked-nat-initiator.pcap", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "ikescope-presentation-"));
const names = join(scratch, "hosts");
beforeAll(() => {
  writeFileSync(
    names,
    "# who is who\n192.0.2.10\tbranch-7 b7\n198.51.100.20 <hq>|*x* # main\n::1 localhost\n",
  );
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** The capture goes from 17:14:58 to 17:15:14 UTC. */
const BERLIN = ["--tz", "Europe/Berlin"];

describe("--tz", () => {
  it.each([
    ["text", "2026-11-21 18:14:58 Europe/Berlin", /frame \d+ {2}18:14:/],
    ["markdown", "from (Europe/Berlin)", /\| 18:14:/],
    ["html", "2026-11-21 18:14:58 Europe/Berlin", /"time":"18:14:/],
  ])("writes the times of a report as %s in that zone", async (format, head, row) => {
    const { stdout } = await ikescope([CAPTURE, "-f", format, ...BERLIN]);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(head);
    expect(stdout).toMatch(row);
    expect(stdout).not.toMatch(/17:14:58/);
    expect(stdout).not.toMatch(/\d UTC/);
  });

  it("leaves JSON in UTC", async () => {
    const { stdout } = await ikescope([CAPTURE, "-f", "json", ...BERLIN]);
    expect(stdout).toContain('"firstTime": "2026-11-21T17:14:58.');
  });

  it("writes the times of decode and of the ladder so", async () => {
    expect((await ikescope(["decode", CAPTURE, ...BERLIN])).stdout).toMatch(
      /^6 {2}18:14:58\.233480\+01:00 {2}192/,
    );
    expect((await ikescope(["decode", CAPTURE])).stdout).toMatch(/^6 {2}17:14:58\.233480 {2}192/);
    expect((await ikescope(["timeline", CAPTURE, ...BERLIN])).stdout).toMatch(
      /^ 18:14:58\.233480\+01:00 {2}frame 6 /,
    );
    expect((await ikescope(["decode", "-v", CAPTURE, "--tz", "America/St_Johns"])).stdout).toMatch(
      /^Frame 6 {2}2026-11-21T13:44:58\.233480-03:30 /,
    );
    expect((await ikescope(["ladder", CAPTURE, ...BERLIN])).stdout).toContain(
      "18:14:58.233480 Europe/Berlin",
    );
  });

  it("takes local for the zone of the system, and names it", async () => {
    const { stdout } = await outcomeOf(start([CAPTURE, "--tz", "local"], { TZ: "Asia/Shanghai" }));
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("2026-11-22 01:14:58 Asia/Shanghai");
  });

  it("refuses what is no zone", async () => {
    const { code, stderr } = await ikescope([CAPTURE, "--tz", "Middle/Earth"]);
    expect([code, stderr]).toEqual([
      2,
      'ikescope: --tz takes local, utc or the name of a time zone such as Europe/Berlin, not "Middle/Earth"\n',
    ]);
  });
});

describe("--names", () => {
  const withNames = (...args: readonly string[]) => ikescope([...args, "--names", names]);

  it("shows names beside the addresses, in each format as text", async () => {
    const text = (await withNames(CAPTURE)).stdout;
    expect(text).toMatch(/^FAILING .*192\.0\.2\.10 \(branch-7\) -> 198\.51\.100\.20 \(<hq>\|\*x\*\)/);
    expect(text).toContain("Tunnel 1  192.0.2.10 (branch-7) -> 198.51.100.20 (<hq>|*x*)");
    const markdown = (await withNames(CAPTURE, "-f", "markdown")).stdout;
    expect(markdown).toContain("branch-7");
    expect(markdown).not.toMatch(/^#.*<hq>\|\*x\*/m);
    const html = (await withNames(CAPTURE, "-f", "html")).stdout;
    expect(html).toContain("(&lt;hq&gt;|*x*)");
    expect(html).not.toContain("<hq>");
    expect((await withNames("decode", CAPTURE)).stdout).toContain(
      " 192.0.2.10:500 (branch-7) > 198.51.100.20:500 (",
    );
    expect((await withNames("ladder", CAPTURE)).stdout).toMatch(/192\.0\.2\.10 \(initiator, branch-7/);
  });

  it("gives them in JSON as a field, by the schema", async () => {
    const report = JSON.parse((await withNames(CAPTURE, "-f", "json")).stdout);
    expect(report.tunnels[0].peers.map(({ name }: { name?: string }) => name)).toEqual([
      "branch-7",
      "<hq>|*x*",
    ]);
    expect(faultsOf(report)).toEqual([]);
  });

  it("makes control characters visible", async () => {
    const hostile = join(scratch, "hostile");
    writeFileSync(hostile, "192.0.2.10 a\u001b[31mb\n");
    expect((await ikescope([CAPTURE, "--names", hostile])).stdout).toContain("(a\\x1b[31mb)");
  });

  it.each([
    ["192.0.2.10\n", /line 1 of .*is not an address with a name/],
    ["# x\n\nbranch 192.0.2.10\n", /line 3 of .*is not an address with a name/],
  ])("refuses a file that is no such: %j", async (content, said) => {
    const file = join(scratch, "bad");
    writeFileSync(file, content);
    const { code, stderr } = await ikescope([CAPTURE, "--names", file]);
    expect(code).toBe(2);
    expect(stderr).toMatch(said);
  });

  it("does not go with --anonymize, which would be undone, nor with an output in its place", async () => {
    expect((await withNames(CAPTURE, "--anonymize")).stderr).toMatch(/--anonymize hides it/);
    expect((await withNames(CAPTURE, "-o", names)).stderr).toMatch(/it would overwrite the names/);
  });
});

describe("--from and --to", () => {
  const packets = async (...args: readonly string[]): Promise<number> => {
    const { stdout } = await ikescope([CAPTURE, "-f", "json", ...args]);
    return JSON.parse(stdout).captures[0].packets;
  };

  it("read the part between them, however they are written", async () => {
    const all = await packets();
    expect(await packets("--from", "17:14", "--to", "17:16")).toBe(all);
    const ways = [
      ["--from", "2026-11-21T17:15:00Z"],
      ["--from", "2026-11-21 17:15"],
      ["--from", "17:15:00"],
      ["--from", "18:15", ...BERLIN],
      ["--from", "2026-11-21T19:15:00+02:00"],
    ];
    const counts = await Promise.all(ways.map((way) => packets(...way)));
    expect(new Set(counts).size).toBe(1);
    const after = counts[0] ?? 0;
    expect(after).toBeGreaterThan(0);
    expect(await packets("--to", "17:14:59.999999999")).toBe(all - after);
  });

  it("keep frame numbers, and say what was left out", async () => {
    const { stdout } = await ikescope(["decode", CAPTURE, "--from", "+5s"]);
    const whole = (await ikescope(["decode", CAPTURE])).stdout;
    for (const line of stdout.trimEnd().split("\n")) expect(whole).toContain(line);
    const report = await ikescope([CAPTURE, "--from", "+5s"]);
    expect(report.stdout.replaceAll(/\s+/g, " ")).toMatch(
      /note: only a part was read \(--from, --to\): left out are \d+ packets before 2026-11-21 17:15:03; the whole goes from 2026-11-21 17:14:58 to/,
    );
  });

  it("that hold no packet say where the capture lies, and exit with 2", async () => {
    for (const command of [[], ["decode"], ["ladder"]]) {
      const { code, stdout, stderr } = await ikescope([...command, CAPTURE, "--from", "2027-01-01"]);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(
        /^ikescope: no packet lies between --from and --to: .*from 2026-11-21 17:14:58 to .*\n$/,
      );
    }
  });

  it.each([
    ["--from", "yesterday"],
    ["--from", "2026-02-31"],
    ["--to", "25:00"],
    ["--to", "+5"],
  ])("%s %s is no time", async (option, value) => {
    const { code, stderr } = await ikescope([CAPTURE, option, value]);
    expect(code).toBe(2);
    expect(stderr).toMatch(new RegExp(`^ikescope: \\${option} takes a time such as`));
  });

  it("the wrong way round are refused", async () => {
    const { code, stderr } = await ikescope([CAPTURE, "--from", "+9s", "--to", "+3s"]);
    expect([code, stderr]).toEqual([2, "ikescope: --to is before --from\n"]);
  });

  it("hold for an extract, too", async () => {
    const extract = join(scratch, "e.pcapng");
    const span = ["--to", "+3s"];
    await ikescope([CAPTURE, ...span, "--evidence", extract]);
    const lastFrame = (text: string): number =>
      Math.max(
        ...text
          .trimEnd()
          .split("\n")
          .map((line) => Number(line.split(/\D/)[0])),
      );
    const decoded = (await ikescope(["decode", extract])).stdout;
    expect(decoded.split("\n").length).toBeLessThanOrEqual(
      (await ikescope(["decode", CAPTURE, ...span])).stdout.split("\n").length,
    );
    expect(lastFrame(decoded)).toBeGreaterThan(0);
  });
});

describe("what matches nothing", () => {
  it("--peer names the tunnels that there are, and exits with 2", async () => {
    for (const command of [[], ["ladder"]]) {
      const { code, stdout, stderr } = await ikescope([...command, CAPTURE, "--peer", "203.0.113.1"]);
      expect([code, stdout, stderr]).toEqual([
        2,
        "",
        "ikescope: --peer 203.0.113.1: no tunnel has this address at one end; there is 192.0.2.10 <-> 198.51.100.20\n",
      ]);
    }
  });

  it.each([
    ["analyse", "analyze"],
    ["explian", "explain"],
    ["laddr", "ladder"],
  ])("%s is told from a capture: did you mean %s", async (word, meant) => {
    const { code, stderr } = await ikescope([word, "x.pcap"]);
    expect([code, stderr]).toEqual([
      2,
      `ikescope: there is no command and no file "${word}"; did you mean ${meant}?\n`,
    ]);
  });

  it("an unknown option says which one may be meant", async () => {
    const { code, stderr } = await ikescope(["--formt", "json", CAPTURE]);
    expect(code).toBe(2);
    expect(stderr).toContain("(Did you mean --format?)");
  });
});
