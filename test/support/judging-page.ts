import { brotliDecompressSync } from "node:zlib";
import { packedPage } from "../../src/page/generated/page.js";

/** A page of whichever browser that runs what it is told to. */
export interface Scripted {
  evaluate<T>(expression: string): Promise<T>;
}

/** The page of `ikescope page`. */
export const JUDGING_PAGE = brotliDecompressSync(Buffer.from(packedPage(), "base64")).toString("utf8");

/** What the page says of files that were dropped on it. */
export interface PageAnswer {
  readonly word: string;
  readonly who: string;
  readonly what: string;
  /** Of what stands in a box: why nothing, or not all, could be read. */
  readonly refused: string;
}

export interface DroppedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Run in the page: drops files, waits for the answer. */
const DROP = `async (files) => {
  const transfer = new DataTransfer();
  for (const { name, base64 } of files) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    transfer.items.add(new File([bytes], name));
  }
  dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, cancelable: true }));
  const main = document.getElementById("main");
  const done = () => main.querySelector(".top, .start") !== null;
  while (!done()) {
    await new Promise((resolve) => {
      const observer = new MutationObserver(() => { observer.disconnect(); resolve(); });
      observer.observe(main, { childList: true, subtree: true });
    });
  }
  const text = (selector) => main.querySelector(selector)?.textContent ?? "";
  return { word: text(".verdict .badge"), who: text(".who"), what: text(".top > .what"), refused: text(".refused") };
}`;

/** Drops files on the page and waits until it has judged or refused them. */
export async function drop(page: Scripted, files: readonly DroppedFile[]): Promise<PageAnswer> {
  const encoded = files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString("base64") }));
  return page.evaluate<PageAnswer>(`(${DROP})(${JSON.stringify(encoded)})`);
}
