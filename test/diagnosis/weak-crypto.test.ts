import { describe, expect, it } from "vitest";
import {
  accusations,
  aggressiveModeUp,
  codes,
  evidence,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  quickModeUp,
  scenario,
  setsUp,
  type SuiteName,
  traffic,
} from "../support/scenario/index.js";

describe("weak-crypto", () => {
  it("fires on a chosen 3DES, SHA1 and MODP_1024, names them and the answer that chose them", () => {
    const talk = scenario({ suite: "tripleDes" });
    setsUp(talk);
    traffic(talk, 1, 3);
    const judgement = talk.endsAt(10).judge();
    const found = finding(judgement, "weak-crypto");
    expect(found).toMatchObject({ severity: "info", confidence: "certain", phase: "IKE_SA_INIT" });
    expect(found.headline).toContain("3DES");
    expect(found.headline).toContain("MODP_1024");
    expect(evidence(found)).toEqual([2]);
    expect(judgement.status).toBe("healthy");
  });

  it.each(["gcm", "gcmSha1", "gcmSha512", "chacha", "cbc", "cbcSha512"] satisfies SuiteName[])(
    "stays silent on %s",
    (suite) => {
      const talk = scenario({ suite });
      setsUp(talk);
      traffic(talk, 1, 3);
      const judgement = talk.endsAt(10).judge();
      expect(codes(judgement)).not.toContain("weak-crypto");
      expect(judgement.status).toBe("healthy");
    },
  );

  it("is an explanation where weak algorithms are offered and others chosen", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(
      ikeSaInit({
        offers: [
          { encr: [[20, 256]], prf: [5], group: [19] },
          { encr: [[3]], integ: [1], prf: [1], group: [2] },
        ],
      }),
    );
    talk.at(0.1).responder.sends(ikeSaInitAnswer());
    talk.at(0.2).initiator.sends(ikeAuth());
    talk.at(0.3).responder.sends(ikeAuthAnswer());
    traffic(talk, 1, 3);
    const judgement = talk.endsAt(10).judge();
    const found = finding(judgement, "weak-crypto");
    expect(found.severity).toBe("info");
    expect(found.headline).toContain("not chosen");
    expect(evidence(found)).toEqual([1]);
    expect(judgement.status).toBe("healthy");
  });

  it("tells aggressive mode with a pre-shared key, and does not call the tunnel degraded for it", () => {
    const talk = scenario();
    aggressiveModeUp(talk);
    quickModeUp(talk, { from: 0.5 });
    traffic(talk, 1, 3);
    const judgement = talk.endsAt(10).judge();
    const found = finding(judgement, "weak-crypto");
    expect(found).toMatchObject({ severity: "info", phase: "AGGRESSIVE_MODE" });
    expect(found.headline).toContain("aggressive mode");
    expect(accusations(judgement)).toEqual([]);
  });
});
