import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { program } from "../src/cli/program.js";
import { textsIn } from "../src/texts/languages.js";
import { currentManPage, MAN_PAGES } from "./man-page.js";

/** Writes the manual pages anew; the date of each stays where it says nothing new. */
const today = new Date().toISOString().slice(0, 10);

for (const { language, file } of MAN_PAGES) {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  const before = existsSync(path) ? readFileSync(path, "utf8") : "";
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, currentManPage(program(), before, today, textsIn(language)));
}
