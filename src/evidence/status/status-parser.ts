import type { DaemonStats, Source, StatusChild, StatusIkeSa } from "../record.js";
import type { Section, SectionList, SectionKind } from "../section.js";
import { ListSas } from "./list-sas.js";
import { isPlutoStatus, readPlutoStatus } from "./pluto-status.js";
import { isRawSa, readRawSa } from "./raw.js";
import { SwanctlStats } from "./stats.js";
import { StatusAll } from "./statusall.js";

/** Reads the status that daemons print: five formats, one at a time. */
export class StatusParser {
  readonly #sections: SectionList;
  /** The one whose lines come now. */
  #kind: SectionKind | null = null;
  #section: Section | null = null;
  #stats: SwanctlStats | null = null;
  readonly #listSas: ListSas;
  readonly #statusAll: StatusAll;
  readonly #sink = {
    ikeSa: (sa: StatusIkeSa): void => this.#file((section) => this.#sections.sink.ikeSa?.(sa, section)),
    child: (child: StatusChild): void => this.#file((section) => this.#sections.sink.child?.(child, section)),
    stats: (stats: DaemonStats): void => this.#file((section) => this.#sections.sink.stats?.(stats, section)),
  };

  constructor(sections: SectionList) {
    this.#sections = sections;
    this.#listSas = new ListSas(this.#sink);
    this.#statusAll = new StatusAll(this.#sink);
  }

  add(line: string, source: Source): boolean {
    if (this.#kind !== null && this.#continue(line, source)) return true;
    this.end();
    if (isRawSa(line)) {
      this.#enter("swanctl --list-sas --raw", source);
      readRawSa(line, source, this.#sink);
      return true;
    }
    if (isPlutoStatus(line)) {
      this.#enter("ipsec status (Libreswan)", source);
      readPlutoStatus(line, source, this.#sink);
      return true;
    }
    if (SwanctlStats.begins(line)) {
      this.#enter("swanctl --stats", source);
      this.#stats = new SwanctlStats(source);
      return this.#stats.add(line);
    }
    if (StatusAll.begins(line)) {
      this.#enter("ipsec statusall", source);
      return this.#statusAll.add(line, source);
    }
    if (!ListSas.begins(line)) return false;
    this.#enter("swanctl --list-sas", source);
    return this.#listSas.add(line, source);
  }

  end(): void {
    this.#listSas.end();
    this.#statusAll.end();
    if (this.#stats !== null) this.#sink.stats(this.#stats.stats);
    this.#stats = null;
    this.#kind = null;
  }

  #continue(line: string, source: Source): boolean {
    const isOwn = this.#takes(line, source);
    if (isOwn && this.#kind !== null) this.#section = this.#sections.enter(this.#kind, source.line);
    return isOwn;
  }

  #takes(line: string, source: Source): boolean {
    switch (this.#kind) {
      case "swanctl --list-sas":
        return this.#listSas.add(line, source);
      case "swanctl --stats":
        return this.#stats?.add(line) === true;
      case "ipsec statusall":
        return this.#statusAll.add(line, source);
      case "swanctl --list-sas --raw":
        return /^list-sas? reply/.test(line);
      default:
        return false;
    }
  }

  #enter(kind: SectionKind, source: Source): void {
    this.#kind = kind;
    this.#section = this.#sections.enter(kind, source.line);
  }

  #file(tell: (section: Section) => void): void {
    if (this.#section === null) return;
    this.#section.records++;
    tell(this.#section);
  }
}
