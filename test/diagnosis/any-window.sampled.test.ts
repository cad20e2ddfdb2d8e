import { describe, expect, it } from "vitest";
import { sampled } from "../support/sample.js";
import {
  accusations,
  faults,
  type Frame,
  type Keeps,
  ODD_TRAFFIC,
  type Scenario,
  type ScenarioOptions,
  scenario,
  type SuiteName,
  WORKING_TUNNELS,
  ON_TRANSLATOR,
} from "../support/scenario/index.js";

/** In `npm test`, windows that begin at one of so many frames. */
const SHARE = 240;

const WIRES: readonly (readonly [string, ScenarioOptions])[] = [
  ["on port 500", {}],
  ["on port 4500, near the initiator", { floats: true, near: "initiator" }],
  ["over IPv6", { initiator: { address: "2001:db8::10" }, responder: { address: "2001:db8:1::20" } }],
  ["on a translator", ON_TRANSLATOR],
  ["under AES-CBC", { suite: "cbcSha1" satisfies SuiteName }],
];

/** What sniffers leave out. */
const SNIFFERS: readonly (readonly [string, Keeps])[] = [
  ["all", () => true],
  ["the initiator's packets only", ({ sender }) => sender !== "responder"],
  ["the responder's packets only", ({ sender }) => sender !== "initiator"],
  ["UDP 500 only", ({ port }) => port === 500],
  ["UDP 4500 only", ({ port }) => port === 4500],
  ["no ESP", ({ port }: Frame) => port !== 0],
];

/**
 * A capture that begins between the two views of one packet on a translator is left out: of one direction alone it is taken
 * for two tunnels, which is a limit of the session model.
 */
function isSecondView(frames: readonly Frame[], index: number): boolean {
  const [before, own] = [frames[index - 1], frames[index]];
  return (
    before !== undefined &&
    own !== undefined &&
    own.time - before.time < 0.001 &&
    before.sender === own.sender
  );
}

/**
 * What is accused in any capture that one of the sniffers may have made of the story: of any run of its frames, those that
 * the sniffer keeps. Runs that come to the same frames are one capture, which is judged once.
 */
function accusedInAnyWindow(talk: Scenario, sniffers: typeof SNIFFERS): string[] {
  const frames = talk.captured();
  const judged = new Set<string>();
  const accused: string[] = [];
  for (const [sniffer, keeps] of sniffers) {
    for (const from of sampled([...frames.keys()], SHARE)) {
      if (isSecondView(frames, from)) continue;
      const kept = new Set<number>();
      for (const [index, frame] of frames.entries()) {
        if (index < from || !keeps(frame, index)) continue;
        kept.add(index);
        const capture = [...kept].join(" ");
        if (judged.has(capture)) continue;
        judged.add(capture);
        const codes = faults(talk.judge((_frame, at) => kept.has(at)));
        if (codes.length > 0) accused.push(`${sniffer}, frames ${capture}: ${codes.join(" ")}`);
      }
    }
  }
  return accused;
}

describe.each(WIRES)(
  "whatever part of a working tunnel is captured %s, nobody is accused",
  (_wire, options) => {
    it.each(WORKING_TUNNELS)("%s", (_story, tell) => {
      const talk = scenario(options);
      tell(talk);
      expect(accusedInAnyWindow(talk, SNIFFERS)).toEqual([]);
    });
  },
);

describe("a working tunnel of which the sniffer dropped packets is not accused", () => {
  it.each(WORKING_TUNNELS)("%s, any two packets missing", (_story, tell) => {
    const talk = scenario();
    tell(talk);
    const count = talk.frames.length;
    talk.endsAt(90);
    const accused: string[] = [];
    for (const first of sampled(
      Array.from({ length: count }, (_, at) => at),
      SHARE,
    )) {
      for (let second = first; second < count; second++) {
        const judgement = talk.judge((_frame, index) => index !== first && index !== second);
        const codes = faults(judgement);
        if (codes.length > 0) accused.push(`without ${first + 1} and ${second + 1}: ${codes.join(" ")}`);
      }
    }
    expect(accused).toEqual([]);
  });
});

describe.each([
  ["in UDP, near the initiator", { floats: true, near: "initiator" }],
  ["as protocol 50, near the responder", { near: "responder" }],
] as const satisfies readonly (readonly [string, ScenarioOptions])[])(
  "whatever part of odd but working traffic is captured %s, nobody is accused",
  (_wire, options) => {
    it.each(ODD_TRAFFIC)("%s", (_story, tell) => {
      const talk = scenario(options);
      tell(talk);
      expect(accusedInAnyWindow(talk, SNIFFERS.slice(0, 1))).toEqual([]);
    });
  },
);

describe("odd but working traffic, told whole, gives no cause for any warning", () => {
  it.each(ODD_TRAFFIC)("%s", (_story, tell) => {
    const talk = scenario();
    tell(talk);
    expect(accusations(talk.judge())).toEqual([]);
  });
});
