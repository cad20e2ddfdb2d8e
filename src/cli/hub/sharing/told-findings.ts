import type { KV } from "@nats-io/kv";
import type { FleetEvent } from "../../../report/fleet/event.js";
import type { NatsPackages } from "../../nats/server.js";
import { OwnedEntry, readEntry } from "./owned-entry.js";

/** An event of a share with its number, which is the same however often it is sent. */
export interface NumberedEvent {
  readonly number: number;
  readonly event: FleetEvent;
}

/** The state of a share as the bucket has it. */
interface ShareState {
  /** When the stream of events was made, and how far it was read when this was written. */
  readonly stream: string;
  readonly sequence: number;
  /** Number of the newest event that was told. */
  readonly told: number;
  /** Findings that are raised, by their identity. */
  readonly raised: readonly (readonly [identity: string, event: FleetEvent])[];
  /** Events that were decided on and of which it is not known yet that they were told. */
  readonly pending: readonly NumberedEvent[];
}

const EMPTY: ShareState = { stream: "", sequence: 0, told: 0, raised: [], pending: [] };
/** Findings that are raised in one share; the bucket takes a megabyte. */
export const MOST_RAISED = 2000;

/**
 * The findings of one share that are raised, in an entry that only its owner changes. An event is decided on in the same write that
 * raises or clears its finding, told afterwards under its number, and struck off with the next write: whoever takes the share over
 * tells what was not told, and the stream keeps a number once.
 */
export class ToldFindings {
  readonly #entry: OwnedEntry;
  readonly #raised: Map<string, FleetEvent>;
  #pending: readonly NumberedEvent[];
  #told: number;
  #stream: string;
  #sequence: number;

  private constructor(entry: OwnedEntry, state: ShareState) {
    this.#entry = entry;
    this.#raised = new Map(state.raised);
    this.#pending = state.pending;
    this.#told = state.told;
    this.#stream = state.stream;
    this.#sequence = state.sequence;
  }

  /** Takes the state of a share over: from this moment nobody else can write it. Null where another hub was faster. */
  static async take(
    packages: NatsPackages,
    bucket: KV,
    share: number,
    hub: string,
  ): Promise<ToldFindings | null> {
    const key = stateKey(share);
    const { revision, value } = await readEntry(bucket, key);
    const state = { ...EMPTY, ...(value as Partial<ShareState> | null) };
    const taken = new ToldFindings(new OwnedEntry(packages, bucket, key, hub, revision), state);
    return (await taken.#write()) ? taken : null;
  }

  /** Findings of a share that another hub owns. */
  static async read(bucket: KV, share: number): Promise<readonly FleetEvent[]> {
    const { value } = await readEntry(bucket, stateKey(share));
    return ((value as Partial<ShareState> | null)?.raised ?? []).map(([, event]) => event);
  }

  get raised(): ReadonlyMap<string, FleetEvent> {
    return this.#raised;
  }

  /** Decided on, and not known to be told. */
  get pending(): readonly NumberedEvent[] {
    return this.#pending;
  }

  /** Whether so much of the stream was read that nothing older than what was told from is concluded from. */
  isReached(stream: string, sequence: number): boolean {
    return stream !== this.#stream || sequence >= this.#sequence;
  }

  /** Raises or clears a finding; it is told after the next write. */
  decide(identity: string, event: FleetEvent): void {
    if (event.kind === "finding-raised") this.#raised.set(identity, event);
    else this.#raised.delete(identity);
    this.#pending = [...this.#pending, { number: ++this.#told, event }];
  }

  /** Lets a finding go that another share has raised now: nothing is told. */
  handOver(identity: string, to: ToldFindings): void {
    const event = this.#raised.get(identity);
    if (event === undefined) return;
    to.#raised.set(identity, event);
    this.#raised.delete(identity);
  }

  /** Writes what was decided on; false where another hub has the share now. */
  async save(stream: string, sequence: number): Promise<boolean> {
    this.#stream = stream;
    this.#sequence = sequence;
    return await this.#write();
  }

  /** These were told. */
  strikeOff(events: readonly NumberedEvent[]): void {
    const numbers = new Set(events.map(({ number }) => number));
    this.#pending = this.#pending.filter(({ number }) => !numbers.has(number));
  }

  async #write(): Promise<boolean> {
    return await this.#entry.write({
      stream: this.#stream,
      sequence: this.#sequence,
      told: this.#told,
      raised: [...this.#raised],
      pending: this.#pending,
    } satisfies ShareState);
  }
}

function stateKey(share: number): string {
  return `state.${share}`;
}
