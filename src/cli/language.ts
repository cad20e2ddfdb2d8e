import { type Language, LANGUAGES } from "../texts/texts.js";
import { printable } from "../bytes/text.js";
import { UsageError } from "./exit.js";
import { isAsciiOnly } from "./outputs/charset.js";

/** The language of what is printed for people: that of --lang, else that of the locale. Throws UsageError for another one. */
export function languageOf(
  wanted: string | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): Language {
  if (wanted === undefined) return localeLanguage(environment);
  const language = LANGUAGES.find((one) => one === wanted.toLowerCase());
  if (language !== undefined) return language;
  throw new UsageError(`--lang takes ${LANGUAGES.join(" or ")}, not "${printable(wanted)}"`);
}

/** Locales of Traditional Chinese, whose readers are not helped by Simplified. */
const TRADITIONAL = /^zh_(TW|HK|MO)|^zh.*hant/i;

/** By LC_ALL, LC_MESSAGES and LANG, the first that says anything; English where the terminal could not show another one. */
function localeLanguage(environment: NodeJS.ProcessEnv): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  // An empty variable is as good as none.
  const locale = LC_ALL || LC_MESSAGES || LANG || "";
  if (!/^zh([_.@-]|$)/i.test(locale) || TRADITIONAL.test(locale)) return "en";
  return isAsciiOnly(environment) ? "en" : "zh";
}
