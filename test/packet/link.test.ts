import { describe, expect, it } from "vitest";
import { LINK_TYPES, linkParser } from "../../src/packet/link/table.js";
import { HOST_SIDE } from "../../src/packet/packet.js";
import { CORPUS } from "../support/packet/corpus.js";
import { Bench, see } from "../support/packet/dissect.js";
import {
  concat,
  controlWord,
  ethernet,
  ipv4,
  ipv6,
  juniper,
  loopback,
  mpls,
  nflog,
  pattern,
  ppp,
  pppoe,
  sll,
  sll2,
  snap,
  u16,
  u8,
  udp,
  vlan,
} from "../support/packet/index.js";

const packet = ipv4({ payload: udp({ payload: pattern(30) }) });
const packet6 = ipv6({ payload: udp({ payload: pattern(30) }) });

describe("link types", () => {
  it.each(CORPUS.filter(({ linkType }) => linkType !== 1))(
    "$name (LINKTYPE $linkType) leads to UDP",
    (sample) => {
      const seen = see(sample.frame, { linkType: sample.linkType });
      expect(seen.kind).toBe("udp");
      expect([seen.sourcePort, seen.destinationPort]).toEqual([500, 500]);
      expect(seen.payload).toEqual(pattern(48));
    },
  );

  it("have a sample each, or share their reader with one that has", () => {
    const read = new Set(CORPUS.map(({ linkType }) => linkParser(linkType)));
    expect([...LINK_TYPES].filter(([, parser]) => !read.has(parser)).map(([type]) => type)).toEqual([]);
  });

  it("ignores the upper bits of the link type, which may tell the length of the frame check sequence", () => {
    expect(see(ethernet({ payload: packet }), { linkType: 0x40000001 }).kind).toBe("udp");
  });

  it("remembers the unknown ones, but not all of a flood", () => {
    const bench = new Bench();
    for (let linkType = 1000; linkType < 1100; linkType++) {
      expect(bench.see(packet, { linkType }).kind).toBe("skipped");
    }
    expect(bench.dissector.counters.unknownLinkType).toBe(100);
    expect(bench.dissector.counters.unknownLinkTypes.size).toBe(16);
    expect(bench.dissector.counters.unknownLinkTypes.has(1000)).toBe(true);
  });
});

describe("Ethernet", () => {
  it.each([0x8100, 0x88a8, 0x9100, 0x9200])("passes over tags of type 0x%x", (type) => {
    expect(see(ethernet({ type, payload: vlan({ payload: packet }) })).kind).toBe("udp");
  });

  it("gives up a frame with more tags than anybody sends", () => {
    let payload = vlan({ payload: packet });
    for (let tag = 0; tag < 100; tag++) payload = vlan({ type: 0x8100, payload });
    const bench = new Bench();
    expect(bench.see(ethernet({ type: 0x8100, payload })).kind).toBe("skipped");
    expect(bench.dissector.counters.malformed).toBe(1);
  });

  it("reads LLC with SNAP, also behind a tag, and leaves other LLC alone", () => {
    const inner = snap({ payload: packet });
    expect(see(ethernet({ type: inner.length, payload: inner })).kind).toBe("udp");
    expect(see(ethernet({ type: 0x8100, payload: vlan({ type: inner.length, payload: inner }) })).kind).toBe(
      "udp",
    );
    const spanningTree = u8(0x42, 0x42, 0x03, 0, 0, 0, 0, 0);
    expect(see(ethernet({ type: spanningTree.length, payload: spanningTree })).kind).toBe("skipped");
  });

  it("counts what is not IP", () => {
    const bench = new Bench();
    bench.see(ethernet({ type: 0x0806, payload: pattern(28) }));
    expect(bench.dissector.counters).toMatchObject({ frames: 1, notIp: 1, packets: 0 });
  });
});

describe("MPLS", () => {
  const onEthernet = (payload: Uint8Array): Uint8Array => ethernet({ type: 0x8847, payload });

  it.each([packet, packet6, controlWord(ethernet({ payload: packet })), ethernet({ payload: packet })])(
    "guesses from the first nibble what the stack carries (%#)",
    (payload) => {
      expect(see(onEthernet(mpls({ labels: [16, 17], payload }))).kind).toBe("udp");
    },
  );

  it("tells a MAC address that begins with zeros from a control word", () => {
    const payload = ethernet({ destination: "00:11:22:33:44:55", payload: packet });
    expect(see(onEthernet(mpls({ payload }))).kind).toBe("udp");
    expect(see(onEthernet(mpls({ payload: controlWord(payload) }))).kind).toBe("udp");
  });

  it("ends with a stack that has no bottom", () => {
    expect(see(onEthernet(new Uint8Array(4000))).kind).toBe("skipped");
  });
});

