import { PAYLOAD_V1 } from "../../src/ike/registries/payload-types.js";
import { ikeMessage } from "../support/ike/message.js";
import * as wire from "../support/packet/index.js";

const { concat, ethernet, ipv4, ipv6, u16, u32, u8, udp } = wire;
const NAME = new TextEncoder().encode("user@secret.example.org");

/** Everything that is in one of the frames below and must be in none of them afterwards. */
export const SECRETS: readonly Uint8Array[] = [
  NAME,
  ...[
    "192.0.2.1",
    "198.51.100.2",
    "203.0.113.5",
    "203.0.113.6",
    "10.77.88.99",
    "2001:db8::1",
    "2001:db8::2",
  ].map((text) => wire.address(text)),
  ...["02:00:00:00:00:01", "02:00:00:00:00:02", "00:1b:21:aa:bb:cc"].map((text) => wire.mac(text)),
  u32(0xc0ffee01),
  u32(0xa0ffee01),
  Uint8Array.of(0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11),
];

/** Aggressive mode with an identity in clear. */
export const IKE = ikeMessage({
  version: 1,
  exchange: 4,
  payloads: [
    { type: PAYLOAD_V1.NONCE, body: wire.pattern(32, 7) },
    { type: PAYLOAD_V1.ID, body: concat(u8(3, 17), u16(500), NAME) },
    { type: PAYLOAD_V1.VENDOR_ID, body: NAME },
  ],
});

/** The payload of most of the frames. */
const inUdp = udp({ sourcePort: 500, destinationPort: 500, payload: IKE });
const packet = ipv4({ payload: inUdp });
const packet6 = ipv6({ payload: inUdp });
const outer = { source: "203.0.113.5", destination: "203.0.113.6" };
const frame = ethernet({ payload: packet });

