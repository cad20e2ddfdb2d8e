import { toHex } from "../../../bytes/hex.js";
import { addressText, rangeText } from "../../address-range.js";
import { type Field, hexText, listed, numbered, plainText, shortened } from "../../describe/field.js";
import { ipProtocolText } from "../../describe/ip-protocol.js";
import { type PayloadView, bodyOffset } from "../../describe/view.js";
import type {
  AddressRangeSelector,
  FibreChannelSelector,
  OtherSelector,
  TrafficSelector,
  TrafficSelectorsPayload,
} from "./type.js";
import { payloadName } from "../../registries/payload-types.js";
import { IP_PROTOCOL, TS_TYPE, ipProtocolName, tsTypeName } from "../../registries/traffic-selectors.js";

/** Number of selectors, then three reserved bytes. */
const HEADER = 4;

const SELECTOR_HEADER = 8;

const FIBRE_CHANNEL_LENGTH = 16;

const OTHER_HEADER = 4;

const MOST_OF_A_LINE = 3;

const TEXT_OF_A_LINE = 48;

/** Traffic Selector payload (RFC 7296 3.13). */
export const trafficSelectorsView: PayloadView<TrafficSelectorsPayload> = {
  describe: (payload) => {
    const { selectors } = payload;
    let end = bodyOffset(payload, HEADER);
    const offsets = selectors.map((selector) => (end += selectorLength(selector)) - selectorLength(selector));
    return [
      {
        name: "Number of selectors",
        value: String(selectors.length),
        offset: bodyOffset(payload),
        length: 1,
      },
      ...listed(selectors, (selector, index) => describeSelector(selector, offsets[index] ?? end)),
    ];
  },
  summarize: ({ type, selectors }, version) => {
    const shown = selectors.slice(0, MOST_OF_A_LINE).map(selectorText);
    const more = selectors.length - shown.length;
    return `${payloadName(version, type)}(${shown.join(", ")}${more > 0 ? ` +${more}` : ""})`;
  },
};

/** A selector in one expression: "10.1.0.0/16", "10.1.2.3 TCP/443". */
function selectorText(selector: TrafficSelector): string {
  if (selector.form === "addressRange") {
    return [rangeText(selector.start, selector.end), protocolPart(selector)]
      .filter((part) => part !== "")
      .join(" ");
  }
  if (selector.form === "fibreChannel") return `FC ${hex24(selector.start)}-${hex24(selector.end)}`;
  const text = selector.type === TS_TYPE.TS_SECLABEL ? labelText(selector) : hexText(selector.data, 8);
  return `${tsTypeName(selector.type)}: ${shortened(text, TEXT_OF_A_LINE)}`;
}

function describeSelector(selector: TrafficSelector, offset: number): Field {
  return {
    name: "Traffic selector",
    value: selectorText(selector),
    offset,
    length: selectorLength(selector),
    children: [
      { name: "TS type", value: numbered(tsTypeName(selector.type), selector.type), offset, length: 1 },
      { name: "Selector length", value: String(selectorLength(selector)), offset: offset + 2, length: 2 },
      ...formFields(selector, offset),
    ],
  };
}

function formFields(selector: TrafficSelector, offset: number): Field[] {
  switch (selector.form) {
    case "addressRange":
      return addressFields(selector, offset);
    case "fibreChannel":
      return fibreChannelFields(selector, offset);
    case "other":
      return [
        ...(selector.type === TS_TYPE.TS_SECLABEL
          ? []
          : [
              {
                name: "IP protocol",
                value: ipProtocolText(selector.protocol),
                offset: offset + 1,
                length: 1,
              },
            ]),
        {
          name: selector.type === TS_TYPE.TS_SECLABEL ? "Security label" : "Selector data",
          value: selector.type === TS_TYPE.TS_SECLABEL ? labelText(selector) : hexText(selector.data),
          offset: offset + OTHER_HEADER,
          length: selector.data.length,
        },
      ];
  }
}

function addressFields(selector: AddressRangeSelector, offset: number): Field[] {
  const { protocol, startPort, endPort, start, end } = selector;
  const size = start.length;
  return [
    {
      name: "IP protocol",
      value: ipProtocolText(protocol),
      offset: offset + 1,
      length: 1,
    },
    { name: "Start port", value: String(startPort), offset: offset + 4, length: 2 },
    { name: "End port", value: String(endPort), offset: offset + 6, length: 2 },
    {
      name: "Starting address",
      value: addressText(start) ?? hexText(start),
      offset: offset + 8,
      length: size,
    },
    {
      name: "Ending address",
      value: addressText(end) ?? hexText(end),
      offset: offset + 8 + size,
      length: size,
    },
  ];
}

/** RFC 4595 4.4. */
function fibreChannelFields(selector: FibreChannelSelector, offset: number): Field[] {
  return [
    { name: "Starting address", value: hex24(selector.start), offset: offset + 5, length: 3 },
    { name: "Ending address", value: hex24(selector.end), offset: offset + 9, length: 3 },
    { name: "Starting R_CTL", value: String(selector.startRoutingControl), offset: offset + 12, length: 1 },
    { name: "Ending R_CTL", value: String(selector.endRoutingControl), offset: offset + 13, length: 1 },
    { name: "Starting type", value: String(selector.startType), offset: offset + 14, length: 1 },
    { name: "Ending type", value: String(selector.endType), offset: offset + 15, length: 1 },
  ];
}

/** Protocol and ports; empty where any of both is selected. */
function protocolPart(selector: AddressRangeSelector): string {
  const ports = portText(selector);
  if (selector.protocol === 0) return ports === "" ? "" : `*/${ports}`;
  const name = ipProtocolName(selector.protocol);
  return ports === "" ? name : `${name}/${ports}`;
}

/** RFC 7296 3.13.1: 0 to 65535 is any port, 65535 to 0 OPAQUE; ICMP has type and code in place of a port. */
function portText({ protocol, startPort, endPort }: AddressRangeSelector): string {
  if (startPort === 0 && endPort === 65535) return "";
  if (startPort === 65535 && endPort === 0) return "OPAQUE";
  const isIcmp = protocol === IP_PROTOCOL.ICMP || protocol === IP_PROTOCOL.ICMPV6;
  const text = (port: number): string => (isIcmp ? `${port >> 8}:${port & 0xff}` : String(port));
  return startPort === endPort ? text(startPort) : `${text(startPort)}-${text(endPort)}`;
}

/** RFC 9478 2: bytes whose form the systems at both ends agree on; SELinux ends its text with a zero byte. */
function labelText({ data }: OtherSelector): string {
  return plainText(data.at(-1) === 0 ? data.subarray(0, -1) : data);
}

function hex24(value: number): string {
  return `0x${toHex(Uint8Array.of(value >> 16, value >> 8, value))}`;
}

/** Bytes of a selector, its header included. */
export function selectorLength(selector: TrafficSelector): number {
  if (selector.form === "addressRange") return SELECTOR_HEADER + selector.start.length + selector.end.length;
  return selector.form === "fibreChannel" ? FIBRE_CHANNEL_LENGTH : OTHER_HEADER + selector.data.length;
}
