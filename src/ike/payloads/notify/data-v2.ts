import { algorithmIdentifierText } from "../../asn1/algorithm.js";
import type { FieldReader, FieldsOf } from "../../describe/field-reader.js";
import { numbered } from "../../describe/field.js";
import type { NotifyData, NotifyDataTable } from "./data-form.js";
import { authMethodName } from "../../registries/authentication.js";
import { transformNameV1 } from "../../registries/ipsec-doi.js";
import { groupName } from "../../registries/key-exchange.js";
import { NOTIFY_V2 } from "../../registries/notify-v2.js";
import {
  gatewayIdentityName,
  passwordMethodName,
  ppkIdTypeName,
  rohcAttributeName,
  signatureHashName,
} from "../../registries/notify-values.js";
import { payloadName } from "../../registries/payload-types.js";
import { TRANSFORM_TYPE, transformName } from "../../registries/transforms-v2.js";

const IPCOMP = 4;

const IPV4_FORM_LENGTH = 12;

const ESN_LENGTH = 8;

const ROHC_INTEG = 3;

/** A line shows the fields of these names beside the name of the notify; all of them where none is given. */
const line = (read: FieldsOf, ...names: string[]): NotifyData => ({
  read,
  inLine: names.length === 0 ? null : names,
});

/** For the tree alone. */
const tree = (read: FieldsOf): NotifyData => ({ read, inLine: [] });

const named =
  (nameOf: (number: number) => string) =>
  (number: number): string =>
    numbered(nameOf(number), number);

const seconds = (value: number): string => `${value} s`;

const group = named(groupName);

/** A list of 16-bit numbers that fills the data. */
const listOf =
  (name: string, show: (number: number) => string): FieldsOf =>
  (reader) => {
    while (reader.remaining > 0) reader.number(name, 2, show);
  };

/** Data without inner form, at least of one byte. */
const opaque =
  (name: string): FieldsOf =>
  (reader) => {
    if (reader.remaining > 0) reader.data(name);
  };

/** RFC 5685 7.2 and 7.3: type and length of the identity, the identity, and in IKE_SA_INIT the nonce. */
function readGateway(reader: FieldReader): void {
  const type = reader.number("Gateway identity type", 1, named(gatewayIdentityName));
  const length = reader.number("Gateway identity length", 1);
  if (type === 1 && length === 4) reader.ipv4("Gateway identity");
  else if (type === 2 && length === 16) reader.ipv6("Gateway identity");
  else if (type === 3) reader.text("Gateway identity", length);
  else reader.data("Gateway identity", length);
  if (reader.remaining > 0) reader.data("Nonce data");
}

/** RFC 4555 4.2.6: the addresses and ports of the packet as it was sent. */
function readNoNats(reader: FieldReader): void {
  const isV4 = reader.remaining === IPV4_FORM_LENGTH;
  for (const name of ["Source address", "Destination address"]) {
    if (isV4) reader.ipv4(name);
    else reader.ipv6(name);
  }
  reader.number("Source port", 2);
  reader.number("Destination port", 2);
}

/** RFC 9347 6.1.4: one byte, of which two bits have a meaning; some send none, which others refuse. */
function readAggfrag(reader: FieldReader): void {
  reader.number("Flags", 1, (flags) => {
    const unnamed = flags & ~3;
    const names = [
      (flags & 2) === 0 ? "" : "congestion control",
      (flags & 1) === 0 ? "" : "don't fragment",
      unnamed === 0 ? "" : `0x${unnamed.toString(16)}`,
    ];
    const text = names.filter((name) => name !== "").join(", ");
    return text === "" ? "none" : text;
  });
}

/** RFC 9593 3.2: announcements, each a length, a method and in longer forms a CERTREQ link and an algorithm. */
function readAuthMethods(reader: FieldReader): void {
  while (reader.remaining > 0) {
    const length = reader.number("Announcement length", 1);
    reader.number("Authentication method", 1, named(authMethodName));
    if (length > 2) reader.number("Certificate link", 1);
    if (length > 3) reader.data("AlgorithmIdentifier", length - 3, algorithmIdentifierText);
  }
}

/** RFC 6311 8.2: the delta has four bytes, or eight with extended sequence numbers. */
function readReplayCounters(reader: FieldReader): void {
  if (reader.remaining === ESN_LENGTH) reader.data("Incoming IPsec SA delta value");
  else reader.number("Incoming IPsec SA delta value", 4);
}

