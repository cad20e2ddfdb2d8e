import type { Address } from "../../bytes/address.js";
import type { Micros } from "../../bytes/time.js";
import type { CaptureRuns } from "../capture-runs.js";
import type { Registry } from "../registry.js";
import type { TunnelRecord } from "../tunnel-record.js";
import type { AccountOptions, CaptureStatus, TunnelAccount } from "./account.js";
import { accountOf } from "./account-of.js";

/** An account is told anew after this time at the latest, and changed ones no more often than that. */
const AGAIN_AFTER: Micros = 55_000_000;
const CHANGED_AFTER: Micros = 4_000_000;
const STATUS_EVERY: Micros = 55_000_000;
/** Accounts of one event: some 350 KB at most, below the 1 MB that a NATS server takes. */
const BATCH = 10;
/** Milliseconds of processor time that accounts may take at a time; those that are left come at the next. */
const LIMIT_MS = 40;

interface Told {
  readonly at: Micros;
  readonly mark: string;
}

/** The subject of the accounts: the captures of an interface and the tunnels in them. */
interface Accounted {
  readonly interface: string;
  readonly runs: CaptureRuns;
  readonly registry: Registry;
}

/** Decides which tunnels are accounted for when: after a change, and at least once a minute. */
export class Accountant {
  readonly #options: AccountOptions;
  readonly #accounted: Accounted;
  readonly #own: ReadonlySet<Address>;
  readonly #told = new Map<number, Told>();
  #statusAt: Micros = -Infinity;
  #statusMark = "";

  constructor(options: AccountOptions, accounted: Accounted) {
    this.#options = options;
    this.#accounted = accounted;
    this.#own = new Set(options.own);
  }

  /** Tells what is due at `now`; `all`: everything that happened since it was told last, however long that takes. */
  tell(now: Micros, isCapturing: boolean, all: boolean): void {
    this.#tellStatus(this.#status(now, isCapturing), all);
    const until = performance.now() + (all ? Infinity : LIMIT_MS);
    let batch: TunnelAccount[] = [];
    const told = (): void => {
      if (batch.length > 0) this.#options.listener.accounts(batch, now);
      batch = [];
    };
    for (const record of this.#accounted.registry.all()) {
      const mark = markOf(record);
      if (!this.#isDue(record, mark, now, all)) continue;
      const account = accountOf(record, this.#own);
      this.#told.set(record.id, { at: now, mark });
      if (account === null) continue;
      batch.push(account);
      if (batch.length === BATCH) told();
      if (performance.now() > until) break;
    }
    told();
  }

  /** The tunnel is not known any more. */
  forget(id: number): void {
    this.#told.delete(id);
  }

  #status(time: Micros, isCapturing: boolean): CaptureStatus {
    const { interface: name, runs, registry } = this.#accounted;
    const { began, dropped, hears } = runs.current;
    return {
      time,
      interface: name,
      isCapturing,
      recordedSince: began,
      packets: runs.packets,
      dropped,
      tunnels: registry.size,
      addresses: this.#options.own,
      hears,
    };
  }

  #tellStatus(status: CaptureStatus, all: boolean): void {
    const { isCapturing, recordedSince, dropped } = status;
    const mark = `${isCapturing} ${recordedSince} ${dropped}`;
    const since = status.time - this.#statusAt;
    if (!all && mark === this.#statusMark && since >= 0 && since < STATUS_EVERY) return;
    this.#statusAt = status.time;
    this.#statusMark = mark;
    this.#options.listener.status(status);
  }

  #isDue({ id, lastTime }: TunnelRecord, mark: string, now: Micros, all: boolean): boolean {
    const told = this.#told.get(id);
    if (told === undefined) return true;
    const since = now - told.at;
    // A clock that was set back must not silence a tunnel.
    if (since < 0) return true;
    if (all) return mark !== told.mark || lastTime > told.at || since > 0;
    return since >= AGAIN_AFTER || (since >= CHANGED_AFTER && mark !== told.mark);
  }
}

/** Changes with whatever is worth telling at once; counters of traffic are not. */
function markOf({ state, since, lastExchange, findings, spis, retransmissions }: TunnelRecord): string {
  const [newest] = spis;
  const exchange =
    lastExchange === null ? "" : `${lastExchange.messageId} ${lastExchange.name} ${lastExchange.answered}`;
  return `${state} ${since} ${exchange} ${retransmissions} ${findings.length} ${newest?.fromFirst} ${newest?.fromSecond}`;
}
