import { describe, expect, it } from "vitest";
import { AnonymizedSource, analyze } from "../../src/index.js";
import { readAll } from "../support/capture/read-all.js";
import { readerOf } from "../support/extract.js";
import { captureFile } from "../support/scenario/capture-file.js";
import {
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  type Scenario,
  scenario,
} from "../support/scenario/index.js";
import { type TcpOptions, TcpTalk } from "../support/scenario/tcp.js";
import { latin, secretsOf, spellings } from "../support/secrets.js";
import { shapeOf } from "../support/shape.js";

const KEY = new TextEncoder().encode("a secret of the TCP tests");

/** A setup over TCP with both exchanges and some ESP. */
function tells(options: TcpOptions = {}): Scenario {
  const talk = scenario();
  const wire = new TcpTalk(talk, options);
  wire.opens(0);
  wire.prefix(0.05);
  wire.ike(0.06, "client", ikeSaInit());
  wire.ike(0.1, "server", ikeSaInitAnswer());
  wire.ike(0.15, "client", ikeAuth());
  wire.ike(0.2, "server", ikeAuthAnswer());
  for (let sequence = 1; sequence <= 5; sequence++) {
    wire.esp(sequence, "client", sequence);
    wire.esp(sequence + 0.02, "server", sequence);
  }
  return talk;
}

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
      const file = captureFile(tells(options));
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
    const file = captureFile(tells({ segmentSize: 50 }));
    const numbers = (await readAll(new AnonymizedSource(readerOf(file), KEY))).records.map(
      ({ frame }) => frame,
    );
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });
});
