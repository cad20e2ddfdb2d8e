import { describe, expect, it } from "vitest";
import { type Judgement, renderHtml, renderMarkdown, renderText, toReport } from "../../src/index.js";
import { fromHex } from "../../src/bytes/hex.js";
import { mainMode, scenario } from "../support/scenario/index.js";

const STRONGSWAN = fromHex("882fe56d6fd20dbc2251613b2ebe5beb");

/** The initiator says by a Vendor ID what it is. */
function claimed(): Judgement {
  const talk = scenario();
  talk.at(0).initiator.sends(mainMode(1, { vendors: [STRONGSWAN] }));
  return talk.endsAt(30).judge();
}

/** The initiator is known by nothing but the gaps between its tries. */
function followed(...seconds: number[]): Judgement {
  const talk = scenario();
  talk.at(...seconds).initiator.sends(mainMode(1));
  return talk.endsAt(60).judge();
}

/** The data of the page, without what is shown where scripts are off. */
const pageData = (judgement: Judgement): string =>
  renderHtml(judgement, "1.0.0").split('id="data">')[1] ?? "";

describe("how sure it is what a peer runs", () => {
  it.each([
    ["by a Vendor ID", claimed(), "strongSwan (likely, by its vendor ID)"],
    [
      "by the schedule as shipped",
      followed(0, 4, 11.2, 24.16),
      "strongSwan (likely, by its retransmission schedule)",
    ],
    [
      "by a schedule that was changed",
      followed(0, 1, 2.8, 6.04),
      "strongSwan (possible, by its retransmission schedule)",
    ],
    [
      "by a schedule that several have",
      followed(0, 10, 20, 30, 40),
      "Cisco, racoon or WatchGuard (possible, by its retransmission schedule)",
    ],
  ])("stands in text, Markdown and the page: %s", (_, judgement, words) => {
    expect(renderText(judgement)).toContain(words);
    expect(renderMarkdown(judgement)).toContain(words);
    expect(pageData(judgement)).toContain(words);
  });

  it.each([
    ["a Vendor ID", claimed(), { vendorBy: "vendor-id", vendorConfidence: "likely" }],
    ["a changed schedule", followed(0, 1, 2.8, 6.04), { vendorBy: "back-off", vendorConfidence: "possible" }],
    ["nothing", followed(0), { vendor: null, vendorBy: null, vendorConfidence: null }],
  ])("stands in JSON: by %s", (_, judgement, fields) => {
    expect(toReport(judgement, "1.0.0").tunnels[0]?.peers[0]).toMatchObject(fields);
  });
});
