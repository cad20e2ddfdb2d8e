import type { Micros } from "../bytes/time.js";
import type { RecordedSpan } from "./source.js";

/** Statistics blocks with times on a wrong scale lie years off; nobody waits this long behind the last packet. */
const LONGEST_QUIET_US: Micros = 31 * 86_400 * 1_000_000;

/** One interface's statistics, by its latest block. Each is null where the block does not say. */
export interface InterfaceStatistics {
  readonly dropped: number | null;
  /** Packets that the interface gave to the sniffer (isb_ifrecv); some systems count the dropped ones too. */
  readonly received: number | null;
  readonly from: Micros | null;
  readonly until: Micros | null;
}

type Interfaces = readonly { readonly statistics: InterfaceStatistics | null }[];

/**
 * From when until when all interfaces of a pcapng file were captured, by their statistics (isb_starttime, isb_endtime of
 * draft-ietf-opsawg-pcapng). They are believed only where they count exactly the packets of the file: tools that cut a
 * capture may keep the statistics of the whole.
 */
export class RecordedSpanBuilder {
  #current: Interfaces = [];
  #isTold = true;
  #interfaces = 0;
  #received = 0;
  #dropped = 0;
  #from = -Infinity;
  #until = Infinity;

  /** Begins a section, whose interfaces and their statistics come to stand in the list that is given. */
  section(interfaces: Interfaces): void {
    this.#add(this.#current);
    this.#current = interfaces;
  }

  /** Null where the statistics do not say, or speak of another capture than these packets. */
  build(packets: number, firstTime: Micros, lastTime: Micros): RecordedSpan | null {
    this.#add(this.#current);
    this.#current = [];
    if (!this.#isTold || this.#interfaces === 0) return null;
    if (packets !== this.#received && packets !== this.#received - this.#dropped) return null;
    const [from, until] = [this.#from, this.#until];
    if (from > firstTime || until < lastTime || until - lastTime > LONGEST_QUIET_US) return null;
    return { from, until };
  }

  #add(interfaces: Interfaces): void {
    for (const { statistics } of interfaces) {
      this.#interfaces++;
      const { from, until, received, dropped } = statistics ?? {};
      if (from == null || until == null || received == null) {
        this.#isTold = false;
        continue;
      }
      this.#received += received;
      this.#dropped += dropped ?? 0;
      this.#from = Math.max(this.#from, from);
      this.#until = Math.min(this.#until, until);
    }
  }
}
