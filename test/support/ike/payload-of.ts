import { expect } from "vitest";
import { decodePayloads } from "../../../src/ike/decode.js";
import type { Payload } from "../../../src/ike/message.js";
import { chainBytes, type PayloadBytes } from "./message.js";

/** A chain of this payload alone, as decoded. Offsets count from its generic header. */
export function payloadsOf(version: 1 | 2, payload: PayloadBytes): ReturnType<typeof decodePayloads> {
  return decodePayloads(version, payload.type, chainBytes([payload]));
}

/** The payload as decoded, without fault. */
export function onlyPayload(version: 1 | 2, payload: PayloadBytes): Payload {
  const { payloads, problem } = payloadsOf(version, payload);
  expect(problem).toBeNull();
  const [only] = payloads;
  if (only === undefined || payloads.length !== 1) throw new Error("not one payload");
  return only;
}

/** The fault of a body that is written out; the payload stays with its bytes. */
export function faultOf(version: 1 | 2, type: number, body: Uint8Array): unknown {
  const { payloads, problem } = payloadsOf(version, { type, body });
  expect(payloads).toMatchObject([{ kind: "opaque", type, body }]);
  return problem;
}
