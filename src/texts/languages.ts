import { chineseTexts } from "./chinese.js";
import { ENGLISH, type Language, type Texts, type TextTable } from "./texts.js";
import { CHINESE } from "./zh/index.js";
import { PAGE } from "./zh/page.js";

/** The texts of a language. `missing` hears of each pattern that it has no text for; English has all. */
export function textsIn(language: Language, missing?: (pattern: string) => void): Texts {
  switch (language) {
    case "en":
      return ENGLISH;
    case "zh":
      return chineseTexts(CHINESE, missing);
  }
}

/** The labels of a page in a language, by their English patterns; null for English. */
export function labelsIn(language: Language): TextTable | null {
  switch (language) {
    case "en":
      return null;
    case "zh":
      return PAGE;
  }
}
