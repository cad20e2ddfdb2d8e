import { describe, expect, it } from "vitest";
import { fishScript } from "../../src/cli/completion/fish.js";
import { grammarOf } from "../../src/cli/completion/grammar.js";
import { zshScript } from "../../src/cli/completion/zsh.js";
import { program } from "../../src/cli/program.js";
import { textsIn } from "../../src/texts/languages.js";
import { ENGLISH } from "../../src/texts/texts.js";

const CHINESE = textsIn("zh");

/** Meanings that are shown beside what is completed. */
function meanings(script: string): string[] {
  return [
    // Fish: -d 'meaning' of options and commands, and rows of words.
    ...[...script.matchAll(/ -d '((?:[^'\\]|\\.)*)'/g)].map(([, text = ""]) => text),
    ...[...script.matchAll(/^ {8}[\w-]+ '((?:[^'\\]|\\.)*)'/gm)].map(([, text = ""]) => text),
  ];
}

describe("completion scripts in Chinese", () => {
  it("say what each command, option and code means in Chinese", () => {
    const shown = meanings(fishScript(grammarOf(program(CHINESE), CHINESE)));
    expect(shown.length).toBeGreaterThan(300);
    expect(shown.filter((text) => !/\p{Script=Han}/u.test(text))).toEqual([]);
  });

  it("differ from the English ones in that alone", () => {
    const withoutMeanings = (script: string): string[] => script.match(/--[a-z][\w-]+/g)?.toSorted() ?? [];
    const english = zshScript(grammarOf(program(), ENGLISH));
    const chinese = zshScript(grammarOf(program(CHINESE), CHINESE));
    expect(new Set(withoutMeanings(chinese))).toEqual(new Set(withoutMeanings(english)));
    expect(chinese.split("\n").length).toBe(english.split("\n").length);
  });
});
