import { describe, expect, it } from "vitest";
import { Exposition } from "../../../src/cli/live/exposition.js";
import { readExposition, seriesOf } from "../../support/exposition.js";
import { raised, snapshotOf, tunnelOf } from "../../support/live/quiet.js";
import { direction } from "../../support/live/tunnels.js";
import { promtool, PROMTOOL } from "../../support/prometheus.js";
import { itIf } from "../../support/require.js";

const FAILING = tunnelOf({
  id: 7,
  peers: ["203.0.113.9", "192.0.2.1"],
  state: "failing",
  retransmissions: 4,
  lastTime: 1_700_000_000_500_000,
  directions: [direction({ packets: 10, bytes: 1000, lost: 2 }), direction({ packets: 3, bytes: 90 })],
  findings: [raised("natt-4500-unanswered"), raised("retransmissions")],
});
const BUSY = snapshotOf({
  tunnels: [
    FAILING,
    tunnelOf({ id: 1 }),
    tunnelOf({ id: 2, peers: ["192.0.2.1", "198.51.100.2"], findings: [raised("retransmissions")] }),
  ],
  strangers: 5,
  halfOpen: [{ responder: "192.0.2.1", count: 3 }],
  findings: [raised("capture-dropped")],
  counts: {
    packets: 1000,
    ikeMessages: 40,
    retransmissions: 4,
    malformed: 1,
    espPackets: 900,
    espBytes: 90_000,
    espLost: 2,
    notifies: [{ version: 2, type: 14, name: "NO_PROPOSAL_CHOSEN", count: 6 }],
    dropped: 8,
    captureRestarts: 1,
    tunnelsEvicted: 2,
    streamsEvicted: 3,
    judgements: 77,
  },
});

