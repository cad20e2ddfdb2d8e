import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ikescope } from "../../support/command.js";

const ROOT = new URL("../../../", import.meta.url);
const PAGE = readFileSync(new URL("docs/fleet/queries.md", ROOT), "utf8");
/** The queries of the page by the name in their first line. */
const QUERIES = new Map(
  [...PAGE.matchAll(/```sql\n-- (.+)\n([^`]+)```/g)].map(([, name = "", sql = ""]) => [name, sql]),
);

const CAPTURES: readonly (readonly [gateway: string, capture: string])[] = [
  ["branch", "path-lost-initiator"],
  ["hq", "path-lost-responder"],
  ["shop", "wrong-psk-ikev1-main-initiator"],
];

let folder: string;
let database: DuckDBConnection;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ikescope-queries-"));
  for (const [gateway, capture] of CAPTURES) {
    const there = join(folder, gateway);
    mkdirSync(there, { recursive: true });
    const file = join(there, `${capture}.pcap`);
    copyFileSync(fileURLToPath(new URL(`pcaps/${capture}.pcap`, ROOT)), file);
    utimesSync(file, 1e9, 1e9);
  }
  const { code } = await ikescope([
    "batch",
    "--by",
    join(folder, "{gateway}", "*.pcap"),
    "-o",
    join(folder, "rows-1.ndjson"),
  ]);
  expect(code).toBe(0);
  database = await (await DuckDBInstance.create(":memory:")).connect();
  const views = QUERIES.get("views") ?? "";
  for (const statement of views.replace("rows*.ndjson", join(folder, "rows*.ndjson")).split(";")) {
    if (statement.trim() !== "") await database.run(statement);
  }
});
afterAll(() => {
  database.closeSync();
  rmSync(folder, { recursive: true, force: true });
});

async function answer(name: string): Promise<Record<string, unknown>[]> {
  const reader = await database.runAndReadAll(QUERIES.get(name) ?? "no such query");
  return reader.getRowObjectsJson();
}

describe("docs/fleet/queries.md", () => {
  it("has a name for every query", () => {
    expect(QUERIES.size).toBe(PAGE.split("```sql").length - 1);
    expect(QUERIES.size).toBeGreaterThan(10);
  });

  it.each([...QUERIES.keys()].filter((name) => name !== "views"))("%s: is taken by DuckDB", async (name) => {
    expect(Array.isArray(await answer(name))).toBe(true);
  });

  it("finds what fails at which gateway", async () => {
    const failing = await answer("failing tunnels");
    expect(failing.map(({ gateway, code }) => `${String(gateway)} ${String(code)}`)).toContain(
      "shop authentication-failed",
    );
    const gateways = await answer("gateways");
    expect(gateways.find(({ gateway }) => gateway === "shop")).toMatchObject({ failing: "1", percent: 100 });
  });

  it("joins the two ends of a tunnel, and counts what does not arrive", async () => {
    expect(await answer("both ends")).toMatchObject([{ gateway_a: "branch", gateway_b: "hq" }]);
    expect((await answer("ESP that does not arrive")).length).toBe(1);
  });

  it("names no unit that was read to its end as one that was not", async () => {
    expect(await answer("not read to the end")).toEqual([]);
  });
});
