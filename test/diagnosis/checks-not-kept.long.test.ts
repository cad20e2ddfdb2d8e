import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { judge } from "../../src/diagnosis/judge.js";
import { Intake } from "../../src/session/intake/intake.js";
import type { ExchangeLimit } from "../../src/session/log/limits.js";
import { SessionBuilder } from "../../src/session/session-builder.js";
import {
  createChild,
  createChildAnswer,
  dialogue,
  every,
  informational,
  informationalAnswer,
  type Scenario,
  scenario,
  type ScenarioOptions,
  setsUp,
} from "../support/scenario/index.js";

const BEGIN = 1_700_000_000_000_000;

/** What happens between liveness checks. */
const EVENTS = ["silence", "in vain", "dialogue", "rekey", "slow", "repeated", "one way", "skipped"] as const;

type Happening =
  | { readonly kind: "checks"; readonly count: number; readonly every: number; readonly delay: number }
  | { readonly kind: (typeof EVENTS)[number] };

interface Step {
  readonly what: Happening;
  readonly byInitiator: boolean;
}

const checks = fc.record({
  kind: fc.constant("checks" as const),
  count: fc.integer({ min: 10, max: 120 }),
  every: fc.constantFrom(1, 5, 20, 31, 60),
  delay: fc.constantFrom(0.02, 0.2),
});
const event = fc.record({ kind: fc.constantFrom(...EVENTS) });
const lives = fc.array(
  fc.record({ what: fc.oneof<fc.Arbitrary<Happening>[]>(checks, event), byInitiator: fc.boolean() }),
  { minLength: 2, maxLength: 7 },
);

/** Tells a life; returns when it ends. */
function tell(talk: Scenario, steps: readonly Step[]): number {
  setsUp(talk);
  let now = 10;
  const next = { initiator: 2, responder: 0 };
  for (const { what, byInitiator } of steps) {
    const asker = byInitiator ? "initiator" : "responder";
    const other = byInitiator ? "responder" : "initiator";
    const check = (delay: number, tries: readonly number[] = [0]): void => {
      const id = next[asker]++;
      talk.at(...tries.map((after) => now + after))[asker].sends(informational({ id }));
      talk.at(now + delay)[other].sends(informationalAnswer({ id }));
    };
    switch (what.kind) {
      case "checks":
        for (let index = 0; index < what.count; index++, now += what.every) check(what.delay);
        break;
      case "silence":
        now += 300;
        break;
      case "in vain":
        talk.at(now, now + 4, now + 11.2, now + 24)[asker].sends(informational({ id: next[asker] }));
        now += 60;
        break;
      case "dialogue":
        dialogue(talk, every(1, now, now + 20));
        now += 21;
        break;
      case "rekey": {
        const id = next[asker]++;
        talk.at(now)[asker].sends(createChild({ id }));
        talk.at(now + 0.02)[other].sends(createChildAnswer({ id }));
        now += 1;
        break;
      }
      case "slow":
        check(3);
        now += 5;
        break;
      case "repeated":
        check(2.02, [0, 2]);
        now += 5;
        break;
      case "one way":
        talk.at(...every(1, now, now + 30))[asker].esp();
        now += 30;
        break;
      case "skipped":
        next[asker] += 5;
    }
  }
  return now;
}

/** All exchanges that there are, each decoded: the way that needs too much room. */
const ALL = { exchanges: 1e6, first: 40, newest: 100, atOnce: 20 };

function accused(talk: Scenario, exchanges?: ExchangeLimit): string[] {
  const intake = new Intake(exchanges === undefined ? {} : { session: { exchanges } });
  for (const { bytes, time, linkType, number } of talk.captured()) {
    const at = BEGIN + Math.round(time * 1e6);
    const lengths = { start: 0, end: bytes.length, originalLength: bytes.length };
    intake.frame({
      bytes,
      ...lengths,
      time: at,
      nanos: 0,
      linkType,
      frame: number,
      capture: 0,
      direction: 0,
    });
  }
  return judge(intake.finish(), [])
    .findings.filter(({ severity }) => severity !== "info")
    .map(({ code, severity, confidence }) => `${severity} ${confidence} ${code}`);
}

/** Of checks that are not kept the longest pause is known only: a shorter one may go unsaid. */
const isCertain = (line: string): boolean => !line.endsWith("nat-keepalive-missing");

const WIRES: readonly (readonly [string, ScenarioOptions])[] = [
  ["on port 500", {}],
  ["on port 4500", { floats: true }],
  [
    "behind a translator",
    {
      floats: true,
      initiator: { address: "10.0.0.5", nat: { address: "192.0.2.10", port500: 61_001, port4500: 61_002 } },
    },
  ],
];

describe("what is accused in a life of which most liveness checks are counted only", () => {
  afterEach(() => vi.restoreAllMocks());

  it.each(WIRES)("is what is accused where all of them are kept, %s", (_name, options) => {
    fc.assert(
      fc.property(lives, (steps) => {
        const talk = scenario(options);
        talk.endsAt(tell(talk, steps) + 100);
        const counted = accused(talk);
        const check = vi.spyOn(SessionBuilder.prototype, "check").mockReturnValue(false);
        const kept = accused(talk, ALL);
        check.mockRestore();
        expect(kept).toEqual(expect.arrayContaining(counted));
        expect(counted.filter(isCertain)).toEqual(kept.filter(isCertain));
      }),
      { numRuns: 100 },
    );
  });
});
