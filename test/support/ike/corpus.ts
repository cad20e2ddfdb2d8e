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

/** Captures of the laboratory, which are part of the repository. */
export const OWN_CAPTURES = new URL("../../../pcaps/", import.meta.url).pathname;

/** Public captures beside the repository; see INDEX.md there. Data of others, so never copied in. */
export const CAPTURES = new URL("../../../../shared/captures/", import.meta.url).pathname;
export const HAVE_CAPTURES = existsSync(CAPTURES);
export const NO_CAPTURES = `no folder ${CAPTURES}`;

/** One UDP payload on an IPsec port, from a capture. */
export interface CapturedPayload {
  /** Path below its folder. */
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

/** Paths of all captures below a folder, sorted; by default of the public ones. */
export function captureFiles(folder = CAPTURES): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(pcap|pcapng|cap)(\.gz)?$/.test(name))
    .toSorted();
}

interface CaptureContent {
  readonly payloads: CapturedPayload[];
  /** Number of its last frame. */
  readonly frames: number;
}

/** All UDP payloads of one capture that are IPsec; what was read up to a fault of the file. */
async function readPayloads(file: string, folder: string): Promise<CaptureContent> {
  const payloads: CapturedPayload[] = [];
  let frames = 0;
  const source = await openCaptures([join(folder, file)]);
  const dissector = new Dissector();
  const { record } = source;
  const collect = (): void => {
    const { frame } = record;
    frames = frame;
    if (dissector.dissect(record, frame) !== PACKET.udp) return;
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
  return { payloads, frames };
}

/** The IKE messages of a capture and how many frames it has. */
export async function readCapture(file: string, folder = CAPTURES): Promise<CaptureContent> {
  const { payloads, frames } = await readPayloads(file, folder);
  const isIke = (kind: UdpPayloadKind): boolean =>
    kind === UDP_PAYLOAD.ike || kind === UDP_PAYLOAD.ikeWithMarker;
  return { payloads: payloads.filter(({ kind }) => isIke(kind)), frames };
}

/** The IKE messages of a capture; by default of a public one. */
export async function readMessages(file: string, folder = CAPTURES): Promise<CapturedPayload[]> {
  return (await readCapture(file, folder)).payloads;
}

/** The IKE messages of all captures: the laboratory's, and the public ones where they are. */
export function allMessages(): Promise<readonly CapturedPayload[]> {
  return (messages ??= readAllMessages());
}

/** Read once for all tests of a process. */
let messages: Promise<readonly CapturedPayload[]> | null = null;

async function readAllMessages(): Promise<readonly CapturedPayload[]> {
  const found: CapturedPayload[] = [];
  for (const folder of [OWN_CAPTURES, CAPTURES]) {
    for (const file of captureFiles(folder)) found.push(...(await readMessages(file, folder)));
  }
  return found;
}
