import { describe, expect, it } from "vitest";
import type { Analysis } from "../../src/index.js";
import { judgePlaces } from "../support/capture/places.js";
import { alongPath } from "../support/capture/path.js";
import {
  accusations,
  dialogue,
  every,
  type Keeps,
  type Scenario,
  scenario,
  setsUp,
} from "../support/scenario/index.js";

/** A tunnel with pings for 20 seconds. */
function pings(): Scenario {
  const talk = scenario({ near: "initiator" });
  setsUp(talk);
  dialogue(talk, every(0.5, 1, 20));
  return talk;
}

const before =
  (seconds: number): Keeps =>
  ({ time }) =>
    time < seconds;

/** Files of one sniffer, which hold these parts of the story. */
async function judgedFiles(talk: Scenario, parts: readonly Keeps[]): Promise<Analysis> {
  const files = parts.map((keeps) => ({ hops: 0, keeps }));
  return judgePlaces(alongPath(talk, 2, files));
}

function lostOf({ judgement }: Analysis): number[] {
  return judgement.tunnels.flatMap((judged) => judged.tunnel.streams.map(({ lost }) => lost));
}

function notesOf({ judgement }: Analysis): string[] {
  return judgement.files.flatMap(({ notes }) =>
    notes.filter(({ kind }) => kind === "file-missing").map(({ text }) => text),
  );
}

describe("a time between two files of one sniffer", () => {
  it("of which a file is missing is said, and what was sent in it is not lost", async () => {
    const analysis = await judgedFiles(pings(), [before(8), ({ time }) => time >= 14]);
    expect(lostOf(analysis)).toEqual([0, 0]);
    expect(notesOf(analysis)).toEqual([expect.stringContaining("24 ESP sequence numbers are missing")]);
    expect(accusations(analysis.judgement)).toEqual([]);
  });

  it("in which another file was recorded is none: what is missing there is lost", async () => {
    const talk = pings();
    const lost: Keeps = ({ sender, time, port }) =>
      !(sender === "responder" && time > 8 && time < 14 && port === 0);
    const analysis = await judgedFiles(talk, [
      before(8),
      (frame, index) => frame.time >= 8 && frame.time < 14 && lost(frame, index),
      ({ time }) => time >= 14,
    ]);
    expect(notesOf(analysis)).toEqual([]);
    expect(Math.max(...lostOf(analysis))).toBe(12);
  });

  it("without missing numbers is a pause: nothing is said of it", async () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, [...every(0.5, 1, 8), ...every(0.5, 14, 20)]);
    const analysis = await judgedFiles(talk, [before(8), ({ time }) => time >= 14]);
    expect(notesOf(analysis)).toEqual([]);
  });

  it("leaves what is lost beside it lost", async () => {
    const talk = pings();
    const analysis = await judgedFiles(talk, [
      ({ time, sender }) => time < 8 && !(sender === "responder" && time > 4 && time < 5.9),
      ({ time }) => time >= 14,
    ]);
    expect(lostOf(analysis).toSorted((a, b) => a - b)).toEqual([0, 4]);
  });
});
