import { say, listed } from "../texts/message.js";
import { basename } from "node:path";
import type { Meter } from "../capture/node/meter.js";
import type { Micros } from "../bytes/time.js";
import { HostCollector, type HostRecords } from "../joint/host.js";
import { HostTable } from "../joint/host-table.js";
import { UsageError, literal } from "./exit.js";
import { filesOf, readHostFile } from "./host-files.js";
import { complain } from "./standard-error.js";

/** "gw1=charon.log", or a file or directory alone. */
interface Named {
  readonly host: string | null;
  readonly path: string;
}

const NAMED = /^([\w.:-]{1,255})=(.+)$/;

/**
 * Reads what `--with` names, each file once, and sorts it by host (`HostTable`). None where nothing in the files is recognised,
 * which is said; with a capture this one is judged all the same. Throws UsageError where there is no capture either. `meter` counts
 * what is read.
 */
export async function readHosts(
  values: readonly string[],
  near: Micros,
  meter: Meter,
  hasCapture: boolean,
): Promise<HostRecords[]> {
  const hosts = new HostTable();
  for (const { host, path } of values.map(namedValue)) {
    for (const file of await filesOf([path])) hosts.add(host, await readInto(file, near, meter));
  }
  const records = hosts.records();
  if (!records.some(({ files }) => files.some(({ sections }) => sections.length > 0))) {
    const said = say`--with: nothing recognised in ${listed(values.map(literal))}; 'ikescope explain "LINE"' knows what lines of some other products mean`;
    if (!hasCapture) throw new UsageError(said);
    complain(said);
    return [];
  }
  return records;
}

function namedValue(value: string): Named {
  const match = NAMED.exec(value);
  return match === null ? { host: null, path: value } : { host: match[1] ?? null, path: match[2] ?? "" };
}

async function readInto(file: string, near: Micros, meter: Meter): Promise<HostCollector> {
  const collector = new HostCollector();
  const evidence = await readHostFile(file, near, collector, meter);
  if (evidence === null) return collector;
  collector.file({ ...evidence, file: file === "-" ? file : basename(file) });
  for (const { kind, count, lines } of evidence.secrets.found) {
    complain(
      say`${literal(file)} line ${lines[0] ?? 0} holds ${kind} (${count} lines in all); it is not used and not shown`,
    );
  }
  return collector;
}
