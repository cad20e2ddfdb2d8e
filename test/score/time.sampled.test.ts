import { describe, expect, it } from "vitest";
import { SeededRandom } from "../support/capture/random.js";
import { sampled } from "../support/sample.js";
import { SEED } from "../support/seed.js";
import { cuttable, judgePart } from "./cut.js";
import { generated, recorded } from "./labelled.js";
import { type Accusation, accusedParts, isLate, type Said, saidAfter } from "./time.js";

const labelled = [...recorded(), ...generated()];
const failing = labelled.filter(({ truth }) => truth.decidedAt !== undefined);
const withoutFault = labelled.filter(({ truth }) => truth.status === "healthy" || truth.status === "up");

/** One of so many failing ones is cut in `npm test`. */
const FAILING_SHARE = 2;

/** The share of failing labels of which the right code is told, and which are called healthy, at each tail in seconds. */
describe.each([
  [0, 0.95],
  [2, 0.98],
])("failing captures that end %s s after the deciding frame", (tail, least) => {
  it(`are told in ${least * 100} of 100, and none is called healthy from 2 s on`, async () => {
    const said = new Map<Said, string[]>();
    const drawn = sampled(failing, FAILING_SHARE);
    for (const capture of drawn) {
      const what = saidAfter(capture.truth, await cuttable(capture), tail);
      said.set(what, [...(said.get(what) ?? []), capture.truth.file]);
    }
    const right = said.get("right") ?? [];
    expect({ share: right.length / drawn.length >= least, silent: said.get("silent") }).toMatchObject({
      share: true,
    });
    expect((said.get("healthy") ?? []).length).toBeLessThanOrEqual(tail >= 2 ? 1 : 2);
  });
});

/** Parts of each capture that are judged here; `npm run score:time` judges all of them. */
const PARTS = 12;
/** One of so many captures is cut into them in `npm test`. */
const SHARE = 32;
/** A window is drawn of one of so many. */
const WINDOW_SHARE = 12;

describe("captures without a fault, cut", () => {
  it.each(sampled(withoutFault, SHARE))("$truth.file: no part of it makes anybody fail", async (capture) => {
    const cut = await cuttable(capture);
    const accused = accusedParts(cut, Math.max(1, Math.ceil(cut.frames.length / PARTS)));
    const failed = accused.filter(({ status }) => status === "failing");
    const known = ({ at, code }: Accusation): boolean =>
      isForgery(capture.truth.file, at, code) ||
      UNTIL_MORE_IS_KNOWN.get(capture.truth.file)?.includes(code) === true;
    expect(failed.filter((one) => !known(one))).toEqual([]);
    expect(accused.filter((one) => isLate(one, cut))).toEqual([]);
  });

  it("are not failing in windows drawn at random", async () => {
    const random = new SeededRandom(SEED);
    const accused: string[] = [];
    for (const capture of sampled(withoutFault, WINDOW_SHARE)) {
      const cut = await cuttable(capture);
      const from = random.below(cut.frames.length);
      const to = from + 1 + random.below(cut.frames.length - from);
      const { status, findings } = judgePart(cut, from, to);
      if (status === "failing")
        accused.push(`${capture.truth.file} ${from}-${to}: ${findings[0]?.code ?? ""}`);
    }
    expect(accused).toEqual([]);
  });
});

/**
 * Faults that are there until a later message tells otherwise: a request that is answered after half a minute and the sixth
 * try, and an answer without a Child SA that sends the client to another gateway.
 */
const UNTIL_MORE_IS_KNOWN: ReadonlyMap<string, readonly string[]> = new Map([
  ["libreswan-redirected-in-auth-initiator.pcap", ["ike-auth-unanswered", "child-rejected"]],
  ["libreswan-redirected-in-auth-responder.pcap", ["ike-auth-unanswered"]],
]);

/** A forged refusal is one, until the true answer comes (RFC 7296 2.21.1). */
function isForgery(file: string, at: number, code: string): boolean {
  return file === "generated/forged-no-proposal" && at === 2 && code === "ike-no-proposal-chosen";
}
