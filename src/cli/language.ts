import { type Language, LANGUAGES } from "../texts/texts.js";
import { isAsciiOnly } from "./outputs/charset.js";

/** Locales of Traditional Chinese, whose readers are not helped by Simplified. */
const TRADITIONAL = /^zh_(TW|HK|MO)|^zh.*hant/i;

/**
 * The language of what is printed for people, by LC_ALL, LC_MESSAGES and LANG, the first that says anything; English where the
 * terminal could not show another one.
 */
export function localeLanguage(environment: NodeJS.ProcessEnv = process.env): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  // An empty variable is as good as none.
  const locale = LC_ALL || LC_MESSAGES || LANG || "";
  if (!/^zh([_.@-]|$)/i.test(locale) || TRADITIONAL.test(locale)) return "en";
  return isAsciiOnly(environment) ? "en" : "zh";
}

/**
 * The language in which a command line is answered, before anything of it is read: by --lang, wherever it stands, else by the
 * locale. Help and errors need it, also where the rest cannot be meant.
 */
export function languageOf(words: readonly string[], environment: NodeJS.ProcessEnv = process.env): Language {
  const end = words.indexOf("--");
  const options = end < 0 ? words : words.slice(0, end);
  const given = options.flatMap((word, index) => {
    if (word.startsWith("--lang=")) return [word.slice("--lang=".length)];
    return word === "--lang" ? [options[index + 1] ?? ""] : [];
  });
  return LANGUAGES.find((language) => language === given.at(-1)) ?? localeLanguage(environment);
}
