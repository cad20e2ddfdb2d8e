import { describe, expect, it } from "vitest";
import { streamCells } from "../../src/report/tables/streams.js";
import { renderText } from "../../src/report/text.js";
import { ENGLISH } from "../../src/texts/texts.js";
import type { Keeps } from "../support/scenario/scenario.js";
import {
  codes,
  finding,
  informational,
  informationalAnswer,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

const ROUTER = "192.0.2.1";
const HOST_UNREACHABLE = [3, 1] as const;

/** An initiator that moves after ten seconds and looks for a path from its new address: to a further address of the responder first. */
function moves({ answered = true } = {}) {
  const talk = scenario({ floats: true });
  setsUp(talk);
  traffic(talk, 1, 10);
  const there = talk.host("203.0.113.77");
  const inner = talk.host("10.60.0.1", {}, "responder");
  const ask = informational();
  talk.between(there, inner, 12).sends(ask);
  talk.icmp(12.05, ROUTER, there, 3, 0);
  const tries = answered ? [12.1] : [12.1, 14, 18, 25];
  talk.between(there, talk.responder, ...tries).sends(ask);
  if (answered) {
    talk.between(talk.responder, there, 12.2).sends(informationalAnswer());
    for (let second = 13; second < 30; second++) {
      talk.between(there, talk.responder, second).esp();
      talk.between(talk.responder, there, second + 0.1).esp();
    }
  }
  return { talk, there };
}

describe("a peer that moved and looks for a path (MOBIKE)", () => {
  it("is healthy though an address at which it only tried the other one is refused", () => {
    const judgement = moves().talk.endsAt(40).judge();
    expect(judgement.status).toBe("healthy");
    expect(codes(judgement)).not.toContain("icmp-host-unreachable");
    const text = renderText(judgement);
    expect(text).toContain("198.51.100.20 was also tried at 10.60.0.1");
    expect(text).toContain("192.0.2.10 moved to 203.0.113.77");
  });

  it("misses the other side, not a route to what it only tried, where the capture begins late and no answer comes", () => {
    const isLate: Keeps = ({ time }) => time > 11;
    const judgement = moves({ answered: false }).talk.endsAt(26).judge(isLate);
    expect(codes(judgement)).not.toContain("icmp-host-unreachable");
    expect(finding(judgement, "dpd-timeout").headline).toContain("no longer answers DPD of 203.0.113.77");
    // Nothing tells of the silence here.
    expect(codes(moves({ answered: false }).talk.endsAt(90).judge(isLate))).toContain(
      "icmp-host-unreachable",
    );
  });

  it("is not accused by a capture of its own direction alone", () => {
    const { talk } = moves();
    const isOwn: Keeps = ({ bytes }) => bytes.slice(26, 30).join(".") !== "198.51.100.20";
    expect(codes(talk.endsAt(40).judge(isOwn))).not.toContain("icmp-host-unreachable");
  });

  it.each([
    ["sends nothing again where it tries several addresses at once", true],
    ["sends again what goes to one address", false],
  ])("%s", (_, tries) => {
    const talk = scenario({ floats: true });
    setsUp(talk);
    const inner = talk.host("10.60.0.1", {}, "responder");
    for (const id of [2, 3, 4]) {
      const there = talk.host(`203.0.113.4${id}`);
      const at = id * 5;
      const ask = informational({ id });
      talk.between(there, tries ? inner : talk.responder, at).sends(ask);
      talk.between(there, talk.responder, at + 1).sends(ask);
      talk.between(talk.responder, there, at + 1.1).sends(informationalAnswer({ id }));
    }
    const judgement = talk.endsAt(40).judge();
    expect(codes(judgement).includes("retransmissions")).toBe(!tries);
  });

  it.each([
    ["a router", null],
    ["the peer itself", "203.0.113.77"],
  ])("is healthy though %s says that its old address is gone", (_, teller) => {
    const { talk } = moves();
    const late = talk.at(10.5).responder.esp();
    expect(late.length).toBe(1);
    talk.icmp(12.15, teller ?? ROUTER, talk.responder, ...HOST_UNREACHABLE);
    const judgement = talk.endsAt(40).judge();
    expect(codes(judgement)).not.toContain("icmp-host-unreachable");
    expect(judgement.status).toBe("healthy");
  });

  it("is what fails where no answer comes to the new address, though the other side asks at the old one, which is gone", () => {
    const { talk, there } = moves({ answered: false });
    talk.at(15, 17, 20).responder.sends(informational());
    talk.icmp(20.1, there, talk.responder, ...HOST_UNREACHABLE);
    const judgement = talk.endsAt(90).judge();
    expect(judgement.findings[0]?.code).toBe("mobike-failed");
    expect(finding(judgement, "mobike-failed").severity).toBe("critical");
    expect(codes(judgement)).not.toContain("icmp-host-unreachable");
  });

  it("is told of a refusal of the address that the tunnel used", () => {
    const { talk, there } = moves({ answered: false });
    talk.icmp(25.1, ROUTER, there, ...HOST_UNREACHABLE);
    expect(codes(talk.endsAt(90).judge())).toContain("icmp-host-unreachable");
  });

  it("has lost nothing that went to its other address meanwhile", () => {
    const talk = scenario({ floats: true });
    setsUp(talk);
    const there = talk.host("203.0.113.77");
    for (const id of [2, 3]) {
      const from = id === 2 ? there : talk.initiator;
      talk.between(from, talk.responder, id * 10).sends(informational({ id }));
      talk.between(talk.responder, from, id * 10 + 0.1).sends(informationalAnswer({ id }));
    }
    for (let second = 1; second < 40; second++) {
      const from = second > 20 && second < 30 ? there : talk.initiator;
      talk.between(from, talk.responder, second).esp({ sequence: second });
      talk.between(talk.responder, from, second + 0.1).esp({ sequence: second });
    }
    const judgement = talk.endsAt(45).judge();
    const lost = judgement.tunnels[0]?.tunnel.streams.map((stream) => stream.lost);
    expect(lost).toContain(9);
    const cells = judgement.tunnels.flatMap(({ tunnel }) =>
      tunnel.streams.map((stream) => streamCells(tunnel, stream, ENGLISH)[6]),
    );
    expect(new Set(cells)).toEqual(new Set(["0"]));
  });
});
