import { addressBytes } from "../bytes/address.js";
import { HostCollector, type HostRecords } from "./host.js";

interface Host {
  readonly collector: HostCollector;
  readonly name: string;
}

/**
 * The hosts that files belong to. A file is read for itself and added: to the host that the user named, else to the one that has an
 * address which the file shows to be its own. One that shows none belongs to the host of the file before, or to the first there is.
 */
export class HostTable {
  readonly #hosts: Host[] = [];
  #current: Host | null = null;
  /** The records of files that came before any host was known. */
  #early: HostCollector | null = null;

  /** Adds what was read from a file; `name` is what the user called its host, null where he did not. */
  add(name: string | null, file: HostCollector): void {
    const host = this.#hostOf(name, file) ?? this.#current;
    if (host === null) {
      if (this.#early === null) this.#early = file;
      else this.#early.absorb(file);
      return;
    }
    if (this.#early !== null) {
      host.collector.absorb(this.#early);
      this.#early = null;
    }
    host.collector.absorb(file);
    this.#current = host;
  }

  records(): HostRecords[] {
    const early = this.#early === null ? [] : [this.#early.records("")];
    return [...early, ...this.#hosts.map(({ collector, name }) => collector.records(name))];
  }

  /** Null where neither a name nor an address tells it. */
  #hostOf(name: string | null, { addresses }: HostCollector): Host | null {
    const known = this.#hosts.find((host) =>
      name === null
        ? [...addresses].some((address) => host.collector.addresses.has(address))
        : host.name === name,
    );
    if (known !== undefined) return known;
    return name === null && addresses.size === 0 ? null : this.#add(name ?? "");
  }

  #add(name: string): Host {
    const host = { collector: new HostCollector(), name };
    if (addressBytes(name) !== null) host.collector.addresses.add(name);
    this.#hosts.push(host);
    return host;
  }
}