describe("PPP", () => {
  it("has protocol fields of one byte, and address and control, or not", () => {
    expect(see(ppp({ payload: packet, compressed: true }), { linkType: 9 }).kind).toBe("udp");
    expect(see(ppp({ payload: packet, compressed: true, addressControl: true }), { linkType: 50 }).kind).toBe(
      "udp",
    );
  });

  it("tells the direction in LINKTYPE_PPP_WITH_DIR", () => {
    const frame = ppp({ payload: packet });
    expect(see(concat(u8(0), frame), { linkType: 204 }).hostSide).toBe(HOST_SIDE.received);
    expect(see(concat(u8(1), frame), { linkType: 204 }).hostSide).toBe(HOST_SIDE.sent);
  });

  it("in PPPoE, ends where the PPPoE length says; control protocols are not IP", () => {
    const padded = concat(pppoe({ payload: packet }), pattern(20));
    expect(see(ethernet({ type: 0x8864, payload: padded })).payload).toEqual(pattern(30));
    const lcp = pppoe({ payload: pattern(10), type: 0xc021 });
    expect(see(ethernet({ type: 0x8864, payload: lcp })).kind).toBe("skipped");
  });
});

describe("Linux cooked captures", () => {
  it.each([
    [0, HOST_SIDE.received],
    [1, HOST_SIDE.received],
    [2, HOST_SIDE.received],
    [3, HOST_SIDE.forwarded],
    [4, HOST_SIDE.sent],
    [7, HOST_SIDE.unknown],
  ])("packet type %i is host side %i", (packetType, hostSide) => {
    expect(see(sll({ payload: packet, packetType }), { linkType: 113 }).hostSide).toBe(hostSide);
    expect(see(sll2({ payload: packet, packetType }), { linkType: 276 }).hostSide).toBe(hostSide);
  });

  it("does not keep the host side of the frame before", () => {
    const bench = new Bench();
    bench.see(sll({ payload: packet, packetType: 4 }), { linkType: 113 });
    expect(bench.see(ethernet({ payload: packet })).hostSide).toBe(HOST_SIDE.unknown);
  });

  it("may carry LLC", () => {
    expect(see(sll({ type: 4, payload: snap({ payload: packet }) }), { linkType: 113 }).kind).toBe("udp");
    expect(see(sll({ type: 1, payload: packet }), { linkType: 113 }).kind).toBe("skipped");
  });
});

describe("Juniper's header", () => {
  it.each([
    [true, HOST_SIDE.received],
    [false, HOST_SIDE.sent],
  ])("tells the direction: received %s", (received, hostSide) => {
    const frame = juniper({ payload: ethernet({ payload: packet }), received });
    expect(see(frame, { linkType: 178 })).toMatchObject({ kind: "udp", hostSide });
  });

  it("is none without its magic number, and ends where its extensions would be cut", () => {
    const frame = juniper({ payload: ethernet({ payload: packet }) });
    expect(see(Uint8Array.of(0, ...frame.subarray(1)), { linkType: 178 }).kind).toBe("skipped");
    expect(see(frame.subarray(0, 12), { linkType: 178 }).kind).toBe("skipped");
  });
});

describe("families and attributes in host byte order", () => {
  it.each([2, 10, 24, 28, 30])("family %i, either order", (family) => {
    const payload = family === 2 ? packet : packet6;
    for (const littleEndian of [true, false]) {
      expect(see(loopback({ payload, family, littleEndian }), { linkType: 0 }).kind).toBe("udp");
    }
  });

  it("other families are not IP", () => {
    expect(see(loopback({ payload: packet, family: 7 }), { linkType: 0 }).kind).toBe("skipped");
    expect(see(loopback({ payload: packet, family: 0x02000002 }), { linkType: 0 }).kind).toBe("skipped");
  });

  it("NFLOG in either order; an attribute that goes nowhere is malformed", () => {
    for (const littleEndian of [true, false]) {
      const seen = see(nflog({ payload: packet, littleEndian }), { linkType: 239 });
      expect(seen.payload).toEqual(pattern(30));
    }
    const bench = new Bench();
    bench.see(concat(u8(2, 0), u16(0, 1, 1, 0, 0)), { linkType: 239 });
    expect(bench.dissector.counters.malformed).toBe(1);
  });
});
