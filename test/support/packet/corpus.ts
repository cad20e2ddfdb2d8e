import {
  ah,
  ciscoHdlc,
  concat,
  controlWord,
  enc,
  erspan,
  esp,
  ethernet,
  fragmentHeader,
  geneve,
  gre,
  icmpError,
  icmpv6Error,
  ipv4,
  ipv4Fragments,
  ipv6,
  ipv6Fragments,
  juniper,
  llcSnap,
  loopback,
  macInMac,
  mpls,
  nflog,
  optionsHeader,
  pattern,
  ppp,
  pppoe,
  qinq,
  routingHeader,
  sll,
  sll2,
  tcp,
  tzsp,
  u8,
  udp,
  vlan,
  vxlan,
} from "./index.js";

/** A frame of every kind that the packet room reads. */
export interface Sample {
  readonly name: string;
  readonly linkType: number;
  readonly frame: Uint8Array;
}

const ike = udp({ sourcePort: 500, destinationPort: 500, payload: pattern(48) });
const natt = udp({ sourcePort: 4500, destinationPort: 61234, payload: esp({ spi: 0x01020304 }) });
const packet4 = ipv4({ payload: ike, identification: 7 });
const packet6 = ipv6({ payload: ike });
const frame4 = ethernet({ payload: packet4 });

/** Samples on Ethernet, by name. */
const ETHERNET: Readonly<Record<string, Uint8Array>> = {
  "IPv4 UDP": frame4,
  "IPv6 UDP": ethernet({ payload: packet6 }),
  "IPv4 options": ethernet({ payload: ipv4({ payload: ike, options: u8(1, 1, 1, 0) }) }),
  "IPv4 ESP": ethernet({ payload: ipv4({ protocol: 50, payload: esp() }) }),
  "IPv6 ESP": ethernet({ payload: ipv6({ protocol: 50, payload: esp({ sequence: 77 }) }) }),
  "IPv4 AH": ethernet({ payload: ipv4({ protocol: 51, payload: ah() }) }),
  "IPv6 AH": ethernet({ payload: ipv6({ protocol: 51, payload: ah() }) }),
  "ESP in UDP": ethernet({ payload: ipv4({ payload: natt }) }),
  TCP: ethernet({ payload: ipv4({ protocol: 6, payload: tcp({ flags: 2, options: u8(1, 1, 1, 1) }) }) }),
  "TCP over IPv6": ethernet({ payload: ipv6({ protocol: 6, payload: tcp({ payload: pattern(20) }) }) }),
  VLAN: ethernet({ type: 0x8100, payload: vlan({ payload: packet4 }) }),
  QinQ: qinq({ payload: packet6 }),
  "QinQ 9100": qinq({ payload: packet4, outerType: 0x9100 }),
  "MAC in MAC": macInMac(frame4),
  "LLC SNAP": llcSnap({ payload: packet4 }),
  MPLS: ethernet({ type: 0x8847, payload: mpls({ labels: [16, 17, 18], payload: packet4 }) }),
  "MPLS IPv6": ethernet({ type: 0x8847, payload: mpls({ payload: packet6 }) }),
  "MPLS pseudowire": ethernet({ type: 0x8847, payload: mpls({ payload: controlWord(frame4) }) }),
  PPPoE: ethernet({ type: 0x8864, payload: pppoe({ payload: packet4 }) }),
  "PPPoE IPv6": ethernet({ type: 0x8864, payload: pppoe({ payload: packet6 }) }),
  "IPv6 extension headers": ethernet({
    payload: ipv6({ payload: ike, extensions: [optionsHeader(0), routingHeader(), optionsHeader(60, 2)] }),
  }),
  "IPv6 atomic fragment": ethernet({
    payload: ipv6({ payload: ike, extensions: [fragmentHeader(0, false, 9)] }),
  }),
  "ICMP frag needed": ethernet({
    payload: ipv4({ protocol: 1, payload: icmpError({ type: 3, code: 4, mtu: 1400, quoted: packet4 }) }),
  }),
  "ICMP time exceeded": ethernet({
    payload: ipv4({ protocol: 1, payload: icmpError({ type: 11, quoted: packet4.slice(0, 28) }) }),
  }),
  "ICMPv6 too big": ethernet({
    payload: ipv6({ protocol: 58, payload: icmpv6Error({ type: 2, mtu: 1280, quoted: packet6 }) }),
  }),
  "ICMPv6 unreachable": ethernet({
    payload: ipv6({ protocol: 58, payload: icmpv6Error({ type: 1, code: 4, quoted: packet6 }) }),
  }),
  VXLAN: ethernet({ payload: ipv4({ payload: vxlan({ payload: frame4 }) }) }),
  Geneve: ethernet({ payload: ipv4({ payload: geneve({ payload: frame4, words: 2 }) }) }),
  TZSP: ethernet({ payload: ipv4({ payload: tzsp({ payload: frame4 }) }) }),
  GRE: ethernet({ payload: ipv4({ protocol: 47, payload: gre({ payload: packet4 }) }) }),
  "GRE with key": ethernet({
    payload: ipv4({ protocol: 47, payload: gre({ payload: packet6, key: 5, sequence: 6, checksum: true }) }),
  }),
  "GRE TEB": ethernet({ payload: ipv6({ protocol: 47, payload: gre({ type: 0x6558, payload: frame4 }) }) }),
  "ERSPAN I": ethernet({ payload: ipv4({ protocol: 47, payload: erspan({ type: 1, payload: frame4 }) }) }),
  "ERSPAN II": ethernet({ payload: ipv4({ protocol: 47, payload: erspan({ type: 2, payload: frame4 }) }) }),
  "ERSPAN III": ethernet({ payload: ipv4({ protocol: 47, payload: erspan({ type: 3, payload: frame4 }) }) }),
  "ERSPAN III platform": ethernet({
    payload: ipv4({ protocol: 47, payload: erspan({ type: 3, platformHeader: true, payload: frame4 }) }),
  }),
  "IP in IP": ethernet({ payload: ipv4({ protocol: 4, payload: packet4 }) }),
  "IPv6 in IPv4": ethernet({ payload: ipv4({ protocol: 41, payload: packet6 }) }),
  "IPv4 in IPv6": ethernet({ payload: ipv6({ protocol: 4, payload: packet4 }) }),
};

