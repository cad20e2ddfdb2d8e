import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The command is tested as users run it, from the bundle, which is made afresh before the tests. */
export default function setup(): void {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const { status } = spawnSync("npm", ["run", "-s", "bundle"], { cwd: root, stdio: "inherit" });
  if (status !== 0) throw new Error("the bundle of the command could not be made");
}
