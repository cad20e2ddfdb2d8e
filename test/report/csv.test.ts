import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { renderCsv, renderNdjson, renderText, toReport } from "../../src/index.js";
import { AddressNames } from "../../src/report/address-names.js";
import { CSV_COLUMNS } from "../../src/report/csv.js";
import { hostileJudgement, STEERING } from "../support/hostile.js";
import { partialOutage } from "../support/outage/partial-outage.js";

/** The cells of a file by RFC 4180, read by its grammar alone. */
function cells(csv: string): string[][] {
  const rows: string[][] = [];
  for (const line of csv.matchAll(/(?:"(?:[^"]|"")*"|[^"\r\n])*\r\n/g)) {
    rows.push(
      [...line[0].slice(0, -2).matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
        ([, quoted, plain = ""]) => quoted?.replaceAll('""', '"') ?? plain,
      ),
    );
  }
  return rows;
}

const mixed = partialOutage(60, { blocked: 3, wrongKeys: 1, oneWay: 1 }).judge();
const [head = [], ...rows] = cells([...renderCsv(mixed)].join(""));

function row(tunnel: number): Record<string, string | undefined> {
  const found = rows.find(([id]) => id === String(tunnel)) ?? [];
  return Object.fromEntries(head.map((name, column) => [name, found[column]]));
}

describe("the report as CSV", () => {
  it("has a row a tunnel, all of the same length, under the names of the columns", () => {
    expect(head).toEqual([...CSV_COLUMNS]);
    expect(rows).toHaveLength(60);
    expect(new Set(rows.map(({ length }) => length))).toEqual(new Set([CSV_COLUMNS.length]));
  });

  it("says of a failing tunnel in which phase, of what, how sure and since when", () => {
    expect(row(12)).toMatchObject({
      status: "failing",
      phase: "IKE_AUTH",
      code: "natt-4500-unanswered",
      severity: "critical",
      confidence: "likely",
      since: "2023-11-14T22:13:31.000000Z",
      peer1: "203.0.113.10",
      peer1_role: "initiator",
      peer1_ports: "500 4500",
      peer1_product: "strongSwan",
      peer1_behind_nat: "no",
      peer2: "192.0.2.1",
      peer2_role: "responder",
      ike_version: "2",
      packets_1_to_2: "0",
    });
  });

  it("counts the packets of each direction", () => {
    expect(row(1)).toMatchObject({
      status: "healthy",
      code: "",
      packets_1_to_2: "3",
      packets_2_to_1: "3",
      lost_1_to_2: "0",
    });
    expect(row(60)).toMatchObject({ code: "esp-one-way", packets_1_to_2: "60", packets_2_to_1: "0" });
  });

  it("has names where a file gives them", () => {
    const names = new AddressNames(new Map([["192.0.2.1", "hq, main"]]));
    const [, first = []] = cells([...renderCsv(mixed, names)].join(""));
    expect(first[head.indexOf("peer2_name")]).toBe("hq, main");
  });

  it("has no cell that a spreadsheet takes for a formula, and nothing that steers a terminal", () => {
    for (const start of ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\uFF1D1"]) {
      const names = new AddressNames(new Map([["192.0.2.1", start]]));
      const [, first = []] = cells([...renderCsv(mixed, names)].join(""));
      expect(first[head.indexOf("peer2_name")]).toMatch(/^['\\]/);
    }
    const hostile = [...renderCsv(hostileJudgement())].join("").replaceAll("\r\n", "\n");
    expect(hostile).not.toMatch(STEERING);
    expect(cells([...renderCsv(hostileJudgement())].join(""))).toHaveLength(2);
  });

  it("has its columns in the documentation, in their order", () => {
    const page = readFileSync(new URL("../../docs/many-tunnels.md", import.meta.url), "utf8");
    const told = [...page.matchAll(/^\| ((?:`\w+`(?:, )?)+) \|/gm)].flatMap(([, names = ""]) =>
      names.split(", ").map((name) => name.replaceAll("`", "")),
    );
    expect(told).toEqual([...CSV_COLUMNS]);
  });
});

describe("the findings as lines of JSON", () => {
  const lines = [...renderNdjson(mixed)].map((line) => JSON.parse(line) as Record<string, unknown>);

  it("are those of the report, a line each, with the peers and the status of their tunnel", () => {
    const { findings } = toReport(mixed, "0");
    expect(lines).toHaveLength(findings.length);
    const [first] = findings;
    const peers = ["203.0.113.10", "192.0.2.1"];
    expect(lines[0]).toEqual({ status: "failing", peers, client: null, ...first });
  });

  it("are one line each, whatever is in a text", () => {
    for (const line of renderNdjson(hostileJudgement())) {
      expect(line.trimEnd()).not.toContain("\n");
      expect(line).not.toMatch(STEERING);
      JSON.parse(line);
    }
  });
});

describe("the text report of an outage", () => {
  it("has nothing that steers a terminal, whatever is in the findings", () => {
    const { causes, ...judgement } = hostileJudgement();
    const [tunnel] = judgement.tunnels;
    if (tunnel === undefined) throw new Error("no tunnel");
    const many = { ...judgement, causes, tunnels: Array.from({ length: 9 }, () => tunnel) };
    expect(renderText(many, { all: true })).not.toMatch(STEERING);
  });
});
