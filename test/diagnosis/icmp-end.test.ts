import { describe, expect, it } from "vitest";
import { charonLogOf, hostOf } from "../support/host/beside.js";
import {
  accusations,
  every,
  finding,
  informational,
  informationalAnswer,
  type Scenario,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

const START = "Start the IKE daemon";
const DAEMON = "00[DMN] Starting IKE charon daemon (strongSwan 5.9.8, Linux 6.1, x86_64)";

/** ESP of the initiator is refused three times from 10 s on, as by a host whose daemon has ended. */
function refused(): Scenario {
  const talk = scenario({ floats: true });
  setsUp(talk);
  traffic(talk, 1, 9);
  for (const second of [10, 10.5, 11]) {
    talk.at(second).initiator.esp();
    talk.icmp(second + 0.01, talk.responder, talk.initiator, 3, 3);
  }
  return talk;
}

const found = (talk: Scenario) => finding(talk.judge(), "icmp-port-unreachable");

describe("refusals by ICMP port unreachable", () => {
  it("ask for the daemon to be started while nothing shows that they ended", () => {
    expect(found(refused().endsAt(13)).remedies[0]).toContain(START);
  });

  it("that ended while packets go on say that the daemon is back, and does not know the tunnel", () => {
    const talk = refused();
    talk.at(...every(0.5, 11.5, 20)).initiator.esp();
    const told = found(talk.endsAt(20));
    expect(told).toMatchObject({ severity: "critical", confidence: "certain" });
    expect(told.headline).toContain("then no longer refused, and not answered");
    expect(told.remedies.join(" ")).not.toContain(START);
    expect(told.remedies[0]).toContain("Set the tunnel up anew");
  });

  it.each([
    ["soon after the last of them", every(0.5, 11.5, 13)],
    ["so few packets that the limit of ICMP errors explains it", [16]],
  ])("that may go on ask for the start still: %s", (_, times) => {
    const talk = refused();
    talk.at(...times).initiator.esp();
    expect(found(talk.endsAt(20)).remedies[0]).toContain(START);
  });

  it("that healed ask for no start, but why the daemon was away", () => {
    const talk = refused();
    setsUp(talk, { from: 15, sa: talk.newSa() });
    traffic(talk, 16, 30);
    const told = found(talk.endsAt(40));
    expect(told.severity).toBe("warning");
    expect(told.remedies.join(" ")).not.toContain(START);
    expect(told.remedies[0]).toContain("why its daemon was not there");
  });
});

describe("refusals beside the log of the host that refuses", () => {
  const judged = async (starts: readonly number[]) => {
    const talk = refused().endsAt(13);
    const also = starts.map((at) => [at, DAEMON] as const);
    const log = charonLogOf(talk, "198.51.100.20", { also });
    return finding(talk.judgeBeside(await hostOf(log)), "icmp-port-unreachable");
  };

  it("that shows a start after them say so, cite it, and ask for no start", async () => {
    const told = await judged([-5, 12]);
    expect(told.summary).toContain("shows a start of the daemon after the first of them");
    expect(told.lines[0]?.text).toContain("Starting IKE charon daemon");
    expect(told.remedies.join(" ")).not.toContain(START);
  });

  it("that shows a start before them alone ask why it does not listen", async () => {
    const told = await judged([-5]);
    expect(told.remedies.join(" ")).not.toContain(START);
    expect(told.remedies[0]).toContain("The daemon was started");
  });

  it("without a start ask for one", async () => {
    expect((await judged([])).remedies[0]).toContain(START);
  });
});

describe("a port unreachable from an address that the peer behind NAT has left", () => {
  const NAT = { address: "203.0.113.5", port500: 500, port4500: 4500 };

  /** The responder's last packet to the mapping is refused by the NAT device; the peer sends from `there` on, or is not heard again. */
  function left(there: string | null): Scenario {
    const talk = scenario({ floats: true, initiator: { address: "10.0.0.5", nat: NAT } });
    setsUp(talk);
    traffic(talk, 1, 10);
    if (there !== null) {
      const moved = talk.host(there);
      talk.between(moved, talk.responder, 10.1).esp({ spi: 0xc1000001, sequence: 10 });
      talk.between(moved, talk.responder, 10.3).sends(informational());
      talk.between(talk.responder, moved, 10.4).sends(informationalAnswer());
    }
    talk.at(10.2).responder.esp();
    talk.icmp(10.21, NAT.address, talk.responder, 3, 3);
    return talk.endsAt(30);
  }

  it("accuses nobody", () => {
    expect(accusations(left("192.0.2.99").judge())).toEqual([]);
  });

  it("is a fault where the peer is not heard anywhere else", () => {
    expect(accusations(left(null).judge())).toContain("icmp-port-unreachable");
  });
});
