import { describe, expect, it, vi } from "vitest";
import { GrowingIkeSa } from "../../src/session/log/ike-sa.js";
import {
  accusations,
  codes,
  cookieDemand,
  evidence,
  faults,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  informational,
  informationalAnswer,
  initNotify,
  INNER,
  noProposalChosen,
  opens,
  type Scenario,
  scenario,
  setsUp,
} from "../support/scenario/index.js";
import { notify } from "../support/ike/payloads-v2.js";

const REDIRECT = 16407;
const REDIRECTED_FROM = 16408;
/** Gateway identity of an IPv4 address (RFC 5685). */
const to = (address: string): Uint8Array => Uint8Array.of(1, 4, ...address.split(".").map(Number));
const FIRST = "198.51.100.20";
const SECOND = "203.0.113.7";

/** An answer to IKE_AUTH without a Child SA, the end of the IKE SA, and a tunnel to the second gateway, to which `origin` sent the client. */
function redirectedInAuth(origin: string) {
  const talk = scenario();
  const second = talk.host(SECOND, {}, "responder");
  opens(talk);
  talk.at(0.1).initiator.sends(ikeAuth());
  const [answer] = talk.at(0.2).responder.sends(ikeAuthAnswer({ inner: 73 }));
  talk.at(0.3).initiator.sends(informational({ inner: 8 }));
  talk.at(0.35).responder.sends(informationalAnswer());
  const sa = talk.newSa();
  const [arrival] = talk
    .between(talk.initiator, second, 0.4)
    .sends(ikeSaInit({ sa, notifies: [notify(REDIRECTED_FROM, { data: to(origin) })] }));
  talk.between(second, talk.initiator, 0.5).sends(ikeSaInitAnswer({ sa }));
  talk.between(talk.initiator, second, 0.6).sends(ikeAuth({ sa }));
  talk.between(second, talk.initiator, 0.7).sends(ikeAuthAnswer({ sa }));
  return { talk, answer, arrival };
}

describe("redirected", () => {
  it("explains, and is no fault, where the second gateway takes the client", () => {
    const talk = scenario();
    const second = talk.host(SECOND, {}, "responder");
    talk.at(0).initiator.sends(ikeSaInit());
    const [answer] = talk.at(0.1).responder.sends(initNotify(REDIRECT, to(SECOND)));
    const sa = talk.newSa();
    talk.between(talk.initiator, second, 0.2).sends(ikeSaInit({ sa }));
    talk.between(second, talk.initiator, 0.3).sends(ikeSaInitAnswer({ sa }));
    talk.between(talk.initiator, second, 0.4).sends(ikeAuth({ sa }));
    talk.between(second, talk.initiator, 0.5).sends(ikeAuthAnswer({ sa }));
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "redirected");
    expect(found).toMatchObject({ severity: "info", confidence: "certain", phase: "IKE_SA_INIT" });
    expect(found.headline).toContain(SECOND);
    expect(evidence(found)).toEqual([answer?.number]);
    expect(accusations(judgement)).toEqual([]);
  });

  it("is told of an answer to IKE_AUTH where the client says at the second gateway who sent it", () => {
    const { talk, answer, arrival } = redirectedInAuth(FIRST);
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "redirected");
    expect(found).toMatchObject({ severity: "info", confidence: "likely", phase: "IKE_AUTH" });
    expect(evidence(found)).toEqual([answer?.number, arrival?.number]);
    expect(accusations(judgement)).toEqual([]);
  });

  it("leaves the refused Child SA where the client was sent by another gateway", () => {
    const judgement = redirectedInAuth("203.0.113.99").talk.endsAt(60).judge();
    expect(codes(judgement)).not.toContain("redirected");
    expect(faults(judgement)).toEqual(["child-rejected"]);
  });

  it("names a gateway by its name", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    const name = new TextEncoder().encode("gw2.example");
    talk.at(0.1).responder.sends(initNotify(REDIRECT, Uint8Array.of(3, name.length, ...name)));
    expect(finding(talk.endsAt(10).judge(), "redirected").headline).toContain("gw2.example");
  });

  it("stays silent on other notifies", () => {
    for (const answer of [cookieDemand(), noProposalChosen()]) {
      const talk = scenario();
      talk.at(0).initiator.sends(ikeSaInit());
      talk.at(0.1).responder.sends(answer);
      expect(codes(talk.endsAt(10).judge())).not.toContain("redirected");
    }
  });
});

