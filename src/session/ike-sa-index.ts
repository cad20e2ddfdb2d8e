import type { Address } from "../bytes/address.js";
import { hex64At, isHexAt } from "../bytes/hex.js";
import { type IkeHeader, V2_FLAG, ZERO_SPI } from "../ike/message.js";
import { EXCHANGE_V2 } from "../ike/registries/exchanges.js";
import { joinMoved } from "./aliases.js";
import { IkeSaBuilder } from "./ike-sa-builder.js";
import { Archive } from "./log/archive.js";
import type { SealedMessage } from "./log/check/side.js";
import type { ExchangeLimit } from "./log/limits.js";
import { firstRolesOf, isFromInitiator } from "./role.js";
import type { SeenMessage } from "./transmission.js";
import type { IkeSaLimit, TunnelBuilder } from "./tunnel-builder.js";
import type { TunnelTable } from "./tunnel-table.js";

/** IKE SAs that a tunnel keeps, and where all tunnels together have very many. */
const IKE_SAS: IkeSaLimit = { all: 256, first: 40 };
const IKE_SAS_OF_MANY: IkeSaLimit = { all: 8, first: 2 };
const MANY_IKE_SAS = 150_000;
/** In the IKE header. */
const RESPONDER_SPI_AT = 8;
const VERSION_AT = 17;
/** IKE SAs with the same initiator SPI that are told apart. */
const NAMESAKES = 16;

/** An IKE SA that is found by its SPIs, with the tunnel that it belongs to. */
class KnownSa extends IkeSaBuilder {
  readonly tunnel: TunnelBuilder;
  /** The next one with the same initiator SPI: hardly ever there is one. */
  next: KnownSa | undefined = undefined;

  constructor(number: number, seen: SeenMessage, tunnel: TunnelBuilder, archive: Archive) {
    super(number, seen, firstRolesOf(seen), archive);
    this.tunnel = tunnel;
  }
}

/** The IKE SAs of all tunnels by their SPIs. */
export class IkeSaIndex {
  readonly #tunnels: TunnelTable;
  readonly #limit: IkeSaLimit;
  readonly #archive: Archive;
  /** By initiator SPI, the oldest first. */
  readonly #sas = new Map<string, KnownSa>();
  #numbers = 0;
  #kept = 0;

  /** `limit`: IKE SAs that a tunnel keeps; `exchanges`: exchanges that an IKE SA keeps. */
  constructor(tunnels: TunnelTable, limit = IKE_SAS, exchanges?: ExchangeLimit) {
    this.#tunnels = tunnels;
    this.#limit = limit;
    this.#archive = new Archive(exchanges);
  }

  /** Whether there is an IKE SA with this initiator SPI, between whomever. */
  has(initiatorSpi: string): boolean {
    return this.#sas.has(initiatorSpi);
  }

