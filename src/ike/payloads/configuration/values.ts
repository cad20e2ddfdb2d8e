import { u16At, u32At } from "../../../bytes/reader.js";
import { addressText, maskedText } from "../../address-range.js";
import { byteCount, hexText, numbered, plainText, shortened } from "../../describe/field.js";
import type { TransformAttribute } from "../attribute.js";
import {
  CONFIG_ATTRIBUTE as A,
  configAttributeName,
  xauthStatusName,
  xauthTypeName,
} from "../../registries/configuration.js";
import { ipProtocolName } from "../../registries/traffic-selectors.js";

/** Text of a value, null where its length contradicts the attribute. */
type ValueForm = (bytes: Uint8Array) => string | null;

const SPLIT_NETWORK_LENGTH = 14;

const address: ValueForm = (bytes) => addressText(bytes);

const text: ValueForm = (bytes) => plainText(bytes);

const seconds: ValueForm = (bytes) => (bytes.length === 4 ? `${u32At(bytes, 0)} s` : null);

/** A credential: a report that is passed on must not carry it. */
const secret: ValueForm = (bytes) => `${byteCount(bytes.length)}, not shown`;

const network4: ValueForm = (bytes) =>
  bytes.length === 8 ? maskedText(bytes.subarray(0, 4), bytes.subarray(4)) : null;

/** An IPv6 address and a prefix length; mode config has the address alone. */
const network6: ValueForm = (bytes) => {
  if (bytes.length === 16) return addressText(bytes);
  return bytes.length === 17 ? `${addressText(bytes.subarray(0, 16))}/${bytes[16]}` : null;
};

/** RFC 5026 5.2: lifetime, prefix and its length. */
const homePrefix: ValueForm = (bytes) =>
  bytes.length === 21 ? `${network6(bytes.subarray(4))}, ${u32At(bytes, 0)} s` : null;

/** RFC 5739 5.1: the interface ID, and what the link is called. */
const link: ValueForm = (bytes) =>
  bytes.length < 8 ? null : `interface ${hexText(bytes.subarray(0, 8))}, link ${hexText(bytes.subarray(8))}`;

const attributeList: ValueForm = (bytes) => {
  if (bytes.length % 2 !== 0) return null;
  const names = Array.from({ length: bytes.length / 2 }, (_, index) =>
    configAttributeName(u16At(bytes, index * 2) & 0x7fff),
  );
  return shortened(names.join(", "));
};

/** 3GPP TS 24.302 8.2.4.2: one address or two. */
const homeAgent: ValueForm = (bytes) =>
  bytes.length === 20
    ? `${addressText(bytes.subarray(0, 16))}, ${addressText(bytes.subarray(16))}`
    : addressText(bytes);

/** RFC 8598 3.2: key tag, algorithm, digest type and digest of a DS record. */
const trustAnchor: ValueForm = (bytes) =>
  bytes.length < 4 ? null : `${u16At(bytes, 0)} ${bytes[2]} ${bytes[3]} ${hexText(bytes.subarray(4))}`;

/** Cisco: networks of 14 bytes, each address, mask, protocol and two ports. */
const splitNetworks: ValueForm = (bytes) => {
  if (bytes.length === 0 || bytes.length % SPLIT_NETWORK_LENGTH !== 0) return null;
  const networks = Array.from({ length: bytes.length / SPLIT_NETWORK_LENGTH }, (_, index) => {
    const at = index * SPLIT_NETWORK_LENGTH;
    const protocol = u16At(bytes, at + 8);
    const name = maskedText(bytes.subarray(at, at + 4), bytes.subarray(at + 4, at + 8));
    const [from, to] = [u16At(bytes, at + 10), u16At(bytes, at + 12)];
    const ports = from === 0 && to === 0 ? "" : ` ports ${from} and ${to}`;
    return `${name}${protocol === 0 ? "" : ` ${ipProtocolName(protocol)}`}${ports}`;
  });
  return shortened(networks.join(", "));
};

/** Forms by attribute type; any other value is hex. */
const FORMS: ReadonlyMap<number, ValueForm> = new Map<number, ValueForm>([
  ...[
    A.INTERNAL_IP4_ADDRESS,
    A.INTERNAL_IP4_NETMASK,
    A.INTERNAL_IP4_DNS,
    A.INTERNAL_IP4_NBNS,
    A.INTERNAL_IP4_DHCP,
    A.INTERNAL_IP6_NETMASK,
    A.INTERNAL_IP6_DNS,
    A.INTERNAL_IP6_NBNS,
    A.INTERNAL_IP6_DHCP,
    A.P_CSCF_IP4_ADDRESS,
    A.P_CSCF_IP6_ADDRESS,
    A.INTERNAL_IP4_SERVER,
    A.INTERNAL_IP6_SERVER,
  ].map((type): [number, ValueForm] => [type, address]),
  ...[A.INTERNAL_IP6_ADDRESS, A.INTERNAL_IP6_SUBNET, A.INTERNAL_IP6_PREFIX].map(
    (type): [number, ValueForm] => [type, network6],
  ),
  ...[
    A.APPLICATION_VERSION,
    A.INTERNAL_DNS_DOMAIN,
    A.XAUTH_USER_NAME,
    A.XAUTH_MESSAGE,
    A.XAUTH_DOMAIN,
    A.UNITY_BANNER,
    A.UNITY_DEF_DOMAIN,
    A.UNITY_SPLIT_DOMAIN,
    A.UNITY_DDNS_HOSTNAME,
  ].map((type): [number, ValueForm] => [type, text]),
  ...[A.XAUTH_USER_PASSWORD, A.XAUTH_PASSCODE, A.XAUTH_NEXT_PIN, A.XAUTH_ANSWER].map(
    (type): [number, ValueForm] => [type, secret],
  ),
  [A.INTERNAL_ADDRESS_EXPIRY, seconds],
  [A.TIMEOUT_PERIOD_FOR_LIVENESS_CHECK, seconds],
  [A.INTERNAL_IP4_SUBNET, network4],
  [A.SUPPORTED_ATTRIBUTES, attributeList],
  [A.MIP6_HOME_PREFIX, homePrefix],
  [A.INTERNAL_IP6_LINK, link],
  [A.HOME_AGENT_ADDRESS, homeAgent],
  [A.INTERNAL_DNSSEC_TA, trustAnchor],
  [A.UNITY_SPLIT_INCLUDE, splitNetworks],
  [A.UNITY_SPLIT_EXCLUDE, splitNetworks],
]);

/** The value of a configuration attribute by the form that its type has; empty ones ask for a value. */
export function configurationValue({ type, value, bytes }: TransformAttribute): string {
  if (bytes === null) return numberText(type, value ?? 0);
  if (bytes.length === 0) return "empty";
  return FORMS.get(type)?.(bytes) ?? hexText(bytes);
}

/** A value of the fixed form: two bytes, which hold a number in all but the shortest of secrets. */
function numberText(type: number, value: number): string {
  if (type === A.XAUTH_TYPE) return numbered(xauthTypeName(value), value);
  if (type === A.XAUTH_STATUS) return numbered(xauthStatusName(value), value);
  return FORMS.get(type) === secret ? "2 bytes, not shown" : String(value);
}
