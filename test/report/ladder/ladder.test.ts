import { describe, expect, it } from "vitest";
import { frameNumber } from "../../../src/bytes/frame.js";
import { fromHex } from "../../../src/bytes/hex.js";
import type { Judgement } from "../../../src/index.js";
import { renderLadder } from "../../../src/index.js";
import { ladderOf } from "../../../src/report/ladder/ladder.js";
import type { Ladder, PlacedRow } from "../../../src/report/ladder/row.js";
import { inEnglish } from "../../../src/texts/texts.js";
import { recorded, recordedAs } from "../../score/labelled.js";
import { judgeLabelled } from "../../score/score.js";
import { informationalV1, mainMode, mainModeUp, quickMode, scenario } from "../../support/scenario/index.js";

const labelled = recorded();

async function judged(file: string): Promise<Judgement> {
  return judgeLabelled(recordedAs(file));
}

async function ladder(file: string, limit = 1000): Promise<Ladder> {
  const [tunnel] = (await judged(file)).tunnels;
  if (tunnel === undefined) throw new Error(`no tunnel in ${file}`);
  return ladderOf(tunnel, limit);
}

function drawn({ rows }: Ladder): PlacedRow[] {
  return rows.filter((row) => row.kind !== "omitted");
}

describe("the ladder of a tunnel", () => {
  it("has a row for each try of a request, and says that none was answered", async () => {
    const rows = drawn(await ladder("port4500-blocked-nat-initiator"));
    const tries = rows.filter(({ title }) => inEnglish(title) === "IKE_AUTH request 1");
    expect(tries.map(({ attempt, fate, from, to }) => [attempt, fate, from, to])).toEqual(
      [1, 2, 3, 4].map((attempt) => [attempt, "unanswered", "left", "right"]),
    );
    expect(tries.map(({ frames }) => frames.map(frameNumber))).toEqual([[8], [13], [20], [21]]);
  });

  it("names a peer's software, and doubts what is only possible", async () => {
    const guessed = await ladder("port4500-blocked-nat-initiator");
    expect(guessed.left.about).toEqual(["behind NAT", "strongSwan?"]);
    const talk = scenario();
    talk.at(0).initiator.sends(mainMode(1, { vendors: [fromHex("882fe56d6fd20dbc2251613b2ebe5beb")] }));
    const [claimed] = talk.judge().tunnels;
    expect(claimed === undefined ? null : ladderOf(claimed, 10).left.about).toEqual(["strongSwan"]);
  });

  it("doubts answers that were asked for again", async () => {
    const rows = drawn(await ladder("answer500-blocked-responder"));
    const answers = rows.filter(({ title }) => inEnglish(title) === "IKE_SA_INIT response 0");
    expect(answers.map(({ fate }) => fate)).toEqual(["repeated", "repeated", "repeated", "plain"]);
  });

  it("joins the fragments of one try, and names those that are there", async () => {
    const rows = drawn(await ladder("ike-fragments-dropped-responder"));
    const tries = rows.filter(({ title }) => inEnglish(title) === "IKE_AUTH request 1");
    expect(tries.map(({ fate }) => fate)).toEqual(Array.from({ length: 4 }, () => "incomplete"));
    expect(tries[0]?.details.map(inEnglish)).toContain("SKF 3 of 3");
  });

  it("lets an ICMP error of a third address come from neither side, and one of the peer from its side", async () => {
    const third = drawn(await ladder("admin-prohibited-initiator")).find(({ kind }) => kind === "icmp");
    expect(third).toMatchObject({ from: null, to: "left" });
    expect(inEnglish(third?.title ?? "")).toBe("ICMP admin prohibited");
    const own = drawn(await ladder("nobody-listening-initiator")).find(({ kind }) => kind === "icmp");
    expect(own).toMatchObject({ from: "right", to: "left" });
    expect(inEnglish(own?.title ?? "")).toBe("ICMP port unreachable");
  });

  it("tells ESP between the messages: where it begins and where it ends", async () => {
    const rows = drawn(await ladder("healthy-ikev2-initiator")).filter(({ kind }) => kind === "esp");
    expect(rows.map(({ details }) => inEnglish(details[0] ?? ""))).toEqual([
      "first of 7 packets",
      "first of 7 packets",
      "last of 7 packets",
      "last of 7 packets",
    ]);
  });

  it("leaves out rows in the middle beyond the limit, never one that a finding cites, and counts them", async () => {
    const judgement = await judged("rekey-unanswered-initiator");
    const [tunnel] = judgement.tunnels;
    if (tunnel === undefined) throw new Error("no tunnel");
    const whole = drawn(ladderOf(tunnel, 1000));
    const short = ladderOf(tunnel, 4);
    const left = short.rows.reduce((sum, row) => sum + (row.kind === "omitted" ? row.count : 0), 0);
    expect(drawn(short).length + left).toBe(whole.length);
    expect(left).toBeGreaterThan(0);
    const frames = new Set(drawn(short).flatMap((row) => row.frames));
    const ofMessages = new Set(whole.flatMap((row) => row.frames));
    const cited = tunnel.findings.flatMap(({ evidence }) => evidence.map(({ frame }) => frame));
    expect(cited.filter((frame) => ofMessages.has(frame) && !frames.has(frame))).toEqual([]);
  });
});

