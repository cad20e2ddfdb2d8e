import { describe, expect, it } from "vitest";
import {
  codes,
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
});
