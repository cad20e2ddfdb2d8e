import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The command is tested as users run it, from dist/: it is built afresh before the tests. */
export default function setup(): void {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  execFileSync("node", ["node_modules/typescript/bin/tsc", "-p", "tsconfig.json"], {
    cwd: root,
    stdio: "inherit",
  });
}
