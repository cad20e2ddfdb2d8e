import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * The command is tested as users run it, from dist/: it is built afresh before the tests. Type errors are the matter of
 * `npm run typecheck`; the compiler writes its output in spite of them.
 */
export default function setup(): void {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  spawnSync("node", ["node_modules/typescript/bin/tsc", "-p", "tsconfig.json"], { cwd: root });
  if (!existsSync(`${root}dist/cli/main.js`)) throw new Error("the build wrote no dist/cli/main.js");
}
