/** A file in the watched directory. */
export interface WatchedFile {
  readonly path: string;
  /** Size and times of the file system; another text once anything was written. */
  readonly stamp: string;
  /** When it was changed last, as far as seen: ms of the clock that only goes forward. */
  readonly changedAt: number;
  /** Time of its first packet, by which files are put in order; null where it has none yet. */
  readonly firstTime: number | null;
}

/** ms without a change after which a file is complete, if a later one is there: what closes it may write a last piece. */
export const CLOSED_AFTER_MS = 2000;
/** ms without a change after which a file is complete though no later one is there, if its last record is whole. */
export const SETTLED_AFTER_MS = 10_000;

/** How sure it is that nothing more will be written. */
export type Completeness =
  /** Something may be. */
  | "growing"
  /** It has not grown for a while: read it if its last record is whole. */
  | "settled"
  /** A later file is there: read what it has. */
  | "closed";

/** Whether a file is complete at a moment; `files` are all that are there, itself among them. */
export function completenessOf(
  file: WatchedFile,
  files: readonly WatchedFile[],
  nowMs: number,
): Completeness {
  const quietMs = nowMs - file.changedAt;
  const isFollowed = files.some(
    ({ firstTime }) => firstTime !== null && file.firstTime !== null && firstTime > file.firstTime,
  );
  if (isFollowed && quietMs >= CLOSED_AFTER_MS) return "closed";
  return quietMs >= SETTLED_AFTER_MS ? "settled" : "growing";
}

/** The files in the order of their first packets; those without one come last, in the order of their names. */
export function inOrderOfPackets<T extends WatchedFile>(files: readonly T[]): T[] {
  return files.toSorted(
    (a, b) =>
      (a.firstTime ?? Infinity) - (b.firstTime ?? Infinity) ||
      (a.path < b.path ? -1 : a.path > b.path ? 1 : 0),
  );
}
