import { button } from "../../report/html/client/dom.js";
import { label, setLabels } from "../../report/html/client/labels.js";
import { inLanguage, languageIn } from "../../report/html/client/link.js";
import { chineseTexts } from "../../texts/chinese.js";
import { ENGLISH, type Language } from "../../texts/texts.js";
import { PAGE } from "../../texts/zh/page.js";
import type { Look } from "../protocol.js";

/** The language that the address asks for, else that of the browser. Readers of Traditional Chinese are not helped by Simplified. */
export function wantedLanguage(): Language {
  const wanted = (languageIn(location.hash) ?? navigator.language).toLowerCase();
  return /^zh(?!-(?:hant|tw|hk|mo))/.test(wanted) ? "zh" : "en";
}

/** Has the page's labels made in a language from now on. */
export function speak(language: Language): void {
  setLabels(language === "zh" ? chineseTexts(PAGE) : ENGLISH);
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
}

/** Keeps the language in the address, and nowhere else. */
export function rememberLanguage(language: Language): void {
  history.replaceState(null, "", inLanguage(location.hash, language));
}

/** A button that goes from one language to the other. */
export function languageButton(language: Language, onChange: (to: Language) => void): HTMLElement {
  const isEnglish = language === "en";
  return button(isEnglish ? "\u4e2d\u6587" : "English", () => onChange(isEnglish ? "zh" : "en"), {
    lang: isEnglish ? "zh-Hans" : "en",
    "data-tool": "language",
  });
}

/** Buttons that go from one language and one zone to the other. */
export function lookButtons({ language, zone }: Look, onChange: (to: Partial<Look>) => void): HTMLElement[] {
  return [
    languageButton(language, (to) => onChange({ language: to })),
    button(
      zone === "utc" ? label`Times: UTC` : label`Times: local`,
      () => onChange({ zone: zone === "utc" ? "local" : "utc" }),
      { "data-tool": "zone" },
    ),
  ];
}
