import { describe, expect, it } from "vitest";
import { joinHosts } from "../../src/joint/joined.js";
import { charonLogOf, hostOf } from "../support/host/beside.js";
import { hex8, xfrmPolicy, xfrmStat, xfrmState } from "../support/host/texts.js";
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
  setsUpBetween,
  traffic,
} from "../support/scenario/index.js";

const ALICE = "192.0.2.10";
const BOB = "198.51.100.20";
const REFUSED = "received NO_PROPOSAL_CHOSEN notify, no CHILD_SA built";

type Line = readonly [seconds: number, line: string];

/** A setup with traffic, of five seconds. */
function healthy(): Scenario {
  const talk = scenario({ near: "initiator" });
  setsUp(talk);
  traffic(talk, 1, 5);
  return talk.endsAt(6);
}

/** The same host at another time: the same setup, and a rekey that is refused. */
function rekeyRefused(): Scenario {
  const talk = healthy();
  talk.at(4).initiator.sends(createChild({ id: 2 }));
  talk.at(4.1).responder.sends(createChildAnswer({ id: 2, inner: 8 }));
  return talk;
}

/** The line by which charon tells a Child SA, with these SPIs in and out. */
function childUp(spiIn: number, spiOut: number): Line {
  const spis = `${hex8(spiIn).replace("0x", "")}_i ${hex8(spiOut).replace("0x", "")}_o`;
  return [
    0.16,
    `05[IKE] <site|1> CHILD_SA net{1} established with SPIs ${spis} and TS 10.1.0.0/24 === 10.2.0.0/24`,
  ];
}

/** SPIs of the story, in and out at the initiator. */
function spisOf(talk: Scenario): readonly [number, number] {
  const streams = talk.kept().tunnels.flatMap((tunnel) => tunnel.streams);
  const spi = (source: string): number => streams.find((stream) => stream.source === source)?.spi ?? 0;
  return [spi(BOB), spi(ALICE)];
}

async function clockOf(talk: Scenario, text: string) {
  const [host] = joinHosts([await hostOf(text)], talk.kept().tunnels);
  if (host === undefined) throw new Error("no host");
  return host.clock;
}

describe("a log of another time of the same host", () => {
  const oldLog = (ahead: number, ...also: readonly Line[]): string =>
    charonLogOf(rekeyRefused(), ALICE, { ahead, also: [[4.2, `05[IKE] <site|1> ${REFUSED}`], ...also] });

  it.each([-52, -1740, -3652, -86_400 * 30])("accuses nobody where it is %d s off", async (ahead) => {
    const talk = healthy();
    const judgement = talk.judgeBeside(await hostOf(oldLog(ahead)));
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("healthy");
    expect(finding(judgement, "evidence-clock-unknown").summary).toMatch(
      /behind: 4 of its messages are alike/,
    );
  });

  it("is told apart by its SPIs where its clock happens to be the difference of a zone", async () => {
    const talk = healthy();
    expect((await clockOf(talk, oldLog(-3600, childUp(0x11111111, 0x22222222)))).by).toBe("none");
    expect((await clockOf(talk, oldLog(-3600))).proof).toBe("zone");
  });

  it("accuses nobody even then: the exchange that was refused is not in the capture", async () => {
    const judgement = healthy().judgeBeside(await hostOf(oldLog(-3600)));
    expect(accusations(judgement)).toEqual([]);
  });

  it("accuses nobody beside the right one of the same host", async () => {
    const talk = healthy();
    const judgement = talk.judgeBeside(await hostOf(charonLogOf(talk, ALICE), oldLog(-52)));
    expect(accusations(judgement)).toEqual([]);
    expect(finding(judgement, "evidence-clock-unknown").summary).toContain("text2");
  });

  it("has its setup at several places: which one the capture is, is not told", async () => {
    const talk = healthy();
    const log = [-300, -200, -100].map((ahead) => charonLogOf(healthy(), ALICE, { ahead })).join("");
    const found = finding(talk.judgeBeside(await hostOf(log)), "evidence-clock-unknown");
    expect(found.summary).toContain("fits the capture at 3 places");
  });

  it("has the same setup in its answer, and refuses another one: the answer is not that of the capture", async () => {
    const failed = scenario({ near: "initiator" });
    opens(failed);
    failed.at(0.1).initiator.sends(ikeAuth());
    failed.at(0.15).responder.sends(authRefusal());
    const line = "05[IKE] <site|1> tried 1 shared key for 'b' - 'a', but MAC mismatched";
    const log = charonLogOf(failed, BOB, { also: [[0.12, line]] });
    expect(accusations(healthy().judgeBeside(await hostOf(log)))).toEqual([]);
  });

  it("has no message of the capture and no times: neither a missing connection nor another refusal is told", async () => {
    const lines = [
      `05[NET] received packet: from ${ALICE}[500] to ${BOB}[500] (999 bytes)`,
      `05[IKE] no IKE config found for ${BOB}...${ALICE}, sending NO_PROPOSAL_CHOSEN`,
      `05[NET] sending packet: from ${BOB}[500] to ${ALICE}[500] (36 bytes)`,
    ];
    for (const time of ["", "22:03:05.843 "]) {
      const text = lines.map((line) => `${time}${line}\n`).join("");
      const judgement = healthy().judgeBeside(await hostOf(text));
      expect(accusations(judgement)).toEqual([]);
      expect(codes(judgement)).toContain("evidence-clock-unknown");
    }
  });
});

