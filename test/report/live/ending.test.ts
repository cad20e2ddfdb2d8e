import { inEnglish } from "../../../src/texts/texts.js";
import { expect, it } from "vitest";
import { endingText } from "../../../src/report/live/ending.js";
import { raised, snapshotOf, tunnelOf } from "../../support/live/quiet.js";

const NOTHING_LEFT = { waiting: [], left: 0 };

it("the end says how the tunnels stand and what is raised", () => {
  const tunnels = [
    tunnelOf({ state: "up" }),
    tunnelOf({ state: "failing", findings: [raised("dpd-timeout")] }),
    tunnelOf({ state: "failing", findings: [raised("dpd-timeout"), raised("nat-detected")] }),
  ];
  const snapshot = snapshotOf({ tunnels, findings: [raised("capture-dropped")] });
  expect(inEnglish(endingText(snapshot, NOTHING_LEFT))).toBe(
    "3 tunnels: 2 failing, 1 up; raised: capture-dropped, dpd-timeout (2 tunnels)",
  );
});

it("the end of a capture without a tunnel says so", () => {
  expect(inEnglish(endingText(snapshotOf(), NOTHING_LEFT))).toBe("0 tunnels; nothing is raised");
});

it("the end says what was found too late to raise, and how many tunnels there was no time for", () => {
  const waiting = [raised("authentication-failed").finding, raised("nat-detected").finding];
  expect(inEnglish(endingText(snapshotOf(), { waiting, left: 3 }))).toBe(
    "0 tunnels; nothing is raised; found too shortly before the end to raise: authentication-failed; 3 not judged to the end",
  );
});
