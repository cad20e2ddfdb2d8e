import { frameRef } from "../../../src/bytes/frame.js";
import type { IkeMessage } from "../../../src/ike/message.js";
import type { Sighting } from "../../../src/session/model.js";
import type { SeenMessage } from "../../../src/session/transmission.js";

/** The sighting of a datagram from 192.0.2.2:500 to 192.0.2.1:4500 in frame 7. */
export const SIGHTING: Sighting = {
  time: 1_700_000_000_123_456,
  nanos: 0,
  frames: [frameRef(0, 7)],
  source: { address: "192.0.2.2", port: 500 },
  destination: { address: "192.0.2.1", port: 4500 },
  bytes: 36,
  ipFragments: 1,
  missingFragments: null,
  fragment: 0,
  ttl: 64,
  identification: 1,
  hostSide: "unknown",
  transport: "udp",
};

export function seen(message: IkeMessage, bytes: Uint8Array, sighting = SIGHTING): SeenMessage {
  return { message, bytes, digest: 0, sighting };
}
