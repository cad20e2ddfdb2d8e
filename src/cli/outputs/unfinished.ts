import { unlinkSync } from "node:fs";

/** Files that are made under another name and are not whole yet. */
const unfinished = new Set<string>();
let isWatching = false;

/** Remembers a file that is to go when the program ends before {@link finished} is called. */
export function begun(path: string): void {
  unfinished.add(path);
  if (isWatching) return;
  isWatching = true;
  process.on("exit", removeAll);
}

/** The file is whole and has its final name, or was removed. */
export function finished(path: string): void {
  unfinished.delete(path);
}

function removeAll(): void {
  for (const path of unfinished) {
    try {
      unlinkSync(path);
    } catch {
      // It may be gone with its directory; the program ends anyhow.
    }
  }
}
