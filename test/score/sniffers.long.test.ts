import { describe, expect, it } from "vitest";
import { faults, type Keeps, scenario } from "../support/scenario/index.js";
import { FIELD_CONDITIONS, judgeTaken, read } from "./field.js";
import { STORIES } from "./generated/index.js";
import { recorded } from "./labelled.js";

const RESPONDER_ONLY = "the responder's packets only";

/** What sniffers leave out: one direction, or what a filter names. */
const SNIFFERS: readonly (readonly [string, Keeps])[] = [
  ["the initiator's packets only", ({ sender }) => sender !== "responder"],
  [RESPONDER_ONLY, ({ sender }) => sender !== "initiator"],
  ["UDP 500 only", ({ port }) => port === 500],
  ["UDP 4500 only", ({ port }) => port === 4500],
  ["no ESP as a protocol of its own", ({ port, sender }) => port !== 0 || sender === null],
];

describe.each(SNIFFERS)("of a tunnel that works a sniffer sees %s", (sniffer, keeps) => {
  // Without its first message nothing tells a scan that is refused from a setup that is.
  const fits = (name: string): boolean => sniffer !== RESPONDER_ONLY || !name.startsWith("scan-");

  it.each(STORIES.filter(({ name, status }) => status === "healthy" && fits(name)))(
    "$name: nobody fails",
    ({ options, tell }) => {
      const talk = scenario(options);
      tell(talk);
      expect(faults(talk.judge(keeps))).toEqual([]);
    },
  );
});

describe("of a failing tunnel a sniffer keeps 96 bytes of each packet", () => {
  it.each([
    ["wrong-psk-ipv6-initiator.pcap", "authentication-failed"],
    ["wrong-psk-ikev2-initiator.pcap", "authentication-failed"],
    ["port4500-blocked-initiator.pcap", "natt-4500-unanswered"],
    ["port4500-blocked-responder.pcap", "ike-auth-missing"],
  ])("%s: lengths and attempts tell, also where little more than the header is left", async (file, code) => {
    const capture = recorded().find(({ truth }) => truth.file === file);
    const condition = FIELD_CONDITIONS.find(({ name }) => name === "snap96");
    expect([capture, condition]).not.toContain(undefined);
    if (capture === undefined || condition === undefined) return;
    const { findings } = await judgeTaken(condition, await read(capture));
    const critical = findings.filter(({ severity }) => severity === "critical");
    expect(critical.map((finding) => finding.code)).toContain(code);
  });
});
