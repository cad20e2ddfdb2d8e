import type { LiveEvent } from "../../../src/live/event.js";
import type { Finding } from "../../../src/diagnosis/finding.js";

/** 2026-01-02T03:04:05.678901Z */
export const NOW = 1_767_323_045_678_901;

export const TUNNEL = { id: 7, peers: ["192.0.2.10", "198.51.100.20"], rolesProven: true } as const;

/** A finding as a rule makes it, with what a test wants different. */
export function someFinding(changes: Partial<Finding> = {}): Finding {
  const finding = {
    code: "natt-4500-unanswered",
    severity: "critical",
    confidence: "likely",
    provenance: "deduced",
    tunnel: TUNNEL.id,
    phase: "IKE_AUTH",
    vantage: "near-initiator",
    title: "No answer on UDP 4500",
    headline: "no answer to 5 tries on UDP 4500",
    summary: "IKE_SA_INIT was answered on UDP 500, and nothing on UDP 4500.",
    evidence: [{ frame: 3, time: NOW - 2_000_000, nanos: 12, text: "IKE_AUTH request, first try" }],
    lines: [],
    rivals: [{ code: "ike-auth-unanswered", separatedBy: "a capture at the responder" }],
    remedies: ["Let UDP 4500 through."],
    commands: [],
    references: ["RFC 3948"],
    mended: false,
    doubt: null,
    from: null,
    notBefore: null,
    causedBy: null,
    atNeitherPeer: false,
    ...changes,
  } as const;
  return { messages: finding, ...finding };
}

export function raised(changes: Partial<Finding> = {}): LiveEvent & { readonly kind: "finding-raised" } {
  return { kind: "finding-raised", time: NOW, tunnel: TUNNEL, finding: someFinding(changes) };
}

/** An event of every kind. */
export function everyEvent(finding: Finding = someFinding()): LiveEvent[] {
  const evidence = [
    { frame: 12, time: NOW - 1 },
    { frame: 2 ** 32 + 5, time: NOW },
  ];
  const change = { time: NOW, tunnel: TUNNEL, reason: "IKE_AUTH answered", evidence };
  return [
    { kind: "capture-started", time: NOW, text: "on eth0 with tcpdump" },
    { kind: "tunnel-up", ...change },
    { kind: "tunnel-rekeyed", ...change },
    { kind: "tunnel-down", ...change, evidence: [] },
    { kind: "finding-raised", time: NOW, tunnel: TUNNEL, finding },
    { kind: "finding-raised", time: NOW, tunnel: null, finding: { ...finding, tunnel: null } },
    { kind: "finding-cleared", time: NOW, tunnel: TUNNEL, finding, raisedAt: NOW - 60e6, why: "mended" },
    { kind: "capture-dropped", time: NOW, dropped: 12, text: "by the kernel" },
    { kind: "capture-lost", time: NOW, text: "eth0 went away" },
    { kind: "ended", time: NOW, text: "SIGTERM" },
  ];
}