describe("a flood of forged SPIs between two peers", () => {
  it("is drawn in part, and the rest is counted", async () => {
    const [judgedTunnel] = (await judged("healthy-ikev2-initiator")).tunnels;
    const [stream] = judgedTunnel?.tunnel.streams ?? [];
    if (judgedTunnel === undefined || stream === undefined) throw new Error("no stream");
    const streams = Array.from({ length: 50_000 }, (_, spi) => ({ ...stream, spi }));
    const flooded = ladderOf({ ...judgedTunnel, tunnel: { ...judgedTunnel.tunnel, streams } }, 200);
    expect(drawn(flooded).length).toBeLessThanOrEqual(201);
    expect(flooded.notes.map(inEnglish)).toContain("49000 further streams are not drawn.");
  });
});

describe("the ladder as text", () => {
  it.each([68, 80, 140])("of every labelled capture fits %i columns", async (width) => {
    for (const capture of labelled.filter((_, index) => index % 4 === 0)) {
      const judgement = await judgeLabelled(capture);
      const text = renderLadder(judgement, null, { width });
      if (text === null) continue;
      expect(
        text.split("\n").filter((line) => line.length > width),
        capture.truth.file,
      ).toEqual([]);
    }
  });

  it("draws arrows to both sides with a cross where no answer came", async () => {
    const text = renderLadder(await judged("port4500-blocked-nat-initiator"), 1, { width: 80 }) ?? "";
    const lines = text.split("\n");
    const line = (words: string): string => lines.find((one) => one.includes(words)) ?? "";
    expect(line("IKE_SA_INIT request")).toMatch(/ 6 +\+0 s {2}│── .*─>│$/);
    expect(line("IKE_SA_INIT response")).toMatch(/│<─.* ──│$/);
    expect(line("try 4")).toMatch(/│── IKE_AUTH request 1.* try 4, no answer ──╳│$/);
  });

  it("calls a Quick Mode refused, not unanswered, where an INFORMATIONAL refuses it", () => {
    const talk = scenario();
    mainModeUp(talk);
    talk.at(1).initiator.sends(quickMode(1));
    talk.at(1.1).responder.sends(informationalV1());
    const text = renderLadder(talk.endsAt(60).judge(), 1, { width: 80 }) ?? "";
    expect(text).toMatch(/Quick Mode 1.* refused ──>│/);
    expect(text).not.toContain("╳");
  });

  it("knows no tunnel that is not there", async () => {
    expect(renderLadder(await judged("healthy-ikev2-initiator"), 7)).toBeNull();
  });
});
