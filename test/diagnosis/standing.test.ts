import { expect, it } from "vitest";
import { textsIn } from "../../src/texts/languages.js";
import { scenario, setsUp } from "../support/scenario/index.js";

it.each([
  ["ESP", (talk: ReturnType<typeof scenario>) => talk.at(1, 1.2).initiator.esp()],
  ["AH", (talk: ReturnType<typeof scenario>) => talk.at(1, 1.2).initiator.ah()],
])("%s of one side only so far is called by its name", (name, send) => {
  const talk = scenario();
  setsUp(talk);
  send(talk);
  const [tunnel] = talk.endsAt(1.3).judge().tunnels;
  expect(textsIn("en").of(tunnel?.standing ?? "")).toContain(
    `${name} in one direction only so far: 2 packets`,
  );
});
