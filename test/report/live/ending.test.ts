import { inEnglish } from "../../../src/texts/texts.js";
import { expect, it } from "vitest";
import { endingText } from "../../../src/report/live/ending.js";
import { raised, snapshotOf, tunnelOf } from "../../support/live/quiet.js";

it("the end says how the tunnels stand and what is raised", () => {
  const tunnels = [
    tunnelOf({ state: "up" }),
    tunnelOf({ state: "failing", findings: [raised("dpd-timeout")] }),
    tunnelOf({ state: "failing", findings: [raised("dpd-timeout"), raised("nat-detected")] }),
  ];
  const snapshot = snapshotOf({ tunnels, findings: [raised("capture-dropped")] });
  expect(inEnglish(endingText(snapshot))).toBe(
    "3 tunnels: 2 failing, 1 up; raised: capture-dropped, dpd-timeout (2 tunnels)",
  );
});

it("the end of a capture without a tunnel says so", () => {
  expect(inEnglish(endingText(snapshotOf()))).toBe("0 tunnels; nothing is raised");
});
