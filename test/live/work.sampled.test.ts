import { expect, it } from "vitest";
import { CaptureReader } from "../../src/capture/reader.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import { begins, checks, HOUR, MINUTE, pings } from "../support/live/lives.js";
import { replay } from "../support/live/replay.js";
import { captureFile } from "../support/scenario/capture-file.js";
import {
  every,
  ikeAuth,
  ikeSaInit,
  ikeSaInitAnswer,
  informational,
  informationalAnswer,
  type Keeps,
  scenario,
  type Scenario,
  type ScenarioOptions,
  setsUpBetween,
} from "../support/scenario/index.js";
import { runs } from "../support/sample.js";

/** Judgements of one tunnel in an hour. */
async function judgements(
  tell: (talk: Scenario) => void,
  options: ScenarioOptions = {},
  keeps?: Keeps,
): Promise<number> {
  const talk = scenario(options);
  tell(talk);
  talk.endsAt(HOUR);
  const recording = keeps === undefined ? {} : { keeps };
  const { engine } = await replay(new CaptureReader(new MemoryBytes(captureFile(talk, recording))));
  return engine.snapshot().counts.judgements;
}

const TRANSLATED = {
  floats: true,
  initiator: { address: "10.0.0.5", nat: { address: "192.0.2.10", port500: 1024, port4500: 1025 } },
} as const satisfies ScenarioOptions;

it("a tunnel that checks and pings is judged a few times a minute at most", async () => {
  const count = await judgements((talk) => {
    checks(talk, begins(talk), every(10, 10, HOUR));
    pings(talk, every(1, 1, HOUR));
  });
  expect(count / MINUTE).toBeLessThan(3);
});

it("that a translator was found is no cause to judge a tunnel again and again", async () => {
  const count = await judgements((talk) => {
    checks(talk, begins(talk), every(10, 10, HOUR));
    pings(talk, every(600, 60, HOUR));
  }, TRANSLATED);
  expect(count).toBeLessThan(30);
});

it("a sniffer that sees one direction only does not judge with each sweep", async () => {
  const count = await judgements(
    (talk) => {
      begins(talk);
      pings(talk, every(1, 1, HOUR));
    },
    {},
    ({ sender }) => sender !== "responder",
  );
  expect(count / MINUTE).toBeLessThan(5);
});

it("hundreds of tunnels of one gateway are judged as often as each would be alone", async () => {
  const count = runs(300, 6);
  const talk = scenario();
  const gateway = talk.responder;
  for (let index = 0; index < count; index++) {
    const peer = talk.host(`10.0.${index >> 8}.${index & 255}`);
    const sa = talk.newSa();
    const from = index / 100;
    setsUpBetween(talk, peer, gateway, { from, sa });
    for (const [check, second] of every(10, 11 + from, 180).entries()) {
      talk.between(peer, gateway, second).sends(informational({ sa, id: 2 + check }));
      talk.between(gateway, peer, second + 0.03).sends(informationalAnswer({ sa, id: 2 + check }));
    }
    const spi = 0xc0000000 + index * 2;
    talk.between(peer, gateway, ...every(5, 2 + from, 180)).esp({ spi });
    talk.between(gateway, peer, ...every(5, 2.02 + from, 180)).esp({ spi: spi + 1 });
  }
  const { engine, events } = await replay(new CaptureReader(new MemoryBytes(captureFile(talk))));
  expect(engine.snapshot().counts.judgements / count / 3).toBeLessThan(4);
  expect(events.filter(({ kind }) => kind === "finding-raised")).toEqual([]);
});

it("a setup that fails is told nearly as early where there is no time to judge those that come up beside it", async () => {
  const raisedAt = async (judging: number): Promise<number> => {
    const starting = runs(300, 3);
    const talk = scenario();
    const gateway = talk.responder;
    const failing = talk.host("198.51.100.9");
    for (let index = 0; index < starting; index++) {
      const peer = talk.host(`10.0.${index >> 8}.${index & 255}`);
      setsUpBetween(talk, peer, gateway, { from: (index / starting) * 5, sa: talk.newSa() });
    }
    const sa = talk.newSa();
    talk.between(failing, gateway, 4).sends(ikeSaInit({ sa }));
    talk.between(gateway, failing, 4.05).sends(ikeSaInitAnswer({ sa }));
    talk.between(failing, gateway, 4.1, 8.1, 15.3, 28.3).sends(ikeAuth({ sa }));
    talk.endsAt(60);
    const source = new CaptureReader(new MemoryBytes(captureFile(talk)));
    const { events } = await replay(source, { judging, after: 30_000_000 });
    const raised = events.find(
      (event) => event.kind === "finding-raised" && event.finding.severity === "critical",
    );
    return (raised?.time ?? Infinity) / 1e6;
  };
  // Without time one tunnel is judged at each tick, five a second: 300 take a minute, 100 twenty seconds.
  const [atOnce, inTurn] = [await raisedAt(Infinity), await raisedAt(0)];
  expect(atOnce).toBeLessThan(Infinity);
  expect(inTurn - atOnce).toBeLessThan(3);
});
