import { describe, expect, it } from "vitest";
import { openCaptures } from "../../src/capture/node/open.js";
import { analyze } from "../../src/index.js";
import { charonLogOf, hostNear, hostOf } from "../support/host/beside.js";
import { HAVE_SAMPLES, sampleText, SAMPLES } from "../support/keys/samples.js";
import {
  accusations,
  authRefusal,
  CHILD_REFUSED,
  codes,
  createChild,
  createChildAnswer,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  opens,
  type Scenario,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

const ALICE = "192.0.2.10";
const BOB = "198.51.100.20";
const NO_ADDRESS = "no virtual IP found, sending INTERNAL_ADDRESS_FAILURE";

function refused(): Scenario {
  const talk = scenario({ near: "initiator" });
  opens(talk);
  talk.at(0.1).initiator.sends(ikeAuth());
  talk.at(0.2).responder.sends(authRefusal());
  return talk.endsAt(10);
}

function childRefused(): Scenario {
  const talk = scenario({ near: "initiator" });
  opens(talk);
  talk.at(0.1).initiator.sends(ikeAuth());
  talk.at(0.2).responder.sends(ikeAuthAnswer({ inner: CHILD_REFUSED }));
  return talk.endsAt(10);
}

describe("a Child SA that is refused in IKE_AUTH and asked for again", () => {
  const SELECTORS = "05[IKE] <site|1> traffic selectors 10.2.0.0/24 === 10.1.0.0/24 unacceptable";
  const TOLD = "05[IKE] <site|1> received TS_UNACCEPTABLE notify, no CHILD_SA built";
  const UP =
    "05[IKE] <site|1> CHILD_SA net{1} established with SPIs c1000001_i c2000001_o and TS 10.1.0.0/24 === 10.2.0.0/24";

  function askedAgain(): Scenario {
    const talk = childRefused();
    talk.at(5).initiator.sends(createChild({ id: 2 }));
    talk.at(5.05).responder.sends(createChildAnswer({ id: 2, inner: 8 }));
    return talk.endsAt(20);
  }

  it.each([
    ["of the side that refuses", BOB, SELECTORS, [0.19, 5.04]],
    ["of the side that is told", ALICE, TOLD, [0.21, 5.06]],
  ])("keeps the phase of the first refusal, by the log %s", async (_, own, line, times) => {
    const talk = askedAgain();
    const log = charonLogOf(talk, own, { also: times.map((at) => [at, line] as const) });
    const judgement = talk.judgeBeside(await hostOf(log));
    const found = finding(judgement, "child-ts-unacceptable");
    expect(found).toMatchObject({ phase: "IKE_AUTH", confidence: "certain" });
    expect(found.evidence.map(({ text }) => text.split(",")[0])).toEqual([
      "IKE_AUTH request",
      "IKE_AUTH response",
      "CREATE_CHILD_SA request",
      "CREATE_CHILD_SA response",
    ]);
    expect(judgement.tunnels[0]?.failingPhase).toBe("IKE_AUTH");
    // No Child SA ever existed, so the second try is no rekey.
    expect(codes(judgement)).not.toContain("rekey-failed");
  });

  it("begins behind the last Child SA that came up", async () => {
    const talk = askedAgain();
    const also = [
      [0.19, SELECTORS],
      [3, UP],
      [5.04, SELECTORS],
    ] as const;
    const log = charonLogOf(talk, BOB, { also });
    const found = finding(talk.judgeBeside(await hostOf(log)), "child-ts-unacceptable");
    expect(found.phase).toBe("CREATE_CHILD_SA");
  });
});

/** Sentences of a side that refuses, their causes, and words of the step for each. */
const REFUSED_WITH_STEP = [
  [
    "constraint check failed: RULE_CRL_VALIDATION is FAILED, but requires at least GOOD",
    "it cannot check the revocation of the peer's certificate",
    "CRL",
  ],
  [
    "received PPK_ID 'one.ppk', but require 'two.ppk'",
    "it requires another post-quantum pre-shared key",
    "PPK identity",
  ],
  [
    "PPK required but no PPK found for 'one.ppk'",
    "it requires another post-quantum pre-shared key",
    "PPK identity",
  ],
  [
    "canceling IKE_SA setup due to uniqueness policy",
    "its uniqueness policy keeps an older IKE SA of this identity",
    "identity of its own",
  ],
  [
    "cancelling IKE_SA setup due to uniqueness policy",
    "its uniqueness policy keeps an older IKE SA of this identity",
    "identity of its own",
  ],
  [
    "selected peer config 'rw' unacceptable: insufficient authentication rounds",
    "the peer leaves out an authentication round",
    "authentication rounds",
  ],
  [
    "tried 2 shared keys for 'b' - 'a', but MAC mismatched",
    "the pre-shared keys differ",
    "same pre-shared key",
  ],
  [
    "no shared key found for 'b' - 'a'",
    "it has no pre-shared key for these identities",
    "bind the pre-shared key",
  ],
  ["no matching peer config found", "it has no connection for these identities", "give a connection"],
  [
    'no issuer certificate found for "CN=a"',
    "it does not have the CA of the peer's certificate",
    "intermediate CAs",
  ],
  [
    "certificate was revoked on Nov 28 22:38:40 UTC 2026, reason: superseded",
    "the peer's certificate is revoked",
    "a new certificate",
  ],
  [
    "signature validation failed, looking for another key",
    "the signature of the peer is wrong",
    "its private key",
  ],
  ["received IDr 'x', but require 'b'", "the peer asks for another identity than its own", "remote identity"],
] as const;

/** The log of an end with these lines a moment before the answer to IKE_AUTH. */
function logOf(talk: Scenario, own: string, ...lines: readonly string[]): string {
  return charonLogOf(talk, own, { also: lines.map((line) => [0.15, `05[IKE] <site|1> ${line}`] as const) });
}

describe("authentication-failed beside a log", () => {
  it.each<readonly [string, string]>([
    [
      "constraint check failed: RULE_CRL_VALIDATION is REVOKED, but requires at least GOOD",
      "the peer's certificate is revoked",
    ],
    ...REFUSED_WITH_STEP.map(([line, cause]) => [line, cause] as const),
  ])("is certain, and names the cause: %s", async (line, cause) => {
    const talk = refused();
    expect(finding(talk.judge(), "authentication-failed").confidence).toBe("likely");
    const found = finding(talk.judgeBeside(await hostOf(logOf(talk, BOB, line))), "authentication-failed");
    expect(found).toMatchObject({ confidence: "certain", provenance: "observed", rivals: [] });
    expect(found.headline).toBe(`${BOB} rejects the authentication: ${cause}`);
    expect(found.lines.at(-1)?.text).toContain(line.slice(0, 20));
    expect(found.evidence).not.toEqual([]);
  });

  it.each(REFUSED_WITH_STEP)("has the step for the cause alone: %s", async (line, _cause, step) => {
    const talk = refused();
    const found = finding(talk.judgeBeside(await hostOf(logOf(talk, BOB, line))), "authentication-failed");
    expect(found.remedies).toHaveLength(1);
    expect(found.remedies[0]).toContain(step);
  });

  it("keeps the step to read the log of the other side where the log of this one was told only", async () => {
    const talk = refused();
    const line = "received AUTHENTICATION_FAILED notify error";
    const found = finding(talk.judgeBeside(await hostOf(logOf(talk, ALICE, line))), "authentication-failed");
    expect(found.confidence).toBe("certain");
    expect(found.remedies.at(-1)).toContain("The log of the side that refused names the reason");
  });

  it.each(REFUSED_WITH_STEP)("keeps the verdict of the wire where it is said elsewhere: %s", async (line) => {
    const talk = refused();
    const others = [
      charonLogOf(talk, BOB, {
        also: [
          [0.1, "05[IKE] <other|9> 203.0.113.9 is initiating an IKE_SA"],
          [0.15, `05[IKE] <other|9> ${line}`],
        ],
      }),
      charonLogOf(talk, BOB, { also: [[-86_400, `05[IKE] <site|1> ${line}`]] }),
    ];
    for (const log of others) {
      const found = finding(talk.judgeBeside(await hostOf(log)), "authentication-failed");
      expect(found).toMatchObject({ confidence: "likely", lines: [] });
      expect(found.remedies.length).toBeGreaterThan(1);
    }
  });

  it("takes a missing round from no setup that comes up by another connection", async () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    traffic(talk, 1, 20);
    const lines = [
      "selected peer config 'site' unacceptable: insufficient authentication rounds",
      "switching to peer config 'other'",
    ];
    const judgement = talk.endsAt(30).judgeBeside(await hostOf(logOf(talk, BOB, ...lines)));
    expect(accusations(judgement)).toEqual([]);
  });

  it("names what the asker was told where only its log is there", async () => {
    const talk = refused();
    const log = charonLogOf(talk, ALICE, {
      also: [[0.21, "05[IKE] <site|1> received AUTHENTICATION_FAILED notify error"]],
    });
    const found = finding(talk.judgeBeside(await hostOf(log)), "authentication-failed");
    expect(found.confidence).toBe("certain");
    expect(found.headline).toBe(`${BOB} rejects the authentication: AUTHENTICATION_FAILED`);
  });

  it("prefers the words of the side that refused", async () => {
    const talk = refused();
    const told = charonLogOf(talk, ALICE, {
      also: [[0.21, "05[IKE] <site|1> received AUTHENTICATION_FAILED notify error"]],
    });
    const own = logOf(talk, BOB, "tried 1 shared key for 'b' - 'a', but MAC mismatched");
    const judgement = talk.judgeBeside(await hostOf(told), await hostOf(own));
    expect(finding(judgement, "authentication-failed").headline).toContain("the pre-shared keys differ");
  });

  it("keeps the verdict of the wire where the log is of another peer or of another day", async () => {
    const talk = refused();
    const line = "tried 1 shared key for 'b' - 'a', but MAC mismatched";
    const others = [
      charonLogOf(talk, BOB, {
        also: [
          [0.1, `05[IKE] <other|9> 203.0.113.9 is initiating an IKE_SA`],
          [0.15, `05[IKE] <other|9> ${line}`],
        ],
      }),
      charonLogOf(talk, BOB, { also: [[-86_400, `05[IKE] <site|1> ${line}`]] }),
    ];
    for (const log of others) {
      const found = finding(talk.judgeBeside(await hostOf(log)), "authentication-failed");
      expect(found).toMatchObject({ confidence: "likely", lines: [] });
    }
  });

  it("accuses no tunnel that works: an old failure, or one that the same log mends", async () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    traffic(talk, 1, 20);
    talk.endsAt(30);
    const line = "05[IKE] <site|1> tried 1 shared key for 'b' - 'a', but MAC mismatched";
    for (const at of [-3600, 0.01]) {
      const log = charonLogOf(talk, BOB, { also: [[at, line]] });
      const judgement = talk.judgeBeside(await hostOf(log));
      expect(accusations(judgement)).toEqual([]);
      expect(codes(judgement)).not.toContain("authentication-failed");
    }
  });

  it("is told of a host alone, and not where the same connection came up afterwards", async () => {
    const failed = [
      `05[NET] <site|1> received packet: from ${ALICE}[500] to ${BOB}[500] (464 bytes)`,
      "05[IKE] <site|1> tried 1 shared key for 'b' - 'a', but MAC mismatched",
    ];
    const up = `05[IKE] <site|2> IKE_SA site[2] established between ${BOB}[b]...${ALICE}[a]`;
    const alone = scenario().judgeBeside(await hostOf(failed.join("\n")));
    expect(finding(alone, "authentication-failed")).toMatchObject({
      confidence: "certain",
      severity: "critical",
    });
    const mended = scenario().judgeBeside(await hostOf([...failed, up].join("\n")));
    expect(codes(mended)).not.toContain("authentication-failed");
  });
});

