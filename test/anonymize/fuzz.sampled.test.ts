import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CaptureError } from "../../src/capture/source.js";
import { AnonymizedSource, analyze, renderText, toReport } from "../../src/index.js";
import { PCAPS, readTruth } from "../score/truth.js";
import { SeededRandom } from "../support/capture/random.js";
import { readAll, readBytes } from "../support/capture/read-all.js";
import { extractFor, readerOf } from "../support/extract.js";
import { sampled } from "../support/sample.js";
import { SEED } from "../support/seed.js";

/** One of so many captures is changed in `npm test`. */
const SHARE = 48;
const ROUNDS = Number(process.env["FUZZ_ROUNDS"] ?? 3);
const KEY = new TextEncoder().encode("a secret of the fuzz tests");
const FILE_HEADER = 24;

/** Some bytes changed, mostly within packets; sometimes the end is missing. */
function mutated(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (let left = 1 + random.below(60); left > 0; left--) {
    const at = FILE_HEADER + random.below(copy.length - FILE_HEADER);
    copy[at] = random.below(3) === 0 ? ([0, 1, 0x7f, 0xff][random.below(4)] ?? 0) : random.below(256);
  }
  return random.below(4) === 0
    ? copy.subarray(0, FILE_HEADER + random.below(copy.length - FILE_HEADER))
    : copy;
}

describe("captures with some bytes changed (FUZZ_ROUNDS sets how often)", () => {
  it.each(
    sampled(
      readTruth().map(({ file }, index) => [file, index] as const),
      SHARE,
    ),
  )(
    "%s: an extract that can be read, and frames of the same lengths, whatever the bytes",
    async (file, index) => {
      const random = new SeededRandom(SEED + index);
      const bytes = new Uint8Array(readFileSync(new URL(file, PCAPS)));
      for (let round = 0; round < ROUNDS; round++) {
        const broken = mutated(bytes, random);
        const open = (): AnonymizedSource => new AnonymizedSource(readerOf(broken), KEY);
        for (const source of [() => readerOf(broken), open]) {
          const { judgement, error } = await analyze(source());
          expect(error === null || error instanceof CaptureError).toBe(true);
          renderText(judgement);
          toReport(judgement, "0");
          const extract = await readBytes(await extractFor(judgement, source()));
          expect(extract.fault).toBeNull();
          expect(extract.records.length).toBeLessThanOrEqual(judgement.observations.packets);
        }
        const [before, after] = [await readAll(readerOf(broken)), await readAll(open())];
        const facts = ({ records }: typeof before) =>
          records.map(({ bytes: { length }, originalLength, time, frame, linkType }) => [
            length,
            originalLength,
            time,
            frame,
            linkType,
          ]);
        expect(facts(after)).toEqual(facts(before));
      }
    },
  );
});
