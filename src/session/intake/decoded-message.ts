import { decodeIke } from "../../ike/decode.js";
import type { IkeMessage } from "../../ike/message.js";
import type { MalformedMessage, Sighting } from "../model.js";
import type { FragmentJoiner, JoinedMessage } from "./fragments-v1.js";
import type { Unplaced } from "./sightings.js";

/** In the IKE header: the type of the first payload. */
export const NEXT_PAYLOAD_AT = 16;

/** Time, frames and addresses of a packet. */
export type PacketMoment = Pick<Sighting, "frames" | "time" | "source" | "destination">;

/** Number of an IKEv1 or SKF fragment; 0 for a whole message. */
export function fragmentNumber({ payloads }: IkeMessage): number {
  const [first] = payloads;
  if (first?.kind === "fragmentV1") return first.number;
  return payloads.find((payload) => payload.kind === "encrypted")?.fragment?.number ?? 0;
}

/** A fragment of an IKEv1 message waits for the others, with bytes of its own; the whole message where it is the last of them. A cut one puts none together. */
export function joinedFragment(
  joiner: FragmentJoiner,
  bytes: Uint8Array,
  sighting: Unplaced,
): JoinedMessage | null {
  const decoded = decodeIke(bytes);
  const [payload] = decoded.ok ? decoded.message.payloads : [];
  if (!decoded.ok || payload?.kind !== "fragmentV1" || decoded.message.problem !== null) return null;
  return joiner.add({ message: decoded.message, bytes, payload, sighting });
}

/** A datagram that cannot be read, or a message with a fault in it. */
export function malformedMessage(
  { time, source, destination, frames }: PacketMoment,
  reason: string,
  cutBySnapLength: boolean,
  what: MalformedMessage["what"],
): MalformedMessage {
  return { frame: frames[0] ?? 0, time, source, destination, reason, what, cutBySnapLength };
}
