import { literal } from "../exit.js";
import { type Message, say } from "../../texts/message.js";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { Complaint } from "../live/complaint.js";
import { systemReason } from "../../capture/node/system-error.js";
import { completenessOf, inOrderOfPackets, type WatchedFile } from "./completeness.js";
import { firstPacketOf, isWhole } from "./first-packet.js";

/** A complete file, of which records may have been taken already. */
export interface CompleteFile {
  readonly path: string;
  /** Records at its beginning that were taken before: it was read when it had not grown for a while, and grew again. */
  readonly taken: number;
  /** To be called with the number of its records when they are taken. */
  readonly done: (records: number) => void;
}

/** Files that a look at the directory found. */
export interface Look {
  /** In the order of their first packets. */
  readonly complete: readonly CompleteFile[];
  /** Files that went away, or were written anew, before they were read. */
  readonly missed: readonly string[];
}

interface Entry extends WatchedFile {
  /** See FirstPacket; null where it has no packet. */
  readonly mark: string | null;
  /** Nothing of it is to be read until it changes. */
  readonly isDone: boolean;
  /** As it is now its last record is not whole. */
  readonly isCut: boolean;
}

/** Marks that are kept of files that are gone: a packed copy may come late. */
const MOST_MARKS = 20_000;

/**
 * A directory that a capture in pieces is written to (tcpdump -G, -C and -W, dumpcap -b). A name may be used again, a file be
 * packed or renamed once it is closed: files are told by their first packet.
 */
export class CaptureDirectory {
  readonly #folder: string;
  readonly #say: (message: Message) => void;
  readonly #trouble: Complaint;
  readonly #passOver: boolean;
  #entries: ReadonlyMap<string, Entry> = new Map();
  /** Records that were taken of the file that begins with a packet, the oldest first. */
  readonly #taken = new Map<string, number>();
  #isFirstLook = true;
  /** When the last look began, by the same clock as that of the looks. */
  #lookedAt = -Infinity;

  /** `passOver`: files that are complete at the first look are not read. */
  constructor(folder: string, passOver: boolean, say: (message: Message) => void) {
    this.#folder = folder;
    this.#passOver = passOver;
    this.#say = say;
    this.#trouble = new Complaint(say, Infinity);
  }

  /** Looks at all files; a directory that cannot be read now is said once, and looked at again. */
  async look(nowMs: number = performance.now()): Promise<Look> {
    const before = this.#entries;
    const found = await this.#found(nowMs);
    if (found === null) return { complete: [], missed: [] };
    const marks = new Set(found.map(({ mark }) => mark));
    const missed = [...before.values()].filter(
      ({ mark, isDone }) => mark !== null && !isDone && !marks.has(mark) && !this.#taken.has(mark),
    );
    this.#entries = new Map(found.map((entry) => [entry.path, entry]));
    const complete: CompleteFile[] = [];
    for (const entry of inOrderOfPackets(found)) {
      if (entry.isDone || !(await this.#isComplete(entry, found, nowMs))) continue;
      complete.push(...this.#completed(entry));
    }
    this.#isFirstLook = false;
    this.#lookedAt = nowMs;
    return { complete, missed: missed.map(({ path }) => path) };
  }

  /** Files with packets that were not complete at the last look, so that they are not read. */
  get waiting(): readonly string[] {
    return [...this.#entries.values()]
      .filter(({ mark, isDone }) => mark !== null && !isDone)
      .map(({ path }) => path);
  }

  async #isComplete(entry: Entry, all: readonly Entry[], nowMs: number): Promise<boolean> {
    switch (completenessOf(entry, all, nowMs)) {
      case "growing":
        return false;
      case "closed":
        return true;
      case "settled":
        if (entry.isCut || (await isWhole(entry.path))) return !entry.isCut;
        this.#set({ ...entry, isCut: true });
        return false;
    }
  }

  #set(entry: Entry): void {
    this.#entries = new Map([...this.#entries, [entry.path, entry]]);
  }

  /** The file as it is to be read; nothing where it has no packet, or is passed over. */
  #completed(entry: Entry): CompleteFile[] {
    const { path, mark } = entry;
    this.#set({ ...entry, isDone: true });
    if (mark === null) return [];
    if (this.#isFirstLook && this.#passOver) {
      this.#remember(mark, Infinity);
      return [];
    }
    return [{ path, taken: this.#taken.get(mark) ?? 0, done: (records) => this.#remember(mark, records) }];
  }

  #remember(mark: string, records: number): void {
    const known = this.#taken.get(mark) ?? 0;
    this.#taken.delete(mark);
    this.#taken.set(mark, Math.max(known, records));
    const [oldest] = this.#taken.keys();
    if (this.#taken.size > MOST_MARKS && oldest !== undefined) this.#taken.delete(oldest);
  }

  /** All regular files that are not hidden; null where the directory cannot be read. */
  async #found(nowMs: number): Promise<Entry[] | null> {
    let names: string[];
    try {
      names = (await readdir(this.#folder)).filter((name) => !name.startsWith("."));
    } catch (error) {
      this.#trouble.tell(
        say`${literal(this.#folder)} cannot be read, and is looked at again: ${systemReason(error)}`,
      );
      return null;
    }
    this.#trouble.over();
    const entries: Entry[] = [];
    for (const name of names) {
      const entry = await this.#entryOf(join(this.#folder, name), nowMs);
      if (entry !== null) entries.push(entry);
    }
    return entries;
  }

  /** Null for what is no file, or gone meanwhile. */
  async #entryOf(path: string, nowMs: number): Promise<Entry | null> {
    const found = await stat(path).catch(() => null);
    if (found === null || !found.isFile()) return null;
    const { dev, ino, size, mtimeMs } = found;
    const stamp = [dev, ino, size, mtimeMs].join(" ");
    const known = this.#entries.get(path);
    if (known?.stamp === stamp) return known;
    // By the file system, for much may have been read since the last look; but what has changed since then is no older.
    const sinceLook = known === undefined ? Infinity : nowMs - this.#lookedAt;
    const age = Math.min(sinceLook, Math.max(0, Date.now() - mtimeMs));
    const first = await firstPacketOf(path, size);
    if (first.kind === "no-capture") this.#say(say`not read: ${first.reason}`);
    return {
      path,
      stamp,
      changedAt: nowMs - age,
      firstTime: first.kind === "packet" ? first.time : null,
      mark: first.kind === "packet" ? first.mark : null,
      isDone: first.kind === "no-capture",
      isCut: false,
    };
  }
}