const OTHER_LINKS: readonly (readonly [string, number, Uint8Array])[] = [
  ["NULL", 0, loopback({ payload: packet4, littleEndian: true })],
  ["NULL big-endian", 0, loopback({ payload: packet6 })],
  ["NULL Linux IPv6", 0, loopback({ payload: packet6, family: 10, littleEndian: true })],
  ["LOOP", 108, loopback({ payload: packet4 })],
  ["enc0", 109, enc({ payload: packet4 })],
  ["PPP", 9, ppp({ payload: packet4, addressControl: true })],
  ["PPP bare", 9, ppp({ payload: packet6 })],
  ["PPP HDLC", 50, ppp({ payload: packet4, addressControl: true })],
  ["PPP HDLC Cisco", 50, ciscoHdlc({ payload: packet4 })],
  ["Cisco HDLC", 104, ciscoHdlc({ payload: packet6 })],
  ["PPP with direction", 204, concat(u8(1), ppp({ payload: packet4, addressControl: true }))],
  ["raw IPv4", 101, packet4],
  ["raw IPv6", 101, packet6],
  ["IPv4", 228, packet4],
  ["IPv6", 229, packet6],
  ["SLL", 113, sll({ payload: packet4, packetType: 4 })],
  ["SLL IPv6", 113, sll({ payload: packet6 })],
  ["SLL VLAN", 113, sll({ type: 0x8100, payload: vlan({ payload: packet4 }) })],
  ["SLL2", 276, sll2({ payload: packet4, packetType: 4 })],
  ["Juniper Ethernet", 178, juniper({ payload: frame4 })],
  ["Juniper Ethernet, no extensions", 178, juniper({ payload: frame4, extended: false, received: false })],
  ["Juniper, no layer 2", 178, juniper({ payload: packet6, noLayer2: true })],
  ["Juniper PPP", 179, juniper({ payload: ppp({ payload: packet4, addressControl: true }) })],
  ["Juniper HDLC", 181, juniper({ payload: ciscoHdlc({ payload: packet4 }) })],
  ["NFLOG", 239, nflog({ payload: packet4, littleEndian: true })],
];

const fragments: Uint8Array[] = [
  ...ipv4Fragments({ identification: 0x1234, payload: udp({ payload: pattern(200) }) }, 80),
  ...ipv6Fragments({ identification: 0x12345678, payload: udp({ payload: pattern(200) }) }, 80),
  ...ipv4Fragments({ identification: 0x1235, protocol: 50, payload: esp({ payload: pattern(150) }) }, 64),
];

/** Every kind of frame, one at least. */
export const CORPUS: readonly Sample[] = [
  ...Object.entries(ETHERNET).map(([name, frame]) => ({ name, linkType: 1, frame })),
  ...OTHER_LINKS.map(([name, linkType, frame]) => ({ name, linkType, frame })),
  ...fragments.map((payload, index) => ({
    name: `fragment ${index}`,
    linkType: 1,
    frame: ethernet({ payload }),
  })),
];
