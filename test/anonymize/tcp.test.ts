import { describe, expect, it } from "vitest";
import { AnonymizedSource, analyze } from "../../src/index.js";
import { readAll } from "../support/capture/read-all.js";
import { readerOf } from "../support/extract.js";
import { captureFile } from "../support/scenario/capture-file.js";
import { type TcpOptions, worksOverTcp } from "../support/scenario/tcp.js";
import { latin, secretsOf, spellings } from "../support/secrets.js";
import { shapeOf } from "../support/shape.js";

const KEY = new TextEncoder().encode("a secret of the TCP tests");

describe("IKE over TCP made anonymous", () => {
  it.each([
    ["on 4500", {}],
    ["on 443", { port: 443 }],
    ["in segments smaller than a header", { segmentSize: 7 }],
    ["in segments of a byte", { segmentSize: 1 }],
    ["with sequence numbers that wrap", { clientSequence: 0xffffff80, serverSequence: 0xfffffff0 }],
  ] as readonly [string, TcpOptions][])(
    "%s is judged as before, and tells no more who they are",
    async (_, options) => {
      const file = captureFile(worksOverTcp(options).talk);
      const open = (): AnonymizedSource => new AnonymizedSource(readerOf(file), KEY);
      const before = shapeOf((await analyze(readerOf(file))).judgement);
      expect(before.tunnels).toMatchObject([{ status: "healthy", malformed: 0 }]);
      expect(shapeOf((await analyze(open())).judgement)).toEqual(before);
      const output = (await readAll(open())).records.map(({ bytes }) => latin(bytes)).join("");
      // The stories' MAC addresses are mostly zeros, which stand in many headers.
      const secrets = (await secretsOf(async () => readerOf(file))).filter(({ length }) => length !== 6);
      expect(secrets.length).toBeGreaterThan(8);
      const leaks = secrets.filter((secret) =>
        spellings(secret).some((spelling) => output.includes(spelling)),
      );
      expect(leaks).toEqual([]);
    },
  );

  it("passes the frames on in their order though some wait for those behind them", async () => {
    const file = captureFile(worksOverTcp({ segmentSize: 50 }).talk);
    const numbers = (await readAll(new AnonymizedSource(readerOf(file), KEY))).records.map(
      ({ frame }) => frame,
    );
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });
});
