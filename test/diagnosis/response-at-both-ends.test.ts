import { describe, expect, it } from "vitest";
import { ALL, GIVEN, judgedAtEnds, ROUTERS, without } from "../support/capture/both-ends.js";
import { judgePlaces } from "../support/capture/places.js";
import { alongPath, joinedInOne } from "../support/capture/path.js";
import {
  codes,
  type Frame,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  informational,
  informationalAnswer,
  opens,
  quickMode,
  quickModeUp,
  mainModeUp,
  scenario,
  type Scenario,
  setsUp,
} from "../support/scenario/index.js";

const CODE = "ike-response-lost";
const [INITIATOR, RESPONDER] = ["192.0.2.10", "198.51.100.20"] as const;
const TRIES = [0.1, 0.9, 2.3, 5.1] as const;

function authenticates(): { talk: Scenario; asked: Frame[]; answers: Frame[] } {
  const talk = scenario({ floats: true });
  opens(talk);
  const asked = talk.at(...TRIES).initiator.sends(ikeAuth());
  const answers = talk.at(...TRIES.map((time) => time + 0.01)).responder.sends(ikeAuthAnswer());
  return { talk, asked, answers };
}

describe.each(GIVEN)("an answer to IKE_AUTH that is sent four times, seen at both ends, %s", (given) => {
  it("came through where the last one is in the initiator's capture, though nothing follows it", async () => {
    const { talk, answers } = authenticates();
    const judgement = await judgedAtEnds(talk, given, without(answers.slice(0, -1)), ALL);
    expect(codes(judgement)).not.toContain(CODE);
    expect(finding(judgement, "retransmissions").severity).toBe("warning");
    expect(judgement.status).toBe("degraded");
  });

  it("came through where two arrive and no more than one repeat crossed them", async () => {
    const { talk, answers } = authenticates();
    const judgement = await judgedAtEnds(talk, given, without(answers.slice(0, 2)), ALL);
    expect(codes(judgement)).not.toContain(CODE);
  });

  it("is lost on the way where none arrives", async () => {
    const { talk, answers } = authenticates();
    const judgement = await judgedAtEnds(talk.endsAt(60), given, without(answers), ALL);
    expect(judgement.status).toBe("failing");
    const { headline } = finding(judgement, CODE);
    expect(headline).toBe(`IKE_AUTH response is sent 4 times but does not reach ${INITIATOR}`);
  });

  it("is dropped by the initiator where all arrive and it goes on asking", async () => {
    const { talk } = authenticates();
    const judgement = await judgedAtEnds(talk.endsAt(60), given, ALL, ALL);
    expect(judgement.status).toBe("failing");
    const { headline, summary } = finding(judgement, CODE);
    expect(headline).toBe(
      `IKE_AUTH response arrives 4 times at ${INITIATOR}, which repeats its request all the same`,
    );
    expect(summary).toContain(`The answers arrive at ${INITIATOR}`);
  });

  it("is dropped by the initiator where the first is lost, and it asks twice more behind the second", async () => {
    const { talk, answers } = authenticates();
    const judgement = await judgedAtEnds(talk.endsAt(60), given, without(answers.slice(0, 1)), ALL);
    expect(finding(judgement, CODE).headline).toContain(`arrives 3 times at ${INITIATOR}`);
  });
});

describe.each(GIVEN)("other answers that come through in the end, seen at both ends, %s", (given) => {
  it("are no fault at IKE_SA_INIT", async () => {
    const talk = scenario();
    talk.at(...TRIES).initiator.sends(ikeSaInit());
    const answers = talk.at(...TRIES.map((time) => time + 0.01)).responder.sends(ikeSaInitAnswer());
    const judgement = await judgedAtEnds(talk, given, without(answers.slice(0, -1)), ALL);
    expect(codes(judgement)).not.toContain(CODE);
    expect(judgement.status).toBe("nothing-to-judge");
  });

  it("are no fault of a quick mode", async () => {
    const talk = scenario();
    mainModeUp(talk);
    quickModeUp(talk, { from: 1 });
    const times = TRIES.map((time) => time + 10);
    talk.at(...times).initiator.sends(quickMode(1, { messageId: 7 }));
    const answers = talk
      .at(...times.map((time) => time + 0.01))
      .responder.sends(quickMode(2, { messageId: 7 }));
    expect(codes(await judgedAtEnds(talk, given, without(answers.slice(0, -1)), ALL))).not.toContain(CODE);
    expect(codes(await judgedAtEnds(talk, given, without(answers), ALL))).toContain(CODE);
  });

  it("are told of the end that asked, be it the responder of the IKE SA", async () => {
    const talk = scenario();
    setsUp(talk);
    const times = TRIES.map((time) => time + 10);
    talk.at(...times).responder.sends(informational({ id: 0 }));
    const answers = talk
      .at(...times.map((time) => time + 0.01))
      .initiator.sends(informationalAnswer({ id: 0 }));
    talk.endsAt(60);
    expect(codes(await judgedAtEnds(talk, given, ALL, without(answers.slice(0, -1))))).not.toContain(CODE);
    const judgement = await judgedAtEnds(talk, given, ALL, without(answers));
    expect(finding(judgement, CODE).headline).toContain(`does not reach ${RESPONDER}`);
  });
});

describe.each(GIVEN)("a request of which the last try alone comes through, %s", (given) => {
  it("is not said to be lost between the captures", async () => {
    const { talk, asked, answers } = authenticates();
    const late = answers.slice(-1);
    const places = alongPath(talk, ROUTERS, [
      { hops: 0, keeps: (frame) => !answers.includes(frame) || late.includes(frame) },
      {
        hops: ROUTERS,
        keeps: (frame) =>
          !asked.slice(0, -1).includes(frame) && (!answers.includes(frame) || late.includes(frame)),
      },
    ]);
    const { judgement } = await judgePlaces(given === "in two files" ? places : [joinedInOne(places)]);
    expect(codes(judgement)).not.toContain("lost-between-captures");
    expect(["up", "degraded"]).toContain(judgement.status);
  });
});
