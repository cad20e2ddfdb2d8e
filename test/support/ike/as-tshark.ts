import { ipv4At } from "../../../src/bytes/address.js";
import { toHex } from "../../../src/bytes/hex.js";
import { describePayload } from "../../../src/ike/describe/payload.js";
import type { Field } from "../../../src/ike/describe/field.js";
import { identityText } from "../../../src/ike/identity.js";
import type {
  IkeMessage,
  Payload,
  TrafficSelector,
  Transform,
  TransformAttribute,
} from "../../../src/ike/message.js";
import { FIELD_NAMES, type TsharkField, type TsharkMessage } from "./tshark.js";

type Values = (number | string)[];

/** A message as ikescope reads it, and the payloads that were decrypted, in the form of tshark's fields. */
export function asTshark(message: IkeMessage, decrypted: readonly Payload[] = []): TsharkMessage["fields"] {
  const { header } = message;
  const payloads = [...message.payloads, ...decrypted];
  const isV2 = header.majorVersion === 2;
  const fields = Object.fromEntries(FIELD_NAMES.map((name): [TsharkField, Values] => [name, []])) as Record<
    TsharkField,
    Values
  >;
  fields["isakmp.ispi"].push(header.initiatorSpi);
  fields["isakmp.rspi"].push(header.responderSpi);
  fields["isakmp.version"].push((header.majorVersion << 4) | header.minorVersion);
  fields["isakmp.exchangetype"].push(header.exchangeType);
  fields["isakmp.flags"].push(header.flags);
  fields["isakmp.messageid"].push(header.messageId);
  fields["isakmp.length"].push(header.length);
  // tshark names no payload in the ciphertext of IKEv1.
  const named = payloads.filter(({ kind }) => isV2 || kind !== "encrypted");
  fields["isakmp.typepayload"].push(...named.map(({ type }) => type));
  for (const payload of payloads) addPayload(fields, payload, isV2);
  return fields;
}

function addPayload(fields: Record<TsharkField, Values>, payload: Payload, isV2: boolean): void {
  switch (payload.kind) {
    case "sa":
      for (const { number, protocol, transforms } of payload.proposals) {
        fields["isakmp.prop.number"].push(number);
        fields["isakmp.prop.protoid"].push(protocol);
        fields["isakmp.prop.transforms"].push(transforms.length);
        for (const transform of transforms) addTransform(fields, transform, isV2);
      }
      return;
    case "ke":
      if (payload.group !== null) fields["isakmp.key_exchange.dh_group"].push(payload.group);
      fields["isakmp.key_exchange.data"].push(payload.data.length);
      return;
    case "nonce":
      fields["isakmp.nonce"].push(toHex(payload.data));
      return;
    case "notify":
      fields["isakmp.notify.msgtype"].push(payload.notifyType);
      fields["isakmp.notify.protoid"].push(payload.protocol);
      fields["isakmp.notify.data"].push(toHex(payload.data));
      addNotifyData(fields, describePayload(payload, isV2 ? 2 : 1));
      return;
    case "delete":
      fields["isakmp.delete.protoid"].push(payload.protocol);
      fields["isakmp.delete.spi"].push(...payload.spis.map((spi) => toHex(spi)));
      return;
    case "vendorId":
      fields["isakmp.vid_bytes"].push(toHex(payload.data));
      return;
    case "natDetection":
      fields["isakmp.ike.nat_hash"].push(toHex(payload.hash));
      return;
    case "identification":
      fields["isakmp.id.type"].push(payload.idType);
      if (payload.protocol !== null) fields["isakmp.id.protoid"].push(payload.protocol);
      if (payload.port !== null) fields["isakmp.id.port"].push(payload.port);
      addIdentity(fields, payload.idType, payload.data);
      return;
    case "certificate":
      fields["isakmp.cert.encoding"].push(payload.encoding);
      return;
    case "certificateRequest":
      addAuthorities(fields, payload.encoding, describePayload(payload, isV2 ? 2 : 1));
      return;
    case "authentication":
      fields["isakmp.auth.method"].push(payload.method);
      fields["isakmp.auth.data"].push(toHex(payload.data));
      return;
    case "trafficSelectors":
      for (const selector of payload.selectors) addSelector(fields, selector);
      return;
    case "configuration":
      fields["isakmp.cfg.type"].push(payload.configType);
      fields["isakmp.cfg.attr.type"].push(...payload.attributes.map(({ type }) => type));
      return;
    case "hash":
      fields["isakmp.hash"].push(toHex(payload.data));
      return;
    case "signature":
      fields["isakmp.sig"].push(toHex(payload.data));
      return;
    case "encrypted":
      if (payload.fragment === null) return;
      fields["isakmp.frag.number"].push(payload.fragment.number);
      fields["isakmp.frag.total"].push(payload.fragment.total);
      return;
    default:
      return;
  }
}

