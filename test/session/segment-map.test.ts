import { describe, expect, it } from "vitest";
import { SegmentMap } from "../../src/session/segment-map.js";
import type { FrameInput } from "../../src/session/intake/sightings.js";

interface Layers {
  readonly protocol?: number;
  readonly vlan?: number;
  readonly linkType?: number;
}

/** An Ethernet frame with ESP between two stations, which are named by the last octet of their address. */
function frame(from: number, to: number, { protocol = 50, vlan, linkType = 1 }: Layers = {}): FrameInput {
  const tag = vlan === undefined ? [] : [0x81, 0x00, vlan >> 8, vlan & 0xff];
  const ip = [0x45, 0, 0, 60, 0, 1, 0, 0, 64, protocol, 0, 0, 192, 0, 2, 1, 198, 51, 100, 1];
  const content = Array.from({ length: 40 }, (_, at) => at + 1);
  const macs = [2, 0, 0, 0, 0, to, 2, 0, 0, 0, 0, from];
  const bytes = Uint8Array.from([...macs, ...tag, 0x08, 0x00, ...ip, ...content]);
  const end = bytes.length;
  return {
    bytes,
    start: 0,
    end,
    originalLength: end,
    time: 0,
    nanos: 0,
    linkType,
    frame: 1,
    capture: 0,
    direction: 0,
  };
}

function mapOf(...frames: readonly FrameInput[]): { readonly map: SegmentMap; readonly count: number } {
  const map = new SegmentMap();
  for (const one of frames) map.learn(one);
  return { map, count: map.join().length };
}

const [HOST, PEER, ROUTER, FAR, SHARED] = [1, 2, 10, 20, 99];

