import { describe, expect, it } from "vitest";
import { smallCertificate, type CertificateOptions } from "../support/ike/der.js";
import {
  accusations,
  aggressiveMode,
  codes,
  evidence,
  faults,
  finding,
  informationalV1,
  quickModeUp,
  type Scenario,
  scenario,
  traffic,
} from "../support/scenario/index.js";

/** Stories begin on 2023-11-14 at 22:13:20 UTC. */
const EXPIRED: CertificateOptions = { notBefore: "220101000000Z", notAfter: "230101000000Z" };
const VALID: CertificateOptions = { notBefore: "220101000000Z", notAfter: "240101000000Z" };
const NOT_YET: CertificateOptions = { notBefore: "240101000000Z", notAfter: "250101000000Z" };
const IN_A_MINUTE: CertificateOptions = { notBefore: "231114221420Z", notAfter: "20501231235959Z" };

/** Aggressive mode 1 and 2, the second with these certificates. */
function answers(talk: Scenario, ...certificates: readonly CertificateOptions[]) {
  talk.at(0).initiator.sends(aggressiveMode(1));
  return talk
    .at(0.1)
    .responder.sends(aggressiveMode(2, { certificates: certificates.map(smallCertificate) }));
}

/** The initiator goes on with message 3, and a quick mode works. */
function goesOn(talk: Scenario): void {
  talk.at(0.2).initiator.sends(aggressiveMode(3));
  quickModeUp(talk, { from: 0.5 });
  traffic(talk, 1, 10);
}

describe("certificate-expired", () => {
  it("is the root where the initiator objects to an expired certificate", () => {
    const talk = scenario();
    const [second] = answers(talk, EXPIRED);
    talk.at(0.2).initiator.sends(informationalV1());
    const judgement = talk.endsAt(30).judge();
    const found = finding(judgement, "certificate-expired");
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "AGGRESSIVE_MODE" });
    expect(found.headline).toBe(
      String.raw`the certificate "C=DE, O=Example\, Inc., CN=gw.example" of 198.51.100.20 expired on 2023-01-01T00:00:00Z, 317 days before this capture`,
    );
    expect(evidence(found)).toEqual([second?.number]);
    expect(faults(judgement)).toEqual(["certificate-expired"]);
    expect(finding(judgement, "authentication-failed").causedBy).toBe("certificate-expired");
  });

  it("is one possibility where the initiator just stops", () => {
    const talk = scenario();
    answers(talk, EXPIRED);
    const judgement = talk.endsAt(30).judge();
    expect(finding(judgement, "certificate-expired").confidence).toBe("possible");
    expect(faults(judgement)).toEqual(["certificate-expired"]);
  });

  it("is told of the initiator's certificate in a clear message 3 that the responder objects to", () => {
    const talk = scenario();
    answers(talk, VALID);
    talk.at(0.2).initiator.sends(aggressiveMode(3, { certificates: [smallCertificate(EXPIRED)] }));
    talk.at(0.3).responder.sends(informationalV1());
    const found = finding(talk.endsAt(30).judge(), "certificate-expired");
    expect(found).toMatchObject({ severity: "critical", confidence: "likely" });
    expect(found.headline).toContain("of 192.0.2.10 expired");
  });

  it("tells a CA in the chain from the peer's own certificate", () => {
    const talk = scenario();
    answers(talk, VALID, { ...EXPIRED, subject: "Old CA", isAuthority: true });
    talk.at(0.2).initiator.sends(informationalV1());
    const { headline, summary } = finding(talk.endsAt(30).judge(), "certificate-expired");
    expect(headline).toContain('a CA certificate "CN=Old CA"');
    expect(summary).toContain("a side that trusts a newer certificate of the same CA is not affected");
  });

  it("is an explanation where the tunnel works, and where the capture ends at once", () => {
    const talk = scenario();
    answers(talk, EXPIRED);
    goesOn(talk);
    const judgement = talk.endsAt(30).judge();
    expect(finding(judgement, "certificate-expired").severity).toBe("info");
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("healthy");
    const short = scenario();
    answers(short, EXPIRED);
    expect(faults(short.endsAt(0.5).judge())).toEqual([]);
  });

  it("is a warning where a later setup works", () => {
    const talk = scenario();
    answers(talk, EXPIRED);
    talk.at(0.2).initiator.sends(informationalV1());
    const sa = talk.newSa();
    talk.at(20).initiator.sends(aggressiveMode(1, { sa }));
    talk.at(20.1).responder.sends(aggressiveMode(2, { sa, certificates: [smallCertificate(VALID)] }));
    talk.at(20.2).initiator.sends(aggressiveMode(3, { sa }));
    quickModeUp(talk, { from: 20.5, sa });
    expect(finding(talk.endsAt(60).judge(), "certificate-expired").severity).toBe("warning");
  });

  it.each([
    ["a valid certificate", VALID],
    ["a validity that never ends", { ...VALID, notAfter: "99991231235959Z" }],
    ["a time without seconds, which RFC 5280 forbids", { ...VALID, notAfter: "2301010000Z" }],
    ["a day that does not exist", { ...VALID, notAfter: "220230000000Z" }],
  ])("stays silent about %s", (_name, options) => {
    const talk = scenario();
    answers(talk, options);
    talk.at(0.2).initiator.sends(informationalV1());
    const judgement = talk.endsAt(30).judge();
    expect(codes(judgement)).not.toContain("certificate-expired");
    expect(faults(judgement)).toEqual(["authentication-failed"]);
  });
});

describe("certificate-not-yet-valid", () => {
  it("is the root where the initiator objects", () => {
    const talk = scenario();
    answers(talk, NOT_YET);
    talk.at(0.2).initiator.sends(informationalV1());
    const judgement = talk.endsAt(30).judge();
    const found = finding(judgement, "certificate-not-yet-valid");
    expect(found).toMatchObject({ severity: "critical", confidence: "likely" });
    expect(found.headline).toContain("is not valid before 2024-01-01T00:00:00Z, 47 days after this capture");
    expect(found.summary).not.toContain("clock");
    expect(faults(judgement)).toEqual(["certificate-not-yet-valid"]);
  });

  it("names the clocks where the validity begins a minute after the capture", () => {
    const talk = scenario();
    answers(talk, IN_A_MINUTE);
    talk.at(0.2).initiator.sends(informationalV1());
    expect(finding(talk.endsAt(30).judge(), "certificate-not-yet-valid").summary).toContain(
      "That is 59.9 s by the clock of the capturing host: a clock that is off by so much, there or at a peer, explains it as well.",
    );
  });

  it("is an explanation where the peers do not mind: the capturing host's clock is behind", () => {
    const talk = scenario();
    answers(talk, IN_A_MINUTE);
    goesOn(talk);
    const judgement = talk.endsAt(30).judge();
    expect(finding(judgement, "certificate-not-yet-valid").severity).toBe("info");
    expect(judgement.status).toBe("healthy");
  });

  it("stays silent about a valid certificate", () => {
    const talk = scenario();
    answers(talk, VALID);
    talk.at(0.2).initiator.sends(informationalV1());
    expect(codes(talk.endsAt(30).judge())).not.toContain("certificate-not-yet-valid");
  });
});
