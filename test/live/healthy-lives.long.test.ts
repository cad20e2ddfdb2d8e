import { describe, expect, it } from "vitest";
import type { CaptureRecord } from "../../src/capture/source.js";
import { CaptureReader } from "../../src/capture/reader.js";
import { LiveEngine } from "../../src/live/engine.js";
import type { LiveEvent } from "../../src/live/event.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import {
  begins,
  beginsV1,
  checks,
  checksV1,
  type Counting,
  deletes,
  HOUR,
  pings,
  reauthenticates,
  rekeys,
} from "../support/live/lives.js";
import { feed, recordsOf } from "../support/live/replay.js";
import { captureFile } from "../support/scenario/capture-file.js";
import {
  dialogue,
  every,
  informationalV1,
  quickModeUp,
  scenario,
  type Scenario,
  type ScenarioOptions,
  ON_TRANSLATOR,
} from "../support/scenario/index.js";

const HOURS = 9;

/** Tells what happens in each hour. */
function hourly(tell: (from: number, to: number, hour: number) => void): void {
  for (let hour = 0; hour < HOURS; hour++) tell(hour * HOUR, (hour + 1) * HOUR, hour);
}

const LIVES: readonly (readonly [string, (talk: Scenario) => void])[] = [
  ["idle with checks", (talk) => checks(talk, begins(talk), every(30, 30, HOURS * HOUR))],
  [
    "idle without a word",
    (talk) => {
      pings(talk, every(1, 1, 30));
      begins(talk);
      talk.endsAt(HOURS * HOUR);
    },
  ],
  [
    "its child rekeyed each hour",
    (talk) => {
      const ids = begins(talk);
      hourly((from, to, hour) => {
        pings(talk, every(20, from + 10, to - 20), hour);
        rekeys(talk, ids, to - 5, hour % 2 === 0 ? "initiator" : "responder");
      });
    },
  ],
  [
    "authenticated anew each hour, the old SA deleted behind it",
    (talk) => {
      let ids: Counting = begins(talk);
      hourly((from, to, hour) => {
        pings(talk, every(90, from + 10, to - 20), hour);
        const next = reauthenticates(talk, to - 5);
        deletes(talk, ids, to - 3, 8);
        ids = next;
      });
    },
  ],
  [
    "IKEv1 with checks, a quick mode each hour",
    (talk) => {
      const sa = beginsV1(talk);
      hourly((from, to, hour) => {
        checksV1(talk, sa, every(60, from + 20, to - 20));
        pings(talk, every(61, from + 11, to - 20), hour);
        quickModeUp(talk, { from: to - 10, sa }, 0x1000 + hour);
        talk.at(to - 8).initiator.sends(informationalV1({ sa }));
      });
    },
  ],
  [
    "ESP alone, in the middle of its numbers",
    (talk) => {
      const high = { sequence: 1_000_000 };
      dialogue(talk, every(120, 0, HOURS * HOUR), { ask: high, answer: high });
    },
  ],
];

const WIRES: readonly (readonly [string, ScenarioOptions])[] = [
  ["between the peers", {}],
  ["near the responder, in UDP", { near: "responder", floats: true }],
  ["on a translator", ON_TRANSLATOR],
];

/** What a mirror, or several queues, make of the packets. */
const MIRRORS: readonly (readonly [string, (records: readonly CaptureRecord[]) => CaptureRecord[]])[] = [
  ["as they were sent", (records) => [...records]],
  ["twice each", (records) => records.flatMap((one) => [one, { ...one, time: one.time + 200 }])],
  ["an answer now and then before its request", (records) => withSwaps(records)],
];

/** Of each ten packets two that are less than a tenth of a second apart change places in the file, not in time. */
function withSwaps(records: readonly CaptureRecord[]): CaptureRecord[] {
  const swapped = [...records];
  for (let at = 4; at + 1 < swapped.length; at += 10) {
    const [one, other] = [swapped[at], swapped[at + 1]];
    if (one === undefined || other === undefined || other.time - one.time > 100_000) continue;
    [swapped[at], swapped[at + 1]] = [other, one];
  }
  return swapped;
}

/** The records of a story, read once it is first asked for them. */
function recordsOnce(options: ScenarioOptions, tell: (talk: Scenario) => void) {
  let records: Promise<readonly CaptureRecord[]> | null = null;
  return (): Promise<readonly CaptureRecord[]> => {
    if (records !== null) return records;
    const talk = scenario(options);
    tell(talk);
    // Who is behind a translator keeps its mapping alive.
    if (options.initiator !== undefined) talk.at(...every(20, 0.3, HOURS * HOUR)).initiator.keepalive();
    records = recordsOf(new CaptureReader(new MemoryBytes(captureFile(talk))));
    return records;
  };
}

describe.each(WIRES)("nine hours of a tunnel that lives, captured %s", (_wire, options) => {
  describe.each(LIVES)("%s", (_life, tell) => {
    const told = recordsOnce(options, tell);

    it.each(MIRRORS)("%s: nobody is accused, and it came up once", async (_mirror, mirrored) => {
      const records = mirrored(await told());
      const events: LiveEvent[] = [];
      const listener = { event: (event: LiveEvent) => void events.push(event), setup: () => undefined };
      const first = records[0]?.time ?? 0;
      const engine = new LiveEngine({ interface: "eth0", streams: 1024, judging: Infinity }, listener, first);
      engine.begin(first, "begun");
      feed(engine, records, { after: 400_000_000, tick: 1_000_000 });
      const accused = events.flatMap((event) =>
        event.kind === "finding-raised" && event.finding.severity !== "info" && event.tunnel !== null
          ? [event.finding.code]
          : [],
      );
      // Of ESP alone the two sides of a translator are two tunnels.
      const turns = events.flatMap((event) =>
        event.kind === "tunnel-up" || event.kind === "tunnel-down"
          ? [`${event.kind} ${event.tunnel.id}`]
          : [],
      );
      expect({ accused, turns }).toEqual({
        accused: [],
        turns: [...engine.snapshot().tunnels].map(({ id }) => `tunnel-up ${id}`),
      });
    });
  });
});
