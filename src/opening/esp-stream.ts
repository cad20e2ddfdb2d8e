import type { EspSighting } from "../session/intake/openers.js";
import type { InnerFlow, OpenedStream } from "../session/model/opened.js";
import type { EspCandidate } from "./child-keys.js";
import type { InnerPacket } from "./inner-packet.js";

/** Flows inside a stream that are kept apart; further ones are counted. */
const MOST_FLOWS = 256;
const TCP = { fin: 1, syn: 2, rst: 4 } as const;

/** A stream of ESP with keys, as far as it was opened. */
export interface KeyedStream {
  readonly spi: number;
  readonly source: string;
  readonly destination: string;
  seen: number;
  opened: number;
  fitting: EspCandidate | null;
  failures: number;
  high: number | null;
  mode: OpenedStream["mode"];
  wrongPadding: number;
  readonly wrongIcv: { readonly frame: number; readonly time: number }[];
  wrong: number;
  statedIcv: OpenedStream["statedIcv"];
  readonly flows: Map<string, Flow>;
  otherFlows: number;
}

type Flow = { -readonly [K in keyof InnerFlow]: InnerFlow[K] };

/** A stream of which no packet was seen yet. */
export function newStream(spi: number, source: string, destination: string): KeyedStream {
  return {
    spi,
    source,
    destination,
    seen: 0,
    opened: 0,
    fitting: null,
    failures: 0,
    high: null,
    mode: "other",
    wrongPadding: 0,
    wrongIcv: [],
    wrong: 0,
    statedIcv: null,
    flows: new Map(),
    otherFlows: 0,
  };
}

/** Key of a stream in a table. */
export function streamName(spi: number, source: string, destination: string): string {
  return `${spi} ${source} ${destination}`;
}

/** The opened packets of a stream; null where no key fits. */
export function openedStream(stream: KeyedStream): OpenedStream | null {
  const { fitting, high, flows, otherFlows } = stream;
  if (fitting === null) return null;
  const { spi, source, destination, mode, opened, wrongIcv, wrong, statedIcv, wrongPadding } = stream;
  return {
    spi,
    source,
    destination,
    by: fitting.by,
    mode,
    opened,
    wrongIcv,
    wrong,
    statedIcv,
    wrongPadding,
    esn: high !== null,
    flows: [...flows.values()],
    otherFlows,
  };
}

/** Counts an opened packet with the flow that it belongs to. */
export function addToFlow(stream: KeyedStream, inner: InnerPacket, { frame, time }: EspSighting): void {
  const source = inner.source ?? stream.source;
  const destination = inner.destination ?? stream.destination;
  const { protocol, sourcePort, destinationPort, icmpType, tcpFlags, length } = inner;
  const name = `${source} ${destination} ${protocol} ${sourcePort} ${destinationPort} ${icmpType}`;
  let flow = stream.flows.get(name);
  if (flow === undefined) {
    if (stream.flows.size >= MOST_FLOWS) {
      stream.otherFlows++;
      return;
    }
    flow = {
      source,
      destination,
      protocol,
      sourcePort,
      destinationPort,
      icmpType,
      packets: 0,
      largest: 0,
      syn: 0,
      fin: 0,
      rst: 0,
      first: { frame, time },
    };
    stream.flows.set(name, flow);
  }
  flow.packets++;
  if (length > flow.largest) flow.largest = length;
  const flags = tcpFlags ?? 0;
  if ((flags & TCP.syn) !== 0) flow.syn++;
  if ((flags & TCP.fin) !== 0) flow.fin++;
  if ((flags & TCP.rst) !== 0) flow.rst++;
}
