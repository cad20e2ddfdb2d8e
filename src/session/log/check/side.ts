import { floatAt, putFloat, putU16 } from "../../../bytes/put.js";
import { u16At } from "../../../bytes/reader.js";
import { HEADER_AT } from "../../../ike/header.js";
import { IKE_HEADER_LENGTH } from "../../../ike/message.js";
import type { HostSide, Sighting } from "../../model.js";
import type { Shared } from "../record/shared.js";

/** A whole message of nothing but an SK payload (`isSealedInformational`), or IKEv1 ciphertext alone, and where it was seen. */
export interface SealedMessage {
  readonly bytes: Uint8Array;
  readonly sighting: Sighting;
}

/**
 * One message of a liveness check as it is packed:
 *
 *      0 time   8 frame   16 nanoseconds   18 length of the message   20 of the datagram   22 IPv4 identification
 *     24 TTL   25 the host's side   26 source   27 destination   28 flags of the header   29 version
 *     30 IKEv2: inner type and flags of the SK payload
 */
export const SIDE = {
  time: 0,
  frame: 8,
  nanos: 16,
  length: 18,
  datagram: 20,
  identification: 22,
  ttl: 24,
  hostSide: 25,
  source: 26,
  destination: 27,
  flags: 28,
  version: 29,
  sk: 30,
  size: 32,
} as const;
const HOST_SIDES: readonly HostSide[] = ["unknown", "received", "sent"];
const MOST_ENDPOINTS = 255;

/** Whether a message can be packed this way: in one frame, over UDP, and with numbers that have room. */
export function fitsCheck({ sighting, bytes }: SealedMessage, shared: Shared): boolean {
  return (
    sighting.frames.length === 1 &&
    sighting.transport === "udp" &&
    sighting.ipFragments === 1 &&
    sighting.missingFragments === null &&
    sighting.identification <= 0xffff &&
    sighting.bytes <= 0xffff &&
    bytes.length <= 0xffff &&
    shared.endpointIndex(sighting.source) <= MOST_ENDPOINTS &&
    shared.endpointIndex(sighting.destination) <= MOST_ENDPOINTS
  );
}

export function writeSide(
  into: Uint8Array,
  at: number,
  { bytes, sighting }: SealedMessage,
  shared: Shared,
): void {
  putFloat(into, at + SIDE.time, sighting.time);
  putFloat(into, at + SIDE.frame, sighting.frames[0] ?? 0);
  putU16(into, at + SIDE.nanos, sighting.nanos);
  putU16(into, at + SIDE.length, bytes.length);
  putU16(into, at + SIDE.datagram, sighting.bytes);
  putU16(into, at + SIDE.identification, sighting.identification);
  into[at + SIDE.ttl] = sighting.ttl;
  into[at + SIDE.hostSide] = HOST_SIDES.indexOf(sighting.hostSide);
  into[at + SIDE.source] = shared.endpointIndex(sighting.source);
  into[at + SIDE.destination] = shared.endpointIndex(sighting.destination);
  into[at + SIDE.flags] = bytes[HEADER_AT.flags] as number;
  into[at + SIDE.version] = bytes[HEADER_AT.version] as number;
  into[at + SIDE.sk] = bytes[IKE_HEADER_LENGTH] as number;
  into[at + SIDE.sk + 1] = bytes[IKE_HEADER_LENGTH + 1] as number;
}

/** The sighting of the message that is packed at `at`. */
export function sightingAt(from: Uint8Array, at: number, shared: Shared): Sighting {
  return {
    time: floatAt(from, at + SIDE.time),
    nanos: u16At(from, at + SIDE.nanos),
    frames: [floatAt(from, at + SIDE.frame)],
    source: shared.endpoint(from[at + SIDE.source] as number),
    destination: shared.endpoint(from[at + SIDE.destination] as number),
    bytes: u16At(from, at + SIDE.datagram),
    ipFragments: 1,
    missingFragments: null,
    fragment: 0,
    ttl: from[at + SIDE.ttl] as number,
    identification: u16At(from, at + SIDE.identification),
    hostSide: HOST_SIDES[from[at + SIDE.hostSide] as number] as HostSide,
    transport: "udp",
  };
}
