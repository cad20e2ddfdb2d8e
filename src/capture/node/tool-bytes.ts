import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { type ByteSource, CaptureError } from "../source.js";
import type { Unpacker } from "../packed-forms.js";
import { StreamBytes } from "./stream-bytes.js";
import { say, type Message, verbatim } from "../../texts/message.js";

/** Characters of a tool's standard error that are kept: the first line tells the fault, more may be advice. */
const MOST_WORDS = 2000;
/** How zstd, xz, bzip2 and lz4 say that more should have come. */
const CUT = /premature end|unexpected end|ends unexpectedly|truncated|unfinished stream/i;

type Tool = ChildProcessByStdio<Writable, Readable, Readable>;

/** How many tools may run at once: of many packed files to be merged each has one until its end. */
export class ToolSeats {
  #free = 64;

  /** False where all are taken. */
  take(): boolean {
    if (this.#free === 0) return false;
    this.#free--;
    return true;
  }

  giveBack(): void {
    this.#free++;
  }
}

/**
 * Unpacks data with a tool of the system, as they come: no more waits than the pipes to and from it hold, however much the
 * data unpack to. Data cut short give all that could be unpacked and then end, with `cutShort` set; damaged data end in a
 * {@link CaptureError} that counts packed bytes and has the tool's own words.
 */
export class ToolBytes implements ByteSource {
  readonly name: string;
  readonly compressed = true;
  cutShort: Message | null = null;
  readonly #form: string;
  readonly #unpacker: Unpacker;
  readonly #packed: ByteSource;
  readonly #seats: ToolSeats;
  #head: Uint8Array;
  #running: { tool: Tool; output: StreamBytes; ended: Promise<string | null> } | null = null;
  #words = "";
  /** Packed bytes given to the tool so far. */
  #offset = 0;
  #fault: unknown = null;
  #closed = false;

  /** `head` are the first bytes of `packed`, already read from it; `form` is what they are packed with. */
  constructor(packed: ByteSource, head: Uint8Array, form: string, unpacker: Unpacker, seats: ToolSeats) {
    this.name = packed.name;
    this.#packed = packed;
    this.#head = head;
    this.#form = form;
    this.#unpacker = unpacker;
    this.#seats = seats;
  }

  async read(): Promise<Uint8Array | null> {
    if (this.#closed) return null;
    const { output, ended } = (this.#running ??= this.#start());
    const chunk = await output.read();
    if (chunk !== null || this.#closed) return chunk;
    const failure = await ended;
    if (this.#closed) return null;
    this.#closed = true;
    await this.#packed.close();
    if (this.#fault !== null) throw this.#fault;
    if (failure !== null) this.#endBy(failure);
    return null;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#running?.tool.kill("SIGKILL");
    await this.#running?.output.close();
    await this.#packed.close();
  }

  #start(): { tool: Tool; output: StreamBytes; ended: Promise<string | null> } {
    const { program, args } = this.#unpacker;
    if (!this.#seats.take()) {
      throw new CaptureError(
        this.name,
        0,
        say`too many files packed with ${this.#form} to be read at once: unpack them first`,
      );
    }
    // Nothing else of the environment: it could hold options for the tool.
    const { PATH, SystemRoot } = process.env;
    const env = {
      LC_ALL: "C",
      ...(PATH === undefined ? {} : { PATH }),
      ...(SystemRoot === undefined ? {} : { SystemRoot }),
    };
    const tool = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"], env, windowsHide: true });
    const ended = new Promise<string | null>((resolve) => {
      tool.once("error", (error: NodeJS.ErrnoException) => {
        this.#fault = new CaptureError(
          this.name,
          0,
          error.code === "ENOENT"
            ? say`a file packed with ${this.#form}, and the program ${program} is missing here: install it, or unpack the file elsewhere`
            : say`${program} cannot be started: ${verbatim(error.message)}`,
        );
        resolve(null);
      });
      tool.once("close", (code, signal) => {
        this.#seats.giveBack();
        resolve(code === 0 ? null : signal === null ? this.#firstWords(code) : `ended by ${signal}`);
      });
    });
    tool.stderr.on("data", (words: Buffer) => {
      if (this.#words.length < MOST_WORDS) this.#words += words.toString("latin1").slice(0, MOST_WORDS);
    });
    // A tool that has ended says why by itself.
    tool.stdin.on("error", () => {});
    void this.#feed(tool);
    return { tool, output: new StreamBytes(this.name, tool.stdout), ended };
  }

  /** Gives the tool all packed bytes, each chunk once the one before is through. */
  async #feed({ stdin }: Tool): Promise<void> {
    try {
      for (let chunk: Uint8Array | null = this.#head; chunk !== null; chunk = await this.#packed.read()) {
        const piece = chunk;
        const isGiven = await new Promise<boolean>((resolve) => {
          stdin.once("close", () => resolve(false));
          stdin.write(piece, (error) => resolve(error == null));
        });
        stdin.removeAllListeners("close");
        if (!isGiven || this.#closed) break;
        this.#offset += piece.length;
      }
    } catch (error) {
      this.#fault = error;
    }
    this.#head = new Uint8Array(0);
    stdin.end();
  }

  #firstWords(code: number | null): string {
    const first = this.#words.split(/[\r\n]+/).find((line) => /[a-z]/i.test(line));
    const words = first?.replace(/^\s*(?:\/\*stdin\*\\|\w+: \(stdin\)|bzip2|xz|lz4|zstd)\s*:\s*/, "").trim();
    return words === undefined || words === "" ? `exit status ${code ?? "unknown"}` : words;
  }

  #endBy(failure: string): void {
    if (CUT.test(failure)) {
      this.cutShort = say`the ${this.#form} data end before their time, at byte ${this.#offset} of the packed file`;
      return;
    }
    throw new CaptureError(
      this.name,
      this.#offset,
      say`the ${this.#form} data cannot be unpacked here or before: ${this.#unpacker.program}: ${failure}`,
    );
  }
}
