import { describe, expect, it } from "vitest";
import { frameNumber } from "../../src/bytes/frame.js";
import { schemaFaults } from "../support/schema.js";
import { generated, recorded } from "./labelled.js";
import { differences, judgeLabelled } from "./score.js";

const labelled = [...recorded(), ...generated()];

/** Findings about the recording: they say nothing of the tunnel. */
const isAboutRecording = (code: string): boolean => code.startsWith("capture-") || code === "clock-jump";

describe("labelled captures", () => {
  it.each(labelled)("$truth.file: $truth.description", async (capture) => {
    const judgement = await judgeLabelled(capture);

    expect(differences(capture.truth, judgement)).toEqual([]);
    expect(schemaFaults(judgement)).toEqual([]);
  });

  it("a healthy capture has no finding about its tunnel above info", async () => {
    for (const capture of labelled.filter(({ truth }) => truth.status === "healthy")) {
      const { findings } = await judgeLabelled(capture);
      const above = findings.filter(({ severity, code }) => severity !== "info" && !isAboutRecording(code));
      expect(above, capture.truth.file).toEqual([]);
    }
  });

  it("every finding about a capture with packets names frames that are there", async () => {
    for (const capture of labelled) {
      const { findings, observations } = await judgeLabelled(capture);
      for (const { code, evidence } of findings) {
        const where = `${capture.truth.file} ${code}`;
        expect(evidence.length, where).toBeGreaterThan(0);
        for (const { frame } of evidence) {
          expect(frameNumber(frame), where).toBeGreaterThanOrEqual(1);
          expect(frameNumber(frame), where).toBeLessThanOrEqual(observations.packets);
        }
      }
    }
  });

  it("holds the scenarios that the project began with, at both ends", () => {
    const files = new Set(recorded().map(({ truth }) => truth.file));
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
