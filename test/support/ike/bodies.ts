import type {
  CertificateRequestPayload,
  DeletePayload,
  EncryptedPayload,
  FragmentV1Payload,
  KePayload,
  NotifyPayload,
  Payload,
  Proposal,
  SaPayload,
  Transform,
  TransformAttribute,
} from "../../../src/ike/message.js";
import { concat, u16, u32, u8 } from "./bytes.js";

/** Body of a payload, behind its generic header, as the version writes it. */
export function encodeBody(payload: Payload, version: 1 | 2): Uint8Array {
  switch (payload.kind) {
    case "sa":
      return saBody(payload);
    case "ke":
      return keBody(payload);
    case "nonce":
    case "vendorId":
      return payload.data;
    case "notify":
      return notifyBody(payload);
    case "delete":
      return deleteBody(payload);
    case "natDetection":
      return payload.hash;
    case "certificateRequest":
      return certificateRequestBody(payload);
    case "encrypted":
      return encryptedBody(payload, version);
    case "fragmentV1":
      return fragmentV1Body(payload);
    case "opaque":
      return payload.body;
  }
}

type Fields<P> = Omit<P, "kind" | "type" | "offset" | "length" | "critical">;

export function saBody(sa: Pick<SaPayload, "doi" | "situation" | "proposals">): Uint8Array {
  const version = sa.doi === null ? 2 : 1;
  const head = version === 1 ? [u32(sa.doi ?? 1), u32(sa.situation ?? 1)] : [];
  const proposals = sa.proposals.map((proposal, index) =>
    proposalBytes(proposal, index === sa.proposals.length - 1, version),
  );
  return concat(...head, ...proposals);
}

function proposalBytes(proposal: Proposal, last: boolean, version: 1 | 2): Uint8Array {
  const { transforms } = proposal;
  const inner = concat(
    u8(proposal.number),
    u8(proposal.protocol),
    u8(proposal.spi.length),
    u8(transforms.length),
    proposal.spi,
    ...transforms.map((transform, index) =>
      transformBytes(transform, index === transforms.length - 1, version),
    ),
  );
  return concat(u8(last ? 0 : 2), u8(0), u16(inner.length + 4), inner);
}

function transformBytes(transform: Transform, last: boolean, version: 1 | 2): Uint8Array {
  const attributes = concat(...transform.attributes.map(attributeBytes));
  const head =
    version === 2
      ? [u8(transform.type), u8(0), u16(transform.id)]
      : [u8(transform.number), u8(transform.id), u16(0)];
  return concat(u8(last ? 0 : 3), u8(0), u16(attributes.length + 8), ...head, attributes);
}

function attributeBytes({ type, value, bytes }: TransformAttribute): Uint8Array {
  return bytes === null
    ? concat(u16(0x8000 | type), u16(value ?? 0))
    : concat(u16(type), u16(bytes.length), bytes);
}

export function keBody({ group, data }: Fields<KePayload>): Uint8Array {
  return group === null ? data : concat(u16(group), u16(0), data);
}

export function notifyBody({ doi, protocol, spi, notifyType, data }: Fields<NotifyPayload>): Uint8Array {
  const head = doi === null ? [] : [u32(doi)];
  return concat(...head, u8(protocol), u8(spi.length), u16(notifyType), spi, data);
}

export function deleteBody({ doi, protocol, spis }: Fields<DeletePayload>): Uint8Array {
  const head = doi === null ? [] : [u32(doi)];
  return concat(...head, u8(protocol), u8(spis[0]?.length ?? 0), u16(spis.length), ...spis);
}

export function certificateRequestBody({
  encoding,
  authority,
}: Fields<CertificateRequestPayload>): Uint8Array {
  return concat(u8(encoding), authority);
}

export function encryptedBody(
  { body, fragment }: Pick<EncryptedPayload, "body" | "fragment">,
  version: 1 | 2,
): Uint8Array {
  return version === 2 && fragment !== null ? concat(u16(fragment.number), u16(fragment.total), body) : body;
}

export function fragmentV1Body({ id, number, last, data }: Fields<FragmentV1Payload>): Uint8Array {
  return concat(u16(id), u8(number), u8(last ? 1 : 0), data);
}
