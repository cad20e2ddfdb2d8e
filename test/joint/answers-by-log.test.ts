import { describe, expect, it } from "vitest";
import { charonLogOf, hostOf } from "../support/host/beside.js";
import {
  finding,
  ikeAuth,
  informational,
  informationalAnswer,
  opens,
  type Scenario,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

const ALICE = "192.0.2.10";
const BOB = "198.51.100.20";
const CHECKS = [30, 34, 41.2, 54.2];
type Line = readonly [number, string];

/** Captured at the initiator, whose liveness checks nobody answers. */
function unanswered(near: "initiator" | "responder" = "initiator"): Scenario {
  const talk = scenario({ near });
  setsUp(talk);
  traffic(talk, 1, 20);
  talk.at(...CHECKS).initiator.sends(informational({ id: 2 }));
  return talk.endsAt(100);
}

/** Bob's daemon sends something right behind each attempt. */
const sends = (what: string): Line[] =>
  CHECKS.flatMap((at): Line[] => [
    [at + 0.003, `05[ENC] <site|1> ${what}`],
    [at + 0.004, `05[NET] <site|1> sending packet: from ${BOB}[500] to ${ALICE}[500] (57 bytes)`],
  ]);
const ANSWERS = sends("generating INFORMATIONAL response 2 [ ]");
const COVER: Line[] = [
  [-5, "00[DMN] Starting IKE charon daemon (strongSwan 5.9.8, Linux 6.1, x86_64)"],
  [90, "05[NET] waiting for data on sockets"],
];

async function judged(talk: Scenario, bob: readonly Line[], alice: readonly Line[] | null = null) {
  const hosts = [await hostOf(charonLogOf(talk, BOB, { also: [...COVER, ...bob] }))];
  if (alice !== null) hosts.push(await hostOf(charonLogOf(talk, ALICE, { also: [...COVER, ...alice] })));
  return talk.judgeBeside(...hosts);
}

describe("silence beside the log of the side that is silent", () => {
  it("is said to be lost on the way back where that log says that it answers", async () => {
    const found = finding(await judged(unanswered(), ANSWERS), "dpd-timeout");
    expect(found.headline).toContain(`the log of ${BOB} says that it answers`);
    expect(found.summary).toContain("sent answers (4); none of these comes to 192.0.2.10");
    expect(found.summary).not.toContain("is down");
    expect(found.remedies[0]).toContain("At the side that answers");
    expect(found.rivals).toEqual([]);
    expect(found.lines.map(({ text }) => text.split(":")[0])).toContain("sending packet");
  });

  it("adds that the asker's log has no answer either", async () => {
    const found = finding(await judged(unanswered(), ANSWERS, []), "dpd-timeout");
    expect(found.summary).toContain(`The log of ${ALICE} has none of them either.`);
  });

  it.each<[string, readonly Line[], readonly Line[] | null]>([
    ["says nothing after it received them", [], null],
    ["sends requests of its own", sends("generating INFORMATIONAL request 0 [ ]"), null],
    [
      "answers, and the asker's log has it: the capture misses it",
      ANSWERS,
      [[30.01, `05[NET] <site|1> received packet: from ${BOB}[500] to ${ALICE}[500] (57 bytes)`]],
    ],
  ])("is not said to be lost on the way back where that log %s", async (_, bob, alice) => {
    const found = finding(await judged(unanswered(), bob, alice), "dpd-timeout");
    expect(found.headline).not.toContain("says that it answers");
    expect(found.summary).not.toContain("lost on the way back:");
  });

  it("says nothing of the log where the capture at that side shows that no answer leaves", async () => {
    const found = finding(await judged(unanswered("responder"), []), "dpd-timeout");
    expect(found.summary).not.toContain("The log of");
  });

  it("holds for the authentication, too", async () => {
    const talk = scenario({ near: "initiator" });
    opens(talk);
    talk.at(...CHECKS).initiator.sends(ikeAuth());
    const answers = sends("generating IKE_AUTH response 1 [ N(AUTH_FAILED) ]");
    const found = finding(await judged(talk.endsAt(100), answers), "ike-auth-unanswered");
    expect(found.headline).toContain(`the log of ${BOB} says that it answers`);
    expect(found.remedies[0]).toContain("At the side that answers");
  });

  it("is told of the last attempts where the checks before were answered", async () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    talk.at(10).initiator.sends(informational({ id: 2 }));
    talk.at(10.05).responder.sends(informationalAnswer({ id: 2 }));
    talk.at(...CHECKS).initiator.sends(informational({ id: 3 }));
    const found = finding(await judged(talk.endsAt(100), ANSWERS), "dpd-timeout");
    expect(found.summary).toContain("sent answers (4)");
  });
});
