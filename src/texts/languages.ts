import type { Separator } from "./message.js";
import { ENGLISH, type Language, type Texts } from "./texts.js";
import { Translator } from "./translator.js";
import { CHINESE } from "./zh/index.js";

const CHINESE_SEPARATORS: Readonly<Record<Separator, string>> = {
  none: "",
  list: "、",
  and: "和",
  or: " 或 ",
  blank: " ",
  clauses: "，",
  statements: "；",
};

/** The texts of a language. `missing` hears of each pattern that it has no text for; English has all. */
export function textsIn(language: Language, missing?: (pattern: string) => void): Texts {
  switch (language) {
    case "en":
      return ENGLISH;
    case "zh":
      return new Translator("zh", CHINESE, CHINESE_SEPARATORS, missing);
  }
}
