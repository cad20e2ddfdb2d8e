import { EXCHANGE_V1, EXCHANGE_V2 } from "../ike/registries/exchanges.js";
import { NOTIFY_V2 } from "../ike/registries/notify-v2.js";
import { PAYLOAD_V2 } from "../ike/registries/payload-types.js";
import { type IkeHeader, type IkeMessage, V2_FLAG, ZERO_SPI } from "../ike/message.js";
import { isOfInitiator, isResponse, messageIdOf } from "../ike/sealed.js";
import type { Archive } from "./log/archive.js";
import type { SealedMessage } from "./log/check/side.js";
import { type HeldExchange, remember } from "./log/record/held.js";
import { GrowingIkeSa } from "./log/ike-sa.js";
import type { Exchange, Role, Sighting } from "./model.js";
import { otherRole } from "./model/queries.js";
import type { FirstRoles } from "./role.js";
import { fragmentOf, recordSighting, type SeenMessage } from "./transmission.js";
import { addMessageV1, digestBySender } from "./v1-exchanges.js";
import { RolesV1 } from "./v1-roles.js";

/** Sorts the messages of one IKE SA into exchanges. */
export class IkeSaBuilder extends GrowingIkeSa {
  /** Highest Message ID of the exchanges that each side started. */
  #highestOfInitiator = -1;
  #highestOfResponder = -1;

  /** Tells the roles of an IKEv1 SA whose first message the capture lacks; null for any other one. */
  readonly #roles: RolesV1 | null;

  constructor(number: number, seen: SeenMessage, { fromInitiator, proven }: FirstRoles, archive: Archive) {
    const { header } = seen.message;
    const { source, destination, time } = seen.sighting;
    const beginning = {
      number,
      majorVersion: header.majorVersion === 1 ? 1 : 2,
      initiatorSpi: header.initiatorSpi,
      initiator: fromInitiator ? source : destination,
      responder: fromInitiator ? destination : source,
      startSeen: fromInitiator && opensIkeSa(seen.message),
      rolesProven: proven,
    } as const;
    super(beginning, time, archive);
    this.#roles = proven ? null : new RolesV1();
  }

  /**
   * The role of the sender of a message, after what the message itself proves of both; `from` is its role so far. Call it before the message
   * is added.
   */
  provenRole(seen: SeenMessage, from: Role): Role {
    const roles = this.#roles;
    if (roles === null) return from;
    const isTurned = roles.observe(seen, from);
    this.rolesProven = roles.areProven;
    if (!isTurned) return from;
    this.turnRoles();
    return otherRole(from);
  }

  /** Adds one sighting of a message that `from` sent; returns its exchange. */
  add(seen: SeenMessage, from: Role): HeldExchange {
    this.seen(seen.sighting);
    if (bindsResponderSpi(seen.message)) this.responderSpi = seen.message.header.responderSpi;
    if (this.majorVersion === 2) {
      this.tellsOfRedirect ||= tellsOfRedirect(seen.message);
      return this.#addV2(seen, from);
    }
    const digest = digestBySender(seen, from);
    return addMessageV1(this, digest === seen.digest ? seen : { ...seen, digest }, from);
  }

  /**
   * Counts a message that was sent before, newer than all that was seen of the IKE SA, where its exchange is packed: most of
   * an outage is such. False where it is anything else; then nothing was done.
   */
  addRepeat(seen: SeenMessage, from: Role): boolean {
    const { message, sighting, joinedFrom } = seen;
    const digest = this.majorVersion === 1 ? digestBySender(seen, from) : seen.digest;
    if (sighting.time < this.lastTime || joinedFrom !== undefined || fragmentOf(message) !== null)
      return false;
    const isRepeat =
      this.majorVersion === 1
        ? this.repeatDigest(digest, sighting)
        : this.#isRepeatV2(message.header, from, digest, sighting);
    if (!isRepeat) return false;
    this.seen(sighting);
    if (bindsResponderSpi(message)) this.responderSpi = message.header.responderSpi;
    return true;
  }

