import { describe, expect, it } from "vitest";
import { commonText } from "../../src/texts/common-texts.js";
import { listed, type Message, say, verbatim } from "../../src/texts/message.js";
import { inEnglish } from "../../src/texts/texts.js";

const tries = (count: number): Message => say`${count} attempts without an answer`;

describe("commonText", () => {
  it("gives one object for all messages that say the same", () => {
    expect(commonText(tries(6)).message).toBe(commonText(tries(6)).message);
    expect(commonText(tries(7)).message).not.toBe(commonText(tries(6)).message);
    expect(commonText(tries(7)).message).toEqual(tries(7));
  });

  it("gives parts and values that say the same as one object, where the whole differs", () => {
    const [one, other] = ["192.0.2.1", "192.0.2.2"].map((address) => {
      const { message } = commonText(listed([address, tries(6), say`since ${tries(6)}`]));
      if (typeof message !== "object" || message.kind !== "joined") throw new Error("not joined");
      return message.parts;
    });
    expect(one?.[1]).toBe(other?.[1]);
    expect(one?.[2]).toBe(other?.[2]);
    expect(one?.[0]).not.toBe(other?.[0]);
  });

  it("keeps apart what reads alike in English and may not in another language", () => {
    const [said, verbatims] = [commonText(say`${"up"}`), commonText(verbatim("up"))];
    expect(verbatims.english).toBe(said.english);
    expect(verbatims.message).toEqual(verbatim("up"));
    expect(commonText(say`${"up"}`).message).toEqual(say`${"up"}`);
  });

  it("says in English what the message says, however many there are", () => {
    for (let count = 0; count < 3000; count++) {
      const { english, message } = commonText(tries(count));
      expect(english).toBe(`${count} attempts without an answer`);
      expect(inEnglish(message)).toBe(english);
    }
  });
});
