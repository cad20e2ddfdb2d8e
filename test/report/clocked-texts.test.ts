import { describe, expect, it } from "vitest";
import { clockOf, UTC } from "../../src/bytes/clock.js";
import { dateOf, secondOf, timeOfDayOf } from "../../src/diagnosis/moments.js";
import { clockedTexts } from "../../src/report/clocked-texts.js";
import { renderMarkdown, renderText } from "../../src/index.js";
import { NO_NAMES } from "../../src/report/address-names.js";
import { listed, say } from "../../src/texts/message.js";
import { ENGLISH } from "../../src/texts/texts.js";
import { every, scenario, setsUp } from "../support/scenario/index.js";

const TIME = Date.UTC(2026, 11, 31, 23, 30, 15) * 1000;
const BERLIN = clockOf("Europe/Berlin") ?? UTC;
const MESSAGE = listed([say`at ${secondOf(TIME)}`, say`on ${dateOf(TIME)}`, say`since ${timeOfDayOf(TIME)}`]);

describe("moments in texts", () => {
  it("are UTC where nothing else is asked for", () => {
    expect(ENGLISH.of(MESSAGE)).toBe("at 2026-12-31T23:30:15Z, on 2026-12-31, since 23:30:15 UTC");
    expect(clockedTexts(ENGLISH, UTC).of(MESSAGE)).toBe(ENGLISH.of(MESSAGE));
  });

  it("stand in the time zone of the report", () => {
    expect(clockedTexts(ENGLISH, BERLIN).of(MESSAGE)).toBe(
      "at 2027-01-01T00:30:15+01:00, on 2027-01-01, since 00:30:15 Europe/Berlin",
    );
  });

  it("do so in findings and in the first line of reports for people", () => {
    const talk = scenario({ near: "responder" });
    setsUp(talk);
    const seconds = every(0.1, 1, 31);
    for (const [index, second] of seconds.entries()) {
      if (index < 200 || index % 10 !== 0) talk.at(second).initiator.esp({ sequence: index + 1 });
    }
    talk.at(...seconds.map((second) => second + 0.02)).responder.esp();
    const judgement = talk.endsAt(60).judge();
    expect(judgement.headline).toMatch(/since 22:13:40 UTC$/);
    const presentation = { clock: BERLIN, names: NO_NAMES, texts: ENGLISH };
    for (const text of [
      renderText(judgement, { width: 400, presentation }),
      renderMarkdown(judgement, presentation),
    ]) {
      expect(text).toContain("since 23:13:40 Europe/Berlin");
      expect(text).toContain("the first at 23:13:41 Europe/Berlin");
      expect(text).not.toMatch(/22:13:4[01]/);
    }
  });
});
