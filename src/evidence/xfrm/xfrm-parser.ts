import type { Source } from "../record.js";
import type { SectionList } from "../section.js";
import { addCounters, addToBlock, beginBlock, stateOf, type XfrmBlock } from "./block.js";
import { type MonitorLead, monitorEvent, monitorLead, shortEvent } from "./monitor.js";

const MOST_KNOWN = 100_000;

/** `ip xfrm state`, `policy` and `monitor`: entries that begin with "src A dst B". */
export class XfrmParser {
  readonly #sections: SectionList;
  #block: XfrmBlock | null = null;
  #lead: MonitorLead | null = null;
  /** Lines that follow an event and belong to it. */
  #swallows = false;
  /** Lines of the entry, filed once its kind is known. */
  #held: number[] = [];
  /** Entries of the listing so far: one that comes again begins another listing. */
  readonly #known = new Set<string>();
  /** Lines with time or word stand in this text: it is that of the monitor. */
  #isMonitor = false;

  constructor(sections: SectionList) {
    this.#sections = sections;
  }

  add(line: string, source: Source): boolean {
    if (this.#block !== null && this.#continue(this.#block, line, source.line)) return true;
    if (this.#swallows && /^\s+\S/.test(line)) {
      this.#sections.enter("ip xfrm monitor", source.line);
      return true;
    }
    const lead = monitorLead(line);
    if (lead === null) {
      this.end();
      return false;
    }
    this.#finish();
    this.#swallows = false;
    if (!lead.isPlain) this.#isMonitor = true;
    if (lead.rest === "") {
      const section = this.#sections.enter("ip xfrm monitor", source.line);
      this.#sections.event(shortEvent(lead, line, source), section);
      this.#swallows = true;
      return true;
    }
    this.#block = beginBlock(lead.rest, source);
    this.#lead = lead;
    this.#held = [source.line];
    return this.#block !== null;
  }

  /** Whether what comes may still belong to it, so that nobody else need look. */
  get isOpen(): boolean {
    return this.#block !== null || this.#swallows;
  }

  /** The text goes on with something else. */
  end(): void {
    this.#finish();
    this.#swallows = false;
    this.#isMonitor = false;
    this.#known.clear();
  }

  #continue(block: XfrmBlock, line: string, number: number): boolean {
    if (!addCounters(block, line) && !addToBlock(block, line)) return false;
    this.#held.push(number);
    return true;
  }

  #finish(): void {
    const [block, lead] = [this.#block, this.#lead];
    this.#block = null;
    if (block === null || lead === null || block.kind === "unknown") return;
    const { sink } = this.#sections;
    if (this.#isMonitor) {
      const section = this.#enter("ip xfrm monitor");
      this.#sections.event(monitorEvent(lead, block, block.state.source), section);
    } else if (block.kind === "state") {
      const { src, dst, spi, protocol } = block.state;
      this.#splitWhereKnown(`s ${src} ${dst} ${protocol} ${spi}`, spi !== 0);
      const section = this.#enter("ip xfrm state");
      section.records++;
      sink.state?.(stateOf(block), section);
    } else {
      const { direction, ofSocket, ifId, mark } = block.policy;
      // Its selector may name protocol and ports behind the networks.
      this.#splitWhereKnown(`p ${lead.rest.trim()} ${direction} ${ifId} ${mark}`, !ofSocket);
      const section = this.#enter("ip xfrm policy");
      section.records++;
      sink.policy?.(block.policy, section);
    }
  }

  #splitWhereKnown(key: string, isUnique: boolean): void {
    if (!isUnique) return;
    if (this.#known.has(key) || this.#known.size >= MOST_KNOWN) {
      this.#sections.split();
      this.#known.clear();
    }
    this.#known.add(key);
  }

  #enter(kind: "ip xfrm state" | "ip xfrm policy" | "ip xfrm monitor"): ReturnType<SectionList["enter"]> {
    const [first = 0, ...rest] = this.#held;
    const section = this.#sections.enter(kind, first);
    for (const line of rest) this.#sections.enter(kind, line);
    return section;
  }
}
