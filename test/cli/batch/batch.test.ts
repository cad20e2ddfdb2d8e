import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ikescope, type Outcome } from "../../support/command.js";
import { eventually } from "../../support/live/eventually.js";
import { IKESCOPE, LiveRun } from "../../support/live/live-run.js";
import { committedSchema } from "../../support/schema.js";

const PCAPS = new URL("../../../pcaps/", import.meta.url);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ikescope-batch-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const rows = (name = "rows.ndjson"): string => join(folder, name);
const PATTERN = "captures/{gateway}/*.pcap*";

/** Puts a capture of the corpus where a gateway keeps its files, written an hour ago. */
function put(capture: string, gateway: string, name = `${capture}.pcap`): void {
  const file = join(folder, "captures", gateway, name);
  mkdirSync(dirname(file), { recursive: true });
  copyFileSync(fileURLToPath(new URL(`${capture}.pcap`, PCAPS)), file);
  const old = Date.now() / 1000 - 3600;
  utimesSync(file, old, old);
}

async function batch(more: readonly string[] = [], output = rows()): Promise<Outcome> {
  return ikescope(["batch", "--by", join(folder, PATTERN), "-o", output, ...more]);
}

interface Row {
  readonly row: "unit" | "tunnel" | "finding";
  readonly unit: string;
  readonly gateway: string;
  readonly status: string | null;
  readonly code?: string;
  readonly files?: number;
  readonly tunnels?: number;
  readonly error?: string | null;
  readonly initiator_spis?: readonly string[];
}

function rowsIn(file = rows()): Row[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Row);
}

const unitsIn = (file = rows()): string[] =>
  rowsIn(file).flatMap(({ row, unit }) => (row === "unit" ? [unit] : []));

const GATEWAYS = {
  branch: ["path-lost-initiator"],
  hq: ["path-lost-responder", "healthy-ikev2-responder"],
  shop: ["wrong-psk-ikev1-main-initiator"],
} as const;

function putAll(): void {
  for (const [gateway, captures] of Object.entries(GATEWAYS)) for (const one of captures) put(one, gateway);
}