  /**
   * The same of an IKE_SA_INIT request that is not decoded, whose SPIs are those of the IKE SA: where the newest round has a
   * request of the very same bytes.
   */
  addOpeningAgain({ digest, sighting }: SealedMessage & { readonly digest: number }): boolean {
    const isLatest = sighting.time >= this.lastTime && sighting.missingFragments === null;
    if (!isLatest || !this.repeat(isOpeningRound, "request", digest, sighting)) return false;
    this.seen(sighting);
    return true;
  }

  #isRepeatV2(
    { messageId, exchangeType, flags }: IkeHeader,
    from: Role,
    digest: number,
    sighting: Sighting,
  ): boolean {
    const isResponse = (flags & V2_FLAG.response) !== 0;
    const startedBy = isResponse ? otherRole(from) : from;
    if (messageId > this.#highestOf(startedBy)) return false;
    return this.repeat(
      (exchange) => exchange.messageId === messageId && exchange.startedBy === startedBy,
      isResponse ? "response" : "request",
      exchangeType === EXCHANGE_V2.IKE_SA_INIT ? digest : null,
      sighting,
    );
  }

  /**
   * Adds a message of a liveness check without decoding it, where it is the next request of its sender, or the answer to
   * the last one. False where it is anything else; then nothing was done. The SPIs are those of the IKE SA.
   */
  addCheck(sealed: SealedMessage): boolean {
    const { bytes, sighting } = sealed;
    const from: Role = isOfInitiator(bytes) ? "initiator" : "responder";
    const messageId = messageIdOf(bytes);
    if (isResponse(bytes)) {
      if (!this.checkAnswered(messageId, otherRole(from), sealed)) return false;
    } else {
      if (messageId <= this.#highestOf(from)) return false;
      if (!this.checkAsked(messageId, from, this.responderSpi, sealed)) return false;
      this.#raiseHighest(from, messageId);
    }
    this.seen(sighting);
    return true;
  }

  /**
   * Adds an encrypted INFORMATIONAL of IKEv1, which `from` sent, without decoding it. False where it was sent before, or
   * cannot be packed so; then nothing was done.
   */
  addCheckV1(sealed: SealedMessage & { readonly digest: number }, from: Role): boolean {
    if (this.hasDigest(sealed.digest)) return false;
    if (!this.checkV1(messageIdOf(sealed.bytes), from, this.responderSpi, sealed)) return false;
    this.seen(sealed.sighting);
    return true;
  }

  #addV2(seen: SeenMessage, from: Role): HeldExchange {
    const { header } = seen.message;
    const isResponse = (header.flags & V2_FLAG.response) !== 0;
    const startedBy: Role = isResponse ? otherRole(from) : from;
    const known = this.#findV2(header.messageId, startedBy);
    // Only of IKE_SA_INIT, whose rounds share a Message ID, messages are told apart by their bytes.
    const isOpening = header.exchangeType === EXCHANGE_V2.IKE_SA_INIT;
    const isOther = isOpening && known !== undefined && !isKnownIn(known, seen.digest);
    const isNewRound = isOther && !isResponse && known.request !== null;
    const exchange =
      known === undefined || isNewRound
        ? this.begin(header.exchangeType, header.messageId, 1, startedBy, true)
        : known;
    if (!isResponse) {
      if (isOpening) remember(exchange.requestDigests, seen.digest);
      exchange.request = recordSighting(exchange.request, seen);
      return exchange;
    }
    // RFC 7296 2.21.1: an unauthenticated error is overridden by a normal answer, whichever came first.
    const answered = exchange.response;
    if (answered !== null && isOther) {
      if (!carriesSa(seen.message)) {
        // Each COOKIE may have other bytes (strongSwan puts the time in), and is the same demand.
        if (isCookieDemand(answered.message) && isCookieDemand(seen.message)) recordSighting(answered, seen);
        return exchange;
      }
      if (!carriesSa(answered.message)) exchange.response = null;
    }
    if (answered !== null && !isOpening && isProtected(answered.message) !== isProtected(seen.message)) {
      if (isProtected(answered.message)) return exchange;
      exchange.response = null;
    }
    if (isOpening) remember(exchange.responseDigests, seen.digest);
    exchange.response = recordSighting(exchange.response, seen);
    return exchange;
  }

  /** Message IDs count up, so that a higher one than ever before needs no search (RFC 7296 2.2). */
  #findV2(messageId: number, startedBy: Role): HeldExchange | undefined {
    if (messageId > this.#highestOf(startedBy)) {
      this.#raiseHighest(startedBy, messageId);
      return undefined;
    }
    return this.find((exchange) => exchange.messageId === messageId && exchange.startedBy === startedBy);
  }

  #highestOf(role: Role): number {
    return role === "initiator" ? this.#highestOfInitiator : this.#highestOfResponder;
  }

  #raiseHighest(role: Role, messageId: number): void {
    if (role === "initiator") this.#highestOfInitiator = messageId;
    else this.#highestOfResponder = messageId;
  }
}

