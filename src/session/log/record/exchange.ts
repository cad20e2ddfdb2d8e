import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import { readCheck, reopenCheck } from "../check/record.js";
import { readCheckV1, sightingOfCheckV1 } from "../check/record-v1.js";
import { AT, type ExchangeHead, FLAG } from "./head.js";
import type { CountedExchange } from "../given-up.js";
import { type HeldExchange, isQuiet, type OrderedExchange } from "./held.js";
import { PackedReader, type PackedWriter } from "./bytes.js";
import { readCounted, readTransmission, writeTransmission } from "./transmission.js";
import type { Shared } from "./shared.js";

/** Appends an exchange to `writer` as a record that {@link readExchange} reads. */
export function packExchange(writer: PackedWriter, exchange: HeldExchange, shared: Shared): void {
  const { order, messageId, exchangeType, step, startedBy, expectsResponse, request, response } = exchange;
  const start = writer.length;
  const { requestDigests, responseDigests } = exchange;
  writer.u32(0);
  writer.u32(order);
  writer.u32(messageId);
  writer.u8(exchangeType);
  writer.u8(step >> 8);
  writer.u8(step & 0xff);
  writer.u8(
    (startedBy === "responder" ? FLAG.byResponder : 0) |
      (expectsResponse ? FLAG.expectsResponse : 0) |
      (request === null ? 0 : FLAG.request) |
      (response === null ? 0 : FLAG.response) |
      (isQuiet(exchange) ? FLAG.quiet : 0),
  );
  writer.u8(requestDigests.length);
  writer.u8(responseDigests.length);
  for (const digest of requestDigests) writer.float(digest);
  for (const digest of responseDigests) writer.float(digest);
  if (request !== null) writeTransmission(writer, request, messageId, shared);
  if (response !== null) writeTransmission(writer, response, messageId, shared);
  writer.u32At(start, writer.length - start);
}

/** The exchange of a record, to be read. */
export function readExchange(bytes: Uint8Array, head: ExchangeHead, shared: Shared): OrderedExchange {
  return (head.flags & FLAG.check) === 0 || head.exchangeType !== EXCHANGE_V2.INFORMATIONAL
    ? unpackExchange(bytes, head, shared)
    : readCheck(bytes, head, shared);
}

/** The counts of a recorded exchange that is given up: its messages are not read. */
export function countedExchange(bytes: Uint8Array, head: ExchangeHead, shared: Shared): CountedExchange {
  const { startedBy, flags } = head;
  if ((flags & FLAG.check) !== 0) {
    if (head.exchangeType === EXCHANGE_V2.INFORMATIONAL) return readCheck(bytes, head, shared);
    const request = { tries: 1, sightings: [sightingOfCheckV1(bytes, head, shared)] };
    return { startedBy, request, response: null };
  }
  const reader = new PackedReader(bytes, head.transmissionsAt);
  const request = (flags & FLAG.request) === 0 ? null : readCounted(reader, shared);
  const response = (flags & FLAG.response) === 0 ? null : readCounted(reader, shared);
  return { startedBy, request, response };
}

/** The same for more messages to come in. */
export function unpackExchange(bytes: Uint8Array, head: ExchangeHead, shared: Shared): HeldExchange {
  const { at, messageId, flags } = head;
  if ((flags & FLAG.check) !== 0) {
    const isV2 = head.exchangeType === EXCHANGE_V2.INFORMATIONAL;
    return isV2 ? reopenCheck(bytes, head, shared) : readCheckV1(bytes, head, shared);
  }
  const reader = new PackedReader(bytes, at + AT.first);
  const requestDigests = readDigests(reader, bytes[at + AT.digests] as number);
  const responseDigests = readDigests(reader, bytes[at + AT.digests + 1] as number);
  return {
    order: head.order,
    exchangeType: head.exchangeType,
    messageId,
    step: head.step,
    startedBy: head.startedBy,
    request: (flags & FLAG.request) === 0 ? null : readTransmission(reader, messageId, shared),
    response: (flags & FLAG.response) === 0 ? null : readTransmission(reader, messageId, shared),
    expectsResponse: (flags & FLAG.expectsResponse) !== 0,
    requestDigests,
    responseDigests,
  };
}

function readDigests(reader: PackedReader, count: number): number[] {
  const digests: number[] = [];
  for (let left = count; left > 0; left--) digests.push(reader.float());
  return digests;
}