describe("redirect-loop", () => {
  it("fires where two gateways send the client to one another", () => {
    const talk = scenario();
    const second = talk.host(SECOND, {}, "responder");
    for (const from of [0, 2]) {
      const [one, other] = [talk.newSa(), talk.newSa()];
      talk.at(from).initiator.sends(ikeSaInit({ sa: one }));
      talk.at(from + 0.1).responder.sends(initNotify(REDIRECT, to(SECOND), { sa: one }));
      talk.between(talk.initiator, second, from + 1).sends(ikeSaInit({ sa: other }));
      talk
        .between(second, talk.initiator, from + 1.1)
        .sends(initNotify(REDIRECT, to("198.51.100.20"), { sa: other }));
    }
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "redirect-loop");
    expect(found).toMatchObject({ severity: "critical", confidence: "certain", phase: "IKE_SA_INIT" });
    expect(evidence(found)).toEqual([2, 4, 6]);
    expect(judgement.tunnels[0]?.status).toBe("failing");
    expect(faults(judgement)).toEqual(["redirect-loop"]);
  });

  it("fires where a gateway redirects to itself", () => {
    const talk = scenario();
    for (const from of [0, 1, 2]) {
      const sa = talk.newSa();
      talk.at(from).initiator.sends(ikeSaInit({ sa }));
      talk.at(from + 0.1).responder.sends(initNotify(REDIRECT, to("198.51.100.20"), { sa }));
    }
    expect(faults(talk.endsAt(60).judge())).toEqual(["redirect-loop"]);
  });

  it("stays silent where a client comes back to a balancer that redirects it again, and where it comes up", () => {
    const balanced = scenario();
    for (const from of [0, 100]) {
      const sa = balanced.newSa();
      balanced.at(from).initiator.sends(ikeSaInit({ sa }));
      balanced.at(from + 0.1).responder.sends(initNotify(REDIRECT, to(SECOND), { sa }));
    }
    expect(faults(balanced.endsAt(160).judge())).toEqual([]);
    const healed = scenario();
    for (const from of [0, 1]) {
      const sa = healed.newSa();
      healed.at(from).initiator.sends(ikeSaInit({ sa }));
      healed.at(from + 0.1).responder.sends(initNotify(REDIRECT, to("198.51.100.20"), { sa }));
    }
    setsUp(healed, { from: 5, sa: healed.newSa() });
    expect(faults(healed.endsAt(60).judge())).toEqual([]);
  });
});

describe("an answer to IKE_AUTH that may hold REDIRECT (RFC 5685 section 6)", () => {
  const REDIRECT_SUPPORTED = notify(16406);
  /** IDr, AUTH and one notify; the same with certificates. */
  const [NO_CHILD, CERTIFICATES] = [73, 1300];

  interface Told {
    readonly knows?: boolean;
    readonly begins?: "whole" | "late";
    readonly inner?: number;
    readonly endsAt?: number;
    readonly again?: boolean;
  }

  /** A client that ends the IKE SA after that answer. */
  function answered({ knows = true, begins = "whole", inner = NO_CHILD, endsAt = 0.3, again = false }: Told) {
    const talk = scenario();
    if (begins === "whole") {
      talk.at(0).initiator.sends(ikeSaInit({ notifies: knows ? [REDIRECT_SUPPORTED] : [] }));
      talk.at(0.05).responder.sends(ikeSaInitAnswer());
    }
    talk.at(0.1).initiator.sends(ikeAuth());
    talk.at(0.15).responder.sends(ikeAuthAnswer({ inner }));
    talk.at(endsAt).initiator.sends(informational({ id: 2, inner: INNER.deleteIke }));
    talk.at(endsAt + 0.05).responder.sends(informationalAnswer({ id: 2 }));
    if (again) talk.at(5).initiator.sends(ikeSaInit({ sa: talk.newSa() }));
    return talk.endsAt(30).judge();
  }

  it.each<[string, Told]>([
    ["the client knows redirects", {}],
    ["the capture does not hold whether it does", { begins: "late" }],
  ])("is no refusal for sure where %s and ends the IKE SA at once", (_, told) => {
    const judgement = answered(told);
    const found = finding(judgement, "child-rejected");
    expect(found).toMatchObject({ confidence: "possible", doubt: "fault" });
    expect(found.rivals.map(({ code }) => code)).toContain("redirected");
    expect(judgement.status).toBe("suspected");
  });

  it.each<[string, Told]>([
    ["the client does not know redirects", { knows: false }],
    ["it keeps the IKE SA for a while", { endsAt: 3 }],
  ])("is likely a refusal where %s", (_, told) => {
    expect(finding(answered(told), "child-rejected").confidence).toBe("likely");
  });

  it.each<[string, Told, boolean]>([
    ["knows redirects", {}, true],
    ["does not", { knows: false }, false],
    ["knows them, and comes back to the same gateway", { again: true }, false],
  ])("with certificates may be no complaint of a client that %s", (_, told, isOpen) => {
    const found = finding(answered({ ...told, inner: CERTIFICATES }), "authentication-rejected-by-initiator");
    expect(found.confidence).toBe("possible");
    expect(found.rivals.some(({ code }) => code === "redirected")).toBe(isOpen);
  });
});

describe("an IKE SA of another tunnel", () => {
  const isUnpacked = (talk: Scenario): boolean => {
    const facts = vi.spyOn(GrowingIkeSa.prototype, "facts", "get");
    try {
      talk.endsAt(60).judge();
      return facts.mock.calls.length > 0;
    } finally {
      facts.mockRestore();
    }
  };

  it("is unpacked for a redirect that it tells of in clear, and not where none does", () => {
    const talk = scenario();
    setsUp(talk);
    expect(isUnpacked(talk)).toBe(false);
    expect(isUnpacked(redirectedInAuth(FIRST).talk)).toBe(true);
  });
});
