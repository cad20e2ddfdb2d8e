import { describe, expect, it } from "vitest";
import { vantageOf } from "../../src/session/vantage.js";
import {
  ikeSaInit,
  ikeSaInitAnswer,
  informational,
  informationalAnswer,
  scenario,
  setsUp,
  traffic,
  ON_TRANSLATOR,
} from "../support/scenario/index.js";

describe("tunnels", () => {
  it("are pairs of peers, the initiator first, with all IKE SAs and streams between them", () => {
    const talk = scenario();
    setsUp(talk, { sa: talk.newSa("responder") });
    setsUp(talk, { from: 5 });
    traffic(talk, 6, 8);
    const [tunnel, ...others] = talk.model().tunnels;
    expect(others).toEqual([]);
    expect(tunnel?.addresses).toEqual(["198.51.100.20", "192.0.2.10"]);
    expect(tunnel?.ikeSas.length).toBe(2);
    expect(tunnel?.streams.length).toBe(2);
  });

  it("keep a peer that moves to another address (MOBIKE)", () => {
    const talk = scenario({ floats: true });
    setsUp(talk);
    const moved = talk.host("203.0.113.200");
    talk.between(moved, talk.responder, 20).sends(informational());
    talk.between(talk.responder, moved, 20.1).sends(informationalAnswer());
    const { tunnels } = talk.model();
    expect(tunnels.length).toBe(1);
    expect(tunnels[0]?.aliases).toEqual([
      { address: "203.0.113.200", standsFor: "192.0.2.10", kind: "moved" },
    ]);
    expect(tunnels[0]?.ikeSas.length).toBe(1);
  });

  it("join both views of a translator", () => {
    const talk = scenario(ON_TRANSLATOR);
    setsUp(talk);
    const { tunnels } = talk.model();
    expect(tunnels.length).toBe(1);
    expect(tunnels[0]?.aliases.map(({ kind }) => kind)).toEqual(["nat-view"]);
    expect(tunnels[0]?.duplicates.count).toBe(4);
    expect(tunnels[0]?.ikeSas[0]?.exchanges.map(({ request }) => request?.tries)).toEqual([1, 1]);
  });

  it("with the same SPIs between other peers are other tunnels", () => {
    const talk = scenario();
    const other = [talk.host("203.0.113.1"), talk.host("203.0.113.2")] as const;
    talk.at(0).initiator.sends(ikeSaInit());
    talk.between(other[0], other[1], 1).sends(ikeSaInit());
    expect(talk.model().tunnels.length).toBe(2);
  });
});

describe("the vantage", () => {
  it.each(["initiator", "responder"] as const)(
    "is near the %s where its TTL is still the initial value",
    (near) => {
      const talk = scenario({ near });
      setsUp(talk);
      const [tunnel] = talk.model().tunnels;
      expect(tunnel === undefined ? null : vantageOf(tunnel).place).toBe(`near-${near}`);
    },
  );

  it.each(["initiator", "responder"] as const)(
    "is near the %s where a cooked capture says that it sent",
    (near) => {
      const talk = scenario({ cookedAt: near });
      talk.at(0).initiator.sends(ikeSaInit());
      talk.at(0.1).responder.sends(ikeSaInitAnswer());
      const [tunnel] = talk.model().tunnels;
      expect(tunnel === undefined ? null : vantageOf(tunnel).place).toBe(`near-${near}`);
    },
  );

  it("is not near an end whose packets the capturing host only sends on: others have counted their TTL down", () => {
    const talk = scenario({ cookedAt: "responder", responder: { ttl: 61 }, initiator: { ttl: 64 } });
    setsUp(talk);
    const [tunnel] = talk.model().tunnels;
    expect(tunnel === undefined ? null : vantageOf(tunnel).place).toBe("near-initiator");
  });

  it("is between where both TTLs were counted down", () => {
    const talk = scenario();
    setsUp(talk);
    const [tunnel] = talk.model().tunnels;
    expect(tunnel === undefined ? null : vantageOf(tunnel).place).toBe("between");
  });

  it("is not moved by ICMP of the NAT device whose address the peer has", () => {
    const talk = scenario({ near: "responder" });
    setsUp(talk);
    talk.icmp(3, talk.initiator, talk.responder, 3, 3);
    const [tunnel] = talk.model().tunnels;
    const icmp = tunnel?.icmp.map((one) => ({ ...one, ttl: 64 })) ?? [];
    expect(icmp.length).toBe(1);
    expect(tunnel === undefined ? null : vantageOf({ ...tunnel, icmp }).place).toBe("near-responder");
  });

  it("cannot be told where neither was: both peers in one network", () => {
    const talk = scenario({ initiator: { ttl: 64 }, responder: { ttl: 64 } });
    setsUp(talk);
    const [tunnel] = talk.model().tunnels;
    expect(tunnel === undefined ? null : vantageOf(tunnel).place).toBe("unknown");
  });
});
