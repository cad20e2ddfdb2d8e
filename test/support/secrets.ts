import { toHex } from "../../src/bytes/hex.js";
import type { CaptureSource } from "../../src/capture/source.js";
import type { Payload } from "../../src/ike/message.js";
import { NOTIFY_V2 } from "../../src/ike/registries/notify-v2.js";
import { knownVendorId } from "../../src/ike/vendor.js";
import { decodeMessages, type MessageTap } from "../../src/index.js";
import { Dissector } from "../../src/packet/dissector.js";
import { PACKET } from "../../src/packet/packet.js";
import { u32At } from "../../src/bytes/reader.js";
import { NAT_T_PORT } from "../../src/ike/ports.js";

/** Bytes of a capture that tell of hosts and people; addresses of everybody (broadcast, none) are no secret. */
export async function secretsOf(open: () => Promise<CaptureSource>): Promise<Uint8Array[]> {
  const secrets = new Map<string, Uint8Array>();
  const add = (bytes: Uint8Array): void => {
    const isPlain = bytes.every((byte) => byte === 0) || bytes.every((byte) => byte === 0xff);
    if (!isPlain && bytes.length >= 4) secrets.set(toHex(bytes), bytes.slice());
  };
  await fromHeaders(await open(), add);
  const tap: MessageTap = {
    message: ({ message: { header, payloads } }) => {
      add(spi(header.initiatorSpi));
      add(spi(header.responderSpi));
      for (const payload of payloads) for (const bytes of contentOf(payload)) add(bytes);
    },
    malformed: () => undefined,
  };
  await decodeMessages(await open(), tap);
  return [...secrets.values()];
}

async function fromHeaders(source: CaptureSource, add: (bytes: Uint8Array) => void): Promise<void> {
  const dissector = new Dissector();
  const { view } = dissector;
  const { record } = source;
  do {
    while (source.next()) {
      const { bytes, start, linkType } = record;
      if (linkType === 1) {
        add(bytes.subarray(start, start + 6));
        add(bytes.subarray(start + 6, start + 12));
      }
      if (linkType === 276) add(bytes.subarray(start + 12, start + 18));
      const kind = dissector.dissect(record, record.frame);
      if (kind === PACKET.skipped) continue;
      const length = view.ipVersion === 4 ? 4 : 16;
      add(view.addressBytes.subarray(view.sourceAt, view.sourceAt + length));
      add(view.addressBytes.subarray(view.destinationAt, view.destinationAt + length));
      const isNatT =
        kind === PACKET.udp && (view.sourcePort === NAT_T_PORT || view.destinationPort === NAT_T_PORT);
      const isEsp = kind === PACKET.esp || (isNatT && view.payloadEnd - view.payloadStart >= 8);
      if (isEsp && u32At(view.bytes, view.payloadStart) >= 256) {
        add(view.bytes.subarray(view.payloadStart, view.payloadStart + 4));
      }
    }
  } while (await source.fill());
  await source.close();
}

/** The content of a payload in clear that is not of the protocol itself. */
function contentOf(payload: Payload): Uint8Array[] {
  switch (payload.kind) {
    case "identification":
    case "certificate":
    case "nonce":
    case "ke":
    case "hash":
    case "signature":
      return [payload.data];
    case "natDetection":
      return [payload.hash];
    case "vendorId":
      return knownVendorId(payload.data) === null ? [payload.data] : [];
    case "notify":
      return payload.notifyType === NOTIFY_V2.SIGNATURE_HASH_ALGORITHMS || payload.data.length < 8
        ? [payload.spi]
        : [payload.spi, payload.data];
    case "encrypted":
      return [payload.body.subarray(0, 24), payload.body.subarray(-12)];
    default:
      return [];
  }
}

function spi(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Every way to write some bytes that anyone may look for, as they would stand in a file of Latin-1 text. */
export function spellings(secret: Uint8Array): string[] {
  const hex = toHex(secret);
  const pairs = hex.match(/../g) ?? [];
  const reversed = secret.toReversed();
  const isNumber = secret.length === 4 || secret.length === 8;
  // Two bytes among zeros, as stories have them, stand in many a header and length field.
  const isThin = secret.length <= 6 && secret.filter((byte) => byte !== 0).length <= 2;
  return [
    ...(isThin ? [] : [latin(secret), latin(reversed)]),
    hex,
    hex.toUpperCase(),
    toHex(reversed),
    pairs.join(":"),
    pairs.join("-"),
    pairs.join(" "),
    (hex.match(/.{1,4}/g) ?? []).join("."),
    ...(secret.length <= 16 ? [secret.join(".")] : []),
    ...(isNumber ? [BigInt(`0x${hex}`).toString(), BigInt(`0x${toHex(reversed)}`).toString()] : []),
    ...(secret.length === 16 ? [pairs.join("").replaceAll(/(.{4})(?=.)/g, "$1:")] : []),
  ];
}

export function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}