describe("a few lines that were pasted out of a log", () => {
  /** EAP of four rounds within a second, refused in the last one. */
  function refused(): Scenario {
    const talk = scenario({ near: "responder" });
    opens(talk);
    for (const id of [1, 2, 3, 4]) {
      talk.at(id / 10).initiator.sends(ikeAuth({ id, inner: 80 + id }));
      talk
        .at(id / 10 + 0.05)
        .responder.sends(id === 4 ? authRefusal({ id }) : ikeAuthAnswer({ id, inner: 100 + id }));
    }
    return talk.endsAt(20);
  }

  it.each([2, 3, 4, 6])(
    "are of this capture, though it has more of that second: the last %d messages",
    async (count) => {
      const talk = refused();
      const lines = charonLogOf(talk, BOB).trimEnd().split("\n");
      const sent = lines.flatMap((line, index) => (line.includes("[NET]") ? [index] : []));
      const text = lines.slice(sent.at(-count)).join("\n");
      expect(codes(talk.judgeBeside(await hostOf(`${text}\n`)))).not.toContain("evidence-of-another-host");
    },
  );
});

describe("a text without messages", () => {
  const unread = "authby PSK+AUTH but no connection has been authorized with policy PSK";
  it("confirms the refusal that the capture shows at that time, and accuses no tunnel that is up", async () => {
    const failed = scenario({ near: "initiator" });
    opens(failed);
    failed.at(0.1).initiator.sends(ikeAuth());
    failed.at(0.2).responder.sends(authRefusal());
    failed.endsAt(10);
    const up = `05[IKE] <site|1> IKE_SA site[1] established between ${BOB}[b]...${ALICE}[a]`;
    const at = (seconds: number, lines: readonly string[]): string =>
      charonLogOf(failed, BOB, { lacks: () => true, also: lines.map((line): Line => [seconds, line]) });
    const missing = ["05[CFG] <site|1> no matching peer config found", `05[CFG] <site|1> ${unread}`];
    const peer = `05[IKE] <site|1> ${ALICE} is initiating an IKE_SA`;
    const beside = async (talk: Scenario, text: string) => {
      const records = await hostOf(text);
      return talk.judgeBeside({ ...records, name: BOB, addresses: new Set([...records.addresses, BOB]) });
    };
    const told = await beside(failed, at(0.15, [peer, ...missing]));
    expect(finding(told, "authentication-failed").confidence).toBe("certain");
    expect(codes(told)).toContain("peer-config-missing");
    for (const seconds of [0.15, 3, -400]) {
      expect(accusations(await beside(healthy(), at(seconds, [peer, ...missing])))).toEqual([]);
    }
    expect(codes(await beside(failed, at(-400, [peer, ...missing, up])))).not.toContain(
      "peer-config-missing",
    );
  });

  it("has no times: a line that somebody pasted is no verdict by itself", async () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    const records = await hostOf(
      `05[IKE] <site|1> ${ALICE} is initiating an IKE_SA\n05[IKE] <site|1> ${REFUSED}\n`,
    );
    const host = { ...records, name: BOB, addresses: new Set([BOB]) };
    expect(accusations(talk.endsAt(6).judgeBeside(host))).toEqual([]);
  });
});

