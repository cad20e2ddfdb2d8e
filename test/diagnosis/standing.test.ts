import { describe, expect, it } from "vitest";
import { inEnglish } from "../../src/texts/texts.js";
import {
  createChild,
  createChildAnswer,
  dialogue,
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

describe("a rekey after which one side sends on the new Child SA", () => {
  function rekeyed(questions: number, answers: number): ReturnType<typeof scenario> {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(1, 1, 10), { ask: { spi: 0xa1 }, answer: { spi: 0xb1 } });
    talk.at(10).initiator.sends(createChild({ id: 2 }));
    talk.at(10.05).responder.sends(createChildAnswer({ id: 2 }));
    talk.at(...every(1, 11, 11 + questions)).initiator.esp({ spi: 0xa2 });
    talk.at(...every(1, 11.02, 11.02 + answers)).responder.esp({ spi: 0xb1 });
    return talk;
  }

  it("flows both ways while the other goes on with the old one", () => {
    const { status, tunnels } = rekeyed(5, 5).endsAt(16.1).judge();
    expect(inEnglish(tunnels[0]?.standing ?? "")).toContain("ESP flows both ways");
    expect(status).toBe("healthy");
    expect(inEnglish(tunnels[0]?.standing ?? "")).toContain("ESP flows both ways");
  });

  it("is one direction only where no answer comes but to what was on the way", () => {
    const { status, tunnels } = rekeyed(2, 1).endsAt(12.5).judge();
    expect(status).toBe("up");
    expect(inEnglish(tunnels[0]?.standing ?? "")).toContain("in one direction only so far");
  });
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