describe("certificates outside their validity, by the log", () => {
  it.each([
    ["Jan 01 00:00:00 2010", "Feb 01 00:00:00 2010", "certificate-expired"],
    ["Jan 01 00:00:00 2090", "Feb 01 00:00:00 2091", "certificate-not-yet-valid"],
  ])("valid from %s to %s: %s", async (from, to, code) => {
    const talk = refused();
    const line = `subject certificate invalid (valid from ${from} to ${to})`;
    const judgement = talk.judgeBeside(await hostOf(logOf(talk, BOB, line)));
    expect(finding(judgement, code)).toMatchObject({ confidence: "certain", severity: "critical" });
    expect(finding(judgement, "authentication-failed").causedBy).toBe(code);
    expect(codes(judgement).filter((one) => one.startsWith("certificate-"))).toEqual([code]);
  });
});

describe("Child SAs beside a log", () => {
  it.each([
    [BOB, "child-ts-unacceptable", "traffic selectors 10.2.0.0/24 === 10.1.0.0/24 unacceptable"],
    [ALICE, "child-ts-unacceptable", "received TS_UNACCEPTABLE notify, no CHILD_SA built"],
    [BOB, "child-no-proposal-chosen", "no acceptable proposal found"],
    [ALICE, "child-no-proposal-chosen", "received NO_PROPOSAL_CHOSEN notify, no CHILD_SA built"],
  ])("%s says %s: %s", async (own, code, line) => {
    const talk = childRefused();
    const log = charonLogOf(talk, own, { also: [[0.21, `05[IKE] <site|1> ${line}`]] });
    const judgement = talk.judgeBeside(await hostOf(log));
    const found = finding(judgement, code);
    expect(found).toMatchObject({ confidence: "certain", severity: "critical" });
    expect(found.evidence).not.toEqual([]);
    expect(found.headline).toContain(BOB);
    expect(codes(judgement)).not.toContain("child-rejected");
  });

  it.each([
    [BOB, ["pool 'pool4' is full, unable to assign address", NO_ADDRESS], "its address pool is full"],
    [BOB, [NO_ADDRESS], "it has no internal address for the peer"],
    [
      BOB,
      ["expected a virtual IP request, sending FAILED_CP_REQUIRED"],
      "the peer asks for no internal address, and must",
    ],
    [ALICE, ["received INTERNAL_ADDRESS_FAILURE notify, no CHILD_SA built"], "INTERNAL_ADDRESS_FAILURE"],
    [ALICE, ["received FAILED_CP_REQUIRED notify, no CHILD_SA built"], "FAILED_CP_REQUIRED"],
  ])("%s says that no address was given: %s", async (own, lines, cause) => {
    const talk = childRefused();
    const log = charonLogOf(talk, own, {
      also: lines.map((line) => [0.21, `05[IKE] <site|1> ${line}`] as const),
    });
    const found = finding(talk.judgeBeside(await hostOf(log)), "child-rejected");
    expect(found).toMatchObject({ confidence: "certain", severity: "critical", rivals: [] });
    expect(found.headline).toBe(`${BOB} refuses the Child SA: ${cause}`);
    expect(found.remedies).toHaveLength(1);
    expect(found.lines.at(-1)?.text).toContain(lines[0]?.slice(0, 20));
  });

  it("takes no full pool of another peer, or of another day, for the cause", async () => {
    const talk = childRefused();
    const line = "pool 'pool4' is full, unable to assign address";
    const others = [
      charonLogOf(talk, BOB, {
        also: [
          [0.1, "05[IKE] <other|9> 203.0.113.9 is initiating an IKE_SA"],
          [0.15, `05[CFG] <other|9> ${line}`],
        ],
      }),
      charonLogOf(talk, BOB, { also: [[-86_400, `05[CFG] <site|1> ${line}`]] }),
    ];
    for (const log of others) {
      const found = finding(talk.judgeBeside(await hostOf(log)), "child-rejected");
      expect(found).toMatchObject({ confidence: "likely", lines: [] });
    }
  });

  it("accuses no tunnel that got its address from the next pool", async () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    traffic(talk, 1, 20);
    const log = logOf(talk, BOB, "pool 'pool4' is full, unable to assign address");
    expect(accusations(talk.endsAt(30).judgeBeside(await hostOf(log)))).toEqual([]);
  });

  it("shows offer and configuration side by side, with the least change", async () => {
    const talk = childRefused();
    const log = logOf(
      talk,
      BOB,
      "received proposals: ESP:AES_CBC_128/HMAC_SHA2_256_128/NO_EXT_SEQ",
      "configured proposals: ESP:AES_GCM_16_256/NO_EXT_SEQ, ESP:AES_CBC_128/HMAC_SHA2_256_128/MODP_2048/NO_EXT_SEQ",
      "no acceptable proposal found",
    );
    const found = finding(talk.judgeBeside(await hostOf(log)), "child-no-proposal-chosen");
    expect(found.summary).toContain("The least change: the peer offers MODP_2048 too.");
    expect(found.lines).toHaveLength(3);
  });

  it.each([
    ["QUICK_MODE", true],
    ["ID_PROT", false],
  ])("a notify of IKEv1 refuses what its IKE SA sent last: %s", async (exchange, isChild) => {
    const lines = [
      `05[IKE] <site|1> IKE_SA site[1] established between ${ALICE}[a]...${BOB}[b]`,
      `05[ENC] <site|2> generating ${exchange} request 7 [ HASH SA No ID ID ]`,
      `05[NET] <site|2> sending packet: from ${ALICE}[500] to ${BOB}[500] (188 bytes)`,
      "06[IKE] <site|2> received NO_PROPOSAL_CHOSEN error notify",
    ];
    const judgement = scenario().judgeBeside(await hostOf(lines.join("\n")));
    expect(codes(judgement).includes("child-no-proposal-chosen")).toBe(isChild);
  });

  it("rekey-failed is certain by the words of the side that refuses", async () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    traffic(talk, 1, 60);
    for (const [id, at] of [
      [2, 20],
      [3, 40],
    ] as const) {
      talk.at(at).initiator.sends(createChild({ id }));
      talk.at(at + 0.1).responder.sends(createChildAnswer({ id, inner: 8 }));
    }
    talk.endsAt(70);
    expect(finding(talk.judge(), "rekey-failed").confidence).not.toBe("certain");
    const log = charonLogOf(talk, BOB, {
      also: [20.05, 40.05].map((at) => [at, "05[IKE] <site|1> no acceptable proposal found"] as const),
    });
    const found = finding(talk.judgeBeside(await hostOf(log)), "rekey-failed");
    expect(found.confidence).toBe("certain");
    expect(found.headline).toContain("no proposal in common");
  });
});

