import { describe, expect, it } from "vitest";
import {
  codes,
  evidence,
  faults,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  type SaSpis,
  type Scenario,
  scenario,
  setsUp,
} from "../support/scenario/index.js";
import type { Peer } from "../support/scenario/peer.js";

const CODE = "nat-clients-collide";
const NAT = { address: "192.0.2.10", port500: 61_001, port4500: 61_002 };
const SECOND_AT = 20;

const every = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

function client(talk: Scenario, host: Peer, from: number, sa: SaSpis): void {
  talk.between(host, talk.responder, from).sends(ikeSaInit({ sa }));
  talk.between(talk.responder, host, from + 0.05).sends(ikeSaInitAnswer({ sa }));
  talk.between(host, talk.responder, from + 0.1).sends(ikeAuth({ sa }));
  talk.between(talk.responder, host, from + 0.15).sends(ikeAuthAnswer({ sa }));
}

/** The first client is up and served until `servedTo`, sends until `sendsTo`; the second one comes at 20 s. */
function tell({ servedTo, sendsTo }: { servedTo: number; sendsTo: number }) {
  const talk = scenario({ floats: true, initiator: { address: "10.0.0.5", nat: NAT } });
  setsUp(talk);
  const out = talk.at(...every(1, sendsTo)).initiator.esp();
  const back = talk.at(...every(1, servedTo)).responder.esp();
  const second = talk.host("10.0.0.6", { nat: { ...NAT, port500: 61_011, port4500: 61_012 } });
  client(talk, second, SECOND_AT, talk.newSa());
  talk.between(second, talk.responder, ...every(21, 60)).esp({ spi: 0xc9000009 });
  const newBack = talk.between(talk.responder, second, ...every(21, 60)).esp({ spi: 0xc9000010 });
  return { talk: talk.endsAt(70), out, back, newBack };
}

describe(CODE, () => {
  it("fires where the first client gets nothing since the second one came", () => {
    const { talk, out, back, newBack } = tell({ servedTo: 20, sendsTo: 60 });
    const judgement = talk.judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "warning", confidence: "likely", phase: "ESP" });
    expect(evidence(found)).toEqual(
      [back.at(-1), newBack[0], out.at(-1), newBack.at(-1)].map((frame) => frame?.number),
    );
    expect(faults(judgement)).toEqual([]);
  });

  it.each([
    ["where both are served", { servedTo: 60, sendsTo: 60 }],
    ["where the first one stops sending too: it has left", { servedTo: 20, sendsTo: 21 }],
    ["where the first one was not served before either", { servedTo: 5, sendsTo: 60 }],
  ])("is silent %s", (_name, times) => {
    expect(codes(tell(times).talk.judge())).not.toContain(CODE);
  });
});
