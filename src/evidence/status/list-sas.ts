import { addressBytes } from "../../bytes/address.js";
import type { Endpoint, Source, StatusChild, StatusIkeSa } from "../record.js";

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

export interface StatusSink {
  ikeSa(sa: StatusIkeSa): void;
  child(child: StatusChild): void;
}

const IKE_SA =
  /^([^\s:#][^:]{0,254}): #\d+, ([A-Z_]+), IKEv[12], ([0-9a-f]{16})_i(\*?) ([0-9a-f]{16})_r\*?\s*$/;
const HOST = /^ {2}(local|remote) {1,2}'[^']{0,300}' @ (\S{2,45}?)\[(\d{1,5})\]/;
const CHILD = /^ {2}([^\s:#][^:]{0,254}): #\d+, reqid (\d{1,10}), ([A-Z_]+), /;
const SPI =
  /^ {4}(in|out) {1,2}([0-9a-f]{1,8})(?: \([^)]{0,60}\))?,(?: {1,20}(\d{1,20}) bytes, {1,20}(\d{1,20}) packets)?/;
const SELECTOR = /^ {4}(local|remote) {1,2}(\S.{0,1000})$/;
const OTHER =
  /^ {2,4}(?:[A-Z0-9_/-]+(?:-\d+)?\/|[A-Z][A-Z0-9_-]+\/|established |installed |queued:|active:|passive:|rekeying |EAP|XAuth|AES|CHACHA|local-vips|no proposal)/;

/** `swanctl --list-sas` as people read it. */
export class ListSas {
  readonly #sink: StatusSink;
  #ikeSa: Writable<StatusIkeSa> | null = null;
  #child: Writable<StatusChild> | null = null;

  constructor(sink: StatusSink) {
    this.#sink = sink;
  }

  /** Whether the line begins an IKE SA in such a list. */
  static begins(line: string): boolean {
    return IKE_SA.test(line);
  }

  /** False where it is no line of the list. */
  add(line: string, source: Source): boolean {
    const ike = IKE_SA.exec(line);
    if (ike !== null) {
      this.end();
      const [, name = "", state = "", initiatorSpi = null, own = "", responderSpi = null] = ike;
      const isInitiator = own === "*";
      this.#ikeSa = {
        source,
        name,
        state,
        initiatorSpi,
        responderSpi,
        isInitiator,
        local: null,
        remote: null,
      };
      return true;
    }
    if (this.#ikeSa === null) return false;
    return this.#addHost(line) || this.#addChild(line, source) || OTHER.test(line);
  }

  end(): void {
    this.#endChild();
    if (this.#ikeSa !== null) this.#sink.ikeSa(this.#ikeSa);
    this.#ikeSa = null;
  }

  #addHost(line: string): boolean {
    const match = HOST.exec(line);
    if (match === null || this.#ikeSa === null) return false;
    const end = endpointFrom(match[2], match[3]);
    if (match[1] === "local") this.#ikeSa.local = end;
    else this.#ikeSa.remote = end;
    return true;
  }

  #addChild(line: string, source: Source): boolean {
    const head = CHILD.exec(line);
    if (head !== null) {
      this.#endChild();
      this.#child = {
        source,
        name: head[1] ?? "",
        ikeName: this.#ikeSa?.name ?? null,
        reqid: Number(head[2]),
        state: head[3] ?? "",
        spiIn: null,
        spiOut: null,
        countedIn: null,
        countedOut: null,
        local: null,
        localSelectors: [],
        remoteSelectors: [],
      };
      return true;
    }
    if (this.#child === null) return false;
    const spi = SPI.exec(line);
    if (spi !== null) {
      const value = Number.parseInt(spi[2] ?? "", 16);
      const counted = spi[3] === undefined ? null : { bytes: Number(spi[3]), packets: Number(spi[4]) };
      if (spi[1] === "in") Object.assign(this.#child, { spiIn: value, countedIn: counted });
      else Object.assign(this.#child, { spiOut: value, countedOut: counted });
      return true;
    }
    const selector = SELECTOR.exec(line);
    if (selector === null) return false;
    const nets = (selector[2] ?? "").trim().split(" ");
    if (selector[1] === "local") this.#child.localSelectors = nets;
    else this.#child.remoteSelectors = nets;
    return true;
  }

  #endChild(): void {
    if (this.#child !== null) this.#sink.child(this.#child);
    this.#child = null;
  }
}

/** Null where the address is none. */
export function endpointFrom(address = "", port = ""): Endpoint | null {
  return addressBytes(address) === null || !/^\d{1,5}$/.test(port) ? null : { address, port: Number(port) };
}