function isOpeningRound({ messageId, startedBy }: Pick<Exchange, "messageId" | "startedBy">): boolean {
  return messageId === 0 && startedBy === "initiator";
}

function isKnownIn({ requestDigests, responseDigests }: HeldExchange, digest: number): boolean {
  return requestDigests.includes(digest) || responseDigests.includes(digest);
}

function opensIkeSa({ header }: IkeMessage): boolean {
  if (header.responderSpi !== ZERO_SPI) return false;
  if (header.majorVersion !== 1) {
    return (
      header.exchangeType === EXCHANGE_V2.IKE_SA_INIT ||
      header.exchangeType === EXCHANGE_V2.IKE_SESSION_RESUME
    );
  }
  return header.exchangeType === EXCHANGE_V1.MAIN_MODE || header.exchangeType === EXCHANGE_V1.AGGRESSIVE_MODE;
}

/** Error answers to IKE_SA_INIT may carry a responder SPI that no IKE SA will have (RFC 7296 2.6). */
function bindsResponderSpi(message: IkeMessage): boolean {
  const { header, payloads } = message;
  if (header.responderSpi === ZERO_SPI) return false;
  if (header.majorVersion === 1) {
    // In clear an INFORMATIONAL is anybody's; an encrypted one is of an IKE SA that stands (RFC 2408 3.1).
    return (
      header.exchangeType !== EXCHANGE_V1.INFORMATIONAL || payloads.some(({ kind }) => kind === "encrypted")
    );
  }
  return header.exchangeType !== EXCHANGE_V2.IKE_SA_INIT || carriesSa(message);
}

/** Whether a message has an SA payload; if the snap length cut that off, the header still names it. */
function carriesSa({ header, payloads }: IkeMessage): boolean {
  return header.nextPayload === PAYLOAD_V2.SA || payloads.some((payload) => payload.kind === "sa");
}

/** Under the keys of the IKE SA, whole or in fragments: everything behind the opening has to be (RFC 7296 2.21.2). */
function isProtected({ payloads }: IkeMessage): boolean {
  return payloads.some(({ kind }) => kind === "encrypted");
}

function tellsOfRedirect({ payloads }: IkeMessage): boolean {
  return payloads.some(
    (payload) =>
      payload.kind === "notify" &&
      (payload.notifyType === NOTIFY_V2.REDIRECT || payload.notifyType === NOTIFY_V2.REDIRECTED_FROM),
  );
}

function isCookieDemand(message: IkeMessage): boolean {
  return (
    !carriesSa(message) &&
    message.payloads.some((payload) => payload.kind === "notify" && payload.notifyType === NOTIFY_V2.COOKIE)
  );
}
