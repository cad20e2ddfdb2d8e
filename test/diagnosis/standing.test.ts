import { describe, expect, it } from "vitest";
import { inEnglish } from "../../src/texts/texts.js";
import {
  every,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  informational,
  informationalAnswer,
  scenario,
  setsUp,
  setsUpBetween,
} from "../support/scenario/index.js";

it.each([
  ["ESP", (talk: ReturnType<typeof scenario>) => talk.at(1, 1.2).initiator.esp()],
  ["AH", (talk: ReturnType<typeof scenario>) => talk.at(1, 1.2).initiator.ah()],
])("%s of one side only so far is called by its name", (name, send) => {
  const talk = scenario();
  setsUp(talk);
  send(talk);
  const [tunnel] = talk.endsAt(1.3).judge().tunnels;
  expect(inEnglish(tunnel?.standing ?? "")).toContain(`${name} in one direction only so far: 2 packets`);
});

/** How each tunnel of a gateway stands that so many peers set up with, one a minute. */
function standings(peers: number): string[] {
  const talk = scenario();
  const gateway = talk.host("198.51.100.1", {}, "responder");
  for (let number = 0; number < peers; number++) {
    const peer = talk.host(`192.0.2.${10 + number}`);
    setsUpBetween(talk, peer, gateway, { from: 60 * number, sa: talk.newSa() });
  }
  return talk.judge().tunnels.map(({ standing }) => inEnglish(standing));
}

describe("how a tunnel stands without ESP", () => {
  it("is told with how much of it the capture holds, not of the other tunnels", () => {
    for (const text of standings(3)) {
      expect(text).toMatch(/^IKEv2 is up, no ESP in the capture \(4 packets of this tunnel in \d+ ms\)$/);
    }
  });

  it("is told with all that the capture holds where there is no other tunnel", () => {
    expect(standings(1)).toEqual([expect.stringMatching(/\(4 packets in \d+ ms\)$/)]);
  });
});

/** A tunnel whose IKE_SA_INIT is not in the capture: its cipher, and so what fits in a message, is unknown. */
function authenticated(): ReturnType<typeof scenario> {
  const talk = scenario();
  talk.at(0.2).initiator.sends(ikeAuth());
  talk.at(0.3).responder.sends(ikeAuthAnswer());
  return talk;
}

/** The initiator says something that the responder acknowledges. */
function says(talk: ReturnType<typeof scenario>, seconds: number, id: number): void {
  talk.at(seconds).initiator.sends(informational({ id }));
  talk.at(seconds + 0.02).responder.sends(informationalAnswer({ id }));
}

describe("one INFORMATIONAL of the initiator behind IKE_AUTH of an unknown cipher", () => {
  it("may be a refusal where it comes soon: nothing shows that the tunnel is up", () => {
    const talk = authenticated();
    says(talk, 0.4, 2);
    expect(talk.endsAt(12).judge().status).toBe("nothing-to-judge");
  });

  it("is a sign of life where it comes late, or another one follows", () => {
    const late = authenticated();
    says(late, 20, 2);
    expect(late.endsAt(30).judge().status).toBe("up");
    const two = authenticated();
    says(two, 0.4, 2);
    says(two, 10, 3);
    expect(two.endsAt(30).judge().status).toBe("up");
  });

  it("hides no fault of the ESP that follows", () => {
    const talk = authenticated();
    says(talk, 0.4, 2);
    talk.at(...every(1, 9, 39)).initiator.esp();
    const judgement = talk.endsAt(40).judge();
    expect(finding(judgement, "esp-one-way")).toMatchObject({ severity: "critical", confidence: "likely" });
    expect(judgement.status).toBe("failing");
  });
});
