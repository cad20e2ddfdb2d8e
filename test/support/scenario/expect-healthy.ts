import { expect } from "vitest";
import { type Scenario, scenario, type ScenarioOptions } from "./scenario.js";
import { accusations } from "./verdicts.js";

/** Tells the story, lets the capture go on for a minute, and expects that nobody is accused: without ESP in the story the tunnel is up, and no more. */
export function expectHealthy(tell: (talk: Scenario) => void, options: ScenarioOptions = {}): void {
  const talk = scenario(options);
  tell(talk);
  const judgement = talk.endsAt(60).judge();
  expect(accusations(judgement)).toEqual([]);
  expect(["healthy", "up"]).toContain(judgement.status);
}
