import { reportFault, EXIT } from "../exit.js";
import { chunksOf, type Pieces } from "./chunks.js";
import { outputFault } from "./output-fault.js";

/** Somebody else sees when the reader goes away, and ends the program in order. */
let isWatched = false;
/** Another output is not written yet: the program goes on without its reader. */
let hasMoreToDo = false;

/** Says that whoever writes to standard output sees for himself when its reader goes away, and ends the program in order. */
export function watchOutput(): void {
  isWatched = true;
}

/** From now on an error of standard output ends the program in one line, whoever wrote; one of standard error goes untold. */
export function guardStandardOutput(): void {
  process.stdout.on("error", failed);
  process.stderr.on("error", () => {});
}

/**
 * Writes pieces to standard output and returns when the system has them all. Where its reader goes away the program ends with
 * the status that is set by then, unless `goesOn`, for another output is to be written; any other error ends it with status 2.
 */
export async function print(pieces: Pieces, goesOn = false): Promise<void> {
  hasMoreToDo = goesOn;
  try {
    for await (const chunk of chunksOf(pieces)) await written(chunk);
  } catch (error) {
    failed(error);
  }
}

function written(chunk: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(chunk, (error) => {
      if (error instanceof Error) reject(error);
      else resolve();
    });
  });
}

/** A reader that went away ("| head") is no fault of ours. */
function failed(error: unknown): void {
  const isGone = error instanceof Error && "code" in error && error.code === "EPIPE";
  if (isWatched || (isGone && hasMoreToDo)) return;
  process.exit(isGone ? (process.exitCode ?? EXIT.ok) : reportFault(outputFault("standard output", error)));
}
