import { ipv4At, ipv6At, type Address } from "../bytes/address.js";
import { u16At, u32At } from "../bytes/reader.js";
import type { CaptureRecord } from "../capture/source.js";
import { IKE_PORT, NAT_T_PORT } from "../ike/ports.js";
import { HTTPS_PORT } from "../ike/tcp-record.js";
import { classifyUdpPayload, UDP_PAYLOAD, udpPayloadOffset } from "../ike/udp.js";
import { Dissector } from "../packet/dissector.js";
import { IpHeader } from "../packet/ip/header.js";
import { readablePacket } from "../packet/ip/readable.js";
import { type IcmpError, PACKET } from "../packet/packet.js";
import { outerIp } from "./outer-ip.js";

/** What a frame is to an extract. */
export interface Look {
  readonly kind: "ike" | "esp" | "ah" | "keepalive" | "icmp" | "tcp" | "fragment" | "other";
  readonly source: Address;
  readonly destination: Address;
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** Of ESP and AH: as the streams name it. */
  readonly encapsulation: "esp" | "udp" | "ah" | "";
  readonly spi: number;
  /** Where the frame's bytes may end so that it still says what it is: behind its headers, or at the frame's end. */
  readonly cutEnd: number;
  /** Where they may end so that it only says that it was there: no message and no fragment is to be read then. */
  readonly headEnd: number;
  /** Of a fragment: what it shares with the others of its datagram; and whether it may be of ESP. */
  readonly datagram: string;
  readonly maybeEsp: boolean;
  /** Of an ICMP error: the ends of the packet that it quotes. */
  readonly quotes: readonly [Address, Address] | null;
}

const ESP_HEADER = 8;
const AH_HEADER = 12;
/** Bytes behind an IP header that tell ports. */
const PORTS = 8;
/** Of what is not IP: an Ethernet or cooked header. */
const LINK_HEADER = 20;
const UDP = 17;
const ESP = 50;

const NOTHING: Look = {
  kind: "other",
  source: "",
  destination: "",
  sourcePort: 0,
  destinationPort: 0,
  encapsulation: "",
  spi: 0,
  cutEnd: 0,
  headEnd: 0,
  datagram: "",
  maybeEsp: false,
  quotes: null,
};

/** Looks at frames one after the other; fragments are told by their IP header, so nothing waits for them. */
export class FrameLooker {
  readonly #dissector = new Dissector();
  readonly #header = new IpHeader();

