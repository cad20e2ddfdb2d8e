import { describe, expect, it } from "vitest";
import { describeProblem } from "../../src/bytes/problem.js";
import { faultMessage } from "../../src/session/decode-fault.js";
import { textsIn } from "../../src/texts/languages.js";
import { inEnglish } from "../../src/texts/texts.js";

const CHINESE = textsIn("zh");
const SHORT = {
  what: "payload body",
  offset: 28,
  required: 40,
  available: 12,
  declaredBy: "IKE payload length",
} as const;

describe("why a message cannot be read", () => {
  it.each([
    [
      describeProblem(SHORT),
      "第 28 字节处的 payload body 需要 40 字节，实际只有 12 字节（长度由 IKE payload length 给出）",
    ],
    [
      describeProblem({ ...SHORT, detail: "payload length 3 is below 4" }),
      "第 28 字节处的 payload body：载荷长度 3 小于 4",
    ],
    ["no IKE header: 12 bytes of one", "不是 IKE 头部：只有其中 12 字节"],
    ["no IKE header: major version 3, exchange type 9", "不是 IKE 头部：major version 3, exchange type 9"],
  ])("%s is %s in Chinese, and itself in English", (reason, chinese) => {
    expect(CHINESE.of(faultMessage(reason))).toBe(chinese);
    expect(inEnglish(faultMessage(reason))).toBe(reason);
  });

  it("stays as it is where no decoder says it, and where there is no end to it", () => {
    const long = `x at byte ${"at byte ".repeat(100)}: y`;
    for (const reason of ["something else", "{0} at byte", long]) {
      expect(inEnglish(faultMessage(reason))).toBe(reason);
      expect(CHINESE.of(faultMessage(reason))).toBe(reason);
    }
  });
});
