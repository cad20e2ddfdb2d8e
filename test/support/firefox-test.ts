import { afterAll, beforeAll } from "vitest";
import { Firefox, FIREFOX, type FirefoxPage } from "./firefox.js";
import { itIf } from "./require.js";

/** A test that needs Firefox. */
export const inFirefox = itIf(FIREFOX !== null, "no Firefox (apt-get install firefox-esr)");
/** For a browser on a busy machine. */
export const PATIENCE_MS = 300_000;

/** Starts Firefox before the tests of a file and ends it after them; what is returned gives it. */
export function firefoxOfFile(): () => Firefox {
  let firefox: Firefox | null = null;
  beforeAll(async () => {
    if (FIREFOX !== null) firefox = await Firefox.start();
  }, PATIENCE_MS);
  afterAll(async () => firefox?.stop());
  return () => {
    if (firefox === null) throw new Error("Firefox did not start");
    return firefox;
  };
}

/** Clicks on the first element that the selector names. */
export function click(page: FirefoxPage, selector: string): Promise<void> {
  return page.evaluate(`void document.querySelector(${JSON.stringify(selector)})
    .dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }))`);
}
