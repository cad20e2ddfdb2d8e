import { describe, expect, it } from "vitest";
import {
  codes,
  evidence,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  informational,
  informationalAnswer,
  type Scenario,
  scenario,
} from "../support/scenario/index.js";

/** Two clients set up in turn, `every` seconds; each setup ends the other's IKE SA where `unique`. */
function clients(turns: number, unique: boolean, every = 20): Scenario {
  const talk = scenario();
  const other = talk.host("192.0.2.99");
  let before: { peer: typeof other; sa: ReturnType<Scenario["newSa"]> } | null = null;
  for (let turn = 0; turn < turns; turn++) {
    const peer = turn % 2 === 0 ? talk.initiator : other;
    const sa = talk.newSa();
    const at = turn * every;
    const to = (seconds: number) => talk.between(peer, talk.responder, at + seconds);
    const back = (seconds: number) => talk.between(talk.responder, peer, at + seconds);
    to(0).sends(ikeSaInit({ sa }));
    back(0.05).sends(ikeSaInitAnswer({ sa }));
    to(0.1).sends(ikeAuth({ sa }));
    back(0.15).sends(ikeAuthAnswer({ sa }));
    if (unique && before !== null) {
      talk
        .between(talk.responder, before.peer, at + 0.2)
        .sends(informational({ sa: before.sa, id: 0, inner: 8 }));
      talk
        .between(before.peer, talk.responder, at + 0.25)
        .sends(informationalAnswer({ sa: before.sa, id: 0 }));
    }
    before = { peer, sa };
  }
  return talk;
}

describe("identity-flap", () => {
  it("fires where two clients are ended by each other's setups", () => {
    const judgement = clients(7, true).endsAt(150).judge();
    const found = finding(judgement, "identity-flap");
    expect(found.severity).toBe("critical");
    expect(found.headline).toContain("192.0.2.99");
    expect(evidence(found).length).toBeGreaterThan(3);
  });

  it("warns where it ended long ago", () => {
    expect(finding(clients(7, true).endsAt(900).judge(), "identity-flap").severity).toBe("warning");
  });

  it("stays silent where nobody is ended, and where a client moved once", () => {
    expect(codes(clients(7, false).endsAt(150).judge())).not.toContain("identity-flap");
    expect(codes(clients(2, true).endsAt(150).judge())).not.toContain("identity-flap");
  });
});
