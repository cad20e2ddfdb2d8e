import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { processorTime } from "../measure.js";
import { SHAPES } from "./shapes.js";

/** Runs of one command, of which the quickest counts: what else the machine does only ever adds. */
const RUNS = 3;

/**
 * Prints for each shape what ikescope takes at half its size and at its size: processor time, memory, the exponent of the
 * growth (1 is linear, 2 the square), and the ratio to `tshark -Y isakmp`, which only looks for the messages.
 */
export function runShapes(wanted: readonly string[], ikescope: readonly string[], folder: string): void {
  for (const { name, what, size, write, beside } of SHAPES) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const paths = [size / 2, size].map((count) => {
      const path = join(folder, `${name}-${count}.pcap`);
      write(path, count);
      return path;
    });
    const [, whole = ""] = paths;
    console.log(`${name}: ${size} ${what}, ${Math.round(statSync(whole).size / 2 ** 20)} MB`);
    const withMore = (path: string): string[] => {
      const more = beside?.(path);
      if (more === undefined) return [path];
      return more.kind === "log" ? [path, "--with", more.path] : [path, more.path];
    };
    const results = paths.map((path) => processorTime([...ikescope, "-f", "json", ...withMore(path)], RUNS));
    const [one, two] = results;
    const other = processorTime(["tshark", "-r", whole, "-Y", "isakmp"], 1);
    for (const [index, result] of results.entries()) {
      const said =
        result === null
          ? "failed"
          : `${result.seconds.toFixed(2)} s of processor time, ${Math.round(result.megabytes)} MB`;
      console.log(`  ${index === 0 ? size / 2 : size}: ${said}`);
    }
    if (one != null && two != null) {
      console.log(`  grows with the power ${Math.log2(two.seconds / one.seconds).toFixed(2)}`);
    }
    if (two != null && other !== null) {
      console.log(
        `  tshark -Y isakmp: ${other.seconds.toFixed(2)} s; ikescope takes ${(two.seconds / other.seconds).toFixed(2)} of that`,
      );
    }
    for (const path of paths.flatMap(withMore).filter((path) => path !== "--with")) rmSync(path);
  }
}
