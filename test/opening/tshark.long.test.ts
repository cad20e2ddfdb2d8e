import { join } from "node:path";
import { describe, expect } from "vitest";
import { openedPayloads } from "../../src/session/opened.js";
import { asTshark } from "../support/ike/as-tshark.js";
import {
  FIELD_NAMES,
  HAVE_TSHARK,
  type TsharkField,
  NO_TSHARK,
  TSHARK_VERSION,
  tsharkInside,
  tsharkMessages,
} from "../support/ike/tshark.js";
import {
  HAVE_SAMPLES,
  keysOf,
  NO_SAMPLES,
  openSample,
  SAMPLES,
  samples,
  sampleText,
} from "../support/keys/samples.js";
import { itIf } from "../support/require.js";

const AVAILABLE = HAVE_TSHARK && HAVE_SAMPLES;
const WHY_NOT = HAVE_TSHARK ? NO_SAMPLES : NO_TSHARK;

/** Rows of a table for tshark's command line. */
function rowsOf(file: string): string[] {
  return sampleText(file)
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
}

/** IKE SAs that save-keys labels with the SPIs of the one before: tshark takes no row twice. */
const MISLABELLED = ["s2-rekey", "s2-rekey-pfs"];

/** Fields that tshark has under other names in quick mode: attributes of the DOI, and addresses that are networks. */
const NAMED_OTHERWISE: readonly TsharkField[] = [
  "isakmp.ike.attr.type",
  "isakmp.ike.attr.value",
  "isakmp.id.data.ipv4_addr",
];

describe(`opened with the same keys as tshark ${TSHARK_VERSION}`, () => {
  itIf(AVAILABLE, WHY_NOT)(
    "IKE messages hold the same payloads, field by field",
    async () => {
      const differences: string[] = [];
      let compared = 0;
      // A retransmission moves the chain of IVs on in tshark 4.0, and from there it opens nothing.
      let lost = 0;
      for (const { name, files } of samples()) {
        if (MISLABELLED.includes(name)) continue;
        for (const table of files.filter((file) => /^alice\..*ikev[12]_decryption_table$/.test(file))) {
          const path = join(SAMPLES, name, "alice.pcap");
          const theirs = await tsharkMessages([path], rowsOf(`${name}/${table}`));
          const { messages } = await openSample(`${name}/alice.pcap`, keysOf(`${name}/${table}`));
          for (const { frame, fields } of theirs) {
            const ours = messages.find(({ sighting }) => sighting.frames.at(-1) === frame);
            if (ours?.opened === undefined) continue;
            const actual = asTshark(ours.message, openedPayloads(ours.opened).payloads);
            compared++;
            const isV1 = ours.message.header.majorVersion === 1;
            const isShorter = (name: TsharkField): boolean => fields[name].length < actual[name].length;
            if (isV1 && (isShorter("isakmp.typepayload") || isShorter("isakmp.hash"))) {
              lost++;
              continue;
            }
            for (const field of FIELD_NAMES) {
              if (isV1 && NAMED_OTHERWISE.includes(field)) continue;
              const [us, them] = [JSON.stringify(actual[field]), JSON.stringify(fields[field])];
              if (us !== them)
                differences.push(`${name} ${table} frame ${frame} ${field}\n  ${us}\n  ${them}`);
            }
          }
        }
      }
      expect(differences).toEqual([]);
      expect(compared - lost).toBeGreaterThan(80);
    },
    240_000,
  );

  itIf(AVAILABLE, WHY_NOT)(
    "ESP packets hold packets of the same hosts",
    async () => {
      let streams = 0;
      for (const { name, files } of samples()) {
        const table = files.find((file) => file === "alice.save-keys/esp_sa");
        if (table === undefined) continue;
        // Wireshark refuses AES-GCM as save-keys writes it; it wants no authentication there.
        const rows = rowsOf(`${name}/${table}`).map((row) =>
          row
            .replace('"AES-GCM [RFC4106]"', '"AES-GCM with 16 octet ICV [RFC4106]"')
            .replace(/"ANY 128[^"]*","0x"/, '"NULL","0x"'),
        );
        const theirs = await tsharkInside(join(SAMPLES, name, "alice.pcap"), rows);
        const { streams: ours } = await openSample(`${name}/alice.pcap`, keysOf(`${name}/${table}`));
        for (const { spi, flows } of ours) {
          const inside = new Set(flows.map((flow) => `${flow.source} ${flow.destination} ${flow.protocol}`));
          expect([name, spi, inside]).toEqual([name, spi, theirs.get(spi)]);
          streams++;
        }
      }
      expect(streams).toBeGreaterThan(20);
    },
    240_000,
  );
});
