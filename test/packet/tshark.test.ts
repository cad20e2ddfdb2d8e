import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { openCaptures } from "../../src/capture/node/open.js";
import { captureFiles, PUBLIC_CAPTURES } from "../support/capture/capture-files.js";
import { pcapFile } from "../support/capture/pcap-writer.js";
import { CORPUS } from "../support/packet/corpus.js";
import { Bench } from "../support/packet/dissect.js";
import { readingOf, readingOfTshark, TSHARK_FIELDS, type Reading } from "../support/packet/reading.js";
import { isInstalled, joinCaptures, tsharkFields } from "../support/packet/tshark.js";
import { itIf } from "../support/require.js";

const tshark = isInstalled("tshark") && isInstalled("mergecap");
const publicFiles = captureFiles([PUBLIC_CAPTURES], [".pcap", ".pcapng", ".cap"]);

/** Samples that tshark reads only with settings, or not at all. */
const NOT_BY_TSHARK = new Set(["MPLS pseudowire", "NULL Linux IPv6"]);

/** Frames of public captures that are read otherwise, on purpose. */
const DIFFERENT: Readonly<Record<string, readonly number[]>> = {
  // An AH header cut before its sequence number is not shown as AH.
  "16_ah_truncated_fixed_header.pcap": [1],
  // GTP and MikroTik's EoIP are not followed; a pseudowire without control word is told from one with it.
  "pcap_flow_lab_showcase.pcap": [1236, 1238, 1319, 1327],
  // Broken on purpose: first fragments of a length that cannot be, which tshark shows as if they were whole packets.
  "esp_truncated.pcap": [1],
  "ikev1_id_ipv6_addr_subnet-oobr.pcap": [1],
  "isakmp-ikev1_n_print-oobr.pcap": [1, 3],
  "isakmp-various-oobr.pcap": [1],
  "isakmpv1-attr-oobr.pcap": [1],
  // UDP lengths beyond the IP packet: tshark shows the field, the dissector what there is.
  "isakmp-3948-oobr-2.pcap": [1],
  "isakmp-delete-segfault.pcap": [1],
  "isakmp-rfc3948-oobr.pcap": [23],
};

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikescope-packet-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** What the dissector reads in each frame of a capture. */
async function ours(file: string): Promise<Reading[]> {
  const source = await openCaptures([file]);
  const bench = new Bench();
  const readings: Reading[] = [];
  do {
    while (source.next()) {
      const { record } = source;
      const frame = record.bytes.slice(record.start, record.end);
      readings.push(readingOf(bench.see(frame, record)));
    }
  } while (await source.fill());
  await source.close();
  return readings;
}

describe("beside tshark", () => {
  itIf(tshark, "tshark and mergecap are not installed")("every kind of frame is read alike", async () => {
    const files = CORPUS.map(({ linkType, frame }, index) => ({
      file: join(folder, `${String(index).padStart(3, "0")}.pcap`),
      bytes: pcapFile([{ time: 1_700_000_000_000_000 + index, bytes: frame }], { network: linkType }),
    }));
    await Promise.all(files.map(({ file, bytes }) => writeFile(file, bytes)));
    const joined = join(folder, "corpus.pcapng");
    await joinCaptures(
      files.map(({ file }) => file),
      joined,
    );
    const theirs = (await tsharkFields(joined, TSHARK_FIELDS)).map(readingOfTshark);
    const readings = await ours(joined);
    CORPUS.forEach(({ name }, index) => {
      if (!name.startsWith("fragment")) expect(readings[index], name).not.toBeNull();
      if (!NOT_BY_TSHARK.has(name)) expect({ name, ...readings[index] }).toEqual({ name, ...theirs[index] });
    });
  });

  itIf(tshark && publicFiles.length > 0, "tshark, mergecap or the public captures are not there")(
    "public captures are read alike",
    async () => {
      const joined = join(folder, "public.pcapng");
      await joinCaptures(publicFiles, joined);
      const theirs = (await tsharkFields(joined, TSHARK_FIELDS)).map(readingOfTshark);
      let row = 0;
      for (const file of publicFiles) {
        const name = basename(file);
        for (const [index, reading] of (await ours(file)).entries()) {
          const where = { name, frame: index + 1 };
          if (!DIFFERENT[name]?.includes(index + 1)) {
            expect({ ...where, ...reading }).toEqual({ ...where, ...theirs[row] });
          }
          row++;
        }
      }
      expect(row).toBe(theirs.length);
    },
  );
});
