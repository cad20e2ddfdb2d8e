import { describe, expect, it } from "vitest";
import { faults, type Keeps, scenario } from "../support/scenario/index.js";
import { STORIES } from "./generated/index.js";

/** What sniffers leave out: one direction, or what a filter names. */
const SNIFFERS: readonly (readonly [string, Keeps])[] = [
  ["the initiator's packets only", ({ sender }) => sender !== "responder"],
  ["the responder's packets only", ({ sender }) => sender !== "initiator"],
  ["UDP 500 only", ({ port }) => port === 500],
  ["UDP 4500 only", ({ port }) => port === 4500],
  ["no ESP as a protocol of its own", ({ port, sender }) => port !== 0 || sender === null],
];

describe.each(SNIFFERS)("of a tunnel that works a sniffer sees %s", (_sniffer, keeps) => {
  it.each(STORIES.filter(({ status }) => status === "healthy"))(
    "$name: nobody fails",
    ({ options, tell }) => {
      const talk = scenario(options);
      tell(talk);
      expect(faults(talk.judge(keeps))).toEqual([]);
    },
  );
});
