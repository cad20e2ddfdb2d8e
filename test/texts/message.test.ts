import { describe, expect, it } from "vitest";
import { isSameMessage, joined, listed, type Message, say, verbatim } from "../../src/texts/message.js";
import { inEnglish } from "../../src/texts/texts.js";

const attempts = (count: number, peer: Message): Message => say`${count} attempts to ${peer}`;

describe("two messages are the same", () => {
  it.each<[string, Message, Message]>([
    ["the same static text", "IKEv2", "IKEv2"],
    ["the same text with the same values", attempts(3, "192.0.2.1"), attempts(3, "192.0.2.1")],
    ["the same parts", listed(["500", "4500"]), listed(["500", "4500"])],
    ["the same foreign text", verbatim("no match"), verbatim("no match")],
    ["messages as values", attempts(2, say`peer ${1}`), attempts(2, say`peer ${1}`)],
  ])("where they are made of %s", (_, one, other) => {
    expect(isSameMessage(one, other)).toBe(true);
  });

  it.each<[string, Message, Message]>([
    ["another static text", "IKEv2", "IKEv1"],
    ["another value", attempts(3, "192.0.2.1"), attempts(4, "192.0.2.1")],
    ["another text with the same value", say`${1} packet`, say`${1} attempt`],
    ["another separator", listed(["500", "4500"]), listed(["500", "4500"], "and")],
    ["more parts", joined("a", "b"), joined("a", "b", "c")],
    ["other foreign text", verbatim("no match"), verbatim("no proposal")],
  ])("but not with %s", (_, one, other) => {
    expect(isSameMessage(one, other)).toBe(false);
    expect(isSameMessage(other, one)).toBe(false);
  });

  it("not because a language writes them alike", () => {
    const [ours, theirs] = ["no match", verbatim("no match")];
    expect(inEnglish(ours)).toBe(inEnglish(theirs));
    expect(isSameMessage(ours, theirs)).toBe(false);
  });
});
