import { describe, expect, it } from "vitest";
import {
  accusations,
  clientPings,
  clientSetsUp,
  finding,
  informational,
  type Scenario,
  scenario,
} from "../support/scenario/index.js";

type Client = ReturnType<Scenario["host"]>;

/** A client behind the NAT device at 192.0.2.10, `hops` routers away; its own ICMP has TTL 61, three routers. */
function client(talk: Scenario, port4500: number, hops: number): Client {
  const nat = { address: "192.0.2.10", port500: port4500 + 1, port4500 };
  return talk.host("10.0.0.5", { nat, ttl: 64 - hops });
}

/** Three clients; the checks on the second one are refused from 20 s on, while the others go on. */
function refused(hops: number, back: number | null = null): Scenario {
  const talk = scenario({ floats: true });
  const [first, second, third] = [4500, 62_000, 63_000].map((port) => client(talk, port, hops));
  if (first === undefined || second === undefined || third === undefined)
    throw new RangeError("three clients");
  clientSetsUp(talk, 0, first);
  const sa = clientSetsUp(talk, 1, second);
  clientSetsUp(talk, 2, third);
  clientPings(talk, first, 0x1000, 3, 60);
  clientPings(talk, second, 0x2000, 3, 10);
  clientPings(talk, third, 0x3000, 3, 60);
  if (back !== null) {
    const again = client(talk, back, hops);
    clientSetsUp(talk, 15, again);
    clientPings(talk, again, 0x4000, 16, 60);
  }
  for (const at of [20, 24, 31, 44]) {
    talk.between(talk.responder, second, at).sends(informational({ sa }));
    talk.icmp(at + 0.01, "192.0.2.10", talk.responder, 3, 3);
  }
  return talk.endsAt(61);
}

describe("of three clients behind one address one whose port is refused", () => {
  it("is told, though the others go on from ports of theirs", () => {
    const judgement = refused(3).judge();
    expect(judgement.status).toBe("failing");
    expect(finding(judgement, "icmp-port-unreachable").headline).toContain("UDP 62000 at 192.0.2.10 refused");
  });

  it("has lost its mapping where the refusal comes from a hop nearer: the NAT device sends it", () => {
    const told = finding(refused(4).judge(), "nat-mapping-expired");
    expect(told.headline).toContain("the NAT device refuses UDP 62000");
  });

  it("is no fault where it has come back from another port", () => {
    expect(accusations(refused(3, 64_000).judge())).toEqual([]);
  });
});
