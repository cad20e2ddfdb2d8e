import { randomUUID } from "node:crypto";
import { readFile, realpath, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join, basename } from "node:path";
import { say } from "../../texts/message.js";
import { literal, UsageError } from "../exit.js";
import { systemReason } from "../../capture/node/system-error.js";

/**
 * The name of the worker whose rows a file holds: made once and kept beside it, so that it is the same on whatever machine the file is
 * opened again. It says where the file was first. Throws UsageError where it cannot be kept.
 */
export async function workerName(output: string): Promise<string> {
  const kept = `${output}.worker`;
  try {
    const place = join(await realpath(dirname(output)), basename(output));
    await writeFile(kept, `${hostname()}:${place} ${randomUUID()}\n`, { flag: "wx", flush: true });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) {
      throw new UsageError(say`--output: ${systemReason(error)}`);
    }
  }
  const name = (await readFile(kept, "utf8")).trim();
  if (name === "") throw new UsageError(say`--output: ${literal(kept)} is empty; remove it`);
  return name;
}
