import { ethernet, sll, sll2, vlan } from "../packet/index.js";
import { internetChecksum } from "../packet/checksum.js";
import {
  type Carried,
  carriedIn,
  type FieldFrame,
  inOrder,
  later,
  onLink,
  orOthers,
  type CaptureCondition,
} from "./frame.js";
import { LINKS } from "./links.js";

const SLL2 = 276;

/** One view of a packet: how it is shown, so many microseconds later. */
interface View {
  readonly after: number;
  readonly show: (frame: FieldFrame, carried: Carried) => FieldFrame;
}

/** Each packet in several views, that of the local host's own and that of the others. */
function views(ofLocal: readonly View[], ofOthers: readonly View[] = ofLocal): CaptureCondition {
  return (frames, { local }) =>
    inOrder(
      frames.flatMap((frame) => {
        const carried = orOthers(carriedIn(frame));
        const seen = carried.source === local ? ofLocal : ofOthers;
        return seen.map(({ after, show }) => later(show(frame, carried), after));
      }),
    );
}

/** On an interface of a Linux host; packet type 0 received, 4 sent. */
const cooked =
  (name: number, packetType: number): View["show"] =>
  (frame, { type, payload }) => {
    const bytes = Uint8Array.from(sll2({ type, payload, packetType }));
    bytes[7] = name;
    return onLink(frame, bytes, { linkType: SLL2 });
  };

const cookedV1 =
  (packetType: number): View["show"] =>
  (frame, { type, payload }) =>
    onLink(frame, sll({ type, payload, packetType }), { linkType: 113 });

/** On an Ethernet link that is told by its MAC addresses. */
const onEthernet =
  (mac: string, number = 0): View["show"] =>
  (frame, { type, payload }) =>
    onLink(frame, ethernet({ type, payload, source: `02:00:00:00:${mac}:01`, pad: false }), { number });

/** Behind one more router: the TTL is one less. */
const routed =
  (show: View["show"]): View["show"] =>
  (frame, carried) =>
    show(frame, { ...carried, payload: oneHopOn(carried) });

const inFile =
  (file: number, show: View["show"]): View["show"] =>
  (frame, carried) => ({ ...show(frame, carried), file });

function oneHopOn({ payload, type }: Carried): Uint8Array {
  const packet = Uint8Array.from(payload);
  const at = type === 0x0800 ? 8 : 7;
  packet[at] = (packet[at] ?? 1) - 1;
  if (type !== 0x0800) return packet;
  const length = ((packet[0] ?? 0) & 15) * 4;
  packet.fill(0, 10, 12);
  const checksum = internetChecksum(packet.subarray(0, length));
  packet.set([checksum >> 8, checksum & 255], 10);
  return packet;
}

/** Check Point's fw monitor writes point and interface in place of the MAC addresses. */
const monitor = (point: string): View["show"] =>
  onEthernet(point.charCodeAt(0).toString(16).padStart(2, "0"));

const at = (after: number, show: View["show"]): View => ({ after, show });

export const COPIES = {
  cookedV2: views([at(0, cooked(2, 4))], [at(0, cooked(2, 0))]),
  bond: views([at(0, cooked(5, 4)), at(2, cooked(3, 4))], [at(0, cooked(3, 0)), at(1, cooked(5, 0))]),
  bondV1: views([at(0, cookedV1(4)), at(2, cookedV1(4))], [at(0, cookedV1(0)), at(1, cookedV1(0))]),
  /** The gateway is a container: its end of the pair, the bridge, the host's interface. */
  container: views(
    [at(0, cooked(9, 0)), at(1, cooked(7, 0)), at(4, cooked(2, 4))],
    [at(0, cooked(2, 0)), at(1, cooked(7, 0)), at(4, cooked(9, 4))],
  ),
  containerV1: views(
    [at(0, cookedV1(0)), at(1, cookedV1(0)), at(4, cookedV1(4))],
    [at(0, cookedV1(0)), at(1, cookedV1(0)), at(4, cookedV1(4))],
  ),
  /** A router between the peers, all its interfaces. */
  routerAny: views(
    [at(0, cooked(2, 0)), at(12, routed(cooked(3, 4)))],
    [at(0, cooked(3, 0)), at(12, routed(cooked(2, 4)))],
  ),
  vlanOnAny: views(
    [at(0, onEthernet("0a")), at(1, (frame, carried) => tagged(frame, carried))],
    [at(0, (frame, carried) => tagged(frame, carried)), at(1, onEthernet("0a"))],
  ),
  /** A mirror port shows each packet once more, byte by byte. */
  mirrored: ((frames) =>
    inOrder(frames.flatMap((frame) => [frame, later(frame, 150)]))) satisfies CaptureCondition,
  spanTwice: views([at(0, onEthernet("0a")), at(900, onEthernet("0a"))]),
  spanThrice: views([at(0, onEthernet("0a")), at(3, onEthernet("0a")), at(4000, onEthernet("0a"))]),
  /** Receive and firewall stage, then transmit stage. */
  paloAlto: views([at(0, onEthernet("0a")), at(15, onEthernet("0a")), at(60, routed(onEthernet("0b")))]),
  /** The same stages, each in a file of its own. */
  paloAltoFiles: views([
    at(0, inFile(0, onEthernet("0a"))),
    at(15, inFile(1, onEthernet("0a"))),
    at(60, inFile(2, routed(onEthernet("0b")))),
  ]),
  checkPoint: views([
    at(0, monitor("i")),
    at(20, monitor("I")),
    at(40, routed(monitor("o"))),
    at(55, routed(monitor("O"))),
  ]),
  pktmon: views([0, 1, 2, 3].map((number) => at(number * 3, onEthernet("0a", number)))),
  fortigateAny: views([
    at(0, (frame) => LINKS.fortigate([frame], { local: "" })[0] ?? frame),
    at(30, (frame) => LINKS.fortigate([frame], { local: "" })[0] ?? frame),
  ]),
  /** Both network cards mirror the flow between them to one collector. */
  vxlanTwice: ((frames, sniffer) =>
    inOrder(
      frames.flatMap((frame) => {
        const [first] = LINKS.vxlan([frame], sniffer);
        return first === undefined ? [] : [first, later(first, 340)];
      }),
    )) satisfies CaptureCondition,
} as const satisfies Record<string, CaptureCondition>;

function tagged(frame: FieldFrame, { type, payload }: Carried): FieldFrame {
  return onLink(frame, ethernet({ type: 0x8100, payload: vlan({ id: 30, type, payload }), pad: false }));
}
