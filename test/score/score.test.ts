import { describe, expect, it } from "vitest";
import { frameNumber } from "../../src/bytes/frame.js";
import { schemaFaults } from "../support/schema.js";
import { differences, judgeLabelled } from "./score.js";
import { readTruth } from "./truth.js";

const truths = readTruth();

describe("labelled captures", () => {
  it.each(truths)("$file: $description", async (truth) => {
    const judgement = await judgeLabelled(truth);

    expect(differences(truth, judgement)).toEqual([]);
    expect(schemaFaults(judgement)).toEqual([]);
  });

  it("a healthy capture has no finding about its tunnel above info", async () => {
    for (const truth of truths.filter(({ status }) => status === "healthy")) {
      const { findings } = await judgeLabelled(truth);
      const above = findings.filter(
        ({ severity, code }) => severity !== "info" && !code.startsWith("capture-"),
      );
      expect(above, truth.file).toEqual([]);
    }
  });

  it("every finding about a capture with packets names frames that are there", async () => {
    for (const truth of truths) {
      const { findings, observations } = await judgeLabelled(truth);
      for (const { code, evidence } of findings) {
        expect(evidence.length, `${truth.file} ${code}`).toBeGreaterThan(0);
        for (const { frame } of evidence) {
          expect(frameNumber(frame), `${truth.file} ${code}`).toBeGreaterThanOrEqual(1);
          expect(frameNumber(frame), `${truth.file} ${code}`).toBeLessThanOrEqual(observations.packets);
        }
      }
    }
  });

  it("holds the scenarios that the project began with, at both ends", () => {
    const files = new Set(truths.map(({ file }) => file));
    const wanted = [
      "healthy-ikev2",
      "healthy-ikev1-main",
      "port500-blocked",
      "answer500-blocked",
      "port4500-blocked-nat",
      "nobody-listening",
      "no-proposal-ikev2",
      "wrong-psk-ikev2",
      "wrong-psk-ikev1-main",
      "child-ts-refused-ikev2",
      "ip-fragments-dropped",
      "esp-one-way-in",
      "invalid-ke-retry",
    ];
    const missing = wanted
      .flatMap((name) => [`${name}-initiator.pcap`, `${name}-responder.pcap`])
      .filter((file) => !files.has(file));
    expect(missing).toEqual([]);
  });
});
