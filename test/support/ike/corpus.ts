import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { openCaptures } from "../../../src/capture/node/open.js";
import { CaptureError } from "../../../src/capture/source.js";
import {
  classifyUdpPayload,
  UDP_PAYLOAD,
  udpPayloadOffset,
  type UdpPayloadKind,
} from "../../../src/ike/udp.js";
import { Dissector } from "../../../src/packet/dissector.js";
import { PACKET } from "../../../src/packet/packet.js";

/** Public captures beside the repository; see INDEX.md there. Data of others, so never copied in. */
export const CAPTURES = new URL("../../../../shared/captures/", import.meta.url).pathname;
export const HAVE_CAPTURES = existsSync(CAPTURES);
export const NO_CAPTURES = `no folder ${CAPTURES}`;

/** One UDP payload on an IPsec port, from a capture. */
export interface CapturedPayload {
  /** Path below CAPTURES. */
  readonly file: string;
  readonly frame: number;
  readonly kind: UdpPayloadKind;
  /** Addresses in network order. */
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** The IKE message or ESP packet, without marker: a copy. */
  readonly bytes: Uint8Array;
}

/** Paths of all captures below the folder, sorted. */
export function captureFiles(): string[] {
  if (!HAVE_CAPTURES) return [];
  return readdirSync(CAPTURES, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(pcap|pcapng|cap)(\.gz)?$/.test(name))
    .toSorted();
}

/** All UDP payloads of one capture that are IPsec; what was read up to a fault of the file. */
async function readPayloads(file: string): Promise<CapturedPayload[]> {
  const payloads: CapturedPayload[] = [];
  const source = await openCaptures([join(CAPTURES, file)]);
  const dissector = new Dissector();
  const { record } = source;
  const collect = (): void => {
    const { bytes, start, end, originalLength, linkType, frame, time } = record;
    if (dissector.dissect(bytes, start, end, originalLength, linkType, frame, time) !== PACKET.udp) return;
    const { view } = dissector;
    const kind = classifyUdpPayload(
      view.bytes,
      view.payloadStart,
      view.payloadEnd,
      view.payloadLength,
      view.sourcePort,
      view.destinationPort,
    );
    if (kind === UDP_PAYLOAD.notIpsec) return;
    const from = view.payloadStart + udpPayloadOffset(kind);
    const size = view.ipVersion === 4 ? 4 : 16;
    payloads.push({
      file,
      frame,
      kind,
      source: view.addressBytes.slice(view.sourceAt, view.sourceAt + size),
      destination: view.addressBytes.slice(view.destinationAt, view.destinationAt + size),
      sourcePort: view.sourcePort,
      destinationPort: view.destinationPort,
      bytes: view.bytes.slice(from, view.payloadEnd),
    });
  };
  try {
    do {
      while (source.next()) collect();
    } while (await source.fill());
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
  } finally {
    await source.close();
  }
  return payloads;
}

/** The IKE messages among them. */
export async function readMessages(file: string): Promise<CapturedPayload[]> {
  const payloads = await readPayloads(file);
  return payloads.filter(({ kind }) => kind === UDP_PAYLOAD.ike || kind === UDP_PAYLOAD.ikeWithMarker);
}
