import { describe, expect, it } from "vitest";
import { scopeOf } from "../../src/diagnosis/scope.js";
import type { JudgedTunnel } from "../../src/diagnosis/judgement.js";
import { recorded } from "../score/labelled.js";
import { judgeLabelled } from "../score/score.js";
import { inEnglish } from "../../src/texts/texts.js";

async function tunnelOf(file: string): Promise<JudgedTunnel> {
  const labelled = recorded().find(({ truth }) => truth.file === file);
  const tunnel = labelled === undefined ? undefined : (await judgeLabelled(labelled)).tunnels[0];
  if (tunnel === undefined) throw new Error(`no tunnel in ${file}`);
  return tunnel;
}

describe("the scope of an outage", () => {
  it("is none where nothing fails, and one peer where one tunnel does", async () => {
    const healthy = await tunnelOf("healthy-ikev2-initiator.pcap");
    const failing = await tunnelOf("wrong-psk-ikev2-initiator.pcap");
    expect(scopeOf([healthy, healthy])).toEqual({ scope: "none", shared: [] });
    expect(scopeOf([healthy, failing]).scope).toBe("one-peer");
  });

  it("is some peers, and names what they share and the others do not", async () => {
    const healthy = await tunnelOf("healthy-ikev2-initiator.pcap");
    const first = await tunnelOf("wrong-psk-ikev2-initiator.pcap");
    const second = await tunnelOf("wrong-identity-ikev2-initiator.pcap");
    const { scope, shared } = scopeOf([healthy, first, second]);
    expect(scope).toBe("some-peers");
    expect(shared.map(inEnglish)).toEqual(["the finding authentication-failed", "the phase IKE_AUTH"]);
  });

  it("is all peers where all that can be judged fail; what cannot be judged does not count", async () => {
    const first = await tunnelOf("wrong-psk-ikev2-initiator.pcap");
    const second = await tunnelOf("port500-blocked-initiator.pcap");
    const unjudged = await tunnelOf("healthy-ikev2-stopped-initiator.pcap");
    const { scope, shared } = scopeOf([first, second, unjudged]);
    expect(scope).toBe("all-peers");
    expect(shared.map(inEnglish)).toContain("the responder 198.51.100.20");
    expect(shared.map(inEnglish)).not.toContain("the phase IKE_AUTH");
  });
});
