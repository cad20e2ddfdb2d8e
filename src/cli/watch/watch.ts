import { say } from "../../texts/message.js";
import { stat } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { UsageError, literal } from "../exit.js";
import type { OutputFlags } from "../live/flags.js";
import { runEngine, type WatchParts } from "../live/session.js";
import { watchTerms } from "../live/terms.js";
import { CaptureDirectory } from "./directory.js";
import { Feeder } from "./feeder.js";
import { systemReason } from "../../capture/node/system-error.js";

/** Flags of `ikescope watch`, checked. */
export interface WatchFlags extends Omit<OutputFlags, "interface"> {
  /** Files that are complete at the start are not read. */
  readonly new?: true;
}

/** ms between two looks at the directory. */
const LOOK_MS = 1000;
/** ms of judging at a time: files can wait, packets of an interface cannot. */
const JUDGING_MS = 1000;

/** `ikescope watch`: what `live` does, on the files that another program writes to a directory, as each is complete. */
export async function watchCommand(folder: string, flags: WatchFlags): Promise<void> {
  const found = await stat(folder).catch((error: Error) => error);
  if (found instanceof Error)
    throw new UsageError(say`${literal(folder)} cannot be watched: ${systemReason(found)}`);
  if (!found.isDirectory()) {
    throw new UsageError(say`${literal(folder)} is no directory; 'ikescope FILE' judges a capture`);
  }
  const terms = await watchTerms({ ...flags, interface: folder });
  const files = { folder, onlyNew: flags.new === true };
  await runEngine(terms, { filter: null, judging: JUDGING_MS }, (parts) => watchFolder(files, parts));
}

/** The directory, and whether files that are complete at the start are passed over. */
interface WatchedFiles {
  readonly folder: string;
  readonly onlyNew: boolean;
}

/** Reads what is complete until all is to end. */
async function watchFolder(
  { folder, onlyNew }: WatchedFiles,
  { engine, outputs, signal, say: tell, show }: WatchParts,
): Promise<void> {
  const { recent } = outputs;
  const directory = new CaptureDirectory(folder, onlyNew, tell);
  const feeder = new Feeder({
    engine,
    say: tell,
    signal,
    ...(recent === null ? {} : { tee: (bytes, framesBefore) => recent.tee(bytes, framesBefore) }),
  });
  show();
  while (!signal.aborted) {
    const { complete, missed } = await directory.look();
    for (const path of missed) {
      const removed = say`${literal(path)} was removed before it was read`;
      tell(removed);
      feeder.missed(removed);
    }
    for (const file of complete) {
      if (!signal.aborted) await feeder.feed(file);
    }
    if (complete.length === 0) await wait(LOOK_MS, null, { signal }).catch(() => null);
  }
  for (const path of directory.waiting)
    tell(say`${literal(path)} is not read: it was not complete at the end`);
}
