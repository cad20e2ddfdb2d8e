import { expect, it } from "vitest";
import { messageLengths } from "../../src/session/message-lengths.js";
import type { Sighting, Transmission } from "../../src/session/model.js";
import { ikeMessage } from "../support/ike/message.js";
import { decodeIke } from "../../src/ike/decode.js";
import { nonce } from "../support/ike/payloads-v2.js";
import { SIGHTING } from "../support/ike/seen.js";

const BYTES = ikeMessage({ exchange: 34, payloads: [nonce(new Uint8Array(16))] });

/** The message, seen once between these ports with so many bytes in front of it. */
function lengthBetween(source: number, destination: number, before: number): number {
  const decoded = decodeIke(BYTES);
  if (!decoded.ok) throw new Error("no message");
  const sighting: Sighting = {
    ...SIGHTING,
    source: { ...SIGHTING.source, port: source },
    destination: { ...SIGHTING.destination, port: destination },
    bytes: BYTES.length + before,
  };
  const { message } = decoded;
  const transmission: Pick<Transmission, "message" | "sightings"> = { message, sightings: [sighting] };
  return messageLengths(transmission)(sighting);
}

it.each([
  ["without a marker on UDP 500", 500, 500, 0],
  ["behind the marker on UDP 4500", 4500, 4500, 4],
  ["behind a NAT device that changed one port", 40_001, 4500, 4],
  ["behind the marker on ports that a gateway is configured to", 5600, 5600, 4],
  ["without a marker on such ports", 5500, 5500, 0],
])("the length of a message %s is what its header says", (_, source, destination, before) => {
  expect(lengthBetween(source, destination, before)).toBe(BYTES.length);
});
