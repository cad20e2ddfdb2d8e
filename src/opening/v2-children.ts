import { toHex } from "../bytes/hex.js";
import { u32At } from "../bytes/reader.js";
import type { KePayload, NoncePayload, Payload, Proposal, SaPayload } from "../ike/message.js";
import { EXCHANGE_V2 } from "../ike/registries/exchanges.js";
import { PROTOCOL } from "../ike/registries/protocols.js";
import { TRANSFORM_TYPE } from "../ike/registries/transforms-v2.js";
import { suiteOf } from "../ike/suite.js";
import type { SharedSecret } from "../secrets/key.js";
import { setBounded } from "./bounded-map.js";
import type { EspCandidate } from "./child-keys.js";
import type { EspSaTable } from "./esp-sa-table.js";
import { type IkeSaV2, newIkeSaV2, type OpenedRequest } from "./ike-sa-v2.js";
import { sourceText } from "./key-account.js";
import { childKeymat, type ChildKeymat } from "./keymat.js";
import type { CryptoProvider } from "./provider.js";
import { chosenSuite, protectionOf } from "./v2-suite.js";

/** Requests of an IKE SA that wait for their response. */
const MOST_REQUESTS = 16;
/** Shared secrets that are tried on one Child SA with PFS. */
const MOST_SECRETS = 32;
const ESP_SPI_BYTES = 4;
const IKE_SPI_BYTES = 8;

/** An opened message, as far as SAs are made by it. */
export interface OpenedExchangePart {
  readonly exchangeType: number;
  readonly messageId: number;
  readonly isResponse: boolean;
  /** The sender is the initiator of the IKE SA. */
  readonly isFromInitiator: boolean;
  readonly payloads: readonly Payload[];
}

/** A listener for SAs that opened exchanges make. */
export interface SaFollower {
  readonly provider: CryptoProvider;
  readonly esp: EspSaTable;
  readonly shared: readonly SharedSecret[];
  /** An IKE SA that replaces another. */
  readonly ikeSa: (sa: IkeSaV2) => void;
  /** A Child SA whose keys cannot be derived, and why. */
  readonly underivable: (sa: IkeSaV2, reason: "SK_d" | "PFS", spis: readonly number[]) => void;
}

/** Follows what an opened message of an IKE SA creates: Child SAs, and the IKE SA that replaces it. */
export function followExchange(sa: IkeSaV2, part: OpenedExchangePart, follower: SaFollower): void {
  const { exchangeType, messageId, isResponse, isFromInitiator, payloads } = part;
  if (exchangeType !== EXCHANGE_V2.IKE_AUTH && exchangeType !== EXCHANGE_V2.CREATE_CHILD_SA) return;
  const offer = payloads.find((payload) => payload.kind === "sa") ?? null;
  // Both ends count their own requests from 0.
  const name = `${exchangeType}:${messageId}:${isResponse !== isFromInitiator}`;
  if (!isResponse) {
    const request: OpenedRequest = { sa: offer, nonce: nonceOf(payloads) };
    if (exchangeType === EXCHANGE_V2.IKE_AUTH && offer !== null) sa.authRequest ??= request;
    setBounded(sa.requests, name, request, MOST_REQUESTS);
    return;
  }
  const isFirst = exchangeType === EXCHANGE_V2.IKE_AUTH;
  const request = isFirst ? sa.authRequest : (sa.requests.get(name) ?? null);
  const choice = offer?.proposals[0];
  if (offer === null || choice === undefined || request?.sa == null) return;
  const asked =
    request.sa.proposals.find(({ number }) => number === choice.number) ?? request.sa.proposals[0];
  const nonces = isFirst ? { ni: sa.ni, nr: sa.nr } : { ni: request.nonce, nr: nonceOf(payloads) };
  if (asked === undefined || nonces.ni === null || nonces.nr === null) return;
  const terms = { ni: nonces.ni, nr: nonces.nr, asked, choice, offer };
  if (choice.protocol === PROTOCOL.IKE) rekeyed(sa, terms, follower);
  else if (choice.protocol === PROTOCOL.ESP) child(sa, { ...terms, ke: keOf(payloads) }, follower);
}

interface Terms {
  readonly ni: Uint8Array;
  readonly nr: Uint8Array;
  readonly asked: Proposal;
  readonly choice: Proposal;
  /** The response's SA payload. */
  readonly offer: SaPayload;
}

function rekeyed(parent: IkeSaV2, { ni, nr, asked, choice, offer }: Terms, { ikeSa }: SaFollower): void {
  if (asked.spi.length !== IKE_SPI_BYTES || choice.spi.length !== IKE_SPI_BYTES) return;
  ikeSa(
    newIkeSaV2(
      { initiatorSpi: toHex(asked.spi), responderSpi: toHex(choice.spi) },
      { suite: chosenSuite(offer), isNegotiated: true, ni, nr, parent },
    ),
  );
}

function child(sa: IkeSaV2, terms: Terms & { readonly ke: KePayload | null }, follower: SaFollower): void {
  const { ni, nr, asked, choice, offer, ke } = terms;
  if (asked.spi.length !== ESP_SPI_BYTES || choice.spi.length !== ESP_SPI_BYTES) return;
  const spis = [u32At(asked.spi, 0), u32At(choice.spi, 0)];
  const suite = suiteOf(offer, 2);
  const protection = suite === null ? null : protectionOf(suite);
  const skD = sa.fitting?.skD ?? null;
  const prf = sa.suite?.prf ?? null;
  if (protection === null || sa.fitting === null) return;
  if (skD === null || prf === null) {
    follower.underivable(sa, "SK_d", spis);
    return;
  }
  const { provider, shared, esp } = follower;
  const esn = choice.transforms.find(({ type }) => type === TRANSFORM_TYPE.ESN)?.id === 1;
  const add = (keymat: ChildKeymat | null, from: Pick<EspCandidate, "key" | "by">): void => {
    if (keymat === null) return;
    const { cipher, integrity } = protection;
    const common = { ...from, protection: { cipher, integrity, uncheckedIcv: 0 }, esn, from: null, to: null };
    // Each end names the SPI under which it wants to receive (RFC 7296 2.8).
    esp.add(u32At(choice.spi, 0), { ...common, keys: keymat.initiator });
    esp.add(u32At(asked.spi, 0), { ...common, keys: keymat.responder });
  };
  const { key, by } = sa.fitting;
  const derive = (secret: Uint8Array | null) =>
    childKeymat(provider, prf, skD, { shared: secret, ni, nr }, protection.cipher, protection.integrity);
  if (ke === null) {
    add(derive(null), { key, by: `keys derived from ${by.replace(/^keys derived from /, "")}` });
    return;
  }
  const fitting = shared.filter(({ secret }) => hasLengthOf(ke, secret.length)).slice(-MOST_SECRETS);
  if (fitting.length === 0) follower.underivable(sa, "PFS", spis);
  for (const given of fitting) {
    add(derive(given.secret.reveal()), { key: given, by: `keys derived from ${sourceText(given)}` });
  }
}

/** A shared secret is as long as the public value, or half of it where that is a point with two coordinates (RFC 5903). */
function hasLengthOf({ data }: KePayload, length: number): boolean {
  return length === data.length || length * 2 === data.length;
}

function nonceOf(payloads: readonly Payload[]): Uint8Array | null {
  return payloads.find((payload): payload is NoncePayload => payload.kind === "nonce")?.data ?? null;
}

function keOf(payloads: readonly Payload[]): KePayload | null {
  return payloads.find((payload): payload is KePayload => payload.kind === "ke") ?? null;
}
