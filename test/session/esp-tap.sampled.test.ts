import { describe, expect, it } from "vitest";
import { analyze, tapEsp } from "../../src/index.js";
import { recorded } from "../score/labelled.js";
import { sampled } from "../support/sample.js";

/** One of so many captures is read in `npm test`. */
const SHARE = 10;

describe("a tap of ESP", () => {
  it.each(sampled(recorded(), SHARE).map(({ truth, open }) => [truth.file, open] as const))(
    "is shown every packet that %s has",
    async (_, open) => {
      let [packets, bytes] = [0, 0];
      await tapEsp(await open(), {
        packet: ({ length }) => {
          packets++;
          bytes += length;
        },
      });
      const { judgement } = await analyze(await open());
      const streams = judgement.tunnels.flatMap(({ tunnel }) => tunnel.streams);
      expect({ packets, bytes }).toEqual({
        packets: streams.reduce((sum, stream) => sum + stream.packets, 0),
        bytes: streams.reduce((sum, stream) => sum + stream.bytes, 0),
      });
    },
  );
});