/** The data of IKEv2 notifies that have a form. Types without data are here too where a sender's data would be a fault. */
export const NOTIFY_DATA_V2: NotifyDataTable = new Map<number, NotifyData>([
  // RFC 7296 3.10.1
  [
    NOTIFY_V2.UNSUPPORTED_CRITICAL_PAYLOAD,
    line(
      (reader) =>
        void reader.number(
          "Payload type",
          1,
          named((type) => payloadName(2, type)),
        ),
    ),
  ],
  [
    NOTIFY_V2.INVALID_MAJOR_VERSION,
    line((reader) => {
      // 2.5 asks for the number, 3.10.1 gives it no place: many send none.
      if (reader.remaining > 0) reader.number("Supported version", 1, (byte) => `${byte >> 4}.${byte & 15}`);
    }),
  ],
  [NOTIFY_V2.INVALID_MESSAGE_ID, line((reader) => void reader.number("Invalid message ID", 4))],
  [NOTIFY_V2.INVALID_SPI, line(opaque("SPI of the invalid packet"))],
  [
    NOTIFY_V2.INVALID_KE_PAYLOAD,
    line((reader) => void reader.number("Accepted key exchange method", 2, group)),
  ],
  [NOTIFY_V2.INVALID_SELECTORS, tree(opaque("Start of the offending packet"))],
  [NOTIFY_V2.SET_WINDOW_SIZE, line((reader) => void reader.number("Window size", 4))],
  [
    NOTIFY_V2.IPCOMP_SUPPORTED,
    line((reader) => {
      reader.number("IPComp CPI", 2);
      reader.number(
        "Transform ID",
        1,
        named((id) => transformNameV1(IPCOMP, id)),
      );
    }),
  ],
  [
    NOTIFY_V2.NAT_DETECTION_SOURCE_IP,
    tree((reader) => void reader.data("SHA-1 of SPIs, address and port", 20)),
  ],
  [
    NOTIFY_V2.NAT_DETECTION_DESTINATION_IP,
    tree((reader) => void reader.data("SHA-1 of SPIs, address and port", 20)),
  ],
  [NOTIFY_V2.COOKIE, tree((reader) => void reader.data("Cookie"))],
  // MOBIKE, RFC 4555 4.2
  [NOTIFY_V2.ADDITIONAL_IP4_ADDRESS, line((reader) => reader.ipv4("Address"))],
  [NOTIFY_V2.ADDITIONAL_IP6_ADDRESS, line((reader) => reader.ipv6("Address"))],
  [NOTIFY_V2.COOKIE2, tree((reader) => void reader.data("Cookie"))],
  [NOTIFY_V2.NO_NATS_ALLOWED, line(readNoNats)],
  // RFC 4478 2
  [NOTIFY_V2.AUTH_LIFETIME, line((reader) => void reader.number("Authentication lifetime", 4, seconds))],
  // RFC 5685 7
  [NOTIFY_V2.REDIRECT, line(readGateway, "Gateway identity")],
  [NOTIFY_V2.REDIRECTED_FROM, line(readGateway, "Gateway identity")],
  // RFC 5723 7
  [
    NOTIFY_V2.TICKET_LT_OPAQUE,
    tree((reader) => {
      reader.number("Lifetime", 4, seconds);
      reader.data("Ticket");
    }),
  ],
  [NOTIFY_V2.TICKET_OPAQUE, tree((reader) => void reader.data("Ticket"))],
  // RFC 5739 5.2
  [NOTIFY_V2.LINK_ID, tree((reader) => void reader.data("IKEv2 link ID"))],
  // RFC 5857 3.1.2
  [
    NOTIFY_V2.ROHC_SUPPORTED,
    tree((reader) =>
      reader.attributes({
        type: rohcAttributeName,
        value: (type, value) =>
          type === ROHC_INTEG ? transformName(TRANSFORM_TYPE.INTEG, value) : String(value),
      }),
    ),
  ],
  // RFC 6290 4.1
  [NOTIFY_V2.QUICK_CRASH_DETECTION, tree((reader) => void reader.data("Token secret data"))],
  // RFC 6311 8
  [
    NOTIFY_V2.IKEV2_MESSAGE_ID_SYNC,
    tree((reader) => {
      reader.data("Nonce data", 4);
      reader.number("Expected send request message ID", 4);
      reader.number("Expected receive request message ID", 4);
    }),
  ],
  [NOTIFY_V2.IPSEC_REPLAY_COUNTER_SYNC, tree(readReplayCounters)],
  // RFC 6467 3.1
  [NOTIFY_V2.SECURE_PASSWORD_METHODS, line(listOf("Method", named(passwordMethodName)))],
  // RFC 6867 5.1
  [
    NOTIFY_V2.ERX_SUPPORTED,
    line((reader) => {
      if (reader.remaining > 0) reader.text("Domain name");
    }),
  ],
  // RFC 7427 4
  [NOTIFY_V2.SIGNATURE_HASH_ALGORITHMS, line(listOf("Hash algorithm", named(signatureHashName)))],
  // RFC 8019 8.1
  [
    NOTIFY_V2.PUZZLE,
    line((reader) => {
      reader.number(
        "PRF",
        2,
        named((id) => transformName(TRANSFORM_TYPE.PRF, id)),
      );
      reader.number("Difficulty", 1);
    }),
  ],
  // RFC 8784 4 and 5.1
  [
    NOTIFY_V2.PPK_IDENTITY,
    tree((reader) => {
      reader.number("PPK ID type", 1, named(ppkIdTypeName));
      reader.text("PPK ID");
    }),
  ],
  [NOTIFY_V2.NO_PPK_AUTH, tree((reader) => void reader.data("Authentication data"))],
  // RFC 9370 2.2.4
  [NOTIFY_V2.ADDITIONAL_KEY_EXCHANGE, tree((reader) => void reader.data("Link to the exchange"))],
  // RFC 9347 6.1.4
  [NOTIFY_V2.USE_AGGFRAG, line(readAggfrag)],
  // RFC 9593 3.2
  [NOTIFY_V2.SUPPORTED_AUTH_METHODS, tree(readAuthMethods)],
  // RFC 9611 5.1
  [NOTIFY_V2.SA_RESOURCE_INFO, line(opaque("Resource identifier"))],
]);
