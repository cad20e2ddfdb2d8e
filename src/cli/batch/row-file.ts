import { say } from "../../texts/message.js";
import { constants } from "node:fs";
import { type FileHandle, open, readFile, unlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { systemReason } from "../../capture/node/system-error.js";
import { ROW_HEAD } from "../../report/batch/rows.js";
import { UsageError, literal } from "../exit.js";

const CHUNK = 1 << 20;
const NEWLINE = 0x0a;

/**
 * The rows of all units that are judged, in a file that grows. The rows of a unit end with its own row; what stands behind the last
 * of these is of a unit that was not finished when the program ended, and goes when the file is opened again. So a unit is in the
 * file whole, or not at all.
 */
export class RowFile {
  readonly #handle: FileHandle;
  readonly #lock: string;
  /** Units that the file has, by their names. */
  readonly done: ReadonlySet<string>;
  /** Bytes behind the last whole unit that were taken away. */
  readonly cut: number;
  #end: number;

  private constructor(
    handle: FileHandle,
    lock: string,
    state: { readonly done: ReadonlySet<string>; readonly end: number; readonly cut: number },
  ) {
    this.#handle = handle;
    this.#lock = lock;
    this.done = state.done;
    this.cut = state.cut;
    this.#end = state.end;
  }

  /** Opens the file, or makes it. Throws UsageError where it holds anything else, or another run writes it. */
  static async open(path: string): Promise<RowFile> {
    const lock = `${path}.lock`;
    await takeLock(lock);
    let handle: FileHandle | null = null;
    try {
      handle = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o666);
      const { done, end, size } = await unitsIn(handle, path);
      await handle.truncate(end);
      return new RowFile(handle, lock, { done, end, cut: size - end });
    } catch (error) {
      await handle?.close();
      await unlink(lock).catch(() => {});
      if (error instanceof UsageError) throw error;
      throw new UsageError(say`--output: ${systemReason(error)}`);
    }
  }

  /** Appends the rows of a unit, of which the last is its own, and has them on disk. */
  async append(rows: string): Promise<void> {
    const bytes = Buffer.from(rows, "utf8");
    let written = 0;
    while (written < bytes.length) {
      const { bytesWritten } = await this.#handle.write(
        bytes,
        written,
        bytes.length - written,
        this.#end + written,
      );
      written += bytesWritten;
    }
    await this.#handle.datasync();
    this.#end += bytes.length;
  }

  async close(): Promise<void> {
    await this.#handle.close();
    await unlink(this.#lock).catch(() => {});
  }
}

/** Names of the whole units of the file, and where the last of them ends. */
async function unitsIn(
  handle: FileHandle,
  path: string,
): Promise<{ readonly done: Set<string>; readonly end: number; readonly size: number }> {
  const done = new Set<string>();
  const { size } = await handle.stat();
  const buffer = Buffer.alloc(CHUNK);
  let rest = Buffer.alloc(0);
  let [position, end] = [0, 0];
  const refuse = (): never => {
    throw new UsageError(
      say`--output: ${literal(path)} holds something else than rows of 'batch': name another file`,
    );
  };
  while (position < size) {
    const { bytesRead } = await handle.read(buffer, 0, CHUNK, position);
    if (bytesRead === 0) break;
    const bytes = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
    let start = 0;
    for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, start)) {
      const line = bytes.subarray(start, at).toString("utf8");
      if (!line.startsWith(ROW_HEAD)) refuse();
      start = at + 1;
      const unit = unitOf(line);
      if (unit === null) continue;
      done.add(unit);
      end = position - rest.length + start;
    }
    position += bytesRead;
    rest = Buffer.from(bytes.subarray(start));
  }
  // A line that was being written.
  const cutLine = rest.subarray(0, ROW_HEAD.length).toString("utf8");
  if (!ROW_HEAD.startsWith(cutLine)) refuse();
  return { done, end, size };
}

function unitOf(line: string): string | null {
  if (!line.startsWith(`${ROW_HEAD},"row":"unit"`)) return null;
  try {
    const { unit } = JSON.parse(line) as { unit?: unknown };
    return typeof unit === "string" ? unit : null;
  } catch {
    return null;
  }
}

/** Refuses the second of two runs that write one file; a lock of a run that is gone is none. */
async function takeLock(lock: string): Promise<void> {
  const own = `${process.pid} ${hostname()}\n`;
  for (let tries = 0; tries < 2; tries++) {
    try {
      await writeFile(lock, own, { flag: "wx" });
      return;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) {
        throw new UsageError(say`--output: ${systemReason(error)}`);
      }
    }
    const [pid = "", host = ""] = (await readFile(lock, "utf8").catch(() => "")).trim().split(" ");
    if (host !== hostname() || isRunning(Number(pid))) {
      throw new UsageError(
        say`--output: another run writes it (process ${literal(pid)} on ${literal(host)}); if that is gone, remove ${literal(lock)}`,
      );
    }
    await unlink(lock).catch(() => {});
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
