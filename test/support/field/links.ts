import {
  controlWord,
  erspan,
  ethernet,
  geneve,
  gre,
  ipv4,
  juniper,
  mpls,
  nflog,
  pppoe,
  qinq,
  sll,
  tzsp,
  vlan,
  vxlan,
} from "../packet/index.js";
import { type Carried, carriedIn, onLink, orOthers, type CaptureCondition } from "./frame.js";

/** Each frame on another link. */
function each(change: (carried: Carried, isLocal: boolean) => Uint8Array, linkType = 1): CaptureCondition {
  return (frames, { local }) =>
    frames.map((frame) => {
      const carried = carriedIn(frame);
      return onLink(frame, change(carried, carried.source === local), { linkType });
    });
}

const onlyIp = (change: (carried: Carried, isLocal: boolean) => Uint8Array, linkType = 1): CaptureCondition =>
  each((carried, isLocal) => change(orOthers(carried), isLocal), linkType);

/** An Ethernet frame between two hosts, as long as what it carries. */
const plain = ({ type, payload }: Carried): Uint8Array => ethernet({ type, payload, pad: false });

/** A frame as a mirror session sends it to its collector. */
function mirrored(protocol: number, payload: Uint8Array): Uint8Array {
  return ethernet({
    payload: ipv4({ source: "172.31.0.1", destination: "172.31.9.9", protocol, ttl: 254, payload }),
  });
}

export const LINKS = {
  raw: onlyIp(({ payload }) => payload, 101),
  cookedV1: each(
    (carried, isLocal) => sll({ type: carried.type, payload: carried.payload, packetType: isLocal ? 4 : 0 }),
    113,
  ),
  taggedOneWay: each((carried, isLocal) =>
    isLocal
      ? plain(carried)
      : ethernet({ type: 0x8100, payload: vlan({ id: 30, type: carried.type, payload: carried.payload }) }),
  ),
  qinq: each(({ type, payload }) => qinq({ type, payload })),
  pppoe: onlyIp(({ payload }) => ethernet({ type: 0x8864, payload: pppoe({ payload }) })),
  pppoeTagged: onlyIp(({ payload }) =>
    ethernet({ type: 0x8100, payload: vlan({ id: 7, type: 0x8864, payload: pppoe({ payload }) }) }),
  ),
  mpls: onlyIp(({ payload }) => ethernet({ type: 0x8847, payload: mpls({ labels: [16, 24], payload }) })),
  pseudowire: each((carried) =>
    ethernet({ type: 0x8847, payload: mpls({ labels: [99], payload: controlWord(plain(carried)) }) }),
  ),
  vxlan: each((carried) => mirrored(17, vxlan({ payload: plain(carried), port: 4789 }))),
  /** As the mirrors of clouds do with what does not fit their own network. */
  vxlanCut: each((carried) => mirrored(17, vxlan({ payload: plain(carried).slice(0, 1400) }))),
  geneve: each((carried) => mirrored(17, geneve({ payload: plain(carried), words: 8 }))),
  gre: onlyIp(({ payload }) => mirrored(47, gre({ payload }))),
  greBridged: each((carried) => mirrored(47, gre({ type: 0x6558, key: 7, payload: plain(carried) }))),
  erspan1: each((carried) => mirrored(47, erspan({ type: 1, payload: plain(carried) }))),
  erspan2: each((carried) => mirrored(47, erspan({ type: 2, payload: plain(carried) }))),
  erspan3: each((carried) =>
    mirrored(47, erspan({ type: 3, platformHeader: true, payload: plain(carried) })),
  ),
  tzsp: each((carried) => mirrored(17, tzsp({ payload: plain(carried) }))),
  nflog: onlyIp(({ payload }) => nflog({ payload, littleEndian: true }), 239),
  juniperEthernet: each((carried, isLocal) => juniper({ payload: plain(carried), received: !isLocal }), 178),
  juniperNoLayer2: onlyIp(
    ({ payload }, isLocal) => juniper({ payload, received: !isLocal, noLayer2: true }),
    178,
  ),
  /** FortiGate's text, converted: MAC addresses made up, all the same. */
  fortigate: onlyIp(({ payload }) =>
    ethernet({ source: "00:00:00:00:00:00", destination: "00:00:00:00:00:00", payload, pad: false }),
  ),
} as const satisfies Record<string, CaptureCondition>;
