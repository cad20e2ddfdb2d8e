import { u16At, u32At } from "../../bytes/reader.js";
import { isAuthIp } from "../../ike/registries/exchanges.js";
import { NOTIFY_V1 } from "../../ike/registries/notify-v1.js";
import { NOTIFY_V2 } from "../../ike/registries/notify-v2.js";
import { rewriteDoi } from "./doi.js";
import { attributesV1, rewriteAttributes } from "./proposals.js";
import type { BodyWindow, Replacements } from "./window.js";

type DataRewriter = (window: BodyWindow, from: number, to: number, replacements: Replacements) => void;

/** Numbers in lists below this one are assigned by IANA; no text can be made of them. */
const NUMBERS_IN_LISTS = 256;
const GATEWAY = { ipv4: 1, ipv6: 2 } as const;

/** A number of the protocol stays, where it is of that many bytes and no more than `most`. */
function kept(length: number, most = Infinity): DataRewriter {
  return ({ bytes }, from, to, { identifiers }) => {
    if (to - from !== length || (length === 4 && u32At(bytes, from) > most)) {
      identifiers.content(bytes, from, to);
    }
  };
}

/** Numbers of two bytes. */
const list: DataRewriter = ({ bytes }, from, to, { identifiers }) => {
  for (let at = from; at < to; at += 2) {
    if (to - at < 2 || u16At(bytes, at) >= NUMBERS_IN_LISTS) {
      identifiers.content(bytes, at, Math.min(to, at + 2));
    }
  }
};

/** Announcements of authentication methods (RFC 9593 3.2): length, certificate authority, method; an algorithm may follow. */
const announcements: DataRewriter = ({ bytes }, from, to, { identifiers }) => {
  let at = from;
  while (to - at >= 2 && (bytes[at] as number) >= 2) {
    const end = Math.min(to, at + (bytes[at] as number));
    identifiers.content(bytes, Math.min(end, at + 3), end);
    at = end;
  }
  identifiers.content(bytes, at, to);
};

/** An index of IPComp (RFC 3173 3.3), and its transform. */
const ipcomp: DataRewriter = ({ bytes }, from, to, { identifiers }) => {
  if (to - from === 3) identifiers.content(bytes, from, from + 2);
  else identifiers.content(bytes, from, to);
};

const lifetime: DataRewriter = ({ bytes, start }, from, to, { identifiers }) =>
  rewriteAttributes(bytes, from, to, attributesV1(bytes[start + 4] ?? 0), identifiers);

const spi: DataRewriter = ({ bytes }, from, to, { identifiers }) => identifiers.spi(bytes, from, to);

const address: DataRewriter = ({ bytes }, from, to, replacements) =>
  rewriteAddress(bytes, from, to, replacements);

const natDetection: DataRewriter = ({ bytes, spis }, from, to, { natDetections }) =>
  natDetections.rewrite(bytes, from, to, spis);

/** Gateway identity (RFC 5685): type, length, identity; a nonce may follow. */
const gateway: DataRewriter = ({ bytes }, from, to, replacements) => {
  const start = Math.min(to, from + 2);
  const end = to - from < 2 ? to : Math.min(to, start + (bytes[from + 1] as number));
  const type = bytes[from];
  if (type === GATEWAY.ipv4 || type === GATEWAY.ipv6) rewriteAddress(bytes, start, end, replacements);
  else replacements.identifiers.letters(bytes, start, end);
  replacements.identifiers.content(bytes, end, to);
};

/** Notify data that is more than bytes to be replaced; cookies, tickets, counters and identities are not here. */
const DATA_V2: ReadonlyMap<number, DataRewriter> = new Map([
  [NOTIFY_V2.UNSUPPORTED_CRITICAL_PAYLOAD, kept(1)],
  [NOTIFY_V2.INVALID_MAJOR_VERSION, kept(1)],
  [NOTIFY_V2.INVALID_MESSAGE_ID, kept(4)],
  [NOTIFY_V2.INVALID_SPI, spi],
  [NOTIFY_V2.INVALID_KE_PAYLOAD, kept(2)],
  [NOTIFY_V2.SET_WINDOW_SIZE, kept(4)],
  [NOTIFY_V2.IPCOMP_SUPPORTED, ipcomp],
  [NOTIFY_V2.NAT_DETECTION_SOURCE_IP, natDetection],
  [NOTIFY_V2.NAT_DETECTION_DESTINATION_IP, natDetection],
  [NOTIFY_V2.ADDITIONAL_IP4_ADDRESS, address],
  [NOTIFY_V2.ADDITIONAL_IP6_ADDRESS, address],
  [NOTIFY_V2.AUTH_LIFETIME, kept(4)],
  [NOTIFY_V2.REDIRECT, gateway],
  [NOTIFY_V2.REDIRECTED_FROM, gateway],
  [NOTIFY_V2.SECURE_PASSWORD_METHODS, list],
  [NOTIFY_V2.SIGNATURE_HASH_ALGORITHMS, list],
  [NOTIFY_V2.SUPPORTED_AUTH_METHODS, announcements],
  [NOTIFY_V2.BACKOFF_TIMER, kept(4)],
]);

const DATA_V1: ReadonlyMap<number, DataRewriter> = new Map([
  [NOTIFY_V1.INVALID_SPI, spi],
  [NOTIFY_V1.RESPONDER_LIFETIME, lifetime],
  [NOTIFY_V1.REPLAY_STATUS, kept(4, 1)],
  [NOTIFY_V1.UNITY_LOAD_BALANCE, address],
]);

/** Notify of IKEv2 (RFC 7296 3.10): protocol, SPI size and type stay. */
export function rewriteNotifyV2(window: BodyWindow, replacements: Replacements): void {
  rewriteNotify(window, window.start, DATA_V2, replacements);
}

/** Notification of IKEv1 (RFC 2408 3.14): the same behind a DOI. That of AuthIP has flags where the SPI size stands. */
export function rewriteNotifyV1(window: BodyWindow, replacements: Replacements): void {
  rewriteDoi(window, replacements);
  rewriteNotify(window, Math.min(window.end, window.start + 4), DATA_V1, replacements);
}

function rewriteNotify(
  window: BodyWindow,
  at: number,
  table: ReadonlyMap<number, DataRewriter>,
  replacements: Replacements,
): void {
  const { bytes, end } = window;
  if (end - at < 4) return;
  const size = isAuthIp(window.exchangeType) ? 0 : (bytes[at + 1] as number);
  const dataStart = Math.min(end, at + 4 + size);
  replacements.identifiers.spi(bytes, at + 4, dataStart);
  const rewrite = table.get(u16At(bytes, at + 2));
  if (rewrite === undefined) replacements.identifiers.content(bytes, dataStart, end);
  else rewrite(window, dataStart, end, replacements);
}

/** An address that begins at `from`; what follows it, or is too short to be one, is content. */
export function rewriteAddress(
  bytes: Uint8Array,
  from: number,
  to: number,
  { addresses, identifiers }: Replacements,
): void {
  const length = to - from >= 16 ? 16 : 4;
  if (to - from < length) {
    identifiers.content(bytes, from, to);
    return;
  }
  addresses.rewrite(bytes, from, length);
  identifiers.content(bytes, from + length, to);
}
