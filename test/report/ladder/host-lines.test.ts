import { describe, expect, it } from "vitest";
import { renderLadder } from "../../../src/index.js";
import { joinHosts } from "../../../src/joint/joined.js";
import { tunnelPage } from "../../../src/report/browse/tunnel-page.js";
import { paintFor } from "../../../src/report/paint.js";
import { PLAIN } from "../../../src/report/presentation.js";
import { charonLogOf, hostOf } from "../../support/host/beside.js";
import { scenario, type Scenario, setsUp } from "../../support/scenario/index.js";
import { HOSTILE, STEERING } from "../../support/hostile.js";

const [ALICE, BOB] = ["192.0.2.10", "198.51.100.20"];
const WIDTH = 100;

async function drawn(
  talk: Scenario,
  own: string,
  also: readonly (readonly [number, string])[] = [],
): Promise<string[]> {
  const records = await hostOf(charonLogOf(talk, own, { also }));
  const hosts = joinHosts([records], talk.kept().tunnels);
  const text = renderLadder(talk.judgeBeside(records), null, { width: WIDTH, hosts });
  return (text ?? "").split("\n");
}

function setUp(): Scenario {
  const talk = scenario({ near: "initiator" });
  setsUp(talk);
  return talk.endsAt(30);
}

describe("lines of a log in a ladder", () => {
  const REFUSES: readonly [number, string] = [
    0.12,
    "05[IKE] <site|1> received AUTHENTICATION_FAILED notify error",
  ];

  it("stand between the messages, with their times, at the side of their host", async () => {
    const lines = await drawn(setUp(), ALICE, [REFUSES]);
    const at = (part: string): number => lines.findIndex((line) => line.includes(part));
    expect(lines[at("received AUTHENTICATION_FAILED")]).toMatch(
      /^ +\+1[12]\d ms {2}│ \S+ line \d+: received AUTH.* +│$/,
    );
    expect(at("IKE_AUTH request 1")).toBeLessThan(at("received AUTHENTICATION_FAILED"));
    expect(at("received AUTHENTICATION_FAILED")).toBeLessThan(at("IKE_AUTH response 1"));
    expect(lines.at(-2)).toMatch(/clock 0\.00\d s (?:ahead of|behind) the capture/);
    const right = await drawn(setUp(), BOB, [REFUSES]);
    expect(right.find((line) => line.includes("AUTHENTICATION_FAILED"))).toMatch(
      /│ {10,}\S.*notify error │$/,
    );
  });

  it("are those of what was received; that a message was sent its arrow shows", async () => {
    const lines = (await drawn(setUp(), ALICE)).join("\n");
    expect(lines).toContain("received packet: from");
    expect(lines).not.toContain("sending packet: from");
  });

  it("stand in the ladder of browse, too, as lines that open nothing", async () => {
    const talk = setUp();
    const records = await hostOf(charonLogOf(talk, ALICE, { also: [REFUSES] }));
    const judgement = talk.judgeBeside(records);
    const [judged] = judgement.tunnels;
    if (judged === undefined) throw new Error("no tunnel");
    const hosts = joinHosts([records], talk.kept().tunnels);
    const lines = tunnelPage(judged, judgement, WIDTH, paintFor(false), PLAIN, hosts);
    const ladder = lines.slice(lines.findIndex(({ text }) => text.startsWith("Ladder")));
    const told = ladder.filter(({ text }) => text.includes("received AUTHENTICATION_FAILED"));
    expect(told).toEqual([{ text: expect.stringContaining("│ 192.0.2.10 line "), target: null }]);
  });

  it("of another time than the tunnel are left out, and counted", async () => {
    const early = Array.from({ length: 50 }, (_, index): readonly [number, string] => [
      index - 6000,
      "05[IKE] <site|1> initiating IKE_SA site[1] to 198.51.100.20",
    ]);
    const lines = await drawn(setUp(), ALICE, early);
    expect(lines.filter((line) => line.includes("initiating"))).toEqual([]);
    expect(lines.join(" ")).toContain(
      "Lines of logs of another time than the tunnel are left out, 50 in all",
    );
  });

  it("keep the width of the diagram, however long they are, and steer no terminal", async () => {
    const long = `05[IKE] <site|1> received AUTHENTICATION_FAILED notify error ${HOSTILE.join(" ")} ${"x".repeat(5000)}`;
    const lines = await drawn(setUp(), ALICE, [[0.12, long]]);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(WIDTH);
    expect(lines.join("\n")).not.toMatch(STEERING);
    expect(lines.filter((line) => line.includes("xxxx")).length).toBeLessThanOrEqual(3);
  });
});
