import type { Counted, DaemonStats, Source, StatusChild } from "../record.js";
import { endpointFrom, type StatusSink } from "./list-sas.js";

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

const BEGIN =
  /^(?:Status of IKE charon daemon|Security Associations \(\d+ up, \d+ connecting\):|Shunted Connections:|Routed Connections:)/;
const STATE = /^\s+(\S{1,255})\[\d+\]: ([A-Z]+) .{0,80}?, (\S{2,45}?)\[[^\]]{0,300}\]\.\.\.(\S{2,45}?)\[/;
const SPIS = /^\s+\S{1,255}\[\d+\]: IKEv[12] SPIs: ([0-9a-f]{16})_i(\*?) ([0-9a-f]{16})_r/;
const CHILD =
  /^\s+(\S{1,255})\{\d+\}: {1,2}([A-Z]+), [A-Z_]+, reqid (\d{1,10}), [\w ]+ SPIs: ([0-9a-f]{1,8})_i ([0-9a-f]{1,8})_o/;
const SELECTORS = /^\s+\S{1,255}\{\d+\}: {2,3}(\S.{0,1000}?) === (\S.{0,1000})$/;
/** The number of packets is left out where there are none. */
const COUNTED =
  /^\s+\S{1,255}\{\d+\}: {1,3}[^ ,]{0,200}, (\d{1,20}) bytes_i(?: \((\d{1,20}) pkts?, [^)]{0,40}\))?, (\d{1,20}) bytes_o(?: \((\d{1,20}) pkts?, [^)]{0,40}\))?/;
const BODY =
  /^(?:Status of|Listening IP addresses:|Connections:|Routed Connections:|Shunted Connections:|Security Associations|Virtual IP pools| {2}(?:uptime|malloc|mallinfo|worker threads|loaded plugins|job queue)|\s+(?:\S+: |\S+\[\d+\]:|\S+\{\d+\}:|[0-9a-fA-F.:]{3,45}\s*$|none\s*$))/;
const WORKERS = /worker threads: (\d{1,9}) of (\d{1,9}) idle/;

/** `ipsec statusall` and `ipsec status` of strongSwan. */
export class StatusAll {
  readonly #sink: StatusSink & { stats(stats: DaemonStats): void };
  #child: Writable<StatusChild> | null = null;
  #ike: { name: string; state: string; local: string; remote: string } | null = null;

  constructor(sink: StatusSink & { stats(stats: DaemonStats): void }) {
    this.#sink = sink;
  }

  static begins(line: string): boolean {
    return BEGIN.test(line);
  }

  add(line: string, source: Source): boolean {
    if (!BODY.test(line)) return false;
    const workers = WORKERS.exec(line);
    if (workers !== null) {
      const [idle, total] = [Number(workers[1]), Number(workers[2])];
      this.#sink.stats({ source, workersIdle: idle, workersTotal: total, ikeSas: null, halfOpen: null });
    }
    const state = STATE.exec(line);
    if (state !== null) {
      const [, name = "", word = "", local = "", remote = ""] = state;
      this.#ike = { name, state: word, local, remote };
    }
    const spis = SPIS.exec(line);
    if (spis !== null && this.#ike !== null) {
      this.#sink.ikeSa({
        source,
        name: this.#ike.name,
        state: this.#ike.state,
        initiatorSpi: spis[1] ?? null,
        responderSpi: spis[3] ?? null,
        isInitiator: spis[2] === "*",
        local: endpointFrom(this.#ike.local, "0"),
        remote: endpointFrom(this.#ike.remote, "0"),
      });
    }
    this.#addChild(line, source);
    return true;
  }

  end(): void {
    if (this.#child !== null) this.#sink.child(this.#child);
    this.#child = null;
  }

  #addChild(line: string, source: Source): void {
    const head = CHILD.exec(line);
    if (head !== null) {
      this.end();
      this.#child = {
        source,
        name: head[1] ?? "",
        ikeName: this.#ike?.name ?? null,
        state: head[2] ?? "",
        reqid: Number(head[3]),
        spiIn: Number.parseInt(head[4] ?? "", 16),
        spiOut: Number.parseInt(head[5] ?? "", 16),
        countedIn: null,
        countedOut: null,
        local: null,
        localSelectors: [],
        remoteSelectors: [],
      };
      return;
    }
    const counted = COUNTED.exec(line);
    if (counted !== null && this.#child !== null) {
      this.#child.countedIn = countedFrom(counted[1], counted[2]);
      this.#child.countedOut = countedFrom(counted[3], counted[4]);
      return;
    }
    const selectors = SELECTORS.exec(line);
    if (selectors === null || this.#child === null) return;
    this.#child.localSelectors = (selectors[1] ?? "").trim().split(" ");
    this.#child.remoteSelectors = (selectors[2] ?? "").trim().split(" ");
    this.end();
  }
}

function countedFrom(bytes = "", packets: string | undefined): Counted {
  return { bytes: Number(bytes), packets: packets === undefined ? null : Number(packets) };
}
