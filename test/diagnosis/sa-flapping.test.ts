import { describe, expect, it } from "vitest";
import {
  authRefusal,
  codes,
  evidence,
  faults,
  finding,
  ikeAuth,
  informational,
  informationalAnswer,
  informationalV1,
  INNER,
  mainModeUp,
  numbers,
  opens,
  quickModeUp,
  type SaSpis,
  type Scenario,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

function flaps(
  count: number,
  every: number,
  ends = true,
): { readonly talk: Scenario; readonly begins: number[] } {
  const talk = scenario();
  const begins: number[] = [];
  for (let turn = 0; turn < count; turn++) {
    begins.push(talk.frames.length);
    const sa = talk.newSa();
    setsUp(talk, { from: turn * every, sa });
    if (!ends) continue;
    talk.at((turn + 1) * every - 1).responder.sends(informational({ sa, id: 0, inner: INNER.deleteIke }));
    talk.at((turn + 1) * every - 0.9).initiator.sends(informationalAnswer({ sa, id: 0 }));
  }
  return { talk, begins };
}

describe("sa-flapping", () => {
  it("fires where setups that succeed follow one another within seconds", () => {
    const { talk, begins } = flaps(6, 5);
    const judgement = talk.endsAt(32).judge();
    const found = finding(judgement, "sa-flapping");
    expect(found.severity).toBe("critical");
    const first = begins.map((index) => talk.frames[index]?.number ?? 0);
    expect(first).toEqual(expect.arrayContaining(evidence(found)));
    expect(faults(judgement)).toEqual(["sa-flapping"]);
    expect(numbers(talk.frames)).toContain(evidence(found)[0]);
  });

  it("warns where the last setup lasts", () => {
    const { talk } = flaps(6, 5);
    traffic(talk, 26, 280);
    expect(finding(talk.endsAt(300).judge(), "sa-flapping").severity).toBe("warning");
  });

  it("warns after few setups where the last one carries traffic, as after restarts of both ends", () => {
    const { talk } = flaps(4, 5);
    traffic(talk, 16, 18);
    const judgement = talk.endsAt(21).judge();
    expect(finding(judgement, "sa-flapping").severity).toBe("warning");
    expect(judgement.status).toBe("degraded");
  });

  it("is critical after as few without traffic, and after many with it", () => {
    expect(faults(flaps(4, 5).talk.endsAt(21).judge())).toEqual(["sa-flapping"]);
    const { talk } = flaps(6, 5);
    traffic(talk, 26, 28);
    expect(faults(talk.endsAt(31).judge())).toEqual(["sa-flapping"]);
  });

  it("is only possible while the last of few setups, which nothing ends, has not lasted so long that it stays", () => {
    const { talk } = flaps(3, 5);
    setsUp(talk, { from: 15, sa: talk.newSa() });
    const early = talk.endsAt(15.5).judge();
    expect(finding(early, "sa-flapping")).toMatchObject({ severity: "critical", confidence: "possible" });
    expect(early.status).toBe("suspected");
    expect(finding(talk.endsAt(25).judge(), "sa-flapping").confidence).toBe("possible");
    const settled = talk.endsAt(50).judge();
    expect(finding(settled, "sa-flapping").severity).toBe("warning");
    expect(settled.status).toBe("degraded");
  });

  it("stays silent about three setups, and about setups a minute apart", () => {
    expect(codes(flaps(3, 5).talk.endsAt(20).judge())).not.toContain("sa-flapping");
    expect(codes(flaps(8, 60).talk.endsAt(480).judge())).not.toContain("sa-flapping");
  });

  it("fires where the ESP of each tunnel ends with the next setup", () => {
    const { talk } = flaps(6, 5, false);
    for (let turn = 0; turn < 6; turn++) {
      const times = [1, 2, 3, 4].map((time) => turn * 5 + time);
      talk.at(...times).initiator.esp({ spi: 0xc1000100 + turn });
      talk.at(...times).responder.esp({ spi: 0xc2000100 + turn });
    }
    expect(codes(talk.endsAt(32).judge())).toContain("sa-flapping");
  });

  it.each([
    ["the side that begins", "initiator", []],
    ["the other side", "responder", ["sa-flapping"]],
  ] as const)(
    "tells re-authentication from it without the algorithms: %s deletes the old IKE SA",
    (_, by, found) => {
      const talk = scenario();
      let before: SaSpis | undefined;
      for (let turn = 0; turn < 6; turn++) {
        const sa = talk.newSa();
        setsUp(talk, { from: turn * 5, sa });
        if (before !== undefined) {
          const id = by === "initiator" ? 2 : 0;
          const later = talk.at(turn * 5 + 1.1);
          const answerer = by === "initiator" ? later.responder : later.initiator;
          talk.at(turn * 5 + 1)[by].sends(informational({ sa: before, id }));
          answerer.sends(informationalAnswer({ sa: before, id }));
        }
        talk.at(turn * 5 + 2).initiator.esp({ spi: 0xc1000100 + turn });
        talk.at(turn * 5 + 2.1).responder.esp({ spi: 0xc2000100 + turn });
        before = sa;
      }
      // The answers to IKE_SA_INIT, which choose the algorithms, are not in the capture.
      const kept = talk.endsAt(32).judge(({ time }) => Math.abs((time % 5) - 0.05) > 0.001);
      expect(codes(kept).filter((code) => code === "sa-flapping")).toEqual(found);
    },
  );

  it.each([
    ["the side that begins", "initiator", []],
    ["the other side", "responder", ["sa-flapping"]],
  ] as const)(
    "tells re-authentication from it where %s deletes the old IKE SA while the next setup runs",
    (_, by, found) => {
      const talk = scenario();
      let before: SaSpis | undefined;
      for (let turn = 0; turn < 6; turn++) {
        const from = turn * 5;
        const sa = talk.newSa();
        setsUp(talk, { from, sa });
        if (before !== undefined) {
          const id = by === "initiator" ? 2 : 0;
          talk.at(from + 0.01)[by].sends(informational({ sa: before, id, inner: INNER.deleteIke }));
          const later = talk.at(from + 0.02);
          (by === "initiator" ? later.responder : later.initiator).sends(
            informationalAnswer({ sa: before, id }),
          );
        }
        talk.at(from + 2).initiator.esp({ spi: 0xc1000100 + turn });
        talk.at(from + 2.1).responder.esp({ spi: 0xc2000100 + turn });
        before = sa;
      }
      expect(faults(talk.endsAt(32).judge())).toEqual(found);
    },
  );

  describe("of IKEv1", () => {
    /** Setups a second apart, each of which `by` deletes half a second later: the IPsec SA, then the ISAKMP SA. */
    function deletedEach(by: "initiator" | "responder", answered = false): Scenario {
      const talk = scenario();
      for (let turn = 0; turn < 6; turn++) {
        const sa = talk.newSa();
        mainModeUp(talk, { from: turn, sa });
        quickModeUp(talk, { from: turn + 0.3, sa });
        talk.at(turn + 0.8)[by].sends(informationalV1({ sa, length: 84 }));
        talk.at(turn + 0.801)[by].sends(informationalV1({ sa, length: 100 }));
        const other = by === "initiator" ? "responder" : "initiator";
        if (answered) talk.at(turn + 0.81)[other].sends(informationalV1({ sa, length: 100 }));
      }
      return talk.endsAt(8);
    }

    it("fires where the responder deletes each phase 1 at once", () => {
      expect(faults(deletedEach("responder").judge())).toEqual(["sa-flapping"]);
    });

    it("stays silent where the side that begins anew deletes, and where a check is answered", () => {
      expect(codes(deletedEach("initiator").judge())).not.toContain("sa-flapping");
      expect(codes(deletedEach("responder", true).judge())).not.toContain("sa-flapping");
    });
  });

  it("stays silent about gateways with several connections, which keep what they set up", () => {
    expect(codes(flaps(6, 5, false).talk.endsAt(60).judge())).not.toContain("sa-flapping");
  });

  it("only warns where the authentication is refused each time: that has its own reason", () => {
    const talk = scenario();
    for (let turn = 0; turn < 6; turn++) {
      const sa = talk.newSa();
      opens(talk, { from: turn * 5, sa });
      talk.at(turn * 5 + 0.1).initiator.sends(ikeAuth({ sa }));
      talk.at(turn * 5 + 0.2).responder.sends(authRefusal({ sa }));
    }
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)).toEqual(["authentication-failed"]);
    expect(finding(judgement, "sa-flapping").severity).toBe("warning");
  });
});
