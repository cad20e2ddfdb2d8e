import { describe, expect, it } from "vitest";
import { headlineOf } from "../../src/diagnosis/headline.js";
import { toReport } from "../../src/index.js";
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
  informationalV1,
  mainModeUp,
  quickModeUp,
  resumes,
  scenario,
  setsUp,
  setsUpBetween,
  traffic,
} from "../support/scenario/index.js";
import { schemaFaults } from "../support/schema.js";

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

it("names the SPI of one direction where another Child SA works beside it", () => {
  const talk = scenario();
  setsUp(talk);
  talk.at(0.5).initiator.sends(createChild());
  talk.at(0.55).responder.sends(createChildAnswer());
  dialogue(talk, every(0.7, 1, 60));
  talk.at(...every(5, 3, 58)).initiator.esp({ spi: 0xc1000002, size: 240 });
  const [tunnel] = talk.endsAt(62).judge().tunnels;
  expect(inEnglish(tunnel?.standing ?? "")).toContain(
    "ESP flows both ways in another Child SA, but with SPI 0xc1000002 in one direction only so far: 11 packets from 192.0.2.10",
  );
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

describe("rekeys of both sides, one soon after the other", () => {
  /** The responder rekeys first; its new SPI carries two packets, which answer the old Child SA. */
  function crossed(after: Parameters<typeof dialogue>[2], oldGoesOn = true): ReturnType<typeof scenario> {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(1, 1, 10), { ask: { spi: 0xa1 }, answer: { spi: 0xb1 } });
    talk.at(10.1).responder.sends(createChild({ id: 0 }));
    talk.at(10.15).initiator.sends(createChildAnswer({ id: 0 }));
    if (oldGoesOn) talk.at(10.5, 11).initiator.esp({ spi: 0xa1 });
    talk.at(10.52, 11.02).responder.esp({ spi: 0xb2 });
    talk.at(11.1).initiator.sends(createChild({ id: 2 }));
    talk.at(11.15).responder.sends(createChildAnswer({ id: 2 }));
    if (after !== undefined) dialogue(talk, every(0.5, 11.5, 16), after);
    return talk;
  }

  it("are healthy where both sides use the last pair", () => {
    expect(crossed({ ask: { spi: 0xa3 }, answer: { spi: 0xb3 } }).judge().status).toBe("healthy");
  });

  it("are not, where no pair is used by both", () => {
    expect(crossed(undefined).judge().status).not.toBe("healthy");
  });

  it("are not, where nothing of the old pair answers the new direction: it may be another Child SA", () => {
    const talk = crossed({ ask: { spi: 0xa3 }, answer: { spi: 0xb3 } }, false);
    expect(talk.judge().status).not.toBe("healthy");
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

describe("two INFORMATIONALs of one side right behind each other in IKEv1", () => {
  it("are no delete where the first may acknowledge a check of the other side and the second asks for itself", () => {
    const talk = scenario();
    mainModeUp(talk);
    quickModeUp(talk, { from: 0.5 });
    talk.at(10).responder.sends(informationalV1());
    talk.at(10.01).initiator.sends(informationalV1());
    talk.at(10.012).initiator.sends(informationalV1());
    expect(inEnglish(talk.endsAt(11).judge().tunnels[0]?.standing ?? "")).toMatch(/^IKEv1 is up, /);
  });

  it("delete the IKE SA where nobody asked", () => {
    const talk = scenario();
    mainModeUp(talk);
    quickModeUp(talk, { from: 0.5 });
    talk.at(10).initiator.sends(informationalV1());
    talk.at(10.002).initiator.sends(informationalV1());
    expect(inEnglish(talk.endsAt(11).judge().tunnels[0]?.standing ?? "")).toMatch(
      /^IKEv1 was up, then deleted/,
    );
  });
});

describe("an IKE SA that is ended and resumed with its ticket (RFC 5723)", () => {
  it("leaves the tunnel up where ESP of new SPIs flows both ways, and down where none does", () => {
    const standing = (carries: boolean): string => {
      const talk = scenario();
      setsUp(talk);
      traffic(talk, 1, 5);
      talk.at(6).initiator.sends(informational({ inner: 8 }));
      talk.at(6.1).responder.sends(informationalAnswer());
      const sa = talk.newSa();
      talk.at(7).initiator.sends(resumes(false, { sa }));
      talk.at(7.1).responder.sends(resumes(true, { sa }));
      talk.at(7.2).initiator.sends(ikeAuth({ sa }));
      talk.at(7.3).responder.sends(ikeAuthAnswer({ sa, inner: 1000 }));
      if (carries) {
        talk.at(...every(0.5, 10, 14)).initiator.esp({ spi: 0xc1000099 });
        talk.at(...every(0.5, 10.1, 14.1)).responder.esp({ spi: 0xc2000099 });
      }
      return inEnglish(talk.endsAt(20).judge().tunnels[0]?.standing ?? "");
    };
    expect(standing(true)).toBe("IKEv2 is up, ESP flows both ways");
    expect(standing(false)).toContain("was up, ESP flowed both ways, then the IKE SA was deleted");
  });
});

/** ESP both ways, checks of the initiator that nobody answers, and the IKE SA that it sets up instead. */
function replaced(): ReturnType<typeof scenario> {
  const talk = scenario();
  setsUp(talk);
  traffic(talk, 1, 20);
  talk.at(30, 34, 41.2, 54.2, 77.5).initiator.sends(informational());
  setsUp(talk, { from: 100, sa: talk.newSa() });
  return talk;
}

function stateOf(talk: ReturnType<typeof scenario>) {
  const judgement = talk.judge();
  const [tunnel] = judgement.tunnels;
  return {
    status: judgement.status,
    codes: judgement.findings.map(({ code }) => code),
    standing: inEnglish(tunnel?.standing ?? ""),
    headline: inEnglish(headlineOf(judgement)),
    ikeSas: toReport(judgement, "1").tunnels.flatMap(({ ikeSas }) =>
      ikeSas.map(({ state, stateFinding }) => ({ state, stateFinding })),
    ),
  };
}

describe("an IKE SA that was set up after the one before had died", () => {
  it("has no ESP where all of it is older, whichever clock the capture ends at", () => {
    for (const end of [100.2, 130]) {
      const { status, standing, headline } = stateOf(replaced().endsAt(end));
      expect(status).toBe("degraded");
      expect(standing).toBe("IKEv2 is up, no ESP since");
      expect(headline).toContain("; later IKEv2 is up, no ESP since");
    }
  });

  it("flows both ways where ESP comes both ways after it", () => {
    const talk = replaced();
    dialogue(talk, every(1, 101, 110), { ask: { spi: 0xa2 }, answer: { spi: 0xb2 } });
    expect(stateOf(talk).headline).toContain("; later IKEv2 is up, ESP flows both ways");
  });

  it("has ESP of one side where one packet of the old Child SA still comes", () => {
    const talk = replaced();
    talk.at(100.5).initiator.esp();
    expect(stateOf(talk.endsAt(101)).standing).toBe("IKEv2 is up, ESP of 192.0.2.10 only since");
  });

  it("is not proven by liveness checks that the one before answered", () => {
    const talk = scenario();
    setsUp(talk);
    says(talk, 5, 2);
    says(talk, 10, 3);
    talk.at(30, 34, 41.2, 54.2, 77.5).initiator.sends(informational({ id: 4 }));
    const sa = talk.newSa();
    setsUp(talk, { from: 100, sa });
    expect(stateOf(talk).standing).toMatch(/^IKEv2 is up, no ESP in the capture/);
  });

  it("leaves the dead one as one that was up, and is up itself", () => {
    const talk = replaced();
    expect(stateOf(talk).ikeSas).toEqual([
      { state: "was-up", stateFinding: "dpd-timeout" },
      { state: "up", stateFinding: null },
    ]);
    expect(schemaFaults(talk.judge())).toEqual([]);
  });
});

describe("a tunnel that is authenticated anew without a fault", () => {
  function anew(): ReturnType<typeof scenario> {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 20);
    setsUp(talk, { from: 20, sa: talk.newSa() });
    return talk;
  }

  it.each([20.5, 30])("is healthy, whether the capture ends with the new IKE SA or later: %s s", (end) => {
    expect(stateOf(anew().endsAt(end))).toMatchObject({
      status: "healthy",
      standing: "IKEv2 is up, ESP flows both ways",
    });
  });
});