/** Frames of each link type, tunnel and way to cut a packet, with names and addresses in them. */
export const CARRIED: readonly (readonly [name: string, linkType: number, frames: readonly Uint8Array[]])[] =
  [
    ["Ethernet", 1, [frame]],
    ["Ethernet, IPv6", 1, [ethernet({ payload: packet6 })]],
    ["VLAN", 1, [ethernet({ type: 0x8100, payload: wire.vlan({ payload: packet }) })]],
    ["QinQ", 1, [wire.qinq({ payload: packet })]],
    ["MAC in MAC", 1, [wire.macInMac(frame)]],
    ["LLC and SNAP", 1, [wire.llcSnap({ payload: packet })]],
    ["MPLS", 1, [ethernet({ type: 0x8847, payload: wire.mpls({ payload: packet }) })]],
    ["PPPoE", 1, [ethernet({ type: 0x8864, payload: wire.pppoe({ payload: packet }) })]],
    ["PPP", 9, [wire.ppp({ payload: packet })]],
    ["cooked", 113, [wire.sll({ payload: packet, packetType: 4 })]],
    ["cooked, version 2", 276, [wire.sll2({ payload: packet, packetType: 4 })]],
    ["PPP with a direction", 204, [concat(u8(1), wire.ppp({ payload: packet }))]],
    ["Cisco HDLC", 104, [wire.ciscoHdlc({ payload: packet })]],
    ["raw IP", 101, [packet]],
    ["raw IPv4", 228, [packet]],
    ["raw IPv6", 229, [packet6]],
    ["loopback", 0, [wire.loopback({ payload: packet })]],
    ["enc", 109, [wire.enc({ payload: packet })]],
    ["Juniper Ethernet", 178, [wire.juniper({ payload: frame })]],
    ["Juniper PPP", 179, [wire.juniper({ payload: wire.ppp({ payload: packet }) })]],
    ["Juniper Cisco HDLC", 181, [wire.juniper({ payload: wire.ciscoHdlc({ payload: packet }) })]],
    ["netfilter log", 239, [wire.nflog({ payload: packet })]],
    ["VXLAN", 1, [ethernet({ payload: ipv4({ ...outer, payload: wire.vxlan({ payload: frame }) }) })]],
    [
      "Geneve with options",
      1,
      [ethernet({ payload: ipv4({ ...outer, payload: wire.geneve({ payload: frame, words: 3 }) }) })],
    ],
    ["TZSP", 1, [ethernet({ payload: ipv4({ ...outer, payload: wire.tzsp({ payload: frame }) }) })]],
    [
      "GRE",
      1,
      [
        ethernet({
          payload: ipv4({ ...outer, protocol: 47, payload: wire.gre({ payload: packet, key: 0xc0ffee01 }) }),
        }),
      ],
    ],
    [
      "ERSPAN II",
      1,
      [
        ethernet({
          payload: ipv4({ ...outer, protocol: 47, payload: wire.erspan({ payload: frame, type: 2 }) }),
        }),
      ],
    ],
    [
      "ERSPAN III",
      1,
      [
        ethernet({
          payload: ipv4({ ...outer, protocol: 47, payload: wire.erspan({ payload: frame, type: 3 }) }),
        }),
      ],
    ],
    ["IP in IP", 1, [ethernet({ payload: ipv4({ ...outer, protocol: 4, payload: packet }) })]],
    ["IPv6 in IPv4", 1, [ethernet({ payload: ipv4({ ...outer, protocol: 41, payload: packet6 }) })]],
    [
      "IPv4 options with an address",
      1,
      [
        ethernet({
          payload: ipv4({ payload: inUdp, options: concat(u8(7, 7, 8), wire.address("10.77.88.99")) }),
        }),
      ],
    ],
    [
      "IPv6 extension headers",
      1,
      [
        ethernet({
          payload: ipv6({ payload: inUdp, extensions: [wire.optionsHeader(0, 2), wire.optionsHeader(60)] }),
        }),
      ],
    ],
    [
      "IPv4 fragments",
      1,
      wire.ipv4Fragments({ payload: inUdp, identification: 77 }, 64).map((payload) => ethernet({ payload })),
    ],
    [
      "IPv4 fragments, the last one first",
      1,
      wire
        .ipv4Fragments({ payload: inUdp, identification: 77 }, 64)
        .toReversed()
        .map((payload) => ethernet({ payload })),
    ],
    [
      "each IPv4 fragment twice",
      1,
      wire
        .ipv4Fragments({ payload: inUdp, identification: 77 }, 64)
        .flatMap((payload) => [ethernet({ payload }), ethernet({ payload })]),
    ],
    ["IPv6 fragments", 1, wire.ipv6Fragments({ payload: inUdp }, 64).map((payload) => ethernet({ payload }))],
    [
      "fragments mirrored in GRE",
      1,
      wire
        .ipv4Fragments({ payload: inUdp, identification: 77 }, 64)
        .map((payload) =>
          ethernet({ payload: ipv4({ ...outer, protocol: 47, payload: wire.gre({ payload }) }) }),
        ),
    ],
    [
      "a tunnel in fragments",
      1,
      wire
        .ipv4Fragments(
          { ...outer, protocol: 47, payload: wire.gre({ payload: packet }), identification: 5 },
          64,
        )
        .map((payload) => ethernet({ payload })),
    ],
    [
      "IPv4 fragments, one missing",
      1,
      wire
        .ipv4Fragments({ payload: inUdp, identification: 77 }, 64)
        .filter((_, index) => index !== 1)
        .map((payload) => ethernet({ payload })),
    ],
    [
      "ESP",
      1,
      [
        ethernet({
          payload: ipv4({ protocol: 50, payload: wire.esp({ payload: concat(wire.pattern(40), NAME) }) }),
        }),
      ],
    ],
    [
      "ESP without encryption",
      1,
      [
        ethernet({
          payload: ipv4({
            protocol: 50,
            payload: wire.esp({
              payload: concat(
                ipv4({ source: "10.77.88.99", payload: udp({ payload: NAME }) }),
                wire.pattern(14),
              ),
            }),
          }),
        }),
      ],
    ],
    [
      "AH with what it protects",
      1,
      [
        ethernet({
          payload: ipv4({ protocol: 51, payload: wire.ah({ next: 17, payload: udp({ payload: NAME }) }) }),
        }),
      ],
    ],
    [
      "ICMP that quotes IKE",
      1,
      [
        ethernet({
          payload: ipv4({
            ...outer,
            protocol: 1,
            payload: wire.icmpError({ type: 3, code: 3, quoted: packet.slice(0, 120) }),
          }),
        }),
      ],
    ],
    [
      "ICMP that quotes eight bytes of UDP",
      1,
      [
        ethernet({
          payload: ipv4({
            ...outer,
            protocol: 1,
            payload: wire.icmpError({ type: 3, code: 1, quoted: packet.slice(0, 28) }),
          }),
        }),
      ],
    ],
    [
      "ICMPv6 that quotes IKE",
      1,
      [
        ethernet({
          payload: ipv6({
            protocol: 58,
            payload: wire.icmpv6Error({ type: 1, code: 4, quoted: packet6.slice(0, 120) }),
          }),
        }),
      ],
    ],
    [
      "TCP",
      1,
      [
        ethernet({
          payload: ipv4({
            protocol: 6,
            payload: wire.tcp({ sourcePort: 40000, destinationPort: 80, payload: NAME }),
          }),
        }),
      ],
    ],
    [
      "TCP on 4500 that is none of IKE",
      1,
      [
        ethernet({
          payload: ipv4({
            protocol: 6,
            payload: wire.tcp({ sourcePort: 40000, destinationPort: 4500, payload: NAME }),
          }),
        }),
      ],
    ],
    [
      "DNS",
      1,
      [
        ethernet({
          payload: ipv4({ payload: udp({ sourcePort: 40000, destinationPort: 53, payload: NAME }) }),
        }),
      ],
    ],
    [
      "ARP",
      1,
      [
        ethernet({
          type: 0x0806,
          payload: concat(wire.mac("00:1b:21:aa:bb:cc"), wire.address("192.0.2.1"), NAME),
        }),
      ],
    ],
    ["an unknown EtherType", 1, [ethernet({ type: 0x1234, payload: NAME })]],
    ["an unknown link type", 147, [concat(NAME, frame)]],
    ["a packet with other bytes behind it", 1, [concat(frame, NAME)]],
    [
      "garbage on port 500",
      1,
      [
        ethernet({
          payload: ipv4({ payload: udp({ sourcePort: 500, destinationPort: 500, payload: NAME }) }),
        }),
      ],
    ],
    ["an IPv4 header that is cut", 1, [frame.slice(0, 31)]],
    ["a UDP header that is cut", 1, [frame.slice(0, 38)]],
    ["an IKE message that is cut", 1, [frame.slice(0, 100)]],
  ];
