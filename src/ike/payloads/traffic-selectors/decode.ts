import type { ByteReader } from "../../../bytes/reader.js";
import { declaredWindow, faultAt, requireEnd } from "../decoder.js";
import { type PayloadFrame, payloadOf } from "../frame.js";
import type { TrafficSelector, TrafficSelectorsPayload } from "./type.js";
import { TS_TYPE } from "../../registries/traffic-selectors.js";

/** Type, protocol and selector length, which every selector has. */
const COMMON_HEADER = 4;

/** Bytes of an address by selector type. */
const ADDRESS_LENGTHS: ReadonlyMap<number, number> = new Map([
  [TS_TYPE.TS_IPV4_ADDR_RANGE, 4],
  [TS_TYPE.TS_IPV6_ADDR_RANGE, 16],
]);

/** TSi and TSr (RFC 7296 3.13): number of selectors, three reserved bytes, selectors. */
export function decodeTrafficSelectors(frame: PayloadFrame, body: ByteReader): TrafficSelectorsPayload {
  const count = body.u8("number of traffic selectors");
  body.skip(3, "traffic selector payload");
  const selectors: TrafficSelector[] = [];
  while (selectors.length < count) selectors.push(readSelector(body));
  requireEnd(body, "traffic selector payload");
  return payloadOf(frame, {
    kind: "trafficSelectors",
    selectors,
  });
}

/** RFC 7296 3.13.1: type, protocol, length, then what the type says. */
function readSelector(reader: ByteReader): TrafficSelector {
  const type = reader.u8("TS type");
  const protocol = reader.u8("IP protocol");
  const length = reader.u16("selector length");
  if (length < COMMON_HEADER) {
    throw faultAt(
      reader,
      "traffic selector",
      `declares ${length} bytes, its header alone has ${COMMON_HEADER}`,
    );
  }
  const inner = declaredWindow(reader, length - COMMON_HEADER, "IKE payload length", "traffic selector");
  const selector = readForm(inner, type, protocol);
  requireEnd(inner, "traffic selector");
  return selector;
}

function readForm(inner: ByteReader, type: number, protocol: number): TrafficSelector {
  const size = ADDRESS_LENGTHS.get(type);
  if (size !== undefined) {
    return {
      form: "addressRange",
      type,
      protocol,
      startPort: inner.u16("start port"),
      endPort: inner.u16("end port"),
      start: inner.take(size, "starting address"),
      end: inner.take(size, "ending address"),
    };
  }
  if (type === TS_TYPE.TS_FC_ADDR_RANGE) return readFibreChannel(inner);
  return { form: "other", type, protocol, data: inner.rest() };
}

/** RFC 4595 4.4: addresses of 24 bits behind a reserved byte each, then ranges of routing control and type. */
function readFibreChannel(inner: ByteReader): TrafficSelector {
  inner.skip(1, "Fibre Channel selector");
  const start = inner.u24("starting address");
  inner.skip(1, "Fibre Channel selector");
  return {
    form: "fibreChannel",
    type: TS_TYPE.TS_FC_ADDR_RANGE,
    start,
    end: inner.u24("ending address"),
    startRoutingControl: inner.u8("starting R_CTL"),
    endRoutingControl: inner.u8("ending R_CTL"),
    startType: inner.u8("starting type"),
    endType: inner.u8("ending type"),
  };
}
