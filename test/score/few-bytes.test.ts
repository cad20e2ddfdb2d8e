import { describe, expect, it } from "vitest";
import type { CaptureRecord } from "../../src/capture/source.js";
import { judge } from "../../src/diagnosis/judge.js";
import { Intake } from "../../src/session/intake/intake.js";
import { type Labelled, recorded } from "./labelled.js";

/** The old snap length of tcpdump with IPv6: of a message behind the non-ESP marker little more than the IKE header is left. */
const KEPT_BYTES = 96;

async function criticalWhenCut({ open }: Labelled): Promise<string[]> {
  const source = await open();
  const intake = new Intake();
  do {
    while (source.next()) {
      const record: CaptureRecord = source.record;
      intake.frame({ ...record, end: Math.min(record.end, record.start + KEPT_BYTES) });
    }
  } while (await source.fill());
  await source.close();
  const { findings } = judge(intake.finish(), source.summaries());
  return findings.filter(({ severity }) => severity === "critical").map(({ code }) => code);
}

describe("of a failing tunnel a sniffer keeps 96 bytes of each packet: lengths and attempts still tell", () => {
  it.each([
    ["wrong-psk-ipv6-initiator.pcap", "authentication-failed"],
    ["wrong-psk-ikev2-initiator.pcap", "authentication-failed"],
    ["port4500-blocked-initiator.pcap", "natt-4500-unanswered"],
    ["port4500-blocked-responder.pcap", "ike-auth-missing"],
  ])("%s is %s", async (file, code) => {
    const capture = recorded().find(({ truth }) => truth.file === file);
    expect(capture, file).toBeDefined();
    if (capture !== undefined) expect(await criticalWhenCut(capture)).toContain(code);
  });
});