describe("what Prometheus reads of a gateway", () => {
  it("is every count of the snapshot", async () => {
    const page = await pageOf({ peerLimit: 0 });
    const totals = [...page.series].filter(([key]) => /^ikescope_\w+$/.test(key));
    expect(Object.fromEntries(totals)).toEqual({
      ikescope_capture_packets_total: 1000,
      ikescope_capture_dropped_packets_total: 8,
      ikescope_capture_restarts_total: 1,
      ikescope_strangers: 5,
      ikescope_judgements_due: 0,
      ikescope_ike_messages_total: 40,
      ikescope_retransmissions_total: 4,
      ikescope_malformed_total: 1,
      ikescope_esp_packets_total: 900,
      ikescope_esp_bytes_total: 90_000,
      ikescope_esp_lost_packets_total: 2,
      ikescope_tunnels_evicted_total: 2,
      ikescope_streams_evicted_total: 3,
      ikescope_judgements_total: 77,
      ikescope_setup_duration_seconds_sum: 0,
      ikescope_setup_duration_seconds_count: 0,
    });
    expect(seriesOf(page, "ikescope_half_open")).toEqual({
      '{responder="192.0.2.1"}': 3,
      '{responder="other"}': 0,
    });
    expect(seriesOf(page, "ikescope_notifies_total")).toEqual({
      '{ike_version="2",type="NO_PROPOSAL_CHOSEN"}': 6,
    });
    expect(seriesOf(page, "ikescope_capture_up")).toEqual({ '{interface="eth0"}': 1 });
    expect(seriesOf(page, "ikescope_build_info")).toEqual({ '{version="1.2.3"}': 1 });
  });

  it("has every state of tunnels, also those of none", async () => {
    expect(seriesOf(await pageOf({ peerLimit: 0 }), "ikescope_tunnels")).toEqual({
      '{state="failing"}': 1,
      '{state="down"}': 0,
      '{state="degraded"}': 0,
      '{state="setting-up"}': 0,
      '{state="up"}': 2,
      '{state="quiet"}': 0,
      '{state="unknown"}': 0,
    });
  });

  it("counts findings of tunnels and of the capture by code, and forgets those that were cleared", async () => {
    const exposition = await Exposition.load({ version: "1.2.3", peerLimit: 0 });
    const before = readExposition(await exposition.text(BUSY));
    expect(seriesOf(before, "ikescope_findings_active")).toEqual({
      '{code="capture-dropped",severity="warning"}': 1,
      '{code="natt-4500-unanswered",severity="critical"}': 1,
      '{code="retransmissions",severity="warning"}': 2,
    });
    const after = readExposition(await exposition.text(snapshotOf()));
    expect(seriesOf(after, "ikescope_findings_active")).toEqual({});
  });

  it("says that the capture is down", async () => {
    const exposition = await Exposition.load({ version: "1.2.3", peerLimit: 0 });
    const page = readExposition(await exposition.text(snapshotOf({ capturing: false })));
    expect(seriesOf(page, "ikescope_capture_up")).toEqual({ '{interface="eth0"}': 0 });
  });

  it("has no count of dropped packets where the capture program does not tell", async () => {
    const exposition = await Exposition.load({ version: "1.2.3", peerLimit: 0 });
    const page = readExposition(await exposition.text(snapshotOf({ counts: { dropped: null } })));
    expect(seriesOf(page, "ikescope_capture_dropped_packets_total")).toEqual({});
  });

  it("has help and type for each metric", async () => {
    const { help, types, series } = await pageOf({ peerLimit: 5 });
    expect([...help.keys()]).toEqual([...types.keys()]);
    for (const key of series.keys()) {
      const name = key.replace(/\{.*/s, "");
      expect(types.has(name) || types.has(name.replace(/_(bucket|sum|count)$/, "")), key).toBe(true);
    }
    for (const [name, text] of help) expect(text, name).toMatch(/^[A-Z1].*\.$/);
  });

  it("names what only grows _total, and nothing else", async () => {
    for (const [name, type] of (await pageOf({ peerLimit: 5 })).types) {
      expect(name.endsWith("_total"), name).toBe(type === "counter");
    }
  });

  itIf(PROMTOOL !== null, "no promtool")("has nothing that promtool finds fault with", async () => {
    const exposition = await Exposition.load({ version: "1.2.3", peerLimit: 5 });
    const text = await exposition.text(BUSY);
    expect(promtool(["check", "metrics"], text)).toEqual({ ok: true, said: "" });
    // It does find fault where there is one.
    expect(promtool(["check", "metrics"], text.replaceAll("_total", "")).ok).toBe(false);
  });
});

describe("what Prometheus reads of setups", () => {
  it("is there before the first one, so that the first failure is an increase", async () => {
    const series = seriesOf(await pageOf({ peerLimit: 0 }), "ikescope_setups_total");
    expect(series['{outcome="failed",phase="IKE_AUTH"}']).toBe(0);
    expect(series['{outcome="established",phase="QUICK_MODE"}']).toBe(0);
  });

  it("is how they ended, and how long those took that have a duration", async () => {
    const exposition = await Exposition.load({ version: "1.2.3", peerLimit: 0 });
    exposition.setup({ outcome: "established", phase: "IKE_AUTH", seconds: 0.07 });
    exposition.setup({ outcome: "established", phase: "IKE_AUTH", seconds: 70 });
    exposition.setup({ outcome: "established", phase: "IKE_AUTH", seconds: null });
    exposition.setup({ outcome: "established", phase: "IKE_AUTH", seconds: -1 });
    exposition.setup({ outcome: "failed", phase: "IKE_SA_INIT", seconds: null });
    const page = readExposition(await exposition.text(snapshotOf()));
    const ended = Object.entries(seriesOf(page, "ikescope_setups_total")).filter(([, count]) => count > 0);
    expect(Object.fromEntries(ended)).toEqual({
      '{outcome="established",phase="IKE_AUTH"}': 4,
      '{outcome="failed",phase="IKE_SA_INIT"}': 1,
    });
    const buckets = seriesOf(page, "ikescope_setup_duration_seconds_bucket");
    expect(Object.keys(buckets)[0]).toBe('{le="0.01"}');
    expect(buckets).toMatchObject({ '{le="0.05"}': 0, '{le="0.1"}': 1, '{le="60"}': 1, '{le="+Inf"}': 2 });
    expect(seriesOf(page, "ikescope_setup_duration_seconds_sum")).toEqual({ "": 70.07 });
  });
});

describe("what Prometheus reads of single tunnels", () => {
  it("is nothing where it was not asked for", async () => {
    const { types } = await pageOf({ peerLimit: 0 });
    expect([...types.keys()].filter((name) => name.startsWith("ikescope_tunnel_"))).toEqual([]);
  });

  it("is state, findings and counts of the worst ones", async () => {
    const page = await pageOf({ peerLimit: 1 });
    const peers = 'peer_a="192.0.2.1",peer_b="203.0.113.9"';
    expect(seriesOf(page, "ikescope_tunnel_state")).toEqual({
      [`{${peers},state="failing"}`]: 1,
      [`{${peers},state="down"}`]: 0,
      [`{${peers},state="degraded"}`]: 0,
      [`{${peers},state="setting-up"}`]: 0,
      [`{${peers},state="up"}`]: 0,
      [`{${peers},state="quiet"}`]: 0,
      [`{${peers},state="unknown"}`]: 0,
    });
    expect(seriesOf(page, "ikescope_tunnel_finding")).toEqual({
      [`{${peers},code="natt-4500-unanswered",severity="critical"}`]: 1,
      [`{${peers},code="retransmissions",severity="warning"}`]: 1,
    });
    expect(seriesOf(page, "ikescope_tunnel_last_packet_timestamp_seconds")).toEqual({
      [`{${peers}}`]: 1_700_000_000.5,
    });
    expect(seriesOf(page, "ikescope_tunnel_retransmissions_total")).toEqual({ [`{${peers}}`]: 4 });
    expect(seriesOf(page, "ikescope_tunnel_esp_packets_total")).toEqual({
      [`{${peers},direction="b_to_a"}`]: 10,
      [`{${peers},direction="a_to_b"}`]: 3,
    });
    expect(seriesOf(page, "ikescope_tunnel_esp_bytes_total")).toEqual({
      [`{${peers},direction="b_to_a"}`]: 1000,
      [`{${peers},direction="a_to_b"}`]: 90,
    });
    expect(seriesOf(page, "ikescope_tunnel_esp_lost_packets_total")).toEqual({
      [`{${peers},direction="b_to_a"}`]: 2,
      [`{${peers},direction="a_to_b"}`]: 0,
    });
  });

  it("keeps its labels when it is learnt which of the two began", async () => {
    const exposition = await Exposition.load({ version: "1.2.3", peerLimit: 1 });
    const [one, other] = [direction({ packets: 5 }), direction({ packets: 6 })];
    const before = tunnelOf({ peers: ["192.0.2.1", "198.51.100.1"], directions: [one, other] });
    const after = tunnelOf({ peers: ["198.51.100.1", "192.0.2.1"], directions: [other, one] });
    const read = async (tunnel: typeof before): Promise<unknown> =>
      seriesOf(
        readExposition(await exposition.text(snapshotOf({ tunnels: [tunnel] }))),
        "ikescope_tunnel_esp_packets_total",
      );
    const first = await read(before);
    expect(first).toEqual({
      '{peer_a="192.0.2.1",peer_b="198.51.100.1",direction="a_to_b"}': 5,
      '{peer_a="192.0.2.1",peer_b="198.51.100.1",direction="b_to_a"}': 6,
    });
    expect(await read(after)).toEqual(first);
  });
});

async function pageOf({
  peerLimit,
}: {
  readonly peerLimit: number;
}): Promise<ReturnType<typeof readExposition>> {
  const exposition = await Exposition.load({ version: "1.2.3", peerLimit });
  return readExposition(await exposition.text(BUSY));
}