  look(record: CaptureRecord): Look {
    const { bytes, start, end } = record;
    const header = this.#header;
    const hasIp = outerIp(header, record);
    if (hasIp && isFragment(header)) return fragmentLook(header, end);
    const kind = this.#dissector.dissect(record, record.frame);
    const { view } = this.#dissector;
    const headersEnd = hasIp
      ? Math.min(end, header.payloadStart + PORTS)
      : Math.min(end, start + LINK_HEADER);
    // Put together from fragments within a tunnel: its bytes are not those of the frame.
    const isApart = view.bytes !== bytes;
    switch (kind) {
      case PACKET.udp:
      case PACKET.esp:
      case PACKET.ah:
      case PACKET.tcp:
      case PACKET.icmpError:
        break;
      case PACKET.skipped:
        return { ...NOTHING, ...(hasIp ? endsOf(header) : {}), cutEnd: headersEnd, headEnd: headersEnd };
    }
    const addressAt = view.ipVersion === 4 ? ipv4At : ipv6At;
    const ends = {
      ...NOTHING,
      source: addressAt(view.addressBytes, view.sourceAt),
      destination: addressAt(view.addressBytes, view.destinationAt),
      sourcePort: view.sourcePort,
      destinationPort: view.destinationPort,
    };
    const { payloadStart } = view;
    const behind = (length: number): number => (isApart ? end : Math.min(end, payloadStart + length));
    const cut = (length: number) => ({ cutEnd: behind(length), headEnd: behind(length) });
    const whole = { cutEnd: end, headEnd: end };
    // Where ESP is not encrypted, the header of the packet inside is what shows it.
    const esp = (offset: number) => {
      const body = payloadStart + offset + ESP_HEADER;
      const inside = isApart ? null : readablePacket(bytes, body, end, payloadStart + view.payloadLength);
      return cut(inside === null ? offset + ESP_HEADER : inside.headerEnd - payloadStart);
    };
    switch (kind) {
      case PACKET.icmpError:
        return { ...ends, kind: "icmp", ...whole, quotes: quotedEnds(view.icmp) };
      case PACKET.esp:
        return {
          ...ends,
          kind: "esp",
          encapsulation: "esp",
          spi: spiAt(view, 0),
          ...esp(0),
        };
      case PACKET.ah:
        return { ...ends, kind: "ah", encapsulation: "ah", spi: spiAt(view, 4), ...cut(AH_HEADER) };
      case PACKET.tcp:
        return isEncapsulationPort(ends.sourcePort) || isEncapsulationPort(ends.destinationPort)
          ? { ...ends, kind: "tcp", ...cut(0) }
          : { ...ends, ...cut(0) };
      case PACKET.udp: {
        const what = classifyUdpPayload(
          view.bytes,
          payloadStart,
          view.payloadEnd,
          view.payloadLength,
          view.sourcePort,
          view.destinationPort,
        );
        const offset = udpPayloadOffset(what);
        switch (what) {
          case UDP_PAYLOAD.notIpsec:
            return { ...ends, ...cut(0) };
          case UDP_PAYLOAD.esp:
          case UDP_PAYLOAD.espWithMarker:
            return {
              ...ends,
              kind: "esp",
              encapsulation: "udp",
              spi: spiAt(view, offset),
              ...esp(offset),
            };
          case UDP_PAYLOAD.keepalive:
            return { ...ends, kind: "keepalive", ...whole };
          case UDP_PAYLOAD.ike:
          case UDP_PAYLOAD.ikeWithMarker:
          case UDP_PAYLOAD.malformed:
            return { ...ends, kind: "ike", cutEnd: end, headEnd: behind(0) };
        }
      }
    }
  }
}

/** A part of a datagram that could become whole; others are nothing that anyone puts together (RFC 791 section 3.2). */
function isFragment({ fragmented, moreFragments, payloadLength }: IpHeader): boolean {
  return fragmented && payloadLength > 0 && !(moreFragments && payloadLength % 8 !== 0);
}

function quotedEnds(error: IcmpError | null): Look["quotes"] {
  return error === null ? null : [error.quoted.source, error.quoted.destination];
}

function spiAt(
  view: { bytes: Uint8Array; payloadStart: number; payloadEnd: number },
  offset: number,
): number {
  const at = view.payloadStart + offset;
  return view.payloadEnd - at < 4 ? 0 : u32At(view.bytes, at);
}

function isEncapsulationPort(port: number): boolean {
  return port === NAT_T_PORT || port === HTTPS_PORT;
}

function endsOf({
  version,
  addressBytes,
  sourceAt,
  destinationAt,
}: IpHeader): Pick<Look, "source" | "destination"> {
  const addressAt = version === 4 ? ipv4At : ipv6At;
  return { source: addressAt(addressBytes, sourceAt), destination: addressAt(addressBytes, destinationAt) };
}

function fragmentLook(header: IpHeader, end: number): Look {
  const { version, identification, protocol, bytes, payloadStart: at, payloadEnd } = header;
  const { source, destination } = endsOf(header);
  const isNatT =
    protocol === UDP &&
    header.fragmentOffset === 0 &&
    payloadEnd - at >= 12 &&
    (u16At(bytes, at) === NAT_T_PORT || u16At(bytes, at + 2) === NAT_T_PORT) &&
    u16At(bytes, at + 2) !== IKE_PORT;
  return {
    ...NOTHING,
    kind: "fragment",
    source,
    destination,
    // Only the first fragment of an IPv6 datagram tells its protocol; the others share its identification.
    datagram: `${source}>${destination}|${version === 4 ? protocol : ""}|${identification}`,
    maybeEsp: protocol === ESP || (isNatT && u32At(bytes, at + 8) !== 0),
    cutEnd: end,
    headEnd: at,
  };
}
