import { EXIT } from "./exit.js";

let isWatched = false;

/** Says that whoever writes to standard output sees for himself when its reader goes away, and ends the program in order. */
export function watchOutput(): void {
  isWatched = true;
}

/** A reader that went away ("| head") is no fault of ours: ends the program. */
export function onBrokenOutput(error: NodeJS.ErrnoException): void {
  if (isWatched) return;
  if (error.code === "EPIPE") process.exit(process.exitCode ?? EXIT.ok);
  throw error;
}
