import { describe, expect, it } from "vitest";
import {
  codes,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  type Scenario,
  type ScenarioOptions,
  scenario,
  setsUp,
} from "../support/scenario/index.js";

const KEPT_PORTS: ScenarioOptions = {
  initiator: { address: "10.0.0.5", nat: { address: "192.0.2.10", port500: 500, port4500: 4500 } },
};
const OTHER_PORTS = { address: "192.0.2.10", port500: 61_001, port4500: 61_002 };
const COPY = 0.0002;

/** As many packets as the rule wants, of which each is there twice: half as many that were sent. */
const SENT = [1, 5];
const ENOUGH = [1, 2, 4, 5];

const RULES: readonly {
  readonly code: string;
  readonly begin: () => Scenario;
  readonly send: (talk: Scenario, seconds: number, sequence: number) => void;
}[] = [
  {
    code: "natt-not-used",
    begin: () => {
      const talk = scenario(KEPT_PORTS);
      talk.at(0).initiator.sends(ikeSaInit());
      talk.at(0.05).responder.sends(ikeSaInitAnswer({ natDetection: "none" }));
      talk.at(0.1).initiator.sends(ikeAuth());
      talk.at(0.15).responder.sends(ikeAuthAnswer());
      return talk;
    },
    send: (talk, seconds, sequence) => talk.at(seconds).initiator.esp({ sequence }),
  },
  {
    code: "nat-esp-port-differs",
    begin: () => {
      const talk = scenario({ floats: true, initiator: { address: "10.0.0.5", nat: OTHER_PORTS } });
      setsUp(talk);
      return talk;
    },
    send: (talk, seconds, sequence) =>
      talk
        .between(
          talk.host("10.0.0.5", { nat: { ...OTHER_PORTS, port4500: 61_099 } }),
          talk.responder,
          seconds,
        )
        .esp({ sequence }),
  },
];

// Copies that the capture made are no packets of their own: they must not carry a rule over its threshold.
describe.each(RULES)("$code where a mirror port shows each packet twice", ({ code, begin, send }) => {
  function judge(times: readonly number[], copies: readonly number[]): string[] {
    const talk = begin();
    for (const [index, seconds] of times.entries()) {
      for (const copy of copies) send(talk, seconds + copy, index + 1);
    }
    return codes(talk.endsAt(60).judge());
  }

  it("needs as many packets as without", () => {
    expect(judge(SENT, [0, COPY])).not.toContain(code);
    expect(judge(ENOUGH, [0, COPY])).toContain(code);
    expect(judge(ENOUGH, [0])).toContain(code);
  });
});

describe("the status where a mirror port shows each packet twice", () => {
  it("takes one packet each way for no tunnel that is up", () => {
    const status = (copies: readonly number[]): string => {
      const talk = scenario({ floats: true });
      for (const copy of copies) {
        talk.at(1 + copy).initiator.esp({ sequence: 77 });
        talk.at(1.02 + copy).responder.esp({ sequence: 78 });
      }
      return talk.endsAt(5).judge().status;
    };
    expect(status([0, COPY])).toBe(status([0]));
  });
});
