import { CAPTURE_FILTER } from "../bytes/capture-filter.js";
import type { Micros } from "../bytes/time.js";
import { captureFilter } from "../capture/filter.js";
import type { ToldProducts } from "../diagnosis/commands/told.js";
import type { CaptureContext } from "../diagnosis/context.js";
import type { EspKernel } from "../esp/kernel.js";
import { Intake } from "../session/intake/intake.js";
import type { ExchangeLimit } from "../session/log/limits.js";
import type { CaptureFile, ClearFlow, KeptTunnel } from "../session/model.js";
import type { IkeSaLimit, TunnelBuilder } from "../session/tunnel-builder.js";
import type { SessionWatch } from "../session/watch.js";
import type { HeardKinds } from "./account/account.js";
import type { Filed } from "./registry.js";
import { StreamAccounts } from "./stream-accounts.js";
import { SWEEP_EVERY } from "./traffic-watch.js";

/** Limits of what is kept of a tunnel: each judgement looks through all of it, and it is judged again and again. */
const IKE_SAS: IkeSaLimit = { all: 24, first: 4 };
const EXCHANGES: ExchangeLimit = { exchanges: 80, first: 20, newest: 40, atOnce: 10 };
/** Fragments of one datagram come within moments; who watches wants to know soon that one is missing. */
const REASSEMBLY: Micros = 5_000_000;
/** Packets that the capture dropped make missing ESP numbers meaningless for so long. */
const DROPS_COUNT: Micros = 600_000_000;

/** Whether it is the filter of ikescope itself, below VLAN tags too or not, without a choice of hosts. */
function isBuiltIn(filter: string | null): boolean {
  return filter === CAPTURE_FILTER || filter === TAGGED_FILTER;
}

const TAGGED_FILTER = captureFilter({ hosts: [], tagged: true });

/** The interface, for people, and the capture filter in the language of libpcap; null where it is not known. */
export interface Recording {
  readonly name: string;
  readonly filter: string | null;
  /** The products of the peers, where the user names them. */
  readonly products: ToldProducts | undefined;
}

/** One capture without a gap, and what is filed of it. */
export class CaptureRun implements Filed {
  readonly intake: Intake;
  readonly streams: StreamAccounts;
  readonly kernel: EspKernel;
  readonly began: Micros;
  readonly #name: string;
  readonly #filter: string | null;
  readonly #products: ToldProducts | undefined;
  #flows: { readonly at: Micros; readonly list: readonly ClearFlow[] } = { at: -Infinity, list: [] };
  #dropped: number | null = null;
  #droppedAt: Micros = -Infinity;
  /** Drops before the last time that there were new ones. */
  #droppedBefore = 0;

  constructor(
    { name, filter, products }: Recording,
    kernel: EspKernel,
    tunnels: number,
    watch: SessionWatch,
    now: Micros,
  ) {
    this.#name = name;
    this.#filter = filter;
    this.#products = products;
    this.kernel = kernel;
    this.began = now;
    this.intake = new Intake({
      kernel,
      reassembly: REASSEMBLY,
      session: { watch, limit: { tunnels, idleGo: true }, ikeSas: IKE_SAS, exchanges: EXCHANGES },
    });
    this.streams = new StreamAccounts(this.intake.streams, (stream) =>
      this.intake.session.streamOver(stream),
    );
    this.intake.streams.watch = {
      opened: (record, stream) => this.intake.session.streamBegan(stream, record),
      evicted: (records) => this.streams.evicted(records),
    };
  }

  /** Since the program knows of this capture; null where the backend cannot say. */
  get dropped(): number | null {
    return this.#dropped;
  }

  /** Which kinds of packets would be here if they passed. */
  get hears(): HeardKinds {
    const { otherPackets, port500, port4500, nativeEsp } = this.intake.observations();
    return {
      everything: otherPackets > 0 || isBuiltIn(this.#filter),
      port500: port500 > 0,
      port4500: port4500 > 0,
      esp: nativeEsp > 0,
    };
  }

  isStranger(tunnel: TunnelBuilder): boolean {
    return this.intake.session.tunnels.isStranger(tunnel);
  }

  settle(tunnel: TunnelBuilder): void {
    this.intake.session.tunnels.settle(tunnel);
  }

  noteDrops(dropped: number | null, now: Micros): void {
    if (dropped !== null && dropped > (this.#dropped ?? 0)) {
      if (now - this.#droppedAt > DROPS_COUNT) this.#droppedBefore = this.#dropped ?? 0;
      this.#droppedAt = now;
    }
    this.#dropped = dropped;
  }

  /** The capture as rules read it beside the tunnel; lists are made when they are asked for. */
  context(now: Micros, neighbours: () => readonly KeptTunnel[]): CaptureContext {
    const { intake } = this;
    let tunnels: readonly KeptTunnel[] | null = null;
    const flows = (): readonly ClearFlow[] => this.#clearFlows(now);
    return {
      observations: { ...intake.observations(), lastTime: now },
      files: [this.file(now)],
      get tunnels() {
        return (tunnels ??= neighbours());
      },
      get clearFlows() {
        return flows();
      },
      places: [],
      ...(this.#products === undefined ? {} : { products: this.#products }),
    };
  }

  /** The flows in clear, as they stood at the last sweep: making the list for each tunnel took most of the time. */
  #clearFlows(now: Micros): readonly ClearFlow[] {
    const age = now - this.#flows.at;
    if (age < 0 || age >= SWEEP_EVERY) this.#flows = { at: now, list: this.intake.clearFlows() };
    return this.#flows.list;
  }

  /** The capture as rules and reports want a file. */
  file(now: Micros): CaptureFile {
    const { packets, firstTime } = this.intake.observations();
    const recent = now - this.#droppedAt <= DROPS_COUNT ? (this.#dropped ?? 0) - this.#droppedBefore : 0;
    return {
      file: this.#name,
      format: "live",
      linkTypes: [],
      packets,
      bytes: 0,
      firstTime,
      lastTime: packets === 0 ? null : now,
      recorded: null,
      nanosecondTimes: false,
      dropped: this.#dropped === null ? null : recent,
      stepBack: null,
      filters: this.#filter === null ? [] : [this.#filter],
      notes: [],
    };
  }
}