describe("a dump of another time of the same host", () => {
  const faulty = (spiIn: number, spiOut: number): string =>
    [
      xfrmState({ src: ALICE, dst: BOB, spi: spiOut, packets: 9 }),
      xfrmState({ src: BOB, dst: ALICE, spi: spiIn, packets: 9 }),
      xfrmPolicy({ src: "10.1.0.0/24", dst: "10.2.0.0/24", direction: "out", reqid: 1, spi: spiOut }),
    ].join("");

  it("accuses nobody where the capture has none of its SPIs", async () => {
    const judgement = healthy().judgeBeside(await hostOf(faulty(0x11111111, 0x22222222)));
    expect(accusations(judgement)).toEqual([]);
    expect(finding(judgement, "evidence-of-another-host").summary).toContain(
      "none of its SPIs is in the capture",
    );
  });

  it("is used where the capture has one of them", async () => {
    const talk = healthy();
    const [spiIn] = spisOf(talk);
    const host = await hostOf(faulty(spiIn, 0x22222222) + xfrmStat({ XfrmInNoPols: 9 }));
    expect(codes(talk.judgeBeside(host))).toContain("xfrm-no-policy");
  });
});

describe("a clock that differs is believed", () => {
  it("by the SPI of a Child SA, and the report says by how much", async () => {
    const talk = healthy();
    const log = charonLogOf(talk, ALICE, { ahead: -52, also: [childUp(...spisOf(talk))] });
    expect((await clockOf(talk, log)).proof).toBe("spi");
    const found = finding(talk.judgeBeside(await hostOf(log)), "evidence-clock-shifted");
    expect(found.headline).toBe(`the clock of ${ALICE} is 52.0 s behind that of the capture`);
  });

  it("where the log covers the capture by its own clock and has what the host sent at one other time alone", async () => {
    const talk = healthy();
    const around: Line[] = [-300, 300].map((at) => [at, "05[IKE] <site|1> peer supports MOBIKE"]);
    const noise: Line[] = [-300, 300].map((at) => [
      at,
      `05[NET] <x|9> sending packet: from ${ALICE}[500] to 203.0.113.9[500] (77 bytes)`,
    ]);
    const log = charonLogOf(talk, ALICE, { ahead: 90, also: [...around, ...noise] });
    expect((await clockOf(talk, log)).proof).toBe("only-place");
  });

  it("is not said to differ where it is right", async () => {
    const talk = healthy();
    for (const stamps of ["seconds", "milliseconds"] as const) {
      const judgement = talk.judgeBeside(await hostOf(charonLogOf(talk, ALICE, { stamps })));
      expect(codes(judgement).filter((code) => code.startsWith("evidence-clock"))).toEqual([]);
    }
  });
});

