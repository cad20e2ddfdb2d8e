import type { Micros } from "../../bytes/time.js";
import { readEvidence } from "../../evidence/read.js";
import { HostCollector, type HostRecords } from "../../joint/host.js";
import { HostTable } from "../../joint/host-table.js";
import { type Message, say, verbatim } from "../../texts/message.js";
import type { Pause } from "./pause.js";
import { bytesOfFile } from "./bytes-of-file.js";

/**
 * Reads what hosts say, once the time of the capture is known; `onNote` hears of secrets in texts that are not among `keys`, of which
 * nothing is used.
 */
export async function readHostTexts(
  texts: readonly File[],
  near: Micros,
  keys: readonly File[],
  pause: Pause,
  onNote: (note: Message) => void,
): Promise<readonly HostRecords[]> {
  const hosts = new HostTable();
  for (const file of texts) {
    const collector = new HostCollector();
    const bytes = bytesOfFile(file, pause);
    try {
      const evidence = await readEvidence(bytes, { file: file.name, near }, collector);
      if (evidence === null) continue;
      collector.file(evidence);
      hosts.add(null, collector);
      if (keys.includes(file)) continue;
      for (const { kind, count, lines } of evidence.secrets.found) {
        onNote(
          say`${verbatim(file.name)} line ${lines[0] ?? 0} holds ${kind} (${count} lines in all); it is not used and not shown`,
        );
      }
    } finally {
      await bytes.close();
    }
  }
  return hosts.records();
}
