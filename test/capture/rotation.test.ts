import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCaptures } from "../../src/capture/node/open.js";
import { isOneRotation } from "../../src/capture/rotation.js";
import { type Analysis, analyze } from "../../src/index.js";
import { OWN_CAPTURES } from "../support/capture/capture-files.js";
import { ETHERNET, pcapFile } from "../support/capture/pcap-writer.js";
import { readBytes } from "../support/capture/read-all.js";

describe("names of one rotation", () => {
  it.each([
    [["trace.pcap", "trace.pcap1", "trace.pcap10"]],
    [["trace.pcap00", "trace.pcap01"]],
    [["gw-2024-05-01_120000.pcap", "gw-2024-05-01_121500.pcap.gz"]],
    [["ring_00001_20240501120000.pcapng", "ring_00002_20240501120500.pcapng.zst"]],
  ])("are %j", (names) => {
    expect(isOneRotation(names)).toBe(true);
  });

  it.each([
    [["trace.pcap"]],
    [["initiator.pcap", "responder.pcap"]],
    [["-", "1"]],
    [["a/trace.pcap1", "b/trace.pcap2"]],
  ])("are not %j", (names) => {
    expect(isOneRotation(names)).toBe(false);
  });
});

describe("a capture written in turns", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "ikescope-rotation-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(["port4500-blocked-nat-initiator", "path-lost-initiator"])(
    "is judged as the whole, also if retransmissions go on in the next file (%s)",
    async (name) => {
      const whole = join(OWN_CAPTURES, `${name}.pcap`);
      const { records } = await readBytes(readFileSync(whole));
      const { judgement } = await analyze(await openCaptures([whole]));
      expect(records.every(({ linkType }) => linkType === ETHERNET)).toBe(true);
      for (const size of [10, Math.ceil(records.length / 2)]) {
        const files: string[] = [];
        for (let from = 0; from < records.length; from += size) {
          const file = join(folder, `${name}_${files.length}.pcap`);
          writeFileSync(file, pcapFile(records.slice(from, from + size)));
          files.push(file);
        }
        const pieces = await analyze(await openCaptures(files), {
          rotated: true,
          reopen: (only, clocks) => openCaptures(files, { clocks, ...(only === null ? {} : { only }) }),
        });
        expect(pieces.judgement.headline).toBe(judgement.headline);
        expect(pieces.judgement.status).toBe(judgement.status);
        expect(pieces.clocks).toEqual([]);
      }
    },
  );

  it.each(["mobike-move-initiator", "path-lost-initiator"])(
    "tells which file is missing, and concludes nothing from the hole (%s)",
    async (name) => {
      const { records } = await readBytes(readFileSync(join(OWN_CAPTURES, `${name}.pcap`)));
      const size = Math.ceil(records.length / 6);
      const written = [0, 1, 2, 3, 4, 5].map((part) => {
        const file = join(folder, `${name}.pcap${part}`);
        writeFileSync(file, pcapFile(records.slice(part * size, (part + 1) * size)));
        return file;
      });
      const whole = await analyze(await openCaptures(written), { rotated: true });
      expect(notesOf(whole)).toEqual([]);
      const partial = await analyze(await openCaptures(written.toSpliced(4, 1)), { rotated: true });
      expect(notesOf(partial)).toEqual([
        expect.stringMatching(/^nothing is known of the .* number 4 is not among these$/),
      ]);
      if (whole.judgement.status === "healthy") expect(partial.judgement.status).toBe("healthy");
    },
  );
});

function notesOf({ judgement }: Analysis): string[] {
  return judgement.files.flatMap(({ notes }) =>
    notes.filter(({ kind }) => kind === "file-missing").map(({ text }) => text),
  );
}