describe.runIf(HAVE_SAMPLES)("real daemons", () => {
  it.each([
    ["s2-bad-psk", "bob.charon.level1-time.log", "authentication-failed", "the pre-shared keys differ"],
    ["s1-bad-psk-main", "bob.charon.level1-time.log", "authentication-failed", "the pre-shared keys differ"],
    ["lw-v2-bad-psk", "bob.pluto.log", "authentication-failed", "the pre-shared keys differ"],
    ["lw-v1-bad-psk", "bob.pluto.log", "authentication-failed", "the pre-shared keys differ"],
    ["s2-bad-psk", "alice.charon.level1-time.log", "authentication-failed", "AUTHENTICATION_FAILED"],
    ["s2-cert-expired", "bob.charon.level1-time.log", "certificate-expired", "outside its validity"],
    ["s2-ts-unacceptable", "bob.charon.level1-time.log", "child-ts-unacceptable", "selectors do not fit"],
    ["lw-v1-quick-ts", "bob.pluto.log", "child-ts-unacceptable", "selectors do not fit"],
    [
      "s2-no-proposal-child",
      "bob.charon.level1-time.log",
      "child-no-proposal-chosen",
      "no proposal in common",
    ],
    [
      "s1-quick-no-proposal",
      "bob.charon.level1-time.log",
      "child-no-proposal-chosen",
      "no proposal in common",
    ],
    [
      "s1-quick-no-proposal",
      "alice.charon.level1-time.log",
      "child-no-proposal-chosen",
      "198.51.100.20 refuses the Child SA: NO_PROPOSAL_CHOSEN",
    ],
    ["lw-v2-no-proposal-child", "bob.pluto.log", "child-no-proposal-chosen", "no proposal in common"],
    ["s2-rekey-pfs-mismatch", "bob.charon.level1-time.log", "rekey-failed", ""],
  ])("%s with %s: %s, %s", async (name, file, code, words) => {
    for (const end of ["alice", "bob"]) {
      const text = sampleText(`${name}/${file}`);
      const { judgement } = await analyze(await openCaptures([`${SAMPLES}${name}/${end}.pcap`]), {
        hosts: async (near) => [await hostNear(near ?? 0, text)],
      });
      const found = finding(judgement, code);
      expect(found.confidence).toBe("certain");
      expect(found.headline).toContain(words);
    }
  });
});
