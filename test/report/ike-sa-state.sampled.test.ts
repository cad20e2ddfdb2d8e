import { describe, expect, it } from "vitest";
import { renderText, toReport } from "../../src/index.js";
import type { Judgement } from "../../src/index.js";
import { generated, recorded, recordedAs } from "../score/labelled.js";
import { judgeLabelled } from "../score/score.js";
import {
  authRefusal,
  faults,
  ikeAuth,
  ikeAuthAnswer,
  informational,
  informationalAnswer,
  INNER,
  opens,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";
import { sampled } from "../support/sample.js";
import { schemaFaults } from "../support/schema.js";

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
