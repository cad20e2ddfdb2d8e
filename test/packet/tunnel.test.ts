import { describe, expect, it } from "vitest";
import { CORPUS } from "../support/packet/corpus.js";
import { Bench, see } from "../support/packet/dissect.js";
import { tunnelsMissing } from "../support/packet/tunnel-in.js";
import {
  concat,
  controlWord,
  erspan,
  esp,
  ethernet,
  geneve,
  gre,
  ipv4,
  ipv4Fragments,
  ipv6,
  mpls,
  pattern,
  qinq,
  u8,
  tzsp,
  udp,
  vxlan,
} from "../support/packet/index.js";

const inner = { source: "10.9.9.1", destination: "10.9.9.2", payload: udp({ payload: pattern(40) }) };
const packet = ipv4(inner);
const frame = ethernet({ payload: packet });

const over = (protocol: number, payload: Uint8Array): Uint8Array =>
  ethernet({ payload: ipv4({ protocol, payload }) });

describe("mirrors and tunnels", () => {
  it("have a sample each", () => {
    expect(tunnelsMissing(CORPUS.map(({ frame: sample }) => sample))).toEqual([]);
  });

  it.each([
    ["VXLAN", over(17, vxlan({ payload: frame }))],
    ["VXLAN on Linux's port", over(17, vxlan({ payload: frame, port: 8472 }))],
    ["VXLAN with a group policy", over(17, vxlan({ payload: frame, flags: 0x88 }))],
    ["VXLAN of a tagged frame", over(17, vxlan({ payload: qinq({ payload: packet }) }))],
    ["Geneve", over(17, geneve({ payload: frame }))],
    ["Geneve with options, IP inside", over(17, geneve({ payload: packet, type: 0x0800, words: 3 }))],
    ["TZSP", over(17, tzsp({ payload: frame }))],
    ["GRE", over(47, gre({ payload: packet }))],
    ["GRE with all fields", over(47, gre({ payload: packet, checksum: true, key: 1, sequence: 2 }))],
    ["GRE with Ethernet", over(47, gre({ payload: frame, type: 0x6558 }))],
    ["GRE with MPLS", over(47, gre({ payload: mpls({ payload: controlWord(frame) }), type: 0x8847 }))],
    ["ERSPAN I", over(47, erspan({ type: 1, payload: frame }))],
    ["ERSPAN II", over(47, erspan({ type: 2, payload: frame }))],
    ["ERSPAN III", over(47, erspan({ type: 3, payload: frame }))],
    ["ERSPAN III with platform header", over(47, erspan({ type: 3, platformHeader: true, payload: frame }))],
    ["ERSPAN III with IP inside", over(47, erspan({ type: 3, frameType: 2, payload: packet }))],
    ["IP in IP", over(4, packet)],
    ["IPv4 in IPv6", ethernet({ payload: ipv6({ protocol: 4, payload: packet }) })],
  ])("%s shows the inner packet", (_, outer) => {
    expect(see(outer)).toMatchObject({
      kind: "udp",
      mirrored: true,
      source: "10.9.9.1",
      destination: "10.9.9.2",
      sourcePort: 500,
      payload: pattern(40),
    });
  });

  it("show inner ESP and IPv6 as well", () => {
    const espFrame = ethernet({ payload: ipv6({ protocol: 50, payload: esp() }) });
    expect(see(over(17, vxlan({ payload: espFrame })))).toMatchObject({ kind: "esp", ipVersion: 6 });
    expect(see(over(41, ipv6({ payload: udp() })))).toMatchObject({
      kind: "udp",
      ipVersion: 6,
      mirrored: true,
    });
  });

  it.each([
    ["no VXLAN flag", udp({ destinationPort: 4789, payload: concat(u8(0, 0, 0, 0, 0, 0, 0, 0), frame) })],
    ["too short", udp({ destinationPort: 4789, payload: pattern(5) })],
    ["an inner ARP frame", vxlan({ payload: ethernet({ type: 0x0806, payload: pattern(28) }) })],
    [
      "an inner packet that is broken",
      vxlan({ payload: ethernet({ payload: packet.slice().fill(0x41, 0, 1) }) }),
    ],
    ["TZSP of an unknown version", tzsp({ payload: frame, version: 2 })],
    ["TZSP of a wireless frame", tzsp({ payload: frame, protocol: 18 })],
    [
      "TZSP whose tags never end",
      udp({ destinationPort: 37008, payload: concat(u8(1, 0, 0, 1), new Uint8Array(90)) }),
    ],
    ["Geneve of an unknown version", udp({ destinationPort: 6081, payload: concat(u8(0x80), pattern(60)) })],
  ])("leave the outer UDP packet where there is nothing inside: %s", (_, outer) => {
    const seen = see(over(17, outer));
    expect(seen).toMatchObject({
      kind: "udp",
      mirrored: false,
      source: "192.0.2.1",
      icmp: null,
      fragments: null,
    });
    expect(seen.payload).toEqual(outer.slice(8));
  });

  it("are followed four deep", () => {
    const nested = (depth: number): Uint8Array =>
      depth === 0 ? packet : ipv4({ protocol: 4, payload: nested(depth - 1) });
    expect(see(ethernet({ payload: nested(4) })).kind).toBe("udp");
    expect(see(ethernet({ payload: nested(5) })).kind).toBe("skipped");
  });

  it("at the deepest level show a UDP tunnel as UDP", () => {
    const deep = ipv4({ payload: vxlan({ payload: frame }) });
    const nested = (depth: number): Uint8Array =>
      depth === 0 ? deep : ipv4({ protocol: 4, payload: nested(depth - 1) });
    expect(see(ethernet({ payload: nested(4) }))).toMatchObject({ kind: "udp", destinationPort: 4789 });
  });

  it("do not mark the packet after them", () => {
    const bench = new Bench();
    bench.see(over(17, vxlan({ payload: frame })));
    expect(bench.see(frame).mirrored).toBe(false);
  });
});

describe("fragments and tunnels", () => {
  it("a mirrored frame may come in fragments of the outer packet", () => {
    const bench = new Bench();
    const big = ethernet({ payload: ipv4({ ...inner, payload: udp({ payload: pattern(1500) }) }) });
    const outer = ipv4Fragments({ protocol: 47, payload: erspan({ type: 2, payload: big }) }, 800);
    const seen = outer.map((payload) => bench.see(ethernet({ payload })));
    expect(seen.map(({ kind }) => kind)).toEqual(["skipped", "udp"]);
    // The inner packet was whole: the fragments are the mirror's doing.
    expect(seen[1]).toMatchObject({
      mirrored: true,
      source: "10.9.9.1",
      payload: pattern(1500),
      fragments: null,
    });
  });

  it("fragments of fragments keep the inner addresses", () => {
    const bench = new Bench();
    const datagram = { ...inner, identification: 5, payload: udp({ payload: pattern(1500) }) };
    const pieces = ipv4Fragments(datagram, 600).map((payload) => ethernet({ payload }));
    const outer = pieces.flatMap((piece, index) =>
      ipv4Fragments({ identification: 100 + index, payload: vxlan({ payload: piece }) }, 320),
    );
    const seen = outer.map((payload) => bench.see(ethernet({ payload }))).at(-1);
    expect(seen).toMatchObject({
      kind: "udp",
      source: "10.9.9.1",
      destination: "10.9.9.2",
      payload: pattern(1500),
      ipLength: 1528,
    });
    expect(seen?.fragments).toHaveLength(3);
  });
});
