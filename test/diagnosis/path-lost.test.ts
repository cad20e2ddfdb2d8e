import { describe, expect, it } from "vitest";
import {
  codes,
  dialogue,
  evidence,
  every,
  faults,
  finding,
  informational,
  informationalAnswer,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

const CODE = "path-lost";

describe(CODE, () => {
  it("fires where ESP and IKE of the peer stop together and own ESP goes on", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 60, "initiator");
    traffic(talk, 1, 20, "responder");
    const tries = talk.at(30, 34, 41.2, 54.2).initiator.sends(informational());
    const judgement = talk.endsAt(200).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "ESP" });
    expect(evidence(found)).toContain(tries[0]?.number);
    expect(found.evidence.length).toBe(5);
    expect(faults(judgement)).toEqual([CODE]);
    expect(judgement.status).toBe("failing");
  });

  /** A dialogue whose answers end at 20 s, a liveness check in vain, in a capture that begins after the setup. */
  function startsLate(udp: boolean, answersUntil = 20) {
    const talk = scenario({ floats: true });
    setsUp(talk);
    dialogue(talk, every(0.5, 1, answersUntil), { ask: { udp }, answer: { udp } });
    talk.at(...every(0.5, answersUntil, 36)).initiator.esp({ udp });
    talk.at(26, 27, 28.8, 32).initiator.sends(informational());
    return talk.judge(({ time }) => time > 5);
  }

  it("fires in a capture that begins after the setup, where ESP in UDP shows that the sniffer heard both sides", () => {
    const judgement = startsLate(true);
    expect(finding(judgement, CODE)).toMatchObject({ severity: "critical", confidence: "likely" });
    expect(judgement.status).toBe("failing");
  });

  it.each([
    ["ESP is protocol 50, which does not show that IKE of that side would be seen", false, 20],
    ["the other side is heard once or twice only", true, 6],
  ])("is silent there where %s", (_name, udp, answersUntil) => {
    expect(codes(startsLate(udp, answersUntil))).not.toContain(CODE);
  });

  it.each([0.1, 0.5, 0.9, 1.5, 3])(
    "leaves no silence without a verdict where IKE of the peer comes last, %s s after its ESP",
    (after) => {
      const talk = scenario({ near: "initiator" });
      setsUp(talk);
      dialogue(talk, every(0.5, 1, 10));
      const last = talk.frames.at(-1)?.time ?? 0;
      talk.at(last + after - 0.05).initiator.sends(informational());
      talk.at(last + after).responder.sends(informationalAnswer());
      talk.at(...every(0.6, last + 4, last + 16)).initiator.esp();
      const judgement = talk.judge();
      expect(codes(judgement)).toContain("esp-one-way");
      expect(["suspected", "failing"]).toContain(judgement.status);
    },
  );

  it("is a warning where the tunnel comes up again", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 60, "initiator");
    traffic(talk, 1, 20, "responder");
    talk.at(30, 34, 41.2, 54.2).initiator.sends(informational());
    setsUp(talk, { from: 100, sa: talk.newSa() });
    expect(finding(talk.endsAt(200).judge(), CODE).severity).toBe("warning");
  });

  it("stays silent where ESP of the peer goes on, where IKE is answered, and where traffic was sparse", () => {
    const onlyIke = scenario();
    setsUp(onlyIke);
    traffic(onlyIke, 1, 60);
    onlyIke.at(30, 34, 41.2, 54.2).initiator.sends(informational());
    const onlyEsp = scenario();
    setsUp(onlyEsp);
    traffic(onlyEsp, 1, 60, "initiator");
    traffic(onlyEsp, 1, 20, "responder");
    onlyEsp.at(30).initiator.sends(informational());
    onlyEsp.at(30.1).responder.sends(informationalAnswer());
    const sparse = scenario();
    setsUp(sparse);
    traffic(sparse, 1, 60, "initiator");
    sparse.at(1, 10, 20).responder.esp();
    sparse.at(30, 34, 41.2, 54.2).initiator.sends(informational());
    for (const talk of [onlyIke, onlyEsp, sparse]) {
      expect(codes(talk.endsAt(200).judge())).not.toContain(CODE);
    }
  });
});
