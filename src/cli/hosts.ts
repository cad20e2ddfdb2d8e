import { basename } from "node:path";
import { printable } from "../bytes/text.js";
import { addressBytes } from "../bytes/address.js";
import type { Micros } from "../bytes/time.js";
import { HostCollector, type HostRecords } from "../joint/host.js";
import { UsageError } from "./exit.js";
import { filesOf, readHostFile } from "./host-files.js";

/** "gw1=charon.log", or a file or directory alone. */
interface Named {
  readonly host: string | null;
  readonly path: string;
}

const NAMED = /^([\w.:-]{1,255})=(.+)$/;

/**
 * Reads what `--with` names, and sorts it by host: by the name before "=", else by the addresses that the files show to be the
 * host's own. A file that shows none belongs to the only host, or to the one of the file before. Throws UsageError where nothing
 * in a file is recognised.
 */
export async function readHosts(values: readonly string[], near: Micros): Promise<HostRecords[]> {
  const named = new Map<string, HostCollector>();
  const found: { readonly collector: HostCollector; readonly name: string }[] = [];
  for (const { host, path } of values.map(namedValue)) {
    for (const file of await filesOf([path])) {
      // Read twice: whose it is shows only when it was read.
      const probe = host === null ? await probed(file, near) : null;
      const known =
        host === null
          ? (found.find(({ collector }) => sharesAddress(collector, probe)) ??
            (probe === null || probe.addresses.size === 0 ? found.at(-1) : undefined))
          : found.find(({ collector }) => collector === named.get(host));
      const collector = known?.collector ?? new HostCollector();
      if (known === undefined) found.push({ collector, name: host ?? "" });
      if (host !== null) {
        named.set(host, collector);
        if (addressBytes(host) !== null) collector.addresses.add(host);
      }
      await readInto(file, near, collector);
    }
  }
  const records = found.map(({ collector, name }) => {
    const [address] = collector.addresses;
    return collector.records(name !== "" ? name : (address ?? "the host"));
  });
  if (!records.some(({ files }) => files.some(({ sections }) => sections.length > 0))) {
    throw new UsageError(`--with: nothing recognised in ${values.map(printable).join(", ")}`);
  }
  return records;
}

function namedValue(value: string): Named {
  const match = NAMED.exec(value);
  return match === null ? { host: null, path: value } : { host: match[1] ?? null, path: match[2] ?? "" };
}

async function probed(file: string, near: Micros): Promise<HostCollector | null> {
  if (file === "-") return null;
  const collector = new HostCollector();
  return (await readHostFile(file, near, collector)) === null ? null : collector;
}

function sharesAddress({ addresses }: HostCollector, probe: HostCollector | null): boolean {
  return [...(probe?.addresses ?? [])].some((address) => addresses.has(address));
}

async function readInto(file: string, near: Micros, collector: HostCollector): Promise<void> {
  const evidence = await readHostFile(file, near, collector);
  if (evidence === null) return;
  collector.file({ ...evidence, file: file === "-" ? file : basename(file) });
  for (const { kind, count, lines } of evidence.secrets.found) {
    process.stderr.write(
      `ikescope: ${printable(file)} line ${lines[0] ?? 0} holds ${kind} (${count} lines in all); it is not used and not shown\n`,
    );
  }
}
