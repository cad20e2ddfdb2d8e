import { describe, expect, it } from "vitest";
import { fitLine } from "../../src/opening/fit-text.js";
import type { KeyFit } from "../../src/opening/fits.js";
import { textsIn } from "../../src/texts/languages.js";

const OF_A_LOG: KeyFit = {
  by: "gw line 2.log line 7",
  form: "charon log",
  what: "IKEv2 keys of 0011223344556677",
  fit: { kind: "same as", by: "<stdin>" },
};

describe("a key and how it fits, in one line", () => {
  it.each([
    [
      "en",
      "gw line 2.log line 7 (charon log): IKEv2 keys of 0011223344556677: the same key as <stdin>, which opens it",
    ],
    [
      "zh",
      "gw line 2.log 第 7 行（charon log）：0011223344556677 的 IKEv2 密钥：与 <stdin> 的密钥相同，后者可解密",
    ],
  ] as const)("%s", (language, line) => {
    expect(textsIn(language).of(fitLine(OF_A_LOG))).toBe(line);
  });
});
