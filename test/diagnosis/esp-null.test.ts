import { describe, expect, it } from "vitest";
import { concat, ipv4, udp, zeros } from "../support/packet/index.js";
import { accusations, dialogue, every, finding, scenario, setsUp } from "../support/scenario/index.js";

/** An inner packet with pad length, next header and an ICV of 12 bytes. */
const IN_CLEAR = concat(
  ipv4({
    source: "10.1.0.1",
    destination: "10.2.0.1",
    payload: udp({ sourcePort: 1000, destinationPort: 53, payload: zeros(40) }),
  }),
  Uint8Array.of(1, 2, 2, 4),
  zeros(12),
);

/** A question of UDP with padding, pad length, next header and an ICV of 16 bytes. */
const IN_TRANSPORT = concat(
  udp({ sourcePort: 1000, destinationPort: 5000, payload: zeros(33), checksum: 0 }),
  Uint8Array.of(1, 1, 17),
  zeros(16),
);

describe("esp-null", () => {
  it("is a warning where what ESP should encrypt can be read", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(1, 1, 12), { ask: { payload: IN_CLEAR }, answer: { payload: IN_CLEAR } });
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "esp-null");
    expect(found).toMatchObject({ severity: "warning", confidence: "certain", provenance: "observed" });
    expect(found.summary).toContain("in both directions");
    expect(accusations(judgement)).toEqual(["esp-null"]);
  });

  it("says so of transport mode, where no IP packet stands inside", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(1, 1, 12), { ask: { payload: IN_TRANSPORT }, answer: { payload: IN_TRANSPORT } });
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "esp-null");
    expect(found.summary).toContain("the content of a packet in transport mode in clear");
    expect(accusations(judgement)).toEqual(["esp-null"]);
  });

  it("is silent where one packet looks so by chance", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(0.5).initiator.esp({ payload: IN_CLEAR });
    dialogue(talk, every(1, 1, 12));
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });
});
