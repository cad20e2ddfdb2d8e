import { lineOfFields } from "./json-line.js";
import type { LogLine } from "./line.js";

const HEADER = /^[A-Z][a-z]{2} \d{4}-\d\d-\d\d .{8,60}\[s=[0-9a-f]{32};/;
const FIELD = /^ {4}([A-Z_][A-Z0-9_]{0,63})=(.*)$/;
const MOST_FIELDS = 128;
const REALTIME = /;t=([0-9a-f]{1,16});/;

/** An entry of `journalctl -o verbose`: a header, and a field a line. */
export class JournalEntry {
  #fields: Record<string, string> | null = null;
  #count = 0;
  #line = 0;

  static begins(line: string): boolean {
    return HEADER.test(line);
  }

  begin(line: string, number: number): void {
    const micros = REALTIME.exec(line)?.[1];
    this.#fields = micros === undefined ? {} : { __REALTIME_TIMESTAMP: String(Number.parseInt(micros, 16)) };
    this.#count = 0;
    this.#line = number;
  }

  /** Takes a field; false where the line is none, or there is no entry. */
  add(line: string): boolean {
    const match = this.#fields === null ? null : FIELD.exec(line);
    if (match === null || this.#fields === null) return false;
    const [, name = "", value = ""] = match;
    if (this.#count++ < MOST_FIELDS) this.#fields[name] = value;
    return true;
  }

  /** The message of the entry, and the line in which it begins; null if there is none. */
  take(): { readonly line: LogLine; readonly number: number } | null {
    const line = this.#fields === null ? null : lineOfFields(this.#fields);
    this.#fields = null;
    return line === null ? null : { line, number: this.#line };
  }
}
