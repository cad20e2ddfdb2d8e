import { u16At } from "../../bytes/reader.js";
import { isAuthIp } from "../../ike/registries/exchanges.js";
import { NOTIFY_V1 } from "../../ike/registries/notify-v1.js";
import { NOTIFY_V2 } from "../../ike/registries/notify-v2.js";
import type { BodyWindow, Means } from "./window.js";

type DataRewriter = (window: BodyWindow, from: number, to: number, means: Means) => void;

/** Numbers of the protocol are short; who puts more there may put anything. */
const LONGEST_KEPT = 32;
const GATEWAY = { ipv4: 1, ipv6: 2 } as const;

const kept: DataRewriter = ({ bytes }, from, to, { identifiers }) => {
  if (to - from > LONGEST_KEPT) identifiers.content(bytes, from, to);
};

const spi: DataRewriter = ({ bytes }, from, to, { identifiers }) => identifiers.spi(bytes, from, to);

const address: DataRewriter = ({ bytes }, from, to, means) => rewriteAddress(bytes, from, to, means);

const natDetection: DataRewriter = ({ bytes, spis }, from, to, { natDetections }) =>
  natDetections.rewrite(bytes, from, to, spis);

/** Gateway identity (RFC 5685): type, length, identity; a nonce may follow. */
const gateway: DataRewriter = ({ bytes }, from, to, means) => {
  const start = Math.min(to, from + 2);
  const end = to - from < 2 ? to : Math.min(to, start + (bytes[from + 1] as number));
  const type = bytes[from];
  if (type === GATEWAY.ipv4 || type === GATEWAY.ipv6) rewriteAddress(bytes, start, end, means);
  else means.identifiers.letters(bytes, start, end);
  means.identifiers.content(bytes, end, to);
};

/** Notify data that is more than bytes to be replaced; cookies, tickets and identities are not here. */
const DATA_V2: ReadonlyMap<number, DataRewriter> = new Map([
  [NOTIFY_V2.UNSUPPORTED_CRITICAL_PAYLOAD, kept],
  [NOTIFY_V2.INVALID_MAJOR_VERSION, kept],
  [NOTIFY_V2.INVALID_MESSAGE_ID, kept],
  [NOTIFY_V2.INVALID_SPI, spi],
  [NOTIFY_V2.INVALID_KE_PAYLOAD, kept],
  [NOTIFY_V2.SET_WINDOW_SIZE, kept],
  [NOTIFY_V2.IPCOMP_SUPPORTED, kept],
  [NOTIFY_V2.NAT_DETECTION_SOURCE_IP, natDetection],
  [NOTIFY_V2.NAT_DETECTION_DESTINATION_IP, natDetection],
  [NOTIFY_V2.ADDITIONAL_IP4_ADDRESS, address],
  [NOTIFY_V2.ADDITIONAL_IP6_ADDRESS, address],
  [NOTIFY_V2.AUTH_LIFETIME, kept],
  [NOTIFY_V2.REDIRECT, gateway],
  [NOTIFY_V2.REDIRECTED_FROM, gateway],
  [NOTIFY_V2.SECURE_PASSWORD_METHODS, kept],
  [NOTIFY_V2.SIGNATURE_HASH_ALGORITHMS, kept],
  [NOTIFY_V2.SUPPORTED_AUTH_METHODS, kept],
  [NOTIFY_V2.BACKOFF_TIMER, kept],
]);

const DATA_V1: ReadonlyMap<number, DataRewriter> = new Map([
  [NOTIFY_V1.INVALID_SPI, spi],
  [NOTIFY_V1.RESPONDER_LIFETIME, kept],
  [NOTIFY_V1.REPLAY_STATUS, kept],
  [NOTIFY_V1.R_U_THERE, kept],
  [NOTIFY_V1.R_U_THERE_ACK, kept],
  [NOTIFY_V1.UNITY_LOAD_BALANCE, address],
]);

/** Notify of IKEv2 (RFC 7296 3.10): protocol, SPI size and type stay. */
export function rewriteNotifyV2(window: BodyWindow, means: Means): void {
  rewriteNotify(window, window.start, DATA_V2, means);
}

/** Notification of IKEv1 (RFC 2408 3.14): the same behind a DOI. That of AuthIP has flags where the SPI size stands. */
export function rewriteNotifyV1(window: BodyWindow, means: Means): void {
  rewriteNotify(window, Math.min(window.end, window.start + 4), DATA_V1, means);
}

function rewriteNotify(
  window: BodyWindow,
  at: number,
  table: ReadonlyMap<number, DataRewriter>,
  means: Means,
): void {
  const { bytes, end } = window;
  if (end - at < 4) return;
  const size = isAuthIp(window.exchangeType) ? 0 : (bytes[at + 1] as number);
  const dataStart = Math.min(end, at + 4 + size);
  means.identifiers.spi(bytes, at + 4, dataStart);
  const rewrite = table.get(u16At(bytes, at + 2));
  if (rewrite === undefined) means.identifiers.content(bytes, dataStart, end);
  else rewrite(window, dataStart, end, means);
}

/** An address that begins at `from`; what follows it, or is too short to be one, is content. */
export function rewriteAddress(
  bytes: Uint8Array,
  from: number,
  to: number,
  { addresses, identifiers }: Means,
): void {
  const length = to - from >= 16 ? 16 : 4;
  if (to - from < length) {
    identifiers.content(bytes, from, to);
    return;
  }
  addresses.rewrite(bytes, from, length);
  identifiers.content(bytes, from + length, to);
}
