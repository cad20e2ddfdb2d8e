import { describe, expect, it } from "vitest";
import {
  accusations,
  codes,
  evidence,
  faults,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  numbers,
  type Scenario,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";
import { TcpTalk } from "../support/scenario/tcp.js";

function begins(port = 4500): { talk: Scenario; wire: TcpTalk } {
  const talk = scenario();
  const wire = new TcpTalk(talk, { port });
  wire.opens(0);
  wire.prefix(0.05);
  return { talk, wire };
}

describe("IKE over TCP that works", () => {
  it.each([4500, 443])("is told, and the tunnel is healthy (port %d)", (port) => {
    const { talk, wire } = begins(port);
    wire.setsUp(0.1);
    for (let sequence = 1; sequence < 9; sequence++) {
      wire.esp(sequence, "client", sequence);
      wire.esp(sequence + 0.1, "server", sequence);
    }
    const judgement = talk.endsAt(60).judge();
    expect(judgement.status).toBe("healthy");
    // A TCP client's port is no sign of NAT.
    expect(codes(judgement)).toEqual(["tcp-encapsulation"]);
    const found = finding(judgement, "tcp-encapsulation");
    expect(found).toMatchObject({
      severity: "info",
      confidence: "certain",
      headline: expect.stringContaining(`port ${port}`),
    });
  });

  it("is not accused when the connection ends with RST after the tunnel was up", () => {
    const { talk, wire } = begins();
    wire.setsUp(0.1);
    wire.reset(20, "server");
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });

  it("shows no retransmissions where TCP repeats", () => {
    const { talk, wire } = begins();
    wire.setsUp(0.1);
    for (const [index, frame] of [...talk.frames].entries()) wire.again(1 + index, frame);
    expect(codes(talk.endsAt(60).judge())).not.toContain("retransmissions");
  });
});

describe("IKE over TCP that fails", () => {
  it("RST instead of an answer", () => {
    const { talk, wire } = begins();
    wire.ike(0.06, "client", ikeSaInit());
    const reset = wire.reset(0.1, "server");
    const judgement = talk.endsAt(30).judge();
    expect(faults(judgement)).toEqual(["tcp-encapsulation"]);
    const found = finding(judgement, "tcp-encapsulation");
    expect(found).toMatchObject({ phase: "IKE_SA_INIT", headline: expect.stringContaining("closed by RST") });
    expect(evidence(found)).toContain(reset.number);
    expect(judgement.status).toBe("failing");
  });

  it("RST behind the prefix alone", () => {
    const { talk, wire } = begins();
    wire.reset(0.1, "server");
    const found = finding(talk.endsAt(30).judge(), "tcp-encapsulation");
    expect(found).toMatchObject({ severity: "critical", confidence: "certain" });
  });

  it("FIN instead of an answer", () => {
    const { talk, wire } = begins(443);
    wire.ike(0.06, "client", ikeSaInit());
    wire.closes(0.1, "server");
    expect(faults(talk.endsAt(30).judge())).toEqual(["tcp-encapsulation"]);
  });

  it.each([true, false])("silence behind the prefix (acknowledged: %s)", (acknowledged) => {
    const { talk, wire } = begins();
    const frames = wire.ike(0.06, "client", ikeSaInit());
    if (acknowledged) wire.ack(0.1, "server");
    else for (const seconds of [0.3, 0.7, 1.5, 3]) for (const frame of frames) wire.again(seconds, frame);
    const judgement = talk.endsAt(30).judge();
    expect(faults(judgement)).toEqual(["tcp-encapsulation"]);
    expect(finding(judgement, "tcp-encapsulation").summary).toContain(
      acknowledged ? "acknowledges" : "not even an acknowledgement",
    );
  });

  it("the second exchange is not answered", () => {
    const { talk, wire } = begins();
    wire.ike(0.1, "client", ikeSaInit());
    wire.ike(0.2, "server", ikeSaInitAnswer());
    wire.ike(0.3, "client", ikeAuth());
    const judgement = talk.endsAt(30).judge();
    expect(faults(judgement)).toEqual(["tcp-encapsulation"]);
    expect(finding(judgement, "tcp-encapsulation")).toMatchObject({ phase: "IKE_AUTH" });
  });

  it("RST during the setup", () => {
    const { talk, wire } = begins();
    wire.ike(0.1, "client", ikeSaInit());
    wire.ike(0.2, "server", ikeSaInitAnswer());
    wire.ike(0.3, "client", ikeAuth());
    wire.reset(0.4, "server");
    expect(faults(talk.endsAt(5).judge())).toEqual(["tcp-encapsulation"]);
  });

  it.each(["refused", "silent"])("the way out when UDP is not answered is closed too: %s", (how) => {
    const talk = scenario();
    talk.at(0, 4, 11.2, 24.2).initiator.sends(ikeSaInit());
    const wire = new TcpTalk(talk);
    const syns = wire.syn(30, 31, 33);
    if (how === "refused") wire.reset(30.02, "server");
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)).toEqual(["ike-init-unanswered"]);
    const found = finding(judgement, "tcp-encapsulation");
    expect(found).toMatchObject({ severity: "warning", confidence: "likely" });
    expect(evidence(found).slice(0, 3)).toEqual(numbers(syns));
  });

  it("SYNs that are repeated and nothing else: a warning, since they may be for something else", () => {
    const talk = scenario();
    new TcpTalk(talk).syn(0, 1, 3, 7, 15);
    const judgement = talk.endsAt(60).judge();
    expect(judgement.status).toBe("nothing-to-judge");
    expect(finding(judgement, "tcp-encapsulation")).toMatchObject({
      severity: "warning",
      confidence: "possible",
    });
    expect(judgement.headline).toContain("never answered (5 SYNs)");
  });
});

describe("IKE over TCP is not accused", () => {
  it("where the capture ends too early", () => {
    const { talk, wire } = begins();
    wire.ike(0.06, "client", ikeSaInit());
    expect(accusations(talk.endsAt(5).judge())).toEqual([]);
  });

  it("where only one direction was captured", () => {
    const { talk, wire } = begins();
    wire.ike(0.1, "client", ikeSaInit());
    wire.ike(0.2, "server", ikeSaInitAnswer());
    wire.ike(0.3, "client", ikeAuth());
    wire.ike(0.4, "server", ikeAuthAnswer());
    for (let sequence = 1; sequence < 9; sequence++) wire.esp(sequence, "client", sequence);
    const judgement = talk.endsAt(60).judge(({ sender }) => sender !== "responder");
    expect(faults(judgement)).toEqual([]);
  });

  it("where the tunnel works over UDP", () => {
    const talk = scenario();
    new TcpTalk(talk).syn(0, 1, 3);
    setsUp(talk, { from: 5 });
    traffic(talk, 6, 20);
    const judgement = talk.endsAt(60).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(finding(judgement, "tcp-encapsulation").severity).toBe("info");
  });

  it("critically where a later connection works", () => {
    const { talk, wire } = begins();
    wire.ike(0.06, "client", ikeSaInit());
    wire.reset(0.1, "server");
    const again = new TcpTalk(talk, { clientPort: 50_124 });
    again.opens(5);
    again.prefix(5.1);
    again.setsUp(5.2, { sa: talk.newSa() });
    const judgement = talk.endsAt(30).judge();
    expect(faults(judgement)).toEqual([]);
    expect(judgement.status).toBe("degraded");
  });

  it("where one SYN is all there is", () => {
    const talk = scenario();
    new TcpTalk(talk).syn(0);
    expect(codes(talk.endsAt(60).judge())).toEqual(["capture-empty"]);
  });
});
