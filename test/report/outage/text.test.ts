import { describe, expect, it } from "vitest";
import { clockOf, UTC } from "../../../src/bytes/clock.js";
import { PROPERTIES } from "../../../src/diagnosis/outage/shared-property.js";
import { renderText, toReport } from "../../../src/index.js";
import { readAddressNames, AddressNames } from "../../../src/report/address-names.js";
import { PLAIN } from "../../../src/report/presentation.js";
import { committedSchema, schemaFaults } from "../../support/schema.js";
import { partialOutage } from "../../support/outage/partial-outage.js";
import { scenario, setsUpBetween } from "../../support/scenario/index.js";

const mixed = partialOutage(200, { blocked: 12, wrongKeys: 1, oneWay: 1 }).judge();
const text = renderText(mixed);

/** The heads of the findings, in their order. */
function heads(report: string): string[] {
  return report.split("\n").filter((line) => /^(?:CRITICAL|WARNING) /.test(line));
}

describe("the report of many tunnels", () => {
  it("begins with the worst cause, its peers and since when", () => {
    const [first = "", second = ""] = text.split("\n");
    expect(first).toBe("FAILING (likely)  13 of 200 tunnels, 12 of them: UDP 500 works, UDP 4500 does not");
    expect(second).toBe("  203.0.113.10-.21 -> 192.0.2.1, since 22:13:23 UTC; 2 more causes below");
  });

  it("has a row for each cause, and one for all that nothing is wrong with", () => {
    const rows = text.split("\n").filter((line) => line.startsWith("│"));
    expect(
      rows.map((row) =>
        row
          .split("│")
          .slice(1, 5)
          .map((cell) => cell.trim()),
      ),
    ).toEqual([
      ["tunnels", "status", "since", "cause"],
      ["12", "failing", "22:13:23", "natt-4500-unanswered"],
      ["1", "failing", "22:14:14", "authentication-failed"],
      ["1", "degraded", "22:14:18", "esp-one-way"],
      ["186", "healthy", "", expect.stringContaining("IKEv2 is up")],
    ]);
  });

  it.each([76, 80])("keeps every word and the time of the table in %i columns", (width) => {
    const narrow = renderText(mixed, { width })
      .split("\n")
      .filter((line) => /^[│┌├└]/.test(line));
    expect(Math.max(...narrow.map((line) => line.length))).toBeLessThanOrEqual(width);
    const words = narrow.join(" ");
    for (const word of [
      "22:13:23",
      "natt-4500-unanswered",
      "authentication-failed",
      "203.0.113.10-.21",
      "192.0.2.1",
      "ways",
    ]) {
      expect(words).toContain(word);
    }
    expect(words).not.toContain("…");
  });

  it("tells each cause once, with its peers, what they share, and the evidence of one tunnel", () => {
    expect(heads(text)).toEqual([
      "CRITICAL  natt-4500-unanswered  likely, deduced, 12 tunnels",
      "CRITICAL  authentication-failed  likely, deduced, tunnel 182",
      "WARNING  esp-one-way  possible, deduced, tunnel 196",
    ]);
    expect(text).toContain("  203.0.113.10-.21 -> 192.0.2.1\n");
    expect(text.replaceAll(/\s+/g, " ")).toContain(
      "initiator in 203.0.113.0/24 (all 12; 0 of 186 working tunnels)",
    );
    expect(text).toContain("Tunnel 14, 203.0.113.10 -> 192.0.2.1, as an example: ");
  });

  it("names no healthy tunnel unless all are asked for", () => {
    expect(text).not.toContain("20.0.0.1 ");
    const all = renderText(mixed, { all: true });
    expect(all.split("\n").filter((line) => /^│\s+\d+ │ .* -> .* │ healthy/.test(line))).toHaveLength(186);
  });

  it.each([80, 100, 120])("fits %i columns, and leaves no code cut", (width) => {
    for (const all of [false, true]) {
      const lines = renderText(mixed, { width, all }).split("\n");
      expect(lines.filter((line) => line.length > width)).toEqual([]);
      expect(lines.some((line) => line.startsWith("│") && line.includes(" natt-4500-unanswered "))).toBe(
        true,
      );
    }
  });

  it("stays short, whatever the number of tunnels", () => {
    const many = renderText(partialOutage(1000, { unanswered: 990, wrongKeys: 10 }).judge()).split("\n");
    expect(many.length).toBeLessThan(70);
    expect(many[0]).toContain("1,000 of 1,000 tunnels, 990 of them: ");
  });

  it("shows times by the clock and names beside addresses, but at no end of a range", () => {
    const names = readAddressNames("192.0.2.1 hq\n203.0.113.10 branch\n");
    if (!(names instanceof AddressNames)) throw new Error("no names");
    const clock = clockOf("Europe/Berlin") ?? UTC;
    const named = renderText(mixed, { presentation: { ...PLAIN, clock, names } });
    expect(named).toContain("203.0.113.10-.21 -> 192.0.2.1 (hq), since 23:13:23 Europe/Berlin");
    expect(named).toContain("Tunnel 14, 203.0.113.10 (branch) -> 192.0.2.1 (hq), as an example");
  });

  it("is as JSON with the tunnels of each cause by their ids, and valid", () => {
    expect(schemaFaults(mixed)).toEqual([]);
    const [blocked] = toReport(mixed, "0").causes;
    expect(blocked).toMatchObject({
      code: "natt-4500-unanswered",
      status: "failing",
      count: 12,
      since: "2023-11-14T22:13:23.900000Z",
      peers: ["203.0.113.10-.21 -> 192.0.2.1"],
      shared: [{ property: "initiator-network", failing: 12, failingOf: 12, working: 0, workingOf: 186 }],
    });
    expect(blocked?.tunnels).toHaveLength(12);
  });

  it("has in its schema every property that can be shared", () => {
    const shared = committedSchema("report")["definitions"]?.["sharedProperty"];
    expect(shared).toMatchObject({ properties: { property: { enum: [...PROPERTIES] } } });
  });
});

describe("a remark about the recording", () => {
  /** Peers of which a filter on UDP 500 has left the first exchange alone. */
  function behindFilter(peers: number): string {
    const talk = scenario({ floats: true });
    const gateway = talk.host("192.0.2.1", {}, "responder");
    // The capture ends with the answer to the last one, of which a filter therefore proves nothing.
    for (let number = 0; number <= peers; number++) {
      const peer = talk.host(`198.51.100.${number + 1}`, { nat: NAT(number) });
      setsUpBetween(talk, peer, gateway, { from: number, sa: talk.newSa() });
    }
    return renderText(talk.judge(({ port }) => port === 500));
  }
  const NAT = (number: number) => ({ address: `203.0.113.${number + 1}`, port500: 1024, port4500: 1025 });

  it.each([3, 9])("is made once for %i tunnels, with how many it holds for", (peers) => {
    expect(heads(behindFilter(peers))).toEqual([
      `WARNING  capture-filter-blind  possible, deduced, ${peers} tunnels`,
    ]);
  });
});
