import { describe, expect, it } from "vitest";
import { renderHtml, renderMarkdown, renderText, toReport } from "../../src/index.js";
import { generated } from "../score/labelled.js";
import { judgeLabelled } from "../score/score.js";
import { dialogue, every, scenario, setsUp } from "../support/scenario/index.js";
import { schemaFaults } from "../support/schema.js";

/** The words of a report, wherever its lines break. */
const words = (text: string): string => text.replaceAll(/\s+/g, " ");

describe("streams that are not kept", () => {
  const flood = scenario();
  for (let spi = 0; spi < 600; spi++) flood.at(1 + spi / 100).initiator.esp({ spi: 0x1000 + spi });
  const judgement = flood.endsAt(10).judge();

  it.each([
    ["text", renderText(judgement)],
    ["Markdown", renderMarkdown(judgement)],
    ["HTML", renderHtml(judgement, "1.0.0")],
  ])("are counted in %s", (_format, text) => {
    expect(words(text)).toContain("88 more streams between these peers were counted and not kept");
    expect(words(text)).toContain("these 512 are those with the most packets");
  });

  it.each([
    ["text", renderText],
    ["Markdown", renderMarkdown],
    ["HTML", (given: typeof judgement) => renderHtml(given, "1.0.0")],
  ])("are counted in %s where they were given up for want of room", (_format, render) => {
    const observations = { ...judgement.observations, espUntracked: 200_000, espStreamsEvicted: 199_000 };
    expect(words(render({ ...judgement, observations }))).toContain(
      "more than ikescope keeps: 200000 ESP and AH packets of 199000 streams, the least recently used.",
    );
    expect(toReport({ ...judgement, observations }, "1.0.0").notKept).toMatchObject({
      espPacketsOfFurtherStreams: 200_000,
      espStreamsGivenUp: 199_000,
    });
  });

  it("are not spoken of where all are kept", () => {
    const talk = scenario();
    dialogue(talk, every(1, 1, 20));
    expect(words(renderText(talk.endsAt(30).judge()))).not.toMatch(/not kept|ikescope keeps/);
  });
});

describe("a stream in the report", () => {
  it("has in JSON its frames, its highest number, and the sizes that tell its cipher", () => {
    const talk = scenario();
    setsUp(talk);
    // 8 bytes of header and 60 behind: 4 modulo 16.
    dialogue(talk, every(1, 1, 40), { ask: { size: 60 }, answer: { size: 62 } });
    talk.at(41).initiator.esp({ size: 60, sequence: 45 });
    talk.at(42).initiator.esp({ size: 60, sequence: 42 });
    const judgement = talk.endsAt(60).judge();
    const [asked, answered] = toReport(judgement, "1.0.0").tunnels[0]?.streams ?? [];
    expect(asked).toMatchObject({
      firstFrame: { frame: 5 },
      lastFrame: { frame: 84 },
      highestSequence: 45,
      lastSequence: 42,
      sizes: { residues: [4] },
    });
    expect(asked?.sizes).toMatchObject({
      suites: expect.arrayContaining(["AES-GCM-16 or ChaCha20-Poly1305"]),
    });
    expect(answered?.sizes).toMatchObject({ residues: [6], suites: [] });
    expect(schemaFaults(judgement)).toEqual([]);
  });

  it("says that its numbers ran over 2^32, or went on from there", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(...every(1, 1, 20)).initiator.esp({ sequence: 2 ** 32 - 19 });
    talk.at(...every(1, 20, 40)).initiator.esp({ sequence: 0 });
    dialogue(talk, every(1, 40, 50));
    const judgement = talk.endsAt(60).judge();
    expect(renderText(judgement)).toMatch(/4294967277-\d+ wrapped/);
    expect(renderMarkdown(judgement)).toMatch(/4294967277-\d+ wrapped/);
  });

  it("is of AH where the capture holds nothing else, and not called ESP", () => {
    const talk = scenario();
    talk.at(...every(1, 1, 20)).initiator.ah();
    talk.at(...every(1, 1, 20)).responder.ah();
    const text = words(renderText(talk.endsAt(30).judge()));
    expect(text).toContain("The capture holds AH but no IKE between these peers");
    expect(text).not.toContain("ESP");
  });
});

describe("which streams followed each other", () => {
  it("stands in Markdown where requests and replies use different pairs", async () => {
    const crossed = generated().filter(({ truth }) => truth.scenario === "esp-crossed-pairs");
    const [page = ""] = await Promise.all(
      crossed.map(async (one) => renderMarkdown(await judgeLabelled(one))),
    );
    expect(page).toContain("| dir | SPI | came right after | turns | from | to |");
    expect(page).toMatch(/\| &lt;- \| 0x000000b2 \| 0x000000a1 \| 2\d\d \|/);
  });
});
