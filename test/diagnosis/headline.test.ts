import { describe, expect, it } from "vitest";
import { inEnglish } from "../../src/texts/texts.js";
import { headlineOf } from "../../src/diagnosis/headline.js";
import {
  authRefusal,
  dialogue,
  every,
  ikeAuth,
  ikeSaInit,
  ikeSaInitAnswer,
  opens,
  type Scenario,
  scenario,
  setsUp,
  setsUpBetween,
} from "../support/scenario/index.js";

/** A tunnel of a host of its own with four pings, a second apart. */
function works(talk: Scenario, address: string): void {
  const host = talk.host(address);
  setsUpBetween(talk, host, talk.responder, { sa: talk.newSa() });
  for (const second of [1, 2, 3, 4]) {
    talk.between(host, talk.responder, second).esp({ sequence: second, spi: 0xaa00 });
    talk.between(talk.responder, host, second + 0.1).esp({ sequence: second, spi: 0xbb00 });
  }
}

describe("the first line about several tunnels that work", () => {
  const headline = (talk: Scenario): string => inEnglish(headlineOf(talk.endsAt(6).judge()));

  it("counts them", () => {
    const talk = scenario();
    works(talk, "192.0.2.11");
    works(talk, "192.0.2.12");
    expect(headline(talk)).toBe("2 of 2 tunnels are up, none is failing");
  });

  it("says of how many others nothing is known", () => {
    const talk = scenario();
    works(talk, "192.0.2.11");
    works(talk, "192.0.2.12");
    talk.between(talk.host("192.0.2.13"), talk.responder, 5.9).sends(ikeSaInit({ sa: talk.newSa() }));
    expect(headline(talk)).toBe(
      "2 of 3 tunnels are up, none is failing; of 1 the capture holds too little to judge",
    );
  });
});

describe("the first line about an outage of many tunnels", () => {
  /** Eight clients whose first IKE_AUTH is refused; those before `mended` come up when they try again. */
  const outage = (mended: number): string => {
    const talk = scenario();
    for (let index = 0; index < 8; index += 1) {
      const host = talk.host(`192.0.2.${index + 30}`);
      const [first, again] = [talk.newSa(), talk.newSa()];
      talk.between(host, talk.responder, 0).sends(ikeSaInit({ sa: first }));
      talk.between(talk.responder, host, 0.05).sends(ikeSaInitAnswer({ sa: first }));
      talk.between(host, talk.responder, 0.1).sends(ikeAuth({ sa: first }));
      talk.between(talk.responder, host, 0.15).sends(authRefusal({ sa: first }));
      if (index < mended) setsUpBetween(talk, host, talk.responder, { from: 30, sa: again });
    }
    return inEnglish(headlineOf(talk.endsAt(60).judge()));
  };

  it("says that they came up again", () => {
    expect(outage(8)).toMatch(/; they are up again later$/);
  });

  it("does not say so of those that did not", () => {
    expect(outage(4)).toMatch(/^4 of 8 tunnels: Authentication fails/);
    expect(outage(4)).not.toContain("again");
  });
});

describe("the first line about a refused IKE SA beside one that works", () => {
  const refused = (talk: Scenario, from: number): void => {
    const sa = talk.newSa();
    opens(talk, { from, sa });
    talk.at(from + 0.1).initiator.sends(ikeAuth({ sa }));
    talk.at(from + 0.2).responder.sends(authRefusal({ sa }));
  };
  const headline = (talk: Scenario): string => inEnglish(headlineOf(talk.endsAt(40).judge()));

  it("says that the older one is up meanwhile, and that it may be another connection", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(1, 1, 39));
    refused(talk, 10);
    expect(headline(talk)).toContain("; meanwhile IKEv2 is up, ESP flows both ways");
    expect(inEnglish(talk.judge().findings[0]?.summary ?? "")).toContain("another connection");
  });

  it("says that a newer one is up later", () => {
    const talk = scenario();
    refused(talk, 1);
    setsUp(talk, { from: 10, sa: talk.newSa() });
    dialogue(talk, every(1, 11, 39));
    expect(headline(talk)).toContain("; later IKEv2 is up, ESP flows both ways");
  });
});
