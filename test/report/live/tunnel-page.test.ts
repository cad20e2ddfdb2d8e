import { beforeAll, describe, expect, it } from "vitest";
import type { Judgement } from "../../../src/index.js";
import { pageFrame } from "../../../src/report/live/frame.js";
import { helpLines } from "../../../src/report/live/help.js";
import { paintedWidth, shortened, slicePainted } from "../../../src/report/live/slice.js";
import { judgementLines, tunnelHead } from "../../../src/report/live/tunnel-page.js";
import { paintFor } from "../../../src/report/paint.js";
import { recordedAs } from "../../score/labelled.js";
import { judgeLabelled } from "../../score/score.js";
import { direction, liveFinding, liveTunnel, NOW, SECOND } from "../../support/live/tunnels.js";

const PLAIN = paintFor(false);
const COLOUR = paintFor(true);
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u202e]/;

let judgement: Judgement;
beforeAll(async () => {
  judgement = await judgeLabelled(recordedAs("port4500-blocked-nat-initiator"));
});

describe("an opened tunnel", () => {
  it("says how it stands now", () => {
    const tunnel = liveTunnel({
      id: 5,
      state: "failing",
      phase: "IKE_AUTH",
      since: NOW - 90 * SECOND,
      lastExchange: { name: "IKE_AUTH", messageId: 1, time: NOW - 20 * SECOND, tries: 4, answered: false },
      directions: [direction({ rate: 12, packets: 90, bytes: 9000, lost: 10 }), direction()],
      findings: [{ finding: liveFinding(), raisedAt: NOW - 60 * SECOND }],
      firstTime: NOW - 120 * SECOND,
    });
    expect(tunnelHead(tunnel, NOW, 100, PLAIN)).toEqual([
      "Tunnel 5  192.0.2.1 -> 198.51.100.2",
      "  failing in IKE_AUTH, for 90.0 s, since 2026-03-04 05:04:37 UTC",
      "  IKEv2, last exchange IKE_AUTH 1, 20.0 s ago, no answer, 4 attempts, 0 sent again",
      "  -> 12 packets/s, 90 packets, 9.0 kB, 10 lost (10%)",
      "  <- no packet",
      "  SPI -> 0xc0ffee01, <- 0xdeadbeef",
      "  known since 2026-03-04 05:04:07 UTC, heard 1.0 s ago",
      "  critical  natt-4500-unanswered: no answer on port 4500, raised 60.0 s ago",
    ]);
  });

  it("shows its findings with evidence and remedies, and its ladder", () => {
    const text = judgementLines(liveTunnel(), judgement, 100, PLAIN).join("\n");
    expect(text).toContain("CRITICAL  natt-4500-unanswered");
    expect(text).toContain("frame 8  17:14:58.242193  IKE_AUTH request on UDP 4500, unanswered");
    expect(text).toContain("1. Open UDP 4500 in both directions");
    expect(text).toMatch(/│── IKE_AUTH request 1.* no answer ──╳│/);
  });

  it("shows a raised finding once, in the words in which it was raised", () => {
    const findings = [{ finding: liveFinding({ summary: "As it was raised." }), raisedAt: NOW }];
    const text = judgementLines(liveTunnel({ findings }), judgement, 100, PLAIN).join("\n");
    expect(text).toContain("As it was raised.");
    expect(text.split("CRITICAL").length).toBe(2);
  });

  it("shows what is raised where nothing else is kept of it, or where another tunnel was judged", () => {
    const findings = [{ finding: liveFinding(), raisedAt: NOW }];
    for (const [id, known] of [
      [1, null],
      [2, judgement],
    ] as const) {
      const text = judgementLines(liveTunnel({ id, findings }), known, 100, PLAIN).join("\n");
      expect(text).toContain("Nothing that is sent to UDP port 4500 is answered.");
      expect(text).toContain("Nothing is kept of its messages.");
    }
  });

  it("makes escape sequences in texts of findings visible", () => {
    const evil = "before\u001b[2J\u001b]0;owned\u0007\u009b31m\u202eafter";
    const finding = liveFinding({
      title: evil,
      headline: evil,
      summary: evil,
      evidence: [{ frame: 1, time: NOW, nanos: 0, text: evil }],
      rivals: [{ code: "ike-auth-unanswered", separatedBy: evil }],
    });
    const tunnel = liveTunnel({
      findings: [{ finding, raisedAt: NOW }],
      lastExchange: { name: evil, messageId: 0, time: NOW, tries: 1, answered: true },
    });
    const lines = [...tunnelHead(tunnel, NOW, 80, PLAIN), ...judgementLines(tunnel, null, 80, PLAIN)];
    expect(lines.filter((line) => CONTROLS.test(line))).toEqual([]);
    expect(lines.join("").split("\\x1b[2J").length).toBeGreaterThan(5);
  });

  it.each([40, 68, 100, 300])("fits %i columns and 5 lines, scrolled in both directions", (columns) => {
    const lines = judgementLines(liveTunnel(), judgement, columns, COLOUR);
    for (const top of [0, 7, lines.length - 2]) {
      for (const left of [0, 8, 40]) {
        const picture = pageFrame(lines, { top, left }, { columns, rows: 5 }, COLOUR);
        expect(picture).toHaveLength(5);
        expect(picture.filter((line) => paintedWidth(line) > columns)).toEqual([]);
      }
    }
  });
});

describe("a line that is cut", () => {
  it("keeps the colours of what was before, and ends them", () => {
    const line = `${COLOUR.bold("abc")}d${COLOUR.dim("efg")}`;
    expect(slicePainted(line, 1, 3)).toBe("\u001b[1mbc\u001b[22md\u001b[2m\u001b[0m");
    expect(paintedWidth(line)).toBe(7);
  });

  it("counts columns, not characters", () => {
    expect(paintedWidth("日本a\u0301")).toBe(5);
    expect(paintedWidth("\u2705\u{1f512}─╳…ä")).toBe(8);
    expect(slicePainted("日本語", 0, 5)).toBe("日本");
    expect(shortened("日本語", 4)).toBe("日…");
  });
});

describe("the help", () => {
  it.each([60, 100, 300])("names all keys in %i columns", (width) => {
    const lines = helpLines(width, PLAIN);
    expect(lines.filter((line) => line.length > width)).toEqual([]);
    expect(lines.join("\n")).toMatch(/q {2}Ctrl-C +end/);
  });

  it("tells an address whole, to be copied", () => {
    const address = "the page is at http://127.0.0.1:9477/Zk1x3Qe0b7nRr5mJvT2yXw/";
    expect(helpLines(40, PLAIN, undefined, [address]).at(-1)).toBe(address);
  });
});
