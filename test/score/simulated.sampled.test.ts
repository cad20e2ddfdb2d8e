import { describe, expect, it } from "vitest";
import { runs } from "../support/sample.js";
import { Draws } from "../support/simulation/draws.js";
import { errorOf } from "../support/simulation/expectations.js";
import { drawRecording, fileOf, judgeFile, recorded, WHOLE } from "../support/simulation/recording.js";
import { simulate } from "../support/simulation/tunnel.js";

/** Simulated tunnels in `npm run test:all`, and one in so many of them in `npm test`. */
const [TUNNELS, SHARE] = [300, 8];
/**
 * Number of the first one, the same in every run: a rule that misjudges one of many thousands is no fault of the commit that meets it.
 * `IKESCOPE_SIMULATION=5000000` tries others.
 */
const FIRST = Number(process.env["IKESCOPE_SIMULATION"] ?? 20_261_201);
/** Recordings of each beside the whole one. */
const PARTS = 4;
/** More frames than this take too long for a test of many tunnels. */
const MOST_FRAMES = 12_000;

describe("simulated tunnels, recorded as people record them", () => {
  it("are never accused without a fault, nor healthy while a fault shows", async () => {
    const errors: string[] = [];
    for (let number = 0; number < runs(TUNNELS, SHARE); number++) {
      const seed = FIRST + number;
      const tunnel = simulate(seed);
      if (tunnel.frames.length > MOST_FRAMES) continue;
      for (let part = 0; part <= PARTS; part++) {
        const draws = new Draws(seed * (PARTS + 1) + part);
        const recording = part === 0 ? WHOLE : drawRecording(draws, tunnel.end);
        const frames = recorded(tunnel.frames, tunnel.end, recording, draws);
        const judgement = await judgeFile(fileOf(frames, recording.snapLength));
        const error = errorOf(tunnel, recording, frames, judgement);
        if (error !== null) errors.push(`${error}: seed ${seed}, ${recording.name}; ${tunnel.description}`);
      }
    }
    expect(errors).toEqual([]);
  });
});
