import { describe, expect, it } from "vitest";
import { renderText, toReport } from "../../src/index.js";
import type { Judgement } from "../../src/index.js";
import type { Code } from "../../src/diagnosis/codes.js";
import { citedFrames, holdsCited } from "../../src/diagnosis/facts/cited.js";
import { generated, recorded, recordedAs } from "../score/labelled.js";
import { judgeLabelled } from "../score/score.js";
import { NOTIFY_V1 } from "../../src/ike/registries/notify-v1.js";
import {
  aggressiveMode,
  authRefusal,
  CHILD_REFUSED,
  clearNotifyV1,
  faults,
  ikeAuth,
  ikeAuthAnswer,
  informational,
  informationalAnswer,
  informationalV1,
  INNER,
  mainMode,
  opens,
  type Scenario,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";
import { sampled } from "../support/sample.js";
import { schemaFaults } from "../support/schema.js";

/** Findings that cite the messages of an IKE SA which never came up, or is no longer answered. */
const IKE_SA_DEAD: ReadonlySet<Code> = new Set<Code>([
  "authentication-failed",
  "authentication-rejected-by-initiator",
  "certificate-expired",
  "certificate-not-yet-valid",
  "dpd-timeout",
  "eap-failed",
  "eap-stalled",
  "ike-auth-missing",
  "ike-auth-unanswered",
  "ike-fragments-lost",
  "ike-response-lost",
  "mobike-failed",
  "natt-4500-unanswered",
  "path-lost",
  "rekey-unanswered",
  "sa-flapping",
]);

/** States of the IKE SAs in JSON, in order. */
function statesOf(judgement: Judgement) {
  return toReport(judgement, "1").tunnels.flatMap(({ ikeSas }) =>
    ikeSas.map(({ state, stateFinding }) => ({ state, stateFinding })),
  );
}

/** How the text report words a state of the JSON report. */
function worded({ state, stateFinding }: ReturnType<typeof statesOf>[number]): string {
  if (state === "up-or-refused") return "up, or refused by the initiator";
  if (state === "redirected") return "redirected to another gateway";
  if (state === "deleted" || state === "replaced") return `was up, then ${state}`;
  const words = state.replaceAll("-", " ");
  return stateFinding === null ? words : `${words}: ${stateFinding}`;
}

describe("the state of an IKE SA", () => {
  it("is not up where the root finding says so, though its messages look like those of one that is", async () => {
    const judgement = await judgeLabelled(recordedAs("eap-server-untrusted-initiator"));
    expect(statesOf(judgement)).toEqual([
      { state: "not-up", stateFinding: "authentication-rejected-by-initiator" },
    ]);
    expect(schemaFaults(judgement)).toEqual([]);
  });

  it("is left open where the initiator may have refused the answer", async () => {
    const judgement = await judgeLabelled(recordedAs("initiator-rejects-only4500-initiator"));
    expect(statesOf(judgement)).toEqual([{ state: "up-or-refused", stateFinding: null }]);
    expect(schemaFaults(judgement)).toEqual([]);
  });

  it("is unknown where EAP ends with an answer that is as short as its success, until it is told as refused", () => {
    const talk = scenario({ suite: "cbc" });
    opens(talk);
    for (const [id, inner] of [
      [1, 1300],
      [2, INNER.eapSuccess],
    ] as const) {
      talk.at(id).initiator.sends(ikeAuth({ id, inner: 90 }));
      talk.at(id + 0.05).responder.sends(ikeAuthAnswer({ id, inner }));
    }
    expect(statesOf(talk.endsAt(3).judge())).toEqual([{ state: "unknown", stateFinding: null }]);
    const refused = talk.endsAt(60).judge();
    expect(faults(refused)).toEqual(["eap-failed"]);
    expect(statesOf(refused)).toEqual([{ state: "authentication-refused", stateFinding: null }]);
  });

  it.each(["peer-restarted-initiates-initiator", "peer-restarted-initiator"])(
    "was up where the peer restarted and a new IKE SA took its place: %s",
    async (name) => {
      const judgement = await judgeLabelled(recordedAs(name));
      expect(statesOf(judgement)).toEqual([
        { state: "was-up", stateFinding: "peer-restarted" },
        { state: "up", stateFinding: null },
      ]);
      expect(schemaFaults(judgement)).toEqual([]);
    },
  );

  it("is up where the peer is silent and no other IKE SA took its place", async () => {
    const judgement = await judgeLabelled(recordedAs("peer-restarted-silent-responder"));
    expect(statesOf(judgement)).toEqual([{ state: "up", stateFinding: null }]);
  });

  it.each([
    ["dpd-path-cut-initiator", "dpd-timeout"],
    ["dpd-ikev1-path-cut-initiator", "dpd-timeout"],
    ["path-lost-responder", "path-lost"],
    ["mobike-failed-initiator", "mobike-failed"],
  ])("was up where the first line says that it answers no more: %s", async (name, code) => {
    const judgement = await judgeLabelled(recordedAs(name));
    expect(statesOf(judgement)).toEqual([{ state: "was-up", stateFinding: code }]);
    expect(schemaFaults(judgement)).toEqual([]);
  });

  it.each([
    ["rekey-unanswered-initiator", "was-up", "rekey-unanswered"],
    ["initiator-rejects-ikev1-responder", "not-up", "authentication-rejected-by-initiator"],
    ["initiator-rejects-hybrid-responder", "perhaps-not-up", "authentication-rejected-by-initiator"],
    ["eap-wrong-password-initiator", "not-up", "eap-failed"],
  ])("is what the finding says and not what the lengths are: %s", async (name, state, stateFinding) => {
    expect(statesOf(await judgeLabelled(recordedAs(name)))).toEqual([{ state, stateFinding }]);
  });

  /** Main mode to message 5 of each of `sas`, seconds apart. */
  function refusedMainModes(talk: Scenario, sas: readonly Scenario["sa"][], answer: boolean): void {
    for (const [index, sa] of sas.entries()) {
      const at = index * 40;
      talk.at(at).initiator.sends(mainMode(1, { sa }));
      talk.at(at + 0.05).responder.sends(mainMode(2, { sa }));
      talk.at(at + 0.1).initiator.sends(mainMode(3, { sa }));
      talk.at(at + 0.15).responder.sends(mainMode(4, { sa }));
      talk.at(at + 0.2, at + 4.2, at + 11.4).initiator.sends(mainMode(5, { sa }));
      if (answer) talk.at(at + 0.3).responder.sends(informationalV1({ sa }));
    }
  }

  it("is that the authentication was refused in each attempt of IKEv1, though the finding cites the last", () => {
    const talk = scenario();
    refusedMainModes(talk, [talk.sa, talk.newSa()], true);
    const states = statesOf(talk.endsAt(100).judge());
    expect(states.map(worded)).toEqual(["authentication refused", "authentication refused"]);
  });

  it("names the finding where silence alone says that it was refused", () => {
    const talk = scenario();
    refusedMainModes(talk, [talk.sa], false);
    const judgement = talk.endsAt(60).judge();
    expect(statesOf(judgement)).toEqual([{ state: "not-up", stateFinding: "authentication-failed" }]);
    expect(schemaFaults(judgement)).toEqual([]);
  });

  it("is that the authentication was refused in clear before any answer", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(aggressiveMode(1));
    talk.at(0.1).responder.sends(clearNotifyV1(NOTIFY_V1.AUTHENTICATION_FAILED));
    const [state] = statesOf(talk.endsAt(60).judge());
    expect(state).toEqual({ state: "authentication-refused", stateFinding: null });
  });

  it("is still authenticating while the capture ends too early to tell", () => {
    const talk = scenario();
    refusedMainModes(talk, [talk.sa], false);
    const [state] = statesOf(talk.endsAt(0.5).judge());
    expect(state).toEqual({ state: "authenticating", stateFinding: null });
  });

  it("was up for each IKE SA of a tunnel that is set up again and again, and is for the last one", async () => {
    const states = statesOf(await judgeLabelled(recordedAs("flapping-delete-initiator")));
    const last = states.pop();
    expect(last).toEqual({ state: "up", stateFinding: null });
    expect(new Set(states.map(worded))).toEqual(new Set(["was up: sa-flapping"]));
  });

  it("is child refused where the answer behind EAP-Success has no room for a Child SA", () => {
    const talk = scenario({ suite: "cbc" });
    opens(talk);
    for (const [id, inner] of [
      [1, 1300],
      [2, INNER.eapSuccess],
      [3, CHILD_REFUSED],
    ] as const) {
      talk.at(id).initiator.sends(ikeAuth({ id, inner: id === 3 ? INNER.auth : 90 }));
      talk.at(id + 0.05).responder.sends(ikeAuthAnswer({ id, inner }));
    }
    expect(statesOf(talk.endsAt(60).judge())).toEqual([{ state: "child-refused", stateFinding: null }]);
  });

  it("is no longer up where liveness checks are unanswered in the end, though ESP flows after them", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 3);
    talk.at(4, 5, 7, 11, 19).initiator.sends(informational({ id: 2, inner: INNER.nothing }));
    traffic(talk, 30, 40);
    const judgement = talk.endsAt(41).judge();
    expect(statesOf(judgement)).toEqual([{ state: "was-up", stateFinding: "dpd-timeout" }]);
    expect(judgement.headline).not.toContain("IKEv2 is up");
  });

  it.each([
    ["healthy-ikev2-rekey-initiator", "replaced"],
    ["reauth-initiator", "replaced"],
    ["healthy-ikev1-delete-initiator", "deleted"],
  ])("was up where its own messages end it: %s", async (name, state) => {
    const judgement = await judgeLabelled(recordedAs(name));
    const [first] = statesOf(judgement);
    expect(first).toEqual({ state, stateFinding: null });
    expect(schemaFaults(judgement)).toEqual([]);
  });

  it("is said of a deleted one in the first line as well", async () => {
    const { headline } = await judgeLabelled(recordedAs("healthy-ikev1-delete-initiator"));
    expect(headline).toMatch(/IKEv1 was up, ESP flowed both ways, then the IKE SA was deleted$/);
  });

  /** A tunnel that works, then a second IKE SA of the same peers whose authentication is refused; `isDeleted` before it begins. */
  function authenticatesAnew({ isDeleted, until }: { isDeleted: boolean; until: number }) {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, until);
    if (isDeleted) {
      talk.at(20).initiator.sends(informational({ id: 2, inner: INNER.bareNotify }));
      talk.at(20.01).responder.sends(informationalAnswer({ id: 2 }));
    }
    const sa = talk.newSa();
    opens(talk, { from: 20.1, sa });
    talk.at(20.2).initiator.sends(ikeAuth({ sa }));
    talk.at(20.3).responder.sends(authRefusal({ sa }));
    return talk.endsAt(60);
  }

  it("was deleted where the next one is refused", () => {
    const judgement = authenticatesAnew({ isDeleted: true, until: 19.9 }).judge();
    expect(faults(judgement)).toEqual(["authentication-failed"]);
    expect(statesOf(judgement)[0]).toEqual({ state: "deleted", stateFinding: null });
  });

  it("is up beside a refused one while it carries traffic", () => {
    const judgement = authenticatesAnew({ isDeleted: false, until: 60 }).judge();
    expect(statesOf(judgement)[0]).toEqual({ state: "up", stateFinding: null });
  });

  it.each(sampled([...recorded(), ...generated()], 4))(
    "is not up where the finding at the root says that it is not: $truth.file",
    async (capture) => {
      const { tunnels } = await judgeLabelled(capture);
      for (const { setups, findings, status, told } of tunnels) {
        const root = findings.find(({ severity }) => severity === "critical");
        if (root === undefined || status !== "failing" || !IKE_SA_DEAD.has(root.code)) continue;
        const cited = citedFrames([root]);
        const isAboutIdentity = root.code === "authentication-failed";
        const last = Math.max(...setups.map(({ sa }) => sa.firstTime));
        for (const { sa, progress } of setups) {
          // The newest one of a tunnel that is set up again and again stands.
          if (!holdsCited(sa, cited) || (root.code === "sa-flapping" && sa.firstTime === last)) continue;
          const state = told.states.get(sa.id)?.kind ?? progress.state;
          expect(["up", "phase-1-up"], `${sa.id} ${root.code}`).not.toContain(state);
          if (isAboutIdentity) expect(["not-up", "authentication-refused"]).toContain(state);
        }
      }
    },
  );

  it.each(sampled([...recorded(), ...generated()], 10))(
    "is the same in text and JSON: $truth.file",
    async (capture) => {
      const judgement = await judgeLabelled(capture);
      const text = renderText(judgement, { width: 200 });
      const shown = [
        ...text.matchAll(
          /IKEv[12] SA [0-9a-f]{16} \/ [0-9a-f]{16}, ([^,\n]+(?:, (?:or refused|then)[^,\n]+)?)/g,
        ),
      ];
      const states = statesOf(judgement).map(worded);
      for (const [, state = ""] of shown) expect(states).toContain(state.trim());
      if (judgement.tunnels.length === 1 && states.length === 1) expect(shown.length).toBe(1);
    },
  );
});
