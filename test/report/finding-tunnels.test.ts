import { describe, expect, it } from "vitest";
import { renderMarkdown, renderText } from "../../src/index.js";
import { PLAIN } from "../../src/report/presentation.js";
import { textsIn } from "../../src/texts/languages.js";
import { ikeAuth, ikeAuthAnswer, ikeSaInit, ikeSaInitAnswer, scenario } from "../support/scenario/index.js";

const CHINESE = { ...PLAIN, texts: textsIn("zh") };

/** Tunnels of one gateway, each of which forces UDP encapsulation at both ends. */
function forcing(tunnels: number) {
  const talk = scenario({ floats: true });
  const gateway = talk.host("192.0.2.1", {}, "responder");
  for (let number = 1; number <= tunnels; number++) {
    const peer = talk.host(`198.51.100.${number}`);
    const sa = talk.newSa();
    talk.between(peer, gateway, number).sends(ikeSaInit({ sa, natDetection: "wrong" }));
    talk.between(gateway, peer, number + 0.1).sends(ikeSaInitAnswer({ sa, natDetection: "wrong" }));
    talk.between(peer, gateway, number + 0.2).sends(ikeAuth({ sa }));
    talk.between(gateway, peer, number + 0.3).sends(ikeAuthAnswer({ sa }));
  }
  return talk.endsAt(tunnels + 5).judge();
}

/** A report on one line. */
function flat(report: string): string {
  return report.replaceAll(/\s+/g, " ");
}

describe("information about a tunnel", () => {
  it("names no tunnel where there is one", () => {
    expect(renderText(forcing(1))).toContain("\ninfo nat-forced-encapsulation: ");
    expect(renderMarkdown(forcing(1))).toContain("\n- `nat-forced-encapsulation`: ");
  });

  it("names its tunnel as a fault does, and the others that have it", () => {
    const judgement = forcing(3);
    const text = flat(renderText(judgement));
    expect(text).toContain("info nat-forced-encapsulation, tunnel 1: ");
    expect(text).toContain(" Tunnels 2, 3 have it too (-f ndjson has each).");
    expect(renderMarkdown(judgement)).toContain("- `nat-forced-encapsulation`, tunnel 1: ");
    expect(flat(renderText(forcing(2)))).toContain(" Tunnel 2 has it too ");
  });

  it("counts those that are too many to name", () => {
    expect(flat(renderText(forcing(12)))).toContain(
      " Tunnels 2, 3, 4, 5, 6, 7, 8, 9 and 3 more have it too ",
    );
  });

  it("does so in Chinese", () => {
    const text = renderText(forcing(3), { presentation: CHINESE }).replaceAll(/\n\s*/g, "");
    expect(text).toContain("nat-forced-encapsulation，隧道 1：");
    expect(text).toContain("隧道 2、3 也有");
  });
});