describe("the segments of a capture", () => {
  it("are two where each packet is there before and behind a router", () => {
    const { map, count } = mapOf(
      frame(HOST, ROUTER),
      frame(FAR, PEER),
      frame(PEER, FAR),
      frame(ROUTER, HOST),
    );
    expect(count).toBe(2);
    expect(map.of(frame(ROUTER, HOST))).toBe(map.of(frame(HOST, ROUTER)));
    expect(map.of(frame(PEER, FAR))).not.toBe(map.of(frame(HOST, ROUTER)));
  });

  it("are two where one router sends both ways on each side under one address", () => {
    const frames = [frame(HOST, ROUTER), frame(ROUTER, PEER), frame(PEER, ROUTER), frame(ROUTER, HOST)];
    expect(mapOf(...frames).count).toBe(2);
  });

  it("are one where a switch showed each frame twice", () => {
    expect(mapOf(frame(HOST, PEER), frame(HOST, PEER), frame(PEER, HOST), frame(PEER, HOST)).count).toBe(1);
  });

  it("are one for each side where hosts send to an address that routers share", () => {
    const { map, count } = mapOf(
      frame(HOST, SHARED),
      frame(ROUTER, HOST),
      frame(FAR, PEER),
      frame(PEER, FAR),
    );
    expect(count).toBe(2);
    expect(map.of(frame(HOST, SHARED))).toBe(map.of(frame(ROUTER, HOST)));
  });

  it("have what their stations send to others too, but not what a station of two of them sends", () => {
    const [OTHER, TCP] = [50, 6];
    const { map } = mapOf(frame(HOST, ROUTER), frame(ROUTER, HOST), frame(ROUTER, PEER), frame(PEER, ROUTER));
    expect(map.of(frame(HOST, OTHER, { protocol: TCP }))).toBe(map.of(frame(HOST, ROUTER)));
    expect(map.of(frame(PEER, OTHER, { protocol: TCP }))).toBe(map.of(frame(PEER, ROUTER)));
    expect(map.of(frame(ROUTER, OTHER, { protocol: TCP }))).toBeNull();
    expect(map.of(frame(OTHER, HOST, { protocol: TCP }))).toBeNull();
  });

  it("are told by VLAN too", () => {
    const frames = [5, 6].flatMap((vlan) => [frame(HOST, PEER, { vlan }), frame(PEER, HOST, { vlan })]);
    expect(mapOf(...frames).count).toBe(2);
  });

  it("are not those of other traffic", () => {
    const { map, count } = mapOf(frame(HOST, PEER, { protocol: 6 }));
    expect(count).toBe(0);
    expect(map.of(frame(HOST, PEER))).toBeNull();
  });

  it("are not told in a network of many stations, which takes no more memory than a few", () => {
    const frames = Array.from({ length: 200 }, (_, at) => frame(at, 250));
    expect(mapOf(...frames).count).toBe(0);
  });

  describe("where the hosts of both ends captured on all their interfaces", () => {
    const [INCOMING, OUTGOING] = [0, 4];
    const [A, B] = [1, 2];

    /** A cooked frame (SLL2) with ESP of `address`, or for the other end, that a station sent on an interface. */
    function cooked(
      from: number,
      type: number,
      source: number,
      { link = 3, protocol = 50 } = {},
    ): FrameInput {
      const { bytes, ...rest } = frame(from, 0, { protocol });
      const packet = Uint8Array.from(bytes.subarray(14));
      const ends = [packet.slice(12, 16), packet.slice(16, 20)];
      packet.set(
        (source === A ? ends : ends.toReversed()).flatMap((end) => [...end]),
        12,
      );
      const header = [8, 0, 0, 0, 0, 0, 0, link, 0, 1, type, 6, 2, 0, 0, 0, 0, from, 0, 0];
      const cookedBytes = Uint8Array.from([...header, ...packet]);
      return { ...rest, bytes: cookedBytes, end: cookedBytes.length, linkType: 276 };
    }

    const BOTH = [
      cooked(HOST, OUTGOING, A),
      cooked(FAR, INCOMING, A),
      cooked(PEER, OUTGOING, B),
      cooked(ROUTER, INCOMING, B),
    ];

    it("are one for each host, though their interfaces have the same number", () => {
      const { map, count } = mapOf(...BOTH);
      expect(count).toBe(2);
      expect(map.of(cooked(ROUTER, INCOMING, B))).toBe(map.of(cooked(HOST, OUTGOING, A)));
      expect(map.of(cooked(FAR, INCOMING, A))).toBe(map.of(cooked(PEER, OUTGOING, B)));
      expect(map.of(cooked(HOST, OUTGOING, A))).not.toBe(map.of(cooked(PEER, OUTGOING, B)));
      expect(map.of(cooked(ROUTER, INCOMING, B, { protocol: 6 }))).toBe(map.of(cooked(HOST, OUTGOING, A)));
    });

    it("are one for each interface where one host sends by both", () => {
      const { map, count } = mapOf(cooked(HOST, OUTGOING, A), cooked(FAR, INCOMING, A, { link: 4 }));
      expect(count).toBe(2);
      expect(map.of(cooked(ROUTER, INCOMING, B))).toBe(map.of(cooked(HOST, OUTGOING, A)));
    });

    it("are the interfaces' on a bridge, on which what comes in is for none of those that it sends for", () => {
      const { count } = mapOf(...BOTH, cooked(50, INCOMING, A), cooked(50, INCOMING, B));
      expect(count).toBe(1);
    });
  });

  describe("where a host captured on all its interfaces with frames that do not tell the interface", () => {
    const [INCOMING, OUTGOING] = [0, 4];
    const [A, B] = ["A", "B"] as const;
    /** Neighbours and interfaces of a router between A and B. */
    const [NEIGHBOUR_A, INNER, OUTER, NEIGHBOUR_B] = [1, 2, 3, 4];
    const NO_MAC = 0;

    /** A cooked frame (SLL) that a station sent, with ESP from one peer to the other. */
    function cooked(station: number, type: number, source: "A" | "B"): FrameInput {
      const { bytes, ...rest } = frame(station, 0);
      const packet = Uint8Array.from(bytes.subarray(14));
      const ends = [packet.slice(12, 16), packet.slice(16, 20)];
      packet.set(
        (source === A ? ends : ends.toReversed()).flatMap((end) => [...end]),
        12,
      );
      const [kind, mac] =
        station === NO_MAC
          ? [[2, 0], []]
          : [
              [0, 1],
              [2, 0, 0, 0, 0, station],
            ];
      const address = [...mac, 0, 0, 0, 0, 0, 0, 0, 0].slice(0, 8);
      const all = Uint8Array.from([0, type, ...kind, 0, mac.length, ...address, 8, 0, ...packet]);
      return { ...rest, bytes: all, end: all.length, linkType: 113 };
    }

    it("are one towards each peer of a router, by who sends to it and to whom it sends", () => {
      const { map, count } = mapOf(
        cooked(NEIGHBOUR_A, INCOMING, A),
        cooked(OUTER, OUTGOING, A),
        cooked(NEIGHBOUR_B, INCOMING, B),
        cooked(INNER, OUTGOING, B),
      );
      expect(count).toBe(2);
      expect(map.of(cooked(INNER, OUTGOING, B))).toBe(map.of(cooked(NEIGHBOUR_A, INCOMING, A)));
      expect(map.of(cooked(OUTER, OUTGOING, A))).toBe(map.of(cooked(NEIGHBOUR_B, INCOMING, B)));
      expect(map.of(cooked(INNER, OUTGOING, B))).not.toBe(map.of(cooked(OUTER, OUTGOING, A)));
      expect(map.of(cooked(50, INCOMING, A))).toBeNull();
    });

    it("are two also where nothing of one direction is sent on", () => {
      const { map, count } = mapOf(
        cooked(NEIGHBOUR_A, INCOMING, A),
        cooked(OUTER, OUTGOING, A),
        cooked(NEIGHBOUR_B, INCOMING, B),
      );
      expect(count).toBe(2);
      expect(map.of(cooked(OUTER, OUTGOING, A))).toBe(map.of(cooked(NEIGHBOUR_B, INCOMING, B)));
    });

    it("may have no MAC addresses, as a link over PPP", () => {
      const { map, count } = mapOf(
        cooked(NEIGHBOUR_A, INCOMING, A),
        cooked(NO_MAC, OUTGOING, A),
        cooked(NO_MAC, INCOMING, B),
        cooked(INNER, OUTGOING, B),
      );
      expect(count).toBe(2);
      expect(map.of(cooked(NO_MAC, OUTGOING, A))).toBe(map.of(cooked(NO_MAC, INCOMING, B)));
    });

    it("are one of a host that is a peer itself", () => {
      expect(mapOf(cooked(INNER, OUTGOING, A), cooked(NEIGHBOUR_B, INCOMING, B)).count).toBe(1);
    });

    it("are not told on a bridge, which sends on frames of others", () => {
      const { count } = mapOf(
        cooked(NEIGHBOUR_A, INCOMING, A),
        cooked(NEIGHBOUR_A, OUTGOING, A),
        cooked(NEIGHBOUR_B, INCOMING, B),
        cooked(NEIGHBOUR_B, OUTGOING, B),
      );
      expect(count).toBe(0);
    });
  });
});
