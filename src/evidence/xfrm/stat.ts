import type { Source } from "../record.js";
import type { SectionList } from "../section.js";

/** Names of all kernels begin so; which there are differs by version (28 in 6.1). */
const COUNTER = /^\s*(Xfrm[A-Za-z]{3,40})[ \t]+(\d{1,20})\s*$/;
const MOST_COUNTERS = 256;

/** /proc/net/xfrm_stat, as one or several readings. A counter that comes again begins another. */
export class XfrmStat {
  readonly #sections: SectionList;
  #values = new Map<string, number>();
  #source: Source | null = null;
  #lines = new Map<string, number>();

  constructor(sections: SectionList) {
    this.#sections = sections;
  }

  add(line: string, source: Source): boolean {
    const match = COUNTER.exec(line);
    if (match === null) {
      this.end();
      return false;
    }
    const [, name = "", value = ""] = match;
    if (this.#values.has(name) || this.#values.size >= MOST_COUNTERS) {
      this.end();
      this.#sections.split();
    }
    this.#source ??= source;
    this.#values.set(name, Number(value));
    this.#lines.set(name, source.line);
    return true;
  }

  end(): void {
    if (this.#source === null) return;
    let section = null;
    for (const line of this.#lines.values()) section = this.#sections.enter("xfrm_stat", line);
    if (section !== null) {
      section.records += this.#values.size;
      this.#sections.sink.counters?.(
        { source: this.#source, values: this.#values, lines: this.#lines },
        section,
      );
    }
    this.#values = new Map();
    this.#source = null;
    this.#lines = new Map();
  }
}
