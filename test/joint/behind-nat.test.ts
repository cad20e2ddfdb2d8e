import { describe, expect, it } from "vitest";
import { joinHosts } from "../../src/joint/joined.js";
import { charonLogOf, hostOf } from "../support/host/beside.js";
import {
  authRefusal,
  finding,
  codes,
  ikeAuth,
  ikeSaInit,
  ikeSaInitAnswer,
  type Scenario,
  scenario,
} from "../support/scenario/index.js";

const NAT = "192.0.2.10";
const BOB = "198.51.100.20";
const INSIDE = "10.0.0.5";
const CAUSE = "05[IKE] <site|1> tried 1 shared key for 'b' - 'a', but MAC mismatched";
const TOLD = "05[IKE] <site|1> received AUTHENTICATION_FAILED notify error";

/** Clients behind one NAT device, seen outside; each attempt is refused. */
function outside() {
  const talk = scenario({ floats: true });
  const behind = (address: string, port500: number) =>
    talk.host(address, { nat: { address: NAT, port500, port4500: port500 + 1 } });
  return { talk, first: behind(INSIDE, 61_001), second: behind("10.0.0.6", 62_001) };
}

function refused(talk: Scenario, from: number, client: ReturnType<Scenario["host"]>): void {
  const sa = talk.newSa();
  talk.between(client, talk.responder, from).sends(ikeSaInit({ sa }));
  talk.between(talk.responder, client, from + 0.05).sends(ikeSaInitAnswer({ sa }));
  talk.between(client, talk.responder, from + 0.1).sends(ikeAuth({ sa }));
  talk.between(talk.responder, client, from + 0.15).sends(authRefusal({ sa }));
}

/** The log of the client: of its own messages, with its own address and ports. */
function inner(talk: Scenario, port500: number, also: readonly (readonly [number, string])[]): string {
  const others = (port: number): boolean => ![500, 4500, port500, port500 + 1].includes(port);
  return charonLogOf(talk, NAT, {
    lacks: ({ from, to }) => others(from.port) || others(to.port),
    also,
  })
    .replaceAll(NAT, INSIDE)
    .replaceAll(`[${port500}]`, "[500]")
    .replaceAll(`[${port500 + 1}]`, "[4500]");
}

describe("the log of a client behind NAT, beside a capture outside", () => {
  it("is used: its messages tell the address that the NAT device gave it", async () => {
    const { talk, first } = outside();
    refused(talk, 0, first);
    const log = inner(talk, 61_001, [[0.16, TOLD]]);
    const judgement = talk.endsAt(10).judgeBeside(await hostOf(log));
    const found = finding(judgement, "authentication-failed");
    expect(found.confidence).toBe("certain");
    expect(found.lines.map(({ text }) => text)).toContain("received AUTHENTICATION_FAILED notify error");
    expect(codes(judgement)).not.toContain("evidence-of-another-host");
  });

  it("is used beside another client of the same device", async () => {
    const { talk, first, second } = outside();
    refused(talk, 0, first);
    for (const from of [0.3, 2, 4]) refused(talk, from, second);
    const [host] = joinHosts([await hostOf(inner(talk, 61_001, []))], talk.endsAt(10).kept().tunnels);
    expect(host?.foreign).toBeNull();
    expect(host?.records.addresses.has(NAT)).toBe(true);
    expect(new Set(host?.frames.flatMap(({ from, to }) => [from.port, to.port]))).toEqual(
      new Set([61_001, 500, 61_002, 4500]),
    );
  });

  it("is said to be unused where too few of its messages are in the capture", async () => {
    const { talk, first } = outside();
    refused(talk, 0, first);
    const log = inner(talk, 61_001, []).split("\n").slice(0, 2).join("\n");
    const found = finding(talk.endsAt(10).judgeBeside(await hostOf(`${log}\n`)), "evidence-of-another-host");
    expect(found.summary).toContain(INSIDE);
  });
});

describe("the log of a gateway with several clients behind one address", () => {
  const both = async (also: readonly (readonly [number, string])[], lacks = false) => {
    const { talk, first, second } = outside();
    refused(talk, 0, first);
    refused(talk, 3, second);
    const log = charonLogOf(talk.endsAt(10), BOB, { also, lacks: () => lacks });
    const records = await hostOf(log);
    return talk.judgeBeside({ ...records, addresses: new Set([...records.addresses, BOB]) });
  };

  it("confirms the attempt that its line is about", async () => {
    const found = finding(await both([[3.12, CAUSE]]), "authentication-failed");
    expect(found).toMatchObject({ confidence: "certain" });
    expect(found.headline).toContain("the pre-shared keys differ");
  });

  it("does not confirm it by a line about the other client", async () => {
    const found = finding(await both([[0.12, CAUSE]]), "authentication-failed");
    expect(found.headline).not.toContain("the pre-shared keys differ");
    expect(found.confidence).not.toBe("certain");
  });

  it("says that a line without messages may be about another one", async () => {
    const lines = [
      [3.12, `05[IKE] <site|1> ${NAT} is initiating an IKE_SA`] as const,
      [3.13, CAUSE] as const,
    ];
    const found = finding(await both(lines, true), "authentication-failed");
    expect(found.confidence).not.toBe("certain");
    expect(found.summary).toContain("it may be about another one");
  });
});
