import type {
  AuthenticationPayload,
  CertificatePayload,
  CertificateRequestPayload,
  ConfigurationPayload,
  DeletePayload,
  EapPayload,
  EncryptedPayload,
  FragmentV1Payload,
  IdentificationPayload,
  KePayload,
  NatOriginalAddressPayload,
  NotifyPayload,
  Payload,
  Proposal,
  SaPayload,
  TrafficSelector,
  TrafficSelectorsPayload,
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
    case "hash":
    case "signature":
    case "puzzleSolution":
      return payload.data;
    case "notify":
      return notifyBody(payload);
    case "delete":
      return deleteBody(payload);
    case "natDetection":
      return payload.hash;
    case "natOriginalAddress":
      return natOriginalAddressBody(payload);
    case "identification":
      return identificationBody(payload);
    case "certificate":
      return certificateBody(payload);
    case "authentication":
      return authenticationBody(payload);
    case "trafficSelectors":
      return trafficSelectorsBody(payload);
    case "configuration":
      return configurationBody(payload);
    case "eap":
      return eapBody(payload);
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

export function identificationBody({
  idType,
  protocol,
  port,
  data,
}: Fields<IdentificationPayload>): Uint8Array {
  return concat(u8(idType), u8(protocol ?? 0), u16(port ?? 0), data);
}

export function natOriginalAddressBody({ idType, address }: Fields<NatOriginalAddressPayload>): Uint8Array {
  return concat(u8(idType), u8(0), u16(0), address);
}

export function certificateBody({ encoding, data }: Fields<CertificatePayload>): Uint8Array {
  return concat(u8(encoding), data);
}

export function authenticationBody({ method, data }: Fields<AuthenticationPayload>): Uint8Array {
  return concat(u32(method * 2 ** 24), data);
}

export function trafficSelectorsBody({ selectors }: Fields<TrafficSelectorsPayload>): Uint8Array {
  return concat(u32(selectors.length * 2 ** 24), ...selectors.map(selectorBytes));
}

function selectorBytes(selector: TrafficSelector): Uint8Array {
  const inner = selectorForm(selector);
  const protocol = selector.form === "fibreChannel" ? 0 : selector.protocol;
  return concat(u8(selector.type), u8(protocol), u16(inner.length + 4), inner);
}

function selectorForm(selector: TrafficSelector): Uint8Array {
  switch (selector.form) {
    case "addressRange":
      return concat(u16(selector.startPort), u16(selector.endPort), selector.start, selector.end);
    case "fibreChannel":
      return concat(
        u32(selector.start),
        u32(selector.end),
        u8(selector.startRoutingControl),
        u8(selector.endRoutingControl),
        u8(selector.startType),
        u8(selector.endType),
      );
    case "other":
      return selector.data;
  }
}

export function configurationBody({
  configType,
  identifier,
  attributes,
}: Fields<ConfigurationPayload>): Uint8Array {
  return concat(u8(configType), u8(0), u16(identifier ?? 0), ...attributes.map(attributeBytes));
}

export function eapBody({
  code,
  identifier,
  messageLength,
  method,
  vendor,
  data,
}: Fields<EapPayload>): Uint8Array {
  const type = method === null ? [] : [u8(method)];
  const expanded = vendor === null ? [] : [u32(vendor.id).subarray(1), u32(vendor.type)];
  return concat(u8(code), u8(identifier), u16(messageLength), ...type, ...expanded, data);
}
