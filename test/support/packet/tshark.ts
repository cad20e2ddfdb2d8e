import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** One frame as tshark tells it: values of a field in the order of the layers, outermost first. */
export type TsharkRow = Readonly<Record<string, readonly string[]>>;

/** Whether a program can be started. */
export function isInstalled(program: string): boolean {
  return spawnSync(program, ["--version"]).status === 0;
}

/** Asks tshark for fields of every frame of a capture file; `preferences` such as "ip.check_checksum:TRUE". */
export async function tsharkFields(
  file: string,
  fields: readonly string[],
  preferences: readonly string[] = [],
): Promise<TsharkRow[]> {
  const format = ["-T", "fields", "-E", "separator=|", "-E", "occurrence=a", "-E", "aggregator=,"];
  const wanted = fields.flatMap((field) => ["-e", field]);
  const preferred = preferences.flatMap((preference) => ["-o", preference]);
  const options = { maxBuffer: 256 * 1024 * 1024 };
  const { stdout } = await run("tshark", ["-n", "-r", file, ...preferred, ...format, ...wanted], options);
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const values = line.split("|");
      return Object.fromEntries(
        fields.map((field, index) => [
          field,
          (values[index] ?? "").split(",").filter((value) => value !== ""),
        ]),
      );
    });
}

/** Joins captures one after the other, whatever their link types; needs mergecap. */
export async function joinCaptures(files: readonly string[], joined: string): Promise<void> {
  await run("mergecap", ["-a", "-w", joined, ...files]);
}