describe("ikescope batch", () => {
  it("has rows by the committed schema: of each gateway's window its tunnels, findings, and the unit last", async () => {
    putAll();
    const { code, stderr, stdout } = await batch();
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toMatch(/^ikescope: \d+ units judged, 0 were there before\n$/);
    const valid = new Ajv({ allErrors: true, strict: true, strictTypes: false }).compile(
      committedSchema("batch-row"),
    );
    for (const row of rowsIn()) expect(valid(row), JSON.stringify([row, valid.errors])).toBe(true);
    expect(new Set(rowsIn().map(({ gateway }) => gateway))).toEqual(new Set(Object.keys(GATEWAYS)));
    const failing = rowsIn().filter(
      ({ row, code: said }) => row === "tunnel" && said === "authentication-failed",
    );
    expect(failing.map(({ gateway }) => gateway)).toEqual(["shop"]);
    expect(new Set(unitsIn()).size).toBe(unitsIn().length);
  });

  it("judges the rotated files of a window as one capture, and those of another window apart", async () => {
    put("healthy-ikev2-initiator", "hq", "trace1.pcap");
    put("healthy-ikev2-responder", "hq", "trace2.pcap");
    await batch();
    expect(
      rowsIn()
        .filter(({ row }) => row === "unit")
        .map(({ files }) => files),
    ).toEqual([2]);
  });

  it("goes on where it ended: a unit is judged once, and what was cut is judged again", async () => {
    putAll();
    await batch();
    const whole = readFileSync(rows(), "utf8");
    const again = await batch();
    expect(again.stderr).toMatch(/^ikescope: 0 units judged, \d+ were there before\n$/);
    expect(readFileSync(rows(), "utf8")).toBe(whole);
    // Cut within each line, as a kill or a full disk leaves it.
    for (const share of [0.1, 0.5, 0.99]) {
      writeFileSync(rows(), whole.slice(0, Math.floor(whole.length * share)));
      await batch();
      expect(readFileSync(rows(), "utf8")).toBe(whole);
    }
  });

  it("loses no unit and has none twice, though it is killed again and again", async () => {
    for (let at = 0; at < 6; at++) put("path-lost-initiator", `gateway-${at}`);
    for (const units of [1, 3]) {
      const run = new LiveRun([
        process.execPath,
        IKESCOPE,
        "batch",
        "--by",
        join(folder, PATTERN),
        "-o",
        rows(),
      ]);
      await eventually(
        () => `unit ${units} of a run that said ${run.stderr}`,
        () => {
          try {
            return unitsInCut() >= units ? true : undefined;
          } catch {
            return undefined;
          }
        },
      );
      await run.kill();
    }
    expect((await batch()).code).toBe(0);
    expect(unitsIn().toSorted()).toEqual([...new Set(unitsIn())].toSorted());
    expect(unitsIn()).toHaveLength(6);
  });

  it("divides all units among shards, each with a file of its own", async () => {
    for (let at = 0; at < 6; at++) put("path-lost-initiator", `gateway-${at}`);
    const shards = ["1/3", "2/3", "3/3"];
    for (const shard of shards) await batch(["--shard", shard], rows(`rows-${shard[0]}.ndjson`));
    const all = shards.flatMap((shard) => unitsIn(rows(`rows-${shard[0]}.ndjson`)));
    expect(all).toHaveLength(6);
    expect(new Set(all).size).toBe(6);
  });

  it("has a row for a unit that cannot be read, and says that it could not", async () => {
    putAll();
    const file = join(folder, "captures", "shop", "wrong-psk-ikev1-main-initiator.pcap");
    const bytes = readFileSync(file);
    // The length of the second record lies: magic, 20 bytes of header, and the header of the first record of 16 bytes before it.
    bytes.writeUInt32LE(0xffff_fff0, 24 + 16 + bytes.readUInt32LE(24 + 8) + 8);
    writeFileSync(file, bytes);
    const old = Date.now() / 1000 - 3600;
    utimesSync(file, old, old);
    const { code, stderr } = await batch();
    expect(code).toBe(2);
    expect(stderr).toContain("1 could not be read to their end");
    expect(
      rowsIn()
        .filter(({ row, error }) => row === "unit" && error !== null)
        .map(({ gateway }) => gateway),
    ).toEqual(["shop"]);
  });

  it("leaves a file that is still being written, and what is no capture, with a word", async () => {
    putAll();
    const file = join(folder, "captures", "branch", "path-lost-initiator.pcap");
    utimesSync(file, new Date(), new Date());
    appendFileSync(join(folder, "captures", "hq", "notes.pcap"), "no capture\n");
    const { code, stderr } = await batch();
    expect(code).toBe(0);
    expect(stderr).toContain(
      "left for the next run: written to within a minute, or its window is not over: branch@",
    );
    expect(stderr).toMatch(/not read: .*notes\.pcap/);
    expect(rowsIn().map(({ gateway }) => gateway)).not.toContain("branch");
  });

  it("touches no file that holds anything else, and not one that another run writes", async () => {
    putAll();
    for (const text of ["notes\n", '{"schema":"other"}\n', "n", "x".repeat(5000)]) {
      writeFileSync(rows(), text);
      const { code, stderr } = await batch();
      expect([code, readFileSync(rows(), "utf8")]).toEqual([2, text]);
      expect(stderr).toContain("holds something else than rows");
    }
    rmSync(rows());
    writeFileSync(`${rows()}.lock`, `${process.pid} another-host\n`);
    expect((await batch()).stderr).toMatch(/another run writes it/);
  });

  it.each([
    [["--by", "captures/*.pcap", "-o", "x"], /--by takes a pattern with one \{gateway\}/],
    [["--by", "none/{gateway}/*.pcap", "-o", "x"], /no capture matches/],
    [["--by", "{gateway}.pcap", "-o", "x", "--shard", "0/3"], /--shard takes a part of all/],
    [["--by", "{gateway}.pcap", "-o", "x", "--shard", "4/3"], /--shard takes a part of all/],
  ])("%j is refused in one line", async (args, said) => {
    const { code, stderr } = await ikescope(["batch", ...args]);
    expect(stderr).toMatch(said);
    expect([code, stderr.trim().split("\n").length]).toEqual([2, 1]);
  });
});

/** Units of a file that is being written. */
function unitsInCut(): number {
  return readFileSync(rows(), "utf8").split('"row":"unit"').length - 1;
}
