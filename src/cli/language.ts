import type { Language } from "../texts/texts.js";
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
