import { DecodeError, type LengthSource } from "../../bytes/problem.js";
import type { ByteReader } from "../../bytes/reader.js";
import type { Payload, PayloadFrame } from "../message.js";

/**
 * Decodes the body of one payload. `body` is a window behind the generic payload header whose offsets count from the
 * start of the message; `nextPayload` is what the generic header said. Throws DecodeError on any fault: the caller
 * keeps the payload as opaque and the problem beside it. `frame` becomes the payload, by `payloadOf()`, when all is read. Byte arrays in the result are views of the input.
 */
export type PayloadDecoder = (frame: PayloadFrame, body: ByteReader, nextPayload: number) => Payload;

/** Decoders by payload type; a type that is not in the table is opaque. */
export type PayloadTable = ReadonlyMap<number, PayloadDecoder>;

/**
 * A reader over the next `length` bytes, whose length field is `declaredBy`; this reader moves behind them. Throws
 * DecodeError that names this field, not the one that limits the bytes around.
 */
export function declaredWindow(
  reader: ByteReader,
  length: number,
  declaredBy: LengthSource,
  what: string,
): ByteReader {
  if (length > reader.remaining) {
    throw new DecodeError({
      what,
      offset: reader.offset,
      required: length,
      available: reader.remaining,
      declaredBy,
    });
  }
  return reader.sub(length, declaredBy, what);
}

/** Throws where a body has bytes left that none of its fields declares. */
export function requireEnd(reader: ByteReader, what: string): void {
  if (reader.remaining > 0) {
    throw faultAt(reader, what, `${reader.remaining} bytes are left over`);
  }
}

/** A fault that is not a length: a value that the protocol does not allow at the reader's position. */
export function faultAt(reader: ByteReader, what: string, detail: string): DecodeError {
  return new DecodeError({
    what,
    offset: reader.offset,
    required: 0,
    available: Math.max(0, reader.remaining),
    declaredBy: reader.declaredBy,
    detail,
  });
}
