import { describe, expect, it } from "vitest";
import { renderHtml, renderMarkdown, renderText, toReport } from "../../src/index.js";
import { PLAIN } from "../../src/report/presentation.js";
import { textsIn } from "../../src/texts/languages.js";
import { ikeSaInit, scenario, setsUp, traffic } from "../support/scenario/index.js";

/** A tunnel that works, and so many scanners that send one first message each. */
function amongScans(scanners: number, withTunnel = true) {
  const talk = scenario({ near: "responder" });
  if (withTunnel) {
    setsUp(talk, { from: 10 });
    traffic(talk, 11, 20);
  }
  const target = talk.host("198.51.100.2", {}, "responder");
  for (let number = 1; number <= scanners; number++) {
    const scanner = talk.host(`203.0.113.${number}`);
    talk.between(scanner, target, number * 20).sends(ikeSaInit({ sa: talk.newSa(), natDetection: "none" }));
  }
  return talk.endsAt(scanners * 20 + 600).judge();
}

describe("peers that send a single message", () => {
  const judgement = amongScans(9);

  it("are told by their number, below the tunnel that there is", () => {
    const text = renderText(judgement);
    expect(text).toMatch(/^HEALTHY {2}192\.0\.2\.10 -> 198\.51\.100\.20 {2}/);
    expect(text.match(/^Tunnel \d+/gm)).toHaveLength(1);
    expect(text.replaceAll(/\s+/g, " ")).toContain(
      " 9 more peers sent no more than one IKE message each, a scanner's alone, or one packet on UDP 4500: too little",
    );
    const chinese = renderText(judgement, { presentation: { ...PLAIN, texts: textsIn("zh") } });
    expect(chinese).toContain("另有 9 个对端");
  });

  it("may have sent one packet on UDP 4500, which anybody can", () => {
    const talk = scenario({ near: "responder", floats: true });
    setsUp(talk);
    traffic(talk, 1, 10);
    const target = talk.host("198.51.100.2", {}, "responder");
    for (let number = 1; number <= 5; number++) {
      talk.between(talk.host(`203.0.113.${number}`), target, number).esp({ spi: 0xd0000000 + number });
    }
    const text = renderText(talk.endsAt(60).judge());
    expect(text).toContain("5 more peers sent");
    expect(text.match(/^Tunnel \d+/gm)).toHaveLength(1);
  });

  it("are so in Markdown and in the page", () => {
    const markdown = renderMarkdown(judgement);
    expect(markdown.match(/^## Tunnel/gm)).toHaveLength(1);
    expect(markdown).toContain("\n9 more peers sent");
    const page = renderHtml(judgement, "0");
    expect(page).toContain('<p class="note">9 more peers sent');
    expect(page).not.toContain("203.0.113.5");
  });

  it("are all in JSON, and with --all", () => {
    expect(toReport(judgement, "0").tunnels).toHaveLength(10);
    expect(renderText(judgement, { all: true })).toContain("203.0.113.5 -> 198.51.100.2");
    expect(renderText(judgement, { all: true })).not.toContain("more peers");
  });

  it("are shown as others are where they are few, or nothing else is there", () => {
    expect(renderText(amongScans(2)).match(/^Tunnel \d+/gm)).toHaveLength(3);
    const alone = renderText(amongScans(4, false));
    expect(alone.match(/^Tunnel \d+/gm)).toHaveLength(4);
    expect(alone).not.toContain("more peers");
  });
});
