import { describe, expect, it } from "vitest";
import { charonLogOf, hostOf } from "../support/host/beside.js";
import { STORY_BEGINS } from "../support/scenario/scenario.js";
import {
  codes,
  finding,
  ikeAuth,
  informational,
  informationalAnswer,
  mainMode,
  mainModeUp,
  opens,
  quickMode,
  type Scenario,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

const ALICE = "192.0.2.10";
const BOB = "198.51.100.20";
const CHECKS = [30, 34, 41.2, 54.2];

/** "Nov 14 22:13:20.004000", as pluto writes the time of the story. */
function plutoStamp(seconds: number): string {
  const iso = new Date(Math.floor(STORY_BEGINS / 1000 + seconds * 1000)).toISOString();
  return `Nov ${iso.slice(8, 10)} ${iso.slice(11, 23)}000`;
}

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

  it("holds for main mode 5, on which many daemons are silent", async () => {
    const talk = scenario({ near: "initiator" });
    for (const step of [1, 3] as const) {
      talk.at(step / 10).initiator.sends(mainMode(step));
      talk.at(step / 10 + 0.05).responder.sends(mainMode(step === 1 ? 2 : 4));
    }
    talk.at(...CHECKS).initiator.sends(mainMode(5));
    const found = finding(await judged(talk.endsAt(100), []), "authentication-failed");
    expect(found.summary).toContain(`The log of ${BOB} says that it received them`);
  });

  /** Captured at the initiator, whose quick mode nobody answers. */
  function silentQuickMode(): Scenario {
    const talk = scenario({ near: "initiator" });
    mainModeUp(talk);
    talk.at(...CHECKS).initiator.sends(quickMode(1));
    return talk.endsAt(100);
  }

  it("holds for quick mode: its answer is lost on the way back", async () => {
    const answers = sends("generating QUICK_MODE response 1364283729 [ HASH SA No ID ID ]");
    const found = finding(await judged(silentQuickMode(), answers), "quick-mode-unanswered");
    expect(found.headline).toContain(`the log of ${BOB} says that it answers`);
    expect(found.remedies[0]).toContain("At the side that answers");
  });

  it("says that quick mode was received where the daemon is silent", async () => {
    const found = finding(await judged(silentQuickMode(), []), "quick-mode-unanswered");
    expect(found.summary).toContain(`The log of ${BOB} says that it received them`);
    expect(found.headline).not.toContain("says that it answers");
  });

  it("names the cause alone where the daemon has one, and its INFORMATIONAL is lost", async () => {
    const said: Line[] = CHECKS.map((at) => [
      at + 0.004,
      "05[IKE] <site|1> no matching proposal found, sending NO_PROPOSAL_CHOSEN",
    ]);
    const judgement = await judged(silentQuickMode(), said);
    const found = finding(judgement, "child-no-proposal-chosen");
    expect(found).toMatchObject({ confidence: "certain", phase: "QUICK_MODE" });
    expect(found.remedies).toHaveLength(1);
    expect(codes(judgement)).not.toContain("quick-mode-unanswered");
  });

  it.each([
    ["no acceptable Proposal in IPsec SA", "child-no-proposal-chosen", "no proposal in common"],
    [
      "we require PFS but Quick I1 SA specifies no GROUP_DESCRIPTION",
      "child-no-proposal-chosen",
      "the peer asks for no PFS",
    ],
    [
      "Quick Mode request rejected; connection has no remote client selector",
      "child-ts-unacceptable",
      "selectors do not fit",
    ],
  ])("is told with pluto's cause: %s", async (sentence, code, cause) => {
    const lines = CHECKS.flatMap((at) => [
      `${plutoStamp(at + 0.004)}: "net"[1] ${ALICE} #2: responding to Quick Mode proposal {msgid:51515151}`,
      `${plutoStamp(at + 0.004)}: "net"[1] ${ALICE} #2: ${sentence}`,
    ]);
    const start = `${plutoStamp(-5)}: "net"[1] ${ALICE} #1: responding to Main Mode from unknown peer ${ALICE}:500`;
    const ups = `${plutoStamp(-4)}: adding UDP interface eth0 ${BOB}:500`;
    const host = await hostOf(`${[ups, start, ...lines].join("\n")}\n`);
    const judgement = silentQuickMode().judgeBeside(host);
    const found = finding(judgement, code);
    expect(found.headline).toContain(cause);
    expect(found.remedies).toHaveLength(1);
    expect(codes(judgement)).not.toContain("quick-mode-unanswered");
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

  it.each([
    ["D ", "never acknowledges a Delete of"],
    ["", "no longer answers DPD of"],
    ["N(UPD_SA_ADDR) ", "no longer answers INFORMATIONAL requests of"],
  ])("is named by the payloads that the asker's log has: [ %s]", async (payloads, words) => {
    const talk = unanswered();
    const log = charonLogOf(talk, ALICE, { payloads: () => payloads });
    const found = finding(talk.judgeBeside(await hostOf(log)), "dpd-timeout");
    expect(found.headline).toContain(words);
    expect(found.evidence[0]?.text.includes("liveness check")).toBe(payloads === "");
  });
});
