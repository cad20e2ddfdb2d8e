import { describe, expect, it } from "vitest";
import { LIVE_CSV_COLUMNS, renderLiveCsv } from "../../../src/report/live/csv.js";
import { CSV_COLUMNS } from "../../../src/report/csv.js";
import { raised, tunnelOf } from "../../support/live/quiet.js";
import { direction, NOW } from "../../support/live/tunnels.js";

describe("the table of a running capture as CSV", () => {
  it("has a row a tunnel with what is raised, the worst first, and both directions", () => {
    const tunnel = tunnelOf({
      id: 7,
      state: "failing",
      since: NOW,
      phase: "IKE_AUTH",
      findings: [raised("natt-4500-unanswered"), raised("nat-detected")],
      directions: [direction({ rate: 1.26, packets: 9, bytes: 900, lost: 1 }), direction()],
      firstTime: NOW,
      lastTime: NOW,
      retransmissions: 4,
    });
    const [head = "", row = "", ...rest] = [...renderLiveCsv([tunnel])].join("").split("\r\n");
    expect(rest).toEqual([""]);
    const cells = Object.fromEntries(head.split(",").map((name, at) => [name, row.split(",")[at]]));
    expect(cells).toMatchObject({
      tunnel: "7",
      state: "failing",
      since: "2026-03-04T05:06:07.000000Z",
      phase: "IKE_AUTH",
      code: "natt-4500-unanswered",
      severity: "critical",
      other_codes: "nat-detected",
      peer1: "192.0.2.1",
      peer2: "198.51.100.1",
      packets_per_s_1_to_2: "1.3",
      packets_1_to_2: "9",
      bytes_1_to_2: "900",
      lost_1_to_2: "1",
      lost_2_to_1: "0",
      retransmissions: "4",
    });
  });

  it("shares its names with the CSV report, but for what only a running capture has", () => {
    const report: readonly string[] = CSV_COLUMNS;
    expect(LIVE_CSV_COLUMNS.filter((name) => !report.includes(name))).toEqual([
      "state",
      "packets_per_s_1_to_2",
      "packets_per_s_2_to_1",
      "retransmissions",
    ]);
  });
});
