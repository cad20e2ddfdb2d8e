import { describe, expect, it } from "vitest";
import { vantageOf } from "../../src/session/vantage.js";
import {
  ikeSaInit,
  ikeSaInitAnswer,
  informational,
  informationalAnswer,
  scenario,
  setsUp,
  setsUpBetween,
  traffic,
  ON_TRANSLATOR,
  unknownSpi,
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

  it("do not tell the initiator by a notify outside any IKE SA, whose flag says nothing", () => {
    const talk = scenario();
    talk.at(0).responder.sends(unknownSpi(0xa1, { sa: talk.newSa("responder") }));
    expect(talk.model().tunnels[0]?.ikeSas[0]?.rolesProven).toBe(false);
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

  it("join both views of a translator though a keepalive was there before any message", () => {
    const talk = scenario(ON_TRANSLATOR);
    talk.at(0).initiator.keepalive();
    setsUp(talk, { from: 1 });
    traffic(talk, 2, 4);
    const { tunnels } = talk.model();
    expect(tunnels.map(({ addresses }) => addresses)).toEqual([["10.0.0.5", "198.51.100.20"]]);
    expect(tunnels[0]?.keepalives.size).toBe(2);
    expect(tunnels[0]?.streams.length).toBe(4);
  });

  it("join both views of a translator where only ESP was captured", () => {
    const talk = scenario(ON_TRANSLATOR);
    traffic(talk, 0, 3);
    const { tunnels } = talk.model();
    expect(tunnels.map(({ addresses }) => addresses)).toEqual([["10.0.0.5", "198.51.100.20"]]);
    expect(tunnels[0]?.aliases).toEqual([{ address: "192.0.2.10", standsFor: "10.0.0.5", kind: "nat-view" }]);
  });

  it("of several clients behind one address have each its own streams, on both sides of the translator", () => {
    const talk = scenario({ floats: true });
    const clients = [1, 2, 3].map((number) =>
      talk.host(`10.0.0.${number}`, {
        nat: { address: "203.0.113.1", port500: 1000 + number, port4500: 2000 + number },
        seen: "both",
      }),
    );
    for (const [index, client] of clients.entries()) {
      setsUpBetween(talk, client, talk.responder, { from: index, sa: talk.newSa() });
      talk.between(client, talk.responder, 4, 5, 6).esp({ spi: 0xa0 + index });
      talk.between(talk.responder, client, 4.1, 5.1, 6.1).esp({ spi: 0xb0 + index });
    }
    const { tunnels } = talk.model();
    const spis = tunnels.map(({ addresses: [client], streams }) => [
      client,
      ...streams.map(({ spi }) => spi).toSorted((a, b) => a - b),
    ]);
    expect(spis).toEqual(
      [1, 2, 3].map((number, at) => {
        const [out, back] = [0xa0 + at, 0xb0 + at];
        return [`10.0.0.${number}`, out, out, back, back];
      }),
    );
  });

  it("are two where a hub sends to two peers with the same SPI at once", () => {
    const talk = scenario();
    const other = talk.host("203.0.113.9");
    talk.between(talk.responder, talk.initiator, 1, 2, 3).esp({ spi: 0xa1 });
    talk.between(talk.responder, other, 1, 2, 3).esp({ spi: 0xa1 });
    const { tunnels } = talk.model();
    expect(tunnels.map(({ streams }) => streams.length)).toEqual([1, 1]);
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
