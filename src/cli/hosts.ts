import { basename } from "node:path";
import { printable } from "../bytes/text.js";
import type { Address } from "../bytes/address.js";
import type { Meter } from "../capture/node/meter.js";
import type { Micros } from "../bytes/time.js";
import { HostCollector, type HostRecords } from "../joint/host.js";
import { HostTable, type PlacedText } from "../joint/host-table.js";
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
 * host's own. A file that shows none belongs to the host of the file before, or to the first there is. Throws UsageError where
 * nothing in a file is recognised. `meter` counts what is read.
 */
export async function readHosts(
  values: readonly string[],
  near: Micros,
  meter: Meter,
): Promise<HostRecords[]> {
  const hosts = new HostTable<string>();
  for (const { file, collector } of hosts.place(await placedFiles(values, near, meter))) {
    await readInto(file, near, collector, meter);
  }
  const records = hosts.records();
  if (!records.some(({ files }) => files.some(({ sections }) => sections.length > 0))) {
    throw new UsageError(`--with: nothing recognised in ${values.map(printable).join(", ")}`);
  }
  return records;
}

/** All files that are named, with whose they are as far as it shows. A single one need not be asked. */
async function placedFiles(
  values: readonly string[],
  near: Micros,
  meter: Meter,
): Promise<PlacedText<string>[]> {
  const files: { readonly file: string; readonly host: string | null }[] = [];
  for (const { host, path } of values.map(namedValue)) {
    for (const file of await filesOf([path])) files.push({ file, host });
  }
  const placed: PlacedText<string>[] = [];
  for (const { file, host } of files) {
    const isAsked = host === null && files.length > 1;
    placed.push({ file, host, addresses: isAsked ? await ownAddresses(file, near, meter) : [] });
  }
  return placed;
}

function namedValue(value: string): Named {
  const match = NAMED.exec(value);
  return match === null ? { host: null, path: value } : { host: match[1] ?? null, path: match[2] ?? "" };
}

/** Read for itself, for whose it is shows only when it was read; standard input can be read once. */
async function ownAddresses(file: string, near: Micros, meter: Meter): Promise<Address[]> {
  if (file === "-") return [];
  const collector = new HostCollector();
  await readHostFile(file, near, collector, meter);
  return [...collector.addresses];
}

async function readInto(file: string, near: Micros, collector: HostCollector, meter: Meter): Promise<void> {
  const evidence = await readHostFile(file, near, collector, meter);
  if (evidence === null) return;
  collector.file({ ...evidence, file: file === "-" ? file : basename(file) });
  for (const { kind, count, lines } of evidence.secrets.found) {
    process.stderr.write(
      `ikescope: ${printable(file)} line ${lines[0] ?? 0} holds ${kind} (${count} lines in all); it is not used and not shown\n`,
    );
  }
}