const TRANSFORM_ID_FIELDS: ReadonlyMap<number, TsharkField> = new Map([
  [1, "isakmp.tf.id.encr"],
  [2, "isakmp.tf.id.prf"],
  [3, "isakmp.tf.id.integ"],
  [4, "isakmp.tf.id.dh"],
  [5, "isakmp.tf.id.esn"],
]);

function addTransform(fields: Record<TsharkField, Values>, transform: Transform, isV2: boolean): void {
  const { type, id, number, attributes } = transform;
  if (isV2) {
    fields["isakmp.tf.type"].push(type);
    const field = TRANSFORM_ID_FIELDS.get(type);
    if (field !== undefined) fields[field].push(id);
  } else {
    fields["isakmp.trans.number"].push(number);
    fields["isakmp.trans.id"].push(id);
  }
  const prefix = isV2 ? "isakmp.ike2.attr" : "isakmp.ike.attr";
  fields[`${prefix}.type`].push(...attributes.map((attribute) => attribute.type));
  fields[`${prefix}.value`].push(...attributes.map(attributeHex));
}

function attributeHex({ value, bytes }: TransformAttribute): string {
  return bytes === null ? (value ?? 0).toString(16).padStart(4, "0") : toHex(bytes);
}

/** Values that only the description decodes: the number in "MODP_2048 (14)". */
function addNotifyData(fields: Record<TsharkField, Values>, described: readonly Field[]): void {
  const numbers = (name: string): number[] =>
    described
      .filter((field) => field.name === name)
      .map(({ value }) => Number(/\((\d+)\)$/.exec(value)?.[1]));
  fields["isakmp.notify.data.accepted_dh_group"].push(...numbers("Accepted key exchange method"));
  fields["isakmp.notify.data.signature_hash_algorithms"].push(...numbers("Hash algorithm"));
}

/** tshark gives the hashes of IKEv2 one by one. */
function addAuthorities(
  fields: Record<TsharkField, Values>,
  encoding: number,
  described: readonly Field[],
): void {
  fields["isakmp.certreq.type"].push(encoding);
  const hashes = described.filter(({ name }) => name === "Authority key hash").map(({ value }) => value);
  fields["isakmp.ike.certreq.authority"].push(...hashes);
}

function addIdentity(fields: Record<TsharkField, Values>, idType: number, data: Uint8Array): void {
  if (idType === 1) fields["isakmp.id.data.ipv4_addr"].push(identityText(idType, data));
  if (idType === 2) fields["isakmp.id.data.fqdn"].push(identityText(idType, data));
}

function addSelector(fields: Record<TsharkField, Values>, selector: TrafficSelector): void {
  fields["isakmp.ts.type"].push(selector.type);
  if (selector.form !== "addressRange") return;
  fields["isakmp.ts.protoid"].push(selector.protocol);
  fields["isakmp.ts.start_port"].push(selector.startPort);
  fields["isakmp.ts.end_port"].push(selector.endPort);
  if (selector.start.length !== 4) return;
  fields["isakmp.ts.start_ipv4"].push(ipv4At(selector.start, 0));
  fields["isakmp.ts.end_ipv4"].push(ipv4At(selector.end, 0));
}
