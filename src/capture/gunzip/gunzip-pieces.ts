import { type ByteSource, CaptureError } from "../source.js";
import { crc32 } from "./crc32.js";
import { InflateError } from "./block-codes.js";
import { Inflater, type InflateState } from "./inflater.js";
import { PackedInput } from "./packed-input.js";
import { say, type Message, verbatim } from "../../texts/message.js";

const [ID1, ID2, DEFLATE] = [0x1f, 0x8b, 8] as const;
const HEADER = 10;
const TRAILER = 8;
const FLAG = { headerChecksum: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 } as const;

/**
 * Unpacks gzip data (RFC 1952) of one member or several in a row where the platform does it not or not right: streams of the
 * web stop behind the first member. Every check sum is checked. Data cut short give all that could be unpacked and then end,
 * with `cutShort` set; damaged data end in a {@link CaptureError} that counts packed bytes, after what came before.
 */
export class GunzipPieces implements ByteSource {
  readonly name: string;
  readonly compressed = true;
  cutShort: Message | null = null;
  readonly #input: PackedInput;
  readonly #inflater: Inflater;
  #isInMember = false;
  #sum = 0;
  #length = 0;
  #members = 0;
  #ended = false;
  #fault: CaptureError | null = null;

  /** `head` are the first bytes of `packed`, already read from it to see what they are. */
  constructor(packed: ByteSource, head: Uint8Array) {
    this.name = packed.name;
    this.#input = new PackedInput(packed, head);
    this.#inflater = new Inflater(this.#input);
  }

  async read(): Promise<Uint8Array | null> {
    while (!this.#ended) {
      const piece = this.#isInMember ? await this.#unpack() : await this.#begin();
      if (piece !== null) return piece;
    }
    const fault = this.#fault;
    this.#fault = null;
    if (fault !== null) throw fault;
    return null;
  }

  close(): Promise<void> {
    this.#ended = true;
    this.#fault = null;
    return this.#input.close();
  }

  /** Reads the header of a member; what is none behind a member is no part of the data, as gunzip has it. */
  async #begin(): Promise<null> {
    const input = this.#input;
    if (!(await input.have(1)) || (this.#members > 0 && !(await this.#isMember()))) {
      this.#ended = true;
      return null;
    }
    if (!(await input.have(HEADER))) return this.#cut();
    const { bytes, at } = input;
    const flags = bytes[at + 3] ?? 0;
    if (!(await this.#isMember())) return this.#damaged("incorrect header check");
    if (bytes[at + 2] !== DEFLATE) return this.#damaged("unknown compression method");
    if ((flags & FLAG.reserved) !== 0) return this.#damaged("unknown header flags set");
    input.at += HEADER;
    if (!(await this.#skipFields(flags))) return this.#cut();
    this.#members++;
    this.#isInMember = true;
    this.#inflater.restart();
    this.#sum = this.#length = 0;
    return null;
  }

  async #isMember(): Promise<boolean> {
    const input = this.#input;
    return (await input.have(2)) && input.bytes[input.at] === ID1 && input.bytes[input.at + 1] === ID2;
  }

  async #skipFields(flags: number): Promise<boolean> {
    const input = this.#input;
    if ((flags & FLAG.extra) !== 0) {
      if (!(await input.have(2))) return false;
      const length = (input.bytes[input.at] ?? 0) | ((input.bytes[input.at + 1] ?? 0) << 8);
      if (!(await input.have(2 + length))) return false;
      input.at += 2 + length;
    }
    for (const flag of [FLAG.name, FLAG.comment]) {
      if ((flags & flag) === 0) continue;
      do if (!(await input.have(1))) return false;
      while (input.bytes[input.at++] !== 0);
    }
    if ((flags & FLAG.headerChecksum) === 0) return true;
    const isThere = await input.have(2);
    if (isThere) input.at += 2;
    return isThere;
  }

  async #unpack(): Promise<Uint8Array | null> {
    const inflater = this.#inflater;
    const state = this.#run();
    const { output, start, end } = inflater;
    this.#sum = crc32(output, start, end, this.#sum);
    this.#length = (this.#length + end - start) >>> 0;
    if (state instanceof InflateError) this.#damaged(state.message);
    else if (state === "needs-input") await this.#input.more();
    else if (state === "cut-short") this.#cut();
    else if (state === "done") await this.#endMember();
    return start === end ? null : output.subarray(start, end);
  }

  #run(): InflateState | InflateError {
    try {
      return this.#inflater.run();
    } catch (error) {
      if (error instanceof InflateError) return error;
      throw error;
    }
  }

  async #endMember(): Promise<void> {
    const input = this.#input;
    this.#isInMember = false;
    if (!(await input.have(TRAILER))) {
      this.#cut();
      return;
    }
    const view = new DataView(input.bytes.buffer, input.bytes.byteOffset + input.at, TRAILER);
    const [sum, length] = [view.getUint32(0, true), view.getUint32(4, true)];
    input.at += TRAILER;
    if (sum !== this.#sum) this.#damaged("incorrect data check");
    else if (length !== this.#length) this.#damaged("incorrect length check");
  }

  #cut(): null {
    this.#ended = true;
    const bytes = this.#input.offset + this.#input.left;
    this.cutShort = say`the gzip data end before their time, at byte ${bytes} of the packed file`;
    return null;
  }

  #damaged(reason: string): null {
    this.#ended = true;
    this.#fault = new CaptureError(
      this.name,
      this.#input.offset,
      say`the gzip data are damaged here or before: ${verbatim(reason)}; what they unpack to was read up to there`,
    );
    return null;
  }
}
