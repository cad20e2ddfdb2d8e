import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const ROOT = new URL("../../..", import.meta.url).pathname;

/** Folders with captures: the project's own, and public ones that lie beside the checkout where there are any. */
export const OWN_CAPTURES: string = join(ROOT, "pcaps");
export const PUBLIC_CAPTURES: string = join(ROOT, "../shared/captures");

/** Files below the folders whose names end in one of the endings, sorted; none where a folder is absent. */
export function captureFiles(folders: readonly string[], endings: readonly string[]): string[] {
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
    )
    .filter((file) => endings.some((ending) => file.endsWith(ending)))
    .toSorted();
}
