import { button } from "../../report/html/client/dom.js";
import type { Look } from "../protocol.js";

/** What the browser asks for at first. */
export function firstLook(): Look {
  const isChinese = navigator.language.toLowerCase().startsWith("zh");
  return { zone: "utc", language: isChinese ? "zh" : "en" };
}

/** Buttons that go from one language and one zone to the other. */
export function lookButtons(first: Look, onChange: (look: Look) => void): HTMLElement[] {
  let look = first;
  const language = button("", () => change({ language: look.language === "en" ? "zh" : "en" }));
  const zone = button("", () => change({ zone: look.zone === "utc" ? "local" : "utc" }));
  const show = (): void => {
    language.textContent = look.language === "en" ? "\u4e2d\u6587" : "English";
    language.lang = look.language === "en" ? "zh-Hans" : "en";
    zone.textContent = look.zone === "utc" ? "Times: UTC" : "Times: local";
  };
  const change = (to: Partial<Look>): void => {
    look = { ...look, ...to };
    show();
    onChange(look);
  };
  show();
  return [language, zone];
}