  /** SPIs decide, not addresses: a message with known SPIs from elsewhere belongs to the same IKE SA, and a peer moved. */
  find(seen: SeenMessage): KnownSa | undefined {
    const { header } = seen.message;
    const { source, destination } = seen.sighting;
    const version = versionOf(header);
    let moved: KnownSa | undefined;
    let elsewhere: KnownSa | undefined;
    for (let known = this.#sas.get(header.initiatorSpi); known !== undefined; known = known.next) {
      const { tunnel } = known;
      if (known.majorVersion !== version) continue;
      const [isFrom, isTo] = [tunnel.joins(source.address), tunnel.joins(destination.address)];
      if (isFrom && isTo && agrees(known, header)) return known;
      if (!hasResponderSpi(known, header)) continue;
      if (isFrom || isTo) moved ??= known;
      else if (looksForPath(header)) elsewhere ??= known;
    }
    moved ??= elsewhere;
    if (moved !== undefined) joinMoved(moved.tunnel, moved, seen, this.#tunnels);
    return moved;
  }

  /** The tunnel of a message that an ICMP error quotes, by its initiator SPI and both addresses; undefined where that is not clear. */
  tunnelOfQuoted(initiatorSpi: string, source: Address, destination: Address): TunnelBuilder | undefined {
    const known = this.#sas.get(initiatorSpi);
    if (known === undefined || known.next !== undefined) return undefined;
    const { tunnel } = known;
    return tunnel.joins(source) && tunnel.joins(destination) ? tunnel : undefined;
  }

  /** The IKE SA of a message that is not decoded, where there is no doubt: both SPIs and both addresses are known. */
  findSealed({ bytes, sighting }: SealedMessage): KnownSa | null {
    const known = this.#sas.get(hex64At(bytes, 0));
    if (known === undefined || known.next !== undefined) return null;
    const { tunnel } = known;
    const isKnown =
      known.majorVersion === ((bytes[VERSION_AT] as number) >> 4 === 1 ? 1 : 2) &&
      isHexAt(bytes, RESPONDER_SPI_AT, known.responderSpi) &&
      tunnel.joins(sighting.source.address) &&
      tunnel.joins(sighting.destination.address);
    return isKnown ? known : null;
  }

  /** The number of an IKE SA that begins now. */
  nextNumber(): number {
    return ++this.#numbers;
  }

  /** A new IKE SA that begins with this message; null where there is no room for its tunnel. */
  open(seen: SeenMessage): KnownSa | null {
    const { source, destination } = seen.sighting;
    const tunnel = this.#tunnels.between(source.address, destination.address);
    return tunnel === null ? null : this.begin(seen, tunnel, this.nextNumber());
  }

  /** A new IKE SA of that number that begins with this message. */
  begin(seen: SeenMessage, tunnel: TunnelBuilder, number: number): KnownSa {
    const known = new KnownSa(number, seen, tunnel, this.#archive);
    const areMany = ++this.#kept > MANY_IKE_SAS;
    const dropped = tunnel.addIkeSa(known, areMany ? IKE_SAS_OF_MANY : this.#limit);
    if (dropped !== null) this.forget(dropped);
    this.#add(known.initiatorSpi, known);
    return known;
  }

  /** The IKE SA was given up by its tunnel. */
  forget(builder: IkeSaBuilder): void {
    this.#kept--;
    builder.release();
    const { initiatorSpi } = builder;
    const first = this.#sas.get(initiatorSpi);
    if (first !== undefined && first === builder) {
      if (first.next === undefined) this.#sas.delete(initiatorSpi);
      else this.#sas.set(initiatorSpi, first.next);
      return;
    }
    for (let known = first; known !== undefined; known = known.next) {
      if (known.next === builder) known.next = known.next.next;
    }
  }

  #add(initiatorSpi: string, known: KnownSa): void {
    let last = this.#sas.get(initiatorSpi);
    if (last === undefined) {
      this.#sas.set(initiatorSpi, known);
      return;
    }
    let namesakes = 1;
    for (; last.next !== undefined; last = last.next) namesakes++;
    if (namesakes < NAMESAKES) last.next = known;
  }
}

function versionOf(header: IkeHeader): 1 | 2 {
  return header.majorVersion === 1 ? 1 : 2;
}

/** A client that lost its address may ask from a new one at a further address of the gateway, of the other IP version too (RFC 4555 3.5). */
function looksForPath(header: IkeHeader): boolean {
  return (
    header.exchangeType === EXCHANGE_V2.INFORMATIONAL &&
    isFromInitiator(header) &&
    (header.flags & V2_FLAG.response) === 0
  );
}

function hasResponderSpi(builder: IkeSaBuilder, { responderSpi }: IkeHeader): boolean {
  return responderSpi !== ZERO_SPI && responderSpi === builder.responderSpi;
}

function agrees(builder: IkeSaBuilder, header: IkeHeader): boolean {
  const { responderSpi } = builder;
  return (
    responderSpi === ZERO_SPI ||
    header.responderSpi === ZERO_SPI ||
    header.responderSpi === responderSpi ||
    builder.majorVersion === 1
  );
}
