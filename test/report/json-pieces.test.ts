import { describe, expect, it } from "vitest";
import { renderJson, toReport } from "../../src/index.js";
import { scenario, setsUp } from "../support/scenario/index.js";
import { judgeLabelled } from "../score/score.js";
import { recorded } from "../score/labelled.js";

describe("the JSON report in pieces", () => {
  it.each(recorded().slice(0, 12))("of $truth.file is the report as one text", async (capture) => {
    const judgement = await judgeLabelled(capture);
    const whole = JSON.stringify(toReport(judgement, "1.0.0"));
    const text = [...renderJson(judgement, "1.0.0")].join("");
    expect(JSON.stringify(JSON.parse(text))).toBe(whole);
  });

  it("has an exchange a line, so that it can be searched by lines", () => {
    const talk = scenario();
    setsUp(talk);
    const lines = [...renderJson(talk.judge(), "1.0.0")].join("").split("\n");
    const exchanges = lines.filter((line) => /^ *\{"exchange":"IKE_\w+".*\},?$/.test(line));
    expect(exchanges.length).toBe(2);
  });

  it("has no character that commands a terminal, whatever a file is called, and says the same", () => {
    const file = "a\u001b[2J\u009b31m\u007f\u202ecap\u{1f600}\u00e4.pcap";
    const judgement = scenario().endsAt(1).judgeWith({ file });
    const text = [...renderJson(judgement, "1.0.0")].join("");
    expect(text).not.toMatch(/[^\x20-\x7e\n\u00e4\u{1f600}]/u);
    expect(text).toContain("\u{1f600}\u00e4.pcap");
    expect(JSON.parse(text)).toMatchObject({ captures: [{ file }] });
  });

  it("of a capture without tunnels has empty lists", () => {
    const judgement = scenario().endsAt(1).judge();
    const report = JSON.parse([...renderJson(judgement, "1.0.0")].join("")) as { tunnels: unknown };
    expect(report.tunnels).toEqual([]);
  });

  it("comes in pieces of a few tunnels each, so that a large report is never in memory as a whole", () => {
    const talk = scenario();
    setsUp(talk);
    const judgement = talk.judge();
    const [tunnel] = judgement.tunnels;
    if (tunnel === undefined) throw new Error("there is no tunnel");
    const tunnels = Array.from({ length: 200 }, () => tunnel);
    const pieces = [...renderJson({ ...judgement, tunnels }, "1.0.0")];
    const own = [...renderJson(judgement, "1.0.0")].join("").length;
    expect(pieces.length).toBeGreaterThan(5);
    for (const piece of pieces) expect(piece.length).toBeLessThan(32 * 1024 + own);
    expect((JSON.parse(pieces.join("")) as { tunnels: unknown[] }).tunnels).toHaveLength(200);
  });
});
