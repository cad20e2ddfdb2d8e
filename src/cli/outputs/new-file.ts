import { randomBytes } from "node:crypto";
import { constants, unlinkSync } from "node:fs";
import { type FileHandle, link, lstat, open, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { FormerFile } from "./destination.js";

/** Neither a file that is there nor the target of a link is ever written to. */
const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
/** Bytes of the final name in the temporary one: no file system has names above 255 bytes. */
const LONGEST_NAME = 100;

/**
 * A file that is written under another name in the same directory and takes its own name only when it is whole and on
 * disk. A program that is killed before leaves the file of that name as it was.
 */
export class NewFile {
  /** The name that it has until then. */
  readonly path: string;
  readonly #handle: FileHandle;

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  /** Makes the file at `path`, which is not there yet. Throws what the system says. */
  static async create(path: string, mode: number): Promise<NewFile> {
    // A limit of the size of files is told by a signal, which would end the program before the error is seen.
    if (process.listenerCount("SIGXFSZ") === 0) process.on("SIGXFSZ", ignore);
    const handle = await open(path, NEW_FILE, mode);
    begun(path);
    return new NewFile(path, handle);
  }

  /** The same under a name made of the final one. */
  static beside(path: string, mode: number): Promise<NewFile> {
    const name = `.${basename(path).slice(0, LONGEST_NAME)}.${process.pid}-${randomBytes(6).toString("hex")}.tmp`;
    return NewFile.create(join(dirname(path), name), mode);
  }

  /** Makes it as the file was that gives way to it; the owner only where the system lets us. */
  async takeAfter({ mode, uid, gid }: FormerFile): Promise<void> {
    await this.#handle.chown(uid, gid).catch(() => {});
    await this.#handle.chmod(mode);
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#handle.writeFile(bytes);
  }

  /** Puts it on disk under its final name, in place of what has that name. */
  async rename(path: string): Promise<void> {
    // So a file is whole also after a crash of the machine.
    await this.#handle.sync();
    await this.#handle.close();
    await rename(this.path, path);
    finished(this.path);
    await syncFolder(dirname(path));
  }

  /**
   * Puts it on disk under the first of these names that nothing has, and gives that name; null where all are taken. A link
   * does not replace what is there, as a new name would.
   */
  async nameNew(paths: readonly string[]): Promise<string | null> {
    await this.#handle.sync();
    for (const path of paths) {
      if (!(await linkedTo(this.path, path))) continue;
      await this.discard();
      await syncFolder(dirname(path));
      return path;
    }
    return null;
  }

  /** Removes it; never throws. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => {});
    await unlink(this.path).catch(() => {});
    finished(this.path);
  }
}

/** Codes of file systems that have no second names for a file. */
const NO_LINKS: ReadonlySet<string> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

/** False where something has the name. */
async function linkedTo(file: string, path: string): Promise<boolean> {
  try {
    await link(file, path);
    return true;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "EEXIST") return false;
    if (!NO_LINKS.has(code)) throw error;
    if ((await lstat(path).catch(() => null)) !== null) return false;
    await rename(file, path);
    return true;
  }
}

/** The name is on disk, too. Some file systems cannot do that; the file is whole all the same. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close().catch(() => {});
}

function ignore(): void {}

/** Files that are made under another name and are not whole yet. */
const unfinished = new Set<string>();
let isWatching = false;

/** Remembers a file that is to go when the program ends before {@link finished} is called. */
function begun(path: string): void {
  unfinished.add(path);
  if (isWatching) return;
  isWatching = true;
  process.on("exit", removeAll);
}

/** The file is whole and has its final name, or was removed. */
function finished(path: string): void {
  unfinished.delete(path);
}

function removeAll(): void {
  for (const path of unfinished) {
    try {
      unlinkSync(path);
    } catch {
      // It may be gone with its directory; the program ends anyhow.
    }
  }
}
