import { describe, expect, it } from "vitest";
import { inEnglish } from "../../src/texts/texts.js";
import {
  codes,
  createChild,
  createChildAnswer,
  evidence,
  finding,
  informational,
  informationalAnswer,
  INNER,
  type ScenarioOptions,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

function ends(inner: number, options: ScenarioOptions = {}) {
  const talk = scenario(options);
  setsUp(talk);
  traffic(talk, 1, 30);
  const [ask] = talk.at(30).responder.sends(informational({ id: 0, inner }));
  const [answer] = talk.at(30.1).initiator.sends(informationalAnswer({ id: 0 }));
  return { talk, ask, answer };
}

describe("sa-deleted-by-peer", () => {
  it.each(["gcm", "cbc"] as const)("explains the end of a tunnel under %s", (suite) => {
    const { talk, ask, answer } = ends(INNER.deleteIke, { suite });
    const judgement = talk.endsAt(120).judge();
    const found = finding(judgement, "sa-deleted-by-peer");
    expect(found.severity).toBe("info");
    expect(evidence(found)).toEqual([ask?.number, answer?.number]);
    expect(found.headline).toContain("198.51.100.20");
    expect(judgement.status).toBe("healthy");
  });

  it("explains the end of a tunnel that was idle for minutes, if nothing follows for a minute", () => {
    const idle = (end: number) => {
      const talk = scenario();
      setsUp(talk);
      traffic(talk, 1, 30);
      talk.at(330).responder.sends(informational({ id: 0, inner: INNER.deleteIke }));
      talk.at(330.1).initiator.sends(informationalAnswer({ id: 0 }));
      return talk.endsAt(end).judge();
    };
    expect(codes(idle(400))).toContain("sa-deleted-by-peer");
    expect(inEnglish(idle(400).headline)).toContain("then the IKE SA was deleted");
    expect(codes(idle(380))).not.toContain("sa-deleted-by-peer");
  });

  it("stays silent about an empty INFORMATIONAL where the cipher tells", () => {
    expect(codes(ends(INNER.nothing).talk.endsAt(120).judge())).not.toContain("sa-deleted-by-peer");
  });

  it("stays silent where traffic goes on", () => {
    const { talk } = ends(INNER.deleteIke);
    traffic(talk, 31, 40);
    expect(codes(talk.endsAt(120).judge())).not.toContain("sa-deleted-by-peer");
  });

  it("stays silent where anything follows on the IKE SA", () => {
    const { talk } = ends(INNER.deleteIke);
    talk.at(60).initiator.sends(informational());
    talk.at(60.1).responder.sends(informationalAnswer());
    expect(codes(talk.endsAt(120).judge())).not.toContain("sa-deleted-by-peer");
  });

  it("stays silent about an IKE SA that was authenticated anew before", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 30);
    setsUp(talk, { from: 29, sa: talk.newSa() });
    talk.at(30).initiator.sends(informational({ inner: INNER.deleteIke }));
    talk.at(30.1).responder.sends(informationalAnswer());
    expect(codes(talk.endsAt(120).judge())).not.toContain("sa-deleted-by-peer");
  });

  it("stays silent about an IKE SA that was rekeyed before, whose successor says nothing yet", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 30);
    talk.at(29).initiator.sends(createChild({ id: 2, inner: 300 }));
    talk.at(29.1).responder.sends(createChildAnswer({ id: 2, inner: 250 }));
    talk.at(30).initiator.sends(informational({ id: 3, inner: INNER.deleteIke }));
    talk.at(30.1).responder.sends(informationalAnswer({ id: 3 }));
    expect(codes(talk.endsAt(120).judge())).not.toContain("sa-deleted-by-peer");
  });

  it("stays silent about NO_ADDITIONAL_ADDRESSES one second after the setup", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 0.2, 1);
    talk.at(1.2).initiator.sends(informational({ inner: 8 }));
    talk.at(1.3).responder.sends(informationalAnswer());
    expect(codes(talk.endsAt(120).judge())).not.toContain("sa-deleted-by-peer");
  });

  it("stays silent where the capture ends soon, and where the tunnel was idle before a check that looks alike", () => {
    expect(codes(ends(INNER.deleteIke).talk.endsAt(35).judge())).not.toContain("sa-deleted-by-peer");
    const talk = scenario({ suite: "cbc" });
    setsUp(talk);
    traffic(talk, 1, 20);
    talk.at(50).initiator.sends(informational());
    talk.at(50.1).responder.sends(informationalAnswer());
    expect(codes(talk.endsAt(120).judge())).not.toContain("sa-deleted-by-peer");
  });

  describe("where a liveness check is as long", () => {
    /** Idle, checked every 30 s up to 600 s. */
    const checked = () => {
      const talk = scenario({ suite: "cbc" });
      setsUp(talk);
      for (let id = 2; id <= 21; id++) {
        talk.at((id - 1) * 30).initiator.sends(informational({ id }));
        talk.at((id - 1) * 30 + 0.1).responder.sends(informationalAnswer({ id }));
      }
      return talk;
    };

    it("infers it from a rhythm of checks that both sides break at once", () => {
      const talk = checked();
      const [ask] = talk.at(615).responder.sends(informational({ id: 0, inner: INNER.deleteIke }));
      talk.at(615.1).initiator.sends(informationalAnswer({ id: 0 }));
      const found = finding(talk.endsAt(800).judge(), "sa-deleted-by-peer");
      expect(found).toMatchObject({ severity: "info", provenance: "inferred" });
      expect(evidence(found)[0]).toBe(ask?.number);
    });

    it("stays silent until the silence is longer than any pause was", () => {
      const talk = checked();
      talk.at(615).responder.sends(informational({ id: 0, inner: INNER.deleteIke }));
      talk.at(615.1).initiator.sends(informationalAnswer({ id: 0 }));
      expect(codes(talk.endsAt(690).judge())).not.toContain("sa-deleted-by-peer");
    });

    it("stays silent where the last check is in vain: the tunnel died", () => {
      const talk = checked();
      talk.at(630, 634, 641.2, 654.2, 677.5).initiator.sends(informational({ id: 22 }));
      expect(codes(talk.endsAt(900).judge())).not.toContain("sa-deleted-by-peer");
    });

    it("stays silent where the tunnel had paused for as long before", () => {
      const talk = checked();
      for (const [id, second] of [
        [22, 1000],
        [23, 1030],
      ] as const) {
        talk.at(second).initiator.sends(informational({ id }));
        talk.at(second + 0.1).responder.sends(informationalAnswer({ id }));
      }
      expect(codes(talk.endsAt(1400).judge())).not.toContain("sa-deleted-by-peer");
    });
  });
});
