import { build } from "esbuild";
import { COMMAND } from "../../../tools/bundled-command.js";

/** Makes the command a file at that path that needs no other one: for users who may not read the repository. */
export async function makeCommand(path: string): Promise<void> {
  await build({ ...COMMAND, outfile: path, footer: { js: "module.exports.main(process.argv);" } });
}
