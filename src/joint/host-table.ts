import { type Address, addressBytes } from "../bytes/address.js";
import { HostCollector, type HostRecords } from "./host.js";

/** A text of a host, as far as it shows whose it is. */
export interface PlacedText<File> {
  readonly file: File;
  /** As the user called the host; null where he did not. */
  readonly host: string | null;
  /** Addresses that the text shows to be the host's own. */
  readonly addresses: readonly Address[];
}

/** The hosts that files belong to. */
export class HostTable<File> {
  readonly #found: { readonly collector: HostCollector; readonly name: string }[] = [];

  /** Gives each file its host. */
  place(files: readonly PlacedText<File>[]): { readonly file: File; readonly collector: HostCollector }[] {
    const own = files.map((file) => this.#hostOf(file));
    let current = own.find((collector) => collector !== null) ?? this.#add("");
    return files.map(({ file }, index) => {
      current = own[index] ?? current;
      return { file, collector: current };
    });
  }

  records(): HostRecords[] {
    return this.#found.map(({ collector, name }) => collector.records(name));
  }

  /** Null where neither a name nor an address tells it. */
  #hostOf({ host, addresses }: PlacedText<File>): HostCollector | null {
    const known = this.#found.find(({ collector, name }) =>
      host === null ? addresses.some((address) => collector.addresses.has(address)) : name === host,
    );
    if (known === undefined && host === null && addresses.length === 0) return null;
    const collector = known?.collector ?? this.#add(host ?? "");
    for (const address of addresses) collector.addresses.add(address);
    return collector;
  }

  #add(name: string): HostCollector {
    const collector = new HostCollector();
    if (addressBytes(name) !== null) collector.addresses.add(name);
    this.#found.push({ collector, name });
    return collector;
  }
}
