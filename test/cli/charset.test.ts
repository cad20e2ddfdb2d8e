import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { inAscii, isAsciiOnly } from "../../src/cli/outputs/charset.js";
import { ikescopeWith } from "../support/command.js";

const CAPTURE = fileURLToPath(new URL("../../pcaps/port4500-blocked-nat-initiator.pcap", import.meta.url));
const UNSET = { LC_ALL: "", LC_CTYPE: "", LANG: "" };

describe("a terminal without UTF-8", () => {
  it.each([[["-f", "text"]], [["ladder"]]])(
    "gets the report of %j in ASCII, as wide as else",
    async (args) => {
      const ascii = await ikescopeWith({ ...UNSET, LC_ALL: "C" }, [...args, CAPTURE]);
      const utf8 = await ikescopeWith({ ...UNSET, LC_ALL: "C.UTF-8" }, [...args, CAPTURE]);
      expect(utf8.stdout).toMatch(/[│┌]/);
      expect(ascii.stdout).toMatch(/^[ -~\n]+$/);
      const widths = (text: string): number[] => text.split("\n").map((line) => line.length);
      expect(widths(ascii.stdout)).toEqual(widths(utf8.stdout));
    },
  );

  it("gets JSON as it is: that is for programs", async () => {
    const run = (locale: string) => ikescopeWith({ ...UNSET, LC_ALL: locale }, ["-f", "json", CAPTURE]);
    expect((await run("C")).stdout).toBe((await run("C.UTF-8")).stdout);
  });

  it.each([
    [{ LC_ALL: "C" }, true],
    [{ LC_ALL: "POSIX", LANG: "en_US.UTF-8" }, true],
    [{ LANG: "de_DE.ISO-8859-1" }, true],
    [{ LC_ALL: "", LANG: "C.UTF-8" }, false],
    [{ LC_CTYPE: "en_US.utf8", LANG: "C" }, false],
    [{}, false],
  ])("is told by the variables as programs read them: %j", (environment, expected) => {
    expect(isAsciiOnly(environment)).toBe(expected);
  });

  it("gets a question mark for a sign that ASCII does not have", () => {
    expect(inAscii("Müller 東 😀 ╳…")).toBe("M?ller ? ? x~");
  });
});