describe("the log of a gateway with several tunnels", () => {
  /** Two clients; the Child SA of the second is refused. */
  function gateway(): Scenario {
    const talk = scenario({ near: "responder" });
    setsUp(talk);
    traffic(talk, 1, 5);
    const other = talk.host("192.0.2.77");
    const sa = talk.newSa();
    setsUpBetween(talk, other, talk.responder, { from: 2, sa });
    return talk.endsAt(10);
  }
  /** The capture that was filtered to a client whose Child SA is refused. */
  function filtered(): Scenario {
    const talk = scenario({ near: "initiator" });
    opens(talk);
    talk.at(0.1).initiator.sends(ikeAuth());
    talk.at(0.2).responder.sends(ikeAuthAnswer({ inner: CHILD_REFUSED }));
    return talk.endsAt(10);
  }
  const line = "06[IKE] received TS_UNACCEPTABLE notify, no CHILD_SA built";
  /** As charon writes without ike_name. */
  const bare = (log: string): string => log.replaceAll("05[", "06[").replaceAll("<site|1> ", "");
  const ofOthers = (count: number): Line[] =>
    Array.from({ length: count }, (_, index) => [
      index / 20,
      `07[NET] received packet: from 203.0.113.${index % 9}[500] to ${ALICE}[500] (${100 + index} bytes)`,
    ]);

  it("is used however much of it is about peers that are not in the capture, and tells by the thread which one it is", async () => {
    const talk = filtered();
    const log = bare(charonLogOf(talk, ALICE, { also: [[0.21, line], ...ofOthers(120)] }));
    const judgement = talk.judgeBeside(await hostOf(log));
    expect(codes(judgement)).not.toContain("evidence-of-another-host");
    expect(finding(judgement, "child-ts-unacceptable")).toMatchObject({
      confidence: "certain",
      phase: "IKE_AUTH",
    });
  });

  it("accuses no other tunnel of what the thread of another peer says", async () => {
    const talk = gateway();
    const log = bare(
      charonLogOf(talk, BOB, {
        also: [
          [3, `08[NET] received packet: from 203.0.113.5[500] to ${BOB}[500] (464 bytes)`],
          [3.1, "08[IKE] traffic selectors 10.2.0.0/24 === 10.9.0.0/24 unacceptable"],
          [3.2, `08[NET] sending packet: from ${BOB}[500] to 203.0.113.5[500] (88 bytes)`],
        ],
      }),
    );
    expect(accusations(talk.judgeBeside(await hostOf(log)))).toEqual([]);
  });
});

describe("lines of a log in a finding", () => {
  it("have the time that the log itself has", async () => {
    const talk = scenario({ near: "initiator" });
    opens(talk);
    talk.at(0.1).initiator.sends(ikeAuth());
    talk.at(0.2).responder.sends(authRefusal());
    talk.endsAt(10);
    const line = "05[IKE] <site|1> received AUTHENTICATION_FAILED notify error";
    const log = charonLogOf(talk, ALICE, { stamps: "seconds", ahead: 7200, also: [[0.21, line]] });
    const [told] = finding(talk.judgeBeside(await hostOf(log)), "authentication-failed").lines;
    expect(told?.writtenTime).not.toBe("");
    expect(log.split("\n")[(told?.source.line ?? 0) - 1]).toBe(`${told?.writtenTime} ${line}`);
  });

  it("are counted, those outside the capture too", async () => {
    const talk = scenario({ near: "initiator" });
    opens(talk);
    talk.at(0.1).initiator.sends(ikeAuth());
    talk.at(0.2).responder.sends(authRefusal());
    talk.endsAt(10);
    const line = "05[IKE] <site|1> received AUTHENTICATION_FAILED notify error";
    const also: Line[] = [0.21, -500, -400].flatMap((at): Line[] => [
      [at - 0.001, `05[NET] <site|1> received packet: from ${BOB}[500] to ${ALICE}[500] (65 bytes)`],
      [at, line],
    ]);
    const log = charonLogOf(talk, ALICE, { also: [also[1] ?? [0, ""], ...also.slice(2)] });
    const { summary } = finding(talk.judgeBeside(await hostOf(log)), "authentication-failed");
    expect(summary).toContain("Its log says so 2 more times outside this capture.");
  });
});
