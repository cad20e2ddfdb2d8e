import { say } from "../../texts/message.js";
import { randomBytes } from "node:crypto";
import { lstat, mkdir, readdir, statfs, unlink } from "node:fs/promises";
import { basename, join } from "node:path";
import { humanBytes } from "../../bytes/size.js";
import { UsageError, literal } from "../exit.js";
import { NewFile } from "../outputs/new-file.js";
import { isEvidenceName, ownerOfTemporary, temporaryName } from "./evidence-name.js";
import { systemReason } from "../../capture/node/system-error.js";

/** The files hold who talks to whom: for the operator and their group. */
const FILE_MODE = 0o640;
const FOLDER_MODE = 0o750;
/** A directory with more becomes slow, and small file systems run out of inodes. */
const MOST_FILES = 10_000;
/** Files of the same name, for one moment. */
const SAME_NAME = 100;
/** Left free for others: a share of the file system, but not more than this. */
const RESERVE = { share: 0.05, most: 200 * 1024 * 1024 } as const;

/** Bytes of a file system: all of them, and what is free for us. */
export interface DiskSpace {
  readonly total: number;
  readonly free: number;
}

export interface EvidenceDirOptions {
  /** Bytes that all evidence files together take at most. */
  readonly size: number;
  readonly mostFiles?: number;
  /** Asks the file system; a test may have its own. */
  readonly space?: (folder: string) => Promise<DiskSpace>;
}

interface File {
  readonly name: string;
  readonly bytes: number;
}

/**
 * A folder of evidence files with a bound: the oldest give way, also those of earlier runs, and some of the disk is left
 * free. Only files with a name of ours are counted or removed, and no link is followed. One write at a time.
 */
export class EvidenceDir {
  readonly #folder: string;
  readonly #size: number;
  readonly #mostFiles: number;
  readonly #space: (folder: string) => Promise<DiskSpace>;
  /** The oldest first; null where the folder has to be read again. */
  #files: File[] | null = null;

  private constructor(folder: string, options: EvidenceDirOptions) {
    this.#folder = folder;
    this.#size = options.size;
    this.#mostFiles = options.mostFiles ?? MOST_FILES;
    this.#space = options.space ?? diskSpace;
  }

  /** Reads the folder, and makes it where its parent is there. Throws {@link UsageError} where it cannot be used. */
  static async open(folder: string, options: EvidenceDirOptions): Promise<EvidenceDir> {
    const dir = new EvidenceDir(folder, options);
    try {
      dir.#files = await dir.#read();
      await (await dir.#create()).discard();
    } catch (error) {
      throw new UsageError(say`--evidence-dir ${literal(folder)} cannot be used: ${systemReason(error)}`);
    }
    return dir;
  }

  /**
   * Writes a file whose name begins so, and gives its path. Throws what the system says, or an Error with the reason that
   * there is no room; then nothing is left of it.
   */
  async write(name: string, bytes: Uint8Array): Promise<string> {
    try {
      this.#files ??= await this.#read();
      await this.#makeRoom(this.#files, bytes.length);
      const file = await this.#create();
      try {
        await file.write(bytes);
        const path = await this.#freePath(name);
        await file.rename(path);
        this.#files.push({ name: basename(path), bytes: bytes.length });
        return path;
      } catch (error) {
        await file.discard();
        throw error;
      }
    } catch (error) {
      // Somebody may have changed the folder under us.
      this.#files = null;
      throw error;
    }
  }

  /** Our files, the oldest first. Removes what a run that ended abruptly left unfinished. */
  async #read(): Promise<File[]> {
    await mkdir(this.#folder, { mode: FOLDER_MODE }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
    const found: (File & { readonly time: number })[] = [];
    for (const name of await readdir(this.#folder)) {
      const owner = ownerOfTemporary(name);
      if (owner !== null && !isRunning(owner)) await this.#remove(name);
      if (!isEvidenceName(name)) continue;
      const stat = await lstat(join(this.#folder, name)).catch(() => null);
      if (stat?.isFile() === true) found.push({ name, bytes: stat.size, time: stat.mtimeMs });
    }
    return found.toSorted((a, b) => a.time - b.time || (a.name < b.name ? -1 : 1));
  }

  /** Removes the oldest files until so many bytes fit; nothing where that would not help. */
  async #makeRoom(files: File[], bytes: number): Promise<void> {
    if (bytes > this.#size) {
      throw new Error(
        `it would be of ${humanBytes(bytes)}, and --evidence-size is ${humanBytes(this.#size)}`,
      );
    }
    const { total, free } = await this.#space(this.#folder);
    const reserve = Math.min(total * RESERVE.share, RESERVE.most);
    const held = files.reduce((sum, file) => sum + file.bytes, 0);
    const lacking = bytes + reserve - free;
    if (lacking > held) {
      throw new Error(
        `only ${humanBytes(free)} of the disk are free, and ${humanBytes(reserve)} are left to others`,
      );
    }
    const excess = Math.max(lacking, held + bytes - this.#size);
    for (let freed = 0; freed < excess || files.length >= this.#mostFiles;) {
      const [oldest] = files;
      if (oldest === undefined) return;
      await this.#remove(oldest.name);
      files.shift();
      freed += oldest.bytes;
    }
  }

  async #remove(name: string): Promise<void> {
    await unlink(join(this.#folder, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
  }

  /** A path where nothing is, not even a link. */
  async #freePath(name: string): Promise<string> {
    for (let number = 1; number <= SAME_NAME; number++) {
      const path = join(this.#folder, `${name}${number === 1 ? "" : `.${number}`}.pcapng`);
      if ((await lstat(path).catch(() => null)) === null) return path;
    }
    throw new Error(`there are ${SAME_NAME} files of its name`);
  }

  #create(): Promise<NewFile> {
    return NewFile.create(join(this.#folder, temporaryName(process.pid, random())), FILE_MODE);
  }
}

async function diskSpace(folder: string): Promise<DiskSpace> {
  const { blocks, bavail, bsize } = await statfs(folder);
  return { total: blocks * bsize, free: bavail * bsize };
}

/** Whether another process with that number is there; it may be one that writes here, too. */
function isRunning(pid: number): boolean {
  // Ours has just begun: within a container every run may have the same number.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function random(): string {
  return randomBytes(8).toString("hex");
}
