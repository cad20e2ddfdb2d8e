import { describe, expect, it } from "vitest";
import { joinHosts } from "../../src/joint/joined.js";
import { hostOf } from "../support/host/beside.js";
import { hex8, xfrmState } from "../support/host/texts.js";
import {
  accusations,
  codes,
  finding,
  type Scenario,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

const ALICE = "192.0.2.10";
const BOB = "198.51.100.20";
const INSIDE = "10.0.0.5";
const [TO_BOB, TO_ALICE] = [0xc1000001, 0xc2000001];

interface Listed {
  readonly own?: string;
  readonly peer?: string;
  readonly received: number;
  readonly sent: number;
  readonly isAlice?: boolean;
}

/** `swanctl --list-sas` of one end of the story. */
function listSas(talk: Scenario, { own, peer, received, sent, isAlice = false }: Listed): string {
  const [local, remote] = isAlice ? [own ?? ALICE, peer ?? BOB] : [own ?? BOB, peer ?? ALICE];
  const [i, r] = isAlice ? ["_i*", "_r"] : ["_i", "_r*"];
  const [spiIn, spiOut] = isAlice ? [TO_ALICE, TO_BOB] : [TO_BOB, TO_ALICE];
  return [
    `site: #1, ESTABLISHED, IKEv2, ${talk.sa.initiatorSpi}${i} ${talk.sa.responderSpi}${r}`,
    `  local  'a' @ ${local}[4500]`,
    `  remote 'b' @ ${remote}[4500]`,
    "  AES_CBC-256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048",
    "  established 17s ago, rekeying in 13654s",
    "  net: #1, reqid 1, INSTALLED, TUNNEL, ESP:AES_GCM_16-128",
    "    installed 17s ago, rekeying in 3448s, expires in 3943s",
    `    in  ${hex8(spiIn)}, ${received * 84} bytes, ${received} packets`,
    `    out ${hex8(spiOut)}, ${sent * 84} bytes, ${sent} packets, 2s ago`,
    "    local  10.1.0.0/24",
    "    remote 10.2.0.0/24",
    "",
  ].join("\n");
}

type Tell = (talk: Scenario, listed: Listed) => string;

/** The same as states of the kernel. */
const xfrm: Tell = (_, { received, sent, isAlice = false }) => {
  const [own, peer] = isAlice ? [ALICE, BOB] : [BOB, ALICE];
  const [spiIn, spiOut] = isAlice ? [TO_ALICE, TO_BOB] : [TO_BOB, TO_ALICE];
  return (
    xfrmState({ src: own, dst: peer, spi: spiOut, packets: sent, sends: true }) +
    xfrmState({ src: peer, dst: own, spi: spiIn, packets: received, sends: false })
  );
};

/** The same as Libreswan writes it, in bytes. */
const pluto: Tell = (_, { received, sent, isAlice = false }) => {
  const [own, peer] = isAlice ? [ALICE, BOB] : [BOB, ALICE];
  const [spiIn, spiOut] = isAlice ? [TO_ALICE, TO_BOB] : [TO_BOB, TO_ALICE];
  return `000 #3: "net" esp.${spiOut.toString(16)}@${peer} esp.${spiIn.toString(16)}@${own} Traffic: ESPin=${received * 84}B ESPout=${sent * 84}B ESPmax=2^63B \n`;
};

/** The same as `ipsec statusall` of strongSwan, which leaves out what is zero. */
const statusAll: Tell = (talk, { received, sent, isAlice = false }) => {
  const [own, peer] = isAlice ? [ALICE, BOB] : [BOB, ALICE];
  const [spiIn, spiOut] = isAlice ? [TO_ALICE, TO_BOB] : [TO_BOB, TO_ALICE];
  const count = (packets: number, way: string): string =>
    `${packets * 84} bytes_${way}${packets === 0 ? "" : ` (${packets} pkts, 3s ago)`}`;
  return [
    "Security Associations (1 up, 0 connecting):",
    `        site[1]: ESTABLISHED 17 seconds ago, ${own}[a]...${peer}[b]`,
    `        site[1]: IKEv2 SPIs: ${talk.sa.initiatorSpi}_i${isAlice ? "*" : ""} ${talk.sa.responderSpi}_r, pre-shared key reauthentication in 2 hours`,
    `         net{1}:  INSTALLED, TUNNEL, reqid 1, ESP SPIs: ${hex8(spiIn)}_i ${hex8(spiOut)}_o`,
    `         net{1}:  AES_CBC_128/HMAC_SHA2_256_128, ${count(received, "i")}, ${count(sent, "o")}, rekeying in 56 minutes`,
    "         net{1}:   10.1.0.0/24 === 10.2.0.0/24",
    "",
  ].join("\n");
};

const FORMS: readonly (readonly [string, Tell])[] = [
  ["swanctl --list-sas", listSas],
  ["ip -s xfrm state", xfrm],
  ["ipsec status of Libreswan", pluto],
  ["ipsec statusall", statusAll],
];

/** Alice sends 30 packets; none of Bob's are in the capture. */
function oneWay(near: "initiator" | "responder" = "initiator"): Scenario {
  const talk = scenario({ near });
  setsUp(talk);
  traffic(talk, 1, 16, "initiator");
  return talk.endsAt(60);
}

function bothWays(near: "initiator" | "responder" = "responder"): Scenario {
  const talk = scenario({ near, floats: true });
  setsUp(talk);
  traffic(talk, 1, 16);
  return talk.endsAt(20);
}

describe.each(FORMS)("counters of both ends by %s", (_, tell) => {
  const beside = async (talk: Scenario, alice: readonly number[], bob: readonly number[]) =>
    talk.judgeBeside(
      await hostOf(tell(talk, { received: alice[0] ?? 0, sent: alice[1] ?? 0, isAlice: true })),
      await hostOf(tell(talk, { received: bob[0] ?? 0, sent: bob[1] ?? 0 })),
    );

  it("tell the direction in which ESP is lost", async () => {
    const talk = oneWay();
    const judgement = await beside(talk, [0, 30], [30, 30]);
    const code = codes(judgement).includes("esp-blocked") ? "esp-blocked" : "esp-one-way";
    const found = finding(judgement, code);
    expect(found).toMatchObject({ severity: "critical", confidence: "certain" });
    expect(found.lines.length).toBeGreaterThan(0);
    expect(judgement.status).toBe("failing");
  });

  it("tell that nobody answers behind the receiver: the tunnel works", async () => {
    const judgement = await beside(oneWay(), [0, 30], [30, 0]);
    const found = finding(judgement, "esp-one-way");
    expect(found).toMatchObject({ severity: "warning", confidence: "certain", rivals: [] });
    expect(found.headline).toContain("has nothing to send back");
    expect(judgement.status).toBe("degraded");
  });

  it("tell what is lost behind a capture at the sender that shows both directions", async () => {
    const judgement = await beside(bothWays(), [0, 30], [30, 30]);
    expect(finding(judgement, "esp-one-way").headline).toContain(`${ALICE} has counted none of 30 packets`);
    expect(judgement.status).toBe("failing");
  });

  it("accuse nobody where they agree with the capture", async () => {
    const judgement = await beside(bothWays(), [30, 30], [30, 30]);
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("healthy");
  });

  it("prove nothing where they were read before the traffic", async () => {
    const judgement = await beside(bothWays(), [0, 0], [0, 0]);
    expect(codes(judgement)).not.toContain("esp-one-way");
  });

  it("show that a capture without the other direction misses it", async () => {
    const found = codes(await beside(oneWay(), [30, 30], [30, 30]));
    expect(found).not.toContain("esp-one-way");
    expect(found).not.toContain("esp-blocked");
  });
});

describe("counters of one end", () => {
  it("prove nothing of a direction that begins after they were read", async () => {
    const talk = scenario({ near: "responder", floats: true });
    setsUp(talk);
    traffic(talk, 1, 16, "initiator");
    traffic(talk, 20, 30, "responder");
    const text = listSas(talk, { received: 0, sent: 30, isAlice: true });
    expect(codes(talk.judgeBeside(await hostOf(text)))).not.toContain("esp-one-way");
  });

  it("of the receiver tell that it answers, and a capture at the sender that nothing comes", async () => {
    const talk = scenario({ near: "initiator", floats: true });
    setsUp(talk);
    traffic(talk, 1, 16, "initiator");
    const text = listSas(talk, { received: 30, sent: 30 });
    const found = finding(talk.endsAt(60).judgeBeside(await hostOf(text)), "esp-one-way");
    expect(found.headline).toContain(`none comes to ${ALICE}`);
    // A filter may hide one direction.
    expect(found.confidence).toBe("likely");
  });

  it("tell of one packet in a capture that ends at once, for they were read long after it", async () => {
    const judged = async (sent: number): Promise<string> => {
      const talk = scenario({ near: "responder", floats: true });
      setsUp(talk);
      talk.at(1, 1.2).initiator.esp();
      talk.at(1.1).responder.esp();
      const text = listSas(talk, { received: 0, sent, isAlice: true });
      return talk.endsAt(1.3).judgeBeside(await hostOf(text)).status;
    };
    expect(await judged(30)).toBe("failing");
    expect(await judged(2)).toBe("healthy");
  });

  it("are cited where they decide nothing", async () => {
    const talk = scenario({ near: "initiator", floats: true });
    setsUp(talk);
    traffic(talk, 1, 16, "initiator");
    const text = listSas(talk, { received: 0, sent: 30, isAlice: true });
    const found = finding(talk.endsAt(60).judgeBeside(await hostOf(text)), "esp-one-way");
    expect(found.lines[0]?.text).toBe('"net" has counted 0 packets in, 30 packets out');
  });

  it("say where packets that reach the host are dropped", async () => {
    const talk = bothWays("responder");
    const judgement = talk.judgeBeside(await hostOf(listSas(talk, { received: 0, sent: 30 })));
    expect(finding(judgement, "esp-one-way").headline).toContain(`reach ${BOB}`);
  });
});

describe("a text of a host behind NAT", () => {
  const atNat = { address: "10.0.0.5", nat: { address: ALICE, port500: 1024, port4500: 1025 } };

  /** Captured at the responder, which sees the address of the NAT device. */
  function outside(): Scenario {
    const talk = scenario({ near: "responder", floats: true, initiator: atNat });
    setsUp(talk);
    traffic(talk, 1, 16);
    return talk.endsAt(20);
  }

  it.each([
    ["the SPIs of its IKE SA and Child SA", (text: string) => text],
    [
      "the SPIs of its Child SA alone",
      (text: string) => text.replaceAll(/[0-9a-f]{16}_/g, "0123456789abcdef_"),
    ],
    ["those of its IKE SA alone", (text: string) => text.replaceAll(/(in|out) {1,2}c[12]/g, "$1  dd")],
  ])("is used by %s", async (_, change) => {
    const talk = outside();
    const text = change(listSas(talk, { own: INSIDE, received: 30, sent: 30, isAlice: true }));
    const [host] = joinHosts([await hostOf(text)], talk.kept().tunnels);
    expect(host?.foreign).toBeNull();
    expect(host?.records.addresses.has(ALICE)).toBe(true);
  });

  it("decides by its counters", async () => {
    const talk = outside();
    const text = listSas(talk, { own: INSIDE, received: 0, sent: 30, isAlice: true });
    const judgement = talk.judgeBeside(await hostOf(text));
    expect(codes(judgement)).not.toContain("evidence-of-another-host");
    expect(finding(judgement, "esp-one-way")).toMatchObject({ severity: "critical", confidence: "certain" });
  });

  it("of the other end is used though it names the NAT device, and the capture the client", async () => {
    const talk = scenario({ near: "initiator", floats: true });
    setsUp(talk);
    traffic(talk, 1, 16, "initiator");
    const nat = "203.0.113.7";
    const text =
      xfrmState({ src: BOB, dst: nat, spi: TO_ALICE, packets: 0, sends: true }) +
      xfrmState({ src: nat, dst: BOB, spi: TO_BOB, packets: 30, sends: false });
    const judgement = talk.endsAt(60).judgeBeside(await hostOf(text));
    expect(finding(judgement, "esp-one-way")).toMatchObject({ severity: "warning" });
  });

  it("is said to be unused where it has no SPI of the capture", async () => {
    const talk = outside();
    const text = listSas(talk, { own: INSIDE, received: 30, sent: 30, isAlice: true })
      .replaceAll(/[0-9a-f]{16}_/g, "0123456789abcdef_")
      .replaceAll(/(in|out) {1,2}c[12]/g, "$1  dd");
    expect(codes(talk.judgeBeside(await hostOf(text)))).toContain("evidence-of-another-host");
  });
});
