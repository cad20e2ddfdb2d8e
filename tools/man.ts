import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { program } from "../src/cli/program.js";
import { currentManPage } from "./man-page.js";

/** Writes the manual page anew; its date stays where it says nothing new. */
const PAGE = fileURLToPath(new URL("../man/ikescope.1", import.meta.url));

const before = existsSync(PAGE) ? readFileSync(PAGE, "utf8") : "";
mkdirSync(dirname(PAGE), { recursive: true });
writeFileSync(PAGE, currentManPage(program(), before, new Date().toISOString().slice(0, 10)));
