import { charonLog } from "./charon-log.js";
import { KeyCollector, type KeyParser, type KeyParserOf } from "./collector.js";
import type { KeyRing } from "./key.js";
import { plutoLog } from "./pluto-log.js";
import { tcpdumpEsp } from "./tcpdump-esp.js";
import { wiresharkEsp } from "./wireshark-esp.js";
import { wiresharkIkev1 } from "./wireshark-ikev1.js";
import { wiresharkIkev2 } from "./wireshark-ikev2.js";
import { xfrmState } from "./xfrm-state.js";

/** A parser a form. Lines tell themselves apart, so that one file may hold several forms, as a ticket does. */
const PARSERS: readonly KeyParserOf[] = [
  wiresharkIkev2,
  wiresharkIkev1,
  wiresharkEsp,
  charonLog,
  plutoLog,
  xfrmState,
  tcpdumpEsp,
];

/** Lines are cut behind so many characters: no form has longer ones. */
const LONGEST_LINE = 65_536;

/** Reads key files, one after the other, piece by piece as they come. */
export class KeyReader {
  readonly #collector = new KeyCollector();

  /** A reader for one file; its name is what keys are called by. */
  file(name: string): KeyFileReader {
    return new KeyFileReader(name, this.#collector);
  }

  /** Everything read so far. */
  ring(): KeyRing {
    return this.#collector.ring();
  }
}

/** Takes the text of one file. */
export class KeyFileReader {
  readonly #parsers: readonly KeyParser[];
  readonly #collector: KeyCollector;
  readonly #before: number;
  #rest = "";
  #isCut = false;
  #lines = 0;

  constructor(name: string, collector: KeyCollector) {
    this.#collector = collector;
    this.#before = collector.count;
    this.#parsers = PARSERS.map((parser) => parser(name, collector));
  }

  /** Lines so far. */
  get lines(): number {
    return this.#lines;
  }

  /** The next piece of the text; lines may be cut anywhere between pieces. */
  text(piece: string): void {
    let start = 0;
    for (;;) {
      const end = piece.indexOf("\n", start);
      if (end < 0) break;
      this.#grow(piece.slice(start, end));
      this.#line();
      start = end + 1;
    }
    this.#grow(piece.slice(start));
  }

  /** Ends the file; false where nothing in it was recognised. */
  end(): boolean {
    if (this.#rest !== "" || this.#isCut) this.#line();
    for (const parser of this.#parsers) parser.end();
    return this.#collector.count > this.#before;
  }

  #grow(text: string): void {
    const room = LONGEST_LINE - this.#rest.length;
    if (text.length > room) this.#isCut = true;
    this.#rest += text.slice(0, Math.max(0, room));
  }

  #line(): void {
    const line = this.#rest.endsWith("\r") ? this.#rest.slice(0, -1) : this.#rest;
    this.#rest = "";
    this.#isCut = false;
    this.#lines++;
    for (const parser of this.#parsers) parser.line(line, this.#lines);
  }
}
