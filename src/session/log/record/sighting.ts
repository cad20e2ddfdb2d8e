import type { FrameRef } from "../../../bytes/frame.js";
import type { FragmentSighting } from "../../../packet/packet.js";
import type { HostSide, LostFragments, Sighting } from "../../model.js";
import type { PackedReader, PackedWriter } from "./bytes.js";
import type { Shared } from "./shared.js";

const HOST_SIDES: readonly HostSide[] = ["unknown", "received", "sent"];
const REASONS: readonly LostFragments["reason"][] = [
  "timeout",
  "evicted",
  "end",
  "overlap",
  "too-large",
  "snap-length",
];

/** Bits of the byte that says what else there is; the host's side is in the lowest two. */
const HAS = { tcp: 4, lost: 8, nanos: 16, fragment: 32, leftOut: 64 } as const;
const HOST_SIDE_BITS = 3;

export function writeSighting(writer: PackedWriter, sighting: Sighting, shared: Shared): void {
  const { nanos, frames, framesLeftOut = 0, fragment, missingFragments, hostSide, transport } = sighting;
  writer.u8(
    HOST_SIDES.indexOf(hostSide) |
      (transport === "tcp" ? HAS.tcp : 0) |
      (missingFragments === null ? 0 : HAS.lost) |
      (nanos === 0 ? 0 : HAS.nanos) |
      (fragment === 0 ? 0 : HAS.fragment) |
      (framesLeftOut === 0 ? 0 : HAS.leftOut),
  );
  writer.float(sighting.time);
  if (nanos !== 0) writer.number(nanos);
  writer.number(frames.length);
  for (const frame of frames) writer.number(frame);
  if (framesLeftOut !== 0) writer.number(framesLeftOut);
  writer.number(shared.endpointIndex(sighting.source));
  writer.number(shared.endpointIndex(sighting.destination));
  writer.number(sighting.bytes);
  writer.number(sighting.ipFragments);
  if (fragment !== 0) writer.number(fragment);
  writer.u8(sighting.ttl);
  writer.number(sighting.identification);
  if (missingFragments !== null) writeLost(writer, missingFragments);
}

export function readSighting(reader: PackedReader, shared: Shared): Sighting {
  const has = reader.u8();
  const time = reader.float();
  const nanos = (has & HAS.nanos) === 0 ? 0 : reader.number();
  const frames: FrameRef[] = [];
  for (let left = reader.number(); left > 0; left--) frames.push(reader.number());
  const framesLeftOut = (has & HAS.leftOut) === 0 ? 0 : reader.number();
  const source = shared.endpoint(reader.number());
  const destination = shared.endpoint(reader.number());
  const bytes = reader.number();
  const ipFragments = reader.number();
  const fragment = (has & HAS.fragment) === 0 ? 0 : reader.number();
  const ttl = reader.u8();
  const identification = reader.number();
  const sighting: Sighting = {
    time,
    nanos,
    frames,
    source,
    destination,
    bytes,
    ipFragments,
    missingFragments: (has & HAS.lost) === 0 ? null : readLost(reader),
    fragment,
    ttl,
    identification,
    hostSide: HOST_SIDES[has & HOST_SIDE_BITS] as HostSide,
    transport: (has & HAS.tcp) === 0 ? "udp" : "tcp",
  };
  return framesLeftOut === 0 ? sighting : { ...sighting, framesLeftOut };
}

function writeLost(writer: PackedWriter, { fragments, totalLength, reason }: LostFragments): void {
  writer.u8(REASONS.indexOf(reason));
  writer.number(totalLength === null ? 0 : totalLength + 1);
  writer.number(fragments.length);
  for (const { frame, time, offset, length } of fragments) {
    writer.number(frame);
    writer.float(time);
    writer.number(offset);
    writer.number(length);
  }
}

function readLost(reader: PackedReader): LostFragments {
  const reason = REASONS[reader.u8()] as LostFragments["reason"];
  const total = reader.number();
  const fragments: FragmentSighting[] = [];
  for (let left = reader.number(); left > 0; left--) {
    const frame = reader.number();
    const time = reader.float();
    fragments.push({ frame, time, offset: reader.number(), length: reader.number() });
  }
  return { fragments, totalLength: total === 0 ? null : total - 1, reason };
}
