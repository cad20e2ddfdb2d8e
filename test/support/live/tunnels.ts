import type { Finding } from "../../../src/diagnosis/finding.js";
import type { LiveCounts, LiveSnapshot } from "../../../src/live/snapshot.js";
import type { LiveDirection, LiveTunnel } from "../../../src/live/tunnel.js";
import { someFinding } from "./events.js";

/** 2026-03-04 05:06:07 UTC. */
export const NOW = 1_772_600_767_000_000;
export const SECOND = 1_000_000;

export function direction(changes: Partial<LiveDirection> = {}): LiveDirection {
  return { rate: 0, packets: 0, bytes: 0, lost: 0, ...changes };
}

/** A tunnel that is up since an hour, with what a test says otherwise. */
export function liveTunnel(changes: Partial<LiveTunnel> = {}): LiveTunnel {
  return {
    id: 1,
    peers: ["192.0.2.1", "198.51.100.2"],
    rolesProven: true,
    version: 2,
    state: "up",
    since: NOW - 3600 * SECOND,
    phase: null,
    lastExchange: { name: "INFORMATIONAL", messageId: 7, time: NOW - 12 * SECOND, tries: 1, answered: true },
    retransmissions: 0,
    directions: [
      direction({ rate: 120, packets: 9000, bytes: 1_200_000 }),
      direction({ rate: 8.4, packets: 900, bytes: 90_000, lost: 9 }),
    ],
    spis: [{ fromFirst: 0xc0ffee01, fromSecond: 0xdeadbeef }],
    findings: [],
    firstTime: NOW - 7200 * SECOND,
    lastTime: NOW - SECOND,
    ...changes,
  };
}

const NO_COUNTS: LiveCounts = {
  packets: 0,
  ikeMessages: 0,
  retransmissions: 0,
  malformed: 0,
  espPackets: 0,
  espBytes: 0,
  espLost: 0,
  notifies: [],
  dropped: 0,
  captureRestarts: 0,
  tunnelsEvicted: 0,
  streamsEvicted: 0,
  judgements: 0,
};

export function liveSnapshot(
  tunnels: readonly LiveTunnel[],
  changes: Partial<Omit<LiveSnapshot, "counts">> & { readonly counts?: Partial<LiveCounts> } = {},
): LiveSnapshot {
  return {
    time: NOW,
    startedAt: NOW - 8000 * SECOND,
    interface: "eth0",
    capturing: true,
    tunnels,
    strangers: 0,
    backlog: 0,
    halfOpen: [],
    findings: [],
    ...changes,
    counts: { ...NO_COUNTS, ...changes.counts },
  };
}

/** A finding of tunnel 1 that cites nothing, with what a test wants different. */
export function liveFinding(changes: Partial<Finding> = {}): Finding {
  return someFinding({
    tunnel: 1,
    vantage: null,
    title: "UDP port 4500 is blocked",
    headline: "no answer on port 4500",
    summary: "Nothing that is sent to UDP port 4500 is answered.",
    evidence: [],
    rivals: [],
    remedies: ["Open UDP port 4500."],
    references: [],
    ...changes,
  });
}

/** Tunnels of all states, many of them alike, in the order of their numbers from 1. */
export function manyTunnels(count: number, now: number = NOW): LiveTunnel[] {
  const states = ["up", "up", "quiet", "failing", "degraded", "up", "down", "setting-up", "unknown"] as const;
  return Array.from({ length: count }, (_, index) => {
    // A few large steps, so that neighbours differ in everything.
    const mixed = (index * 2_654_435_761) % 4_294_967_296;
    const state = states[mixed % states.length] ?? "up";
    const peer = `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
    return liveTunnel({
      id: index + 1,
      peers: [
        index % 3 === 0 ? `2001:db8:${(mixed & 0xffff).toString(16)}::${(index + 1).toString(16)}` : peer,
        "192.0.2.1",
      ],
      state,
      phase: state === "failing" ? "IKE_AUTH" : state === "setting-up" ? "IKE_SA_INIT" : null,
      since: now - (mixed % 1_000_000) * SECOND,
      lastExchange: {
        name: "INFORMATIONAL",
        messageId: mixed % 50,
        time: now - (mixed % 900) * SECOND,
        tries: 1,
        answered: true,
      },
      retransmissions: mixed % 17,
      directions: [
        direction({ rate: mixed % 1000, packets: 1000, lost: mixed % 13 }),
        direction({ rate: mixed % 100, packets: 100 }),
      ],
      findings: state === "failing" ? [{ finding: liveFinding(), raisedAt: now - 60 * SECOND }] : [],
      lastTime: now - (mixed % 600) * SECOND,
    });
  });
}
