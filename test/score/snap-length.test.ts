import { describe, expect, it } from "vitest";
import type { CaptureRecord } from "../../src/capture/source.js";
import { judge } from "../../src/diagnosis/judge.js";
import { Intake } from "../../src/session/intake/intake.js";
import { generated, type Labelled, recorded } from "./labelled.js";

async function cut({ open }: Labelled, snapLength: number) {
  const source = await open();
  const intake = new Intake();
  do {
    while (source.next()) {
      const record: CaptureRecord = source.record;
      intake.frame({ ...record, end: Math.min(record.end, record.start + snapLength) });
    }
  } while (await source.fill());
  await source.close();
  return judge(intake.finish(), source.summaries());
}

const healthy = [...recorded(), ...generated()].filter(({ truth }) => truth.status === "healthy");

/** What is said of the capture itself is no fault of the tunnel. */
const isOfCapture = (code: string): boolean => code.startsWith("capture-") || code === "clock-jump";

// What tcpdump kept for decades without -s, and what people take so that nothing of the content is kept.
describe.each([68, 96, 128, 256])(
  "of a tunnel that works a sniffer keeps %i bytes of each packet",
  (length) => {
    it.each(healthy)("$truth.file: nobody fails", async (capture) => {
      const { findings } = await cut(capture, length);
      const accused = findings.filter(({ code, severity }) => severity !== "info" && !isOfCapture(code));
      const known = new Set(capture.truth.findings);
      expect(accused.map(({ code }) => code).filter((code) => !known.has(code))).toEqual([]);
    });
  },
);

describe("of a failing tunnel a sniffer keeps 96 bytes of each packet", () => {
  it.each([
    ["wrong-psk-ipv6-initiator.pcap", "authentication-failed"],
    ["wrong-psk-ikev2-initiator.pcap", "authentication-failed"],
    ["port4500-blocked-initiator.pcap", "natt-4500-unanswered"],
    ["port4500-blocked-responder.pcap", "ike-auth-missing"],
  ])("%s: lengths and attempts tell, also where little more than the header is left", async (file, code) => {
    const capture = recorded().find(({ truth }) => truth.file === file);
    expect(capture).toBeDefined();
    if (capture === undefined) return;
    const { findings } = await cut(capture, 96);
    const critical = findings.filter(({ severity }) => severity === "critical");
    expect(critical.map((finding) => finding.code)).toContain(code);
  });
});
