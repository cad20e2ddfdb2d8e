import type { FrameRef } from "../bytes/frame.js";
import { equalBytes, toHex } from "../bytes/hex.js";
import { decodePayloads } from "../ike/decode.js";
import { type EncryptedPayload, type IkeMessage, ZERO_SPI } from "../ike/message.js";
import { EXCHANGE_V1 } from "../ike/registries/exchanges.js";
import type { IkeKeysV1 } from "../secrets/key.js";
import type { Sighting } from "../session/model.js";
import type { OpenedMessage } from "../session/model/opened.js";
import { setBounded } from "./bounded-map.js";
import { u32Bytes } from "./bytes.js";
import type { EspSaTable } from "./esp-sa-table.js";
import { type KeyAccounts, sourceText } from "./key-account.js";
import type { IndexedKeys } from "./key-index.js";
import { isNoticeUnder } from "./notice-v1.js";
import { type MessageChain, newChain, type Phase1 } from "./phase1.js";
import type { CryptoProvider } from "./provider.js";
import { followQuickMode } from "./quick-mode.js";
import { phase1Suite } from "./v1-suite.js";

const MOST_PHASES = 20_000;
const MOST_CHAINS = 256;
/** Retransmissions of a message chain that are known again. */
const MOST_SEEN = 64;
const MOST_FAILURES = 4;
/** Messages that are remembered as encrypted with a key that was not given. */
const MOST_FOREIGN = 4096;

/** The result of an attempt with one key and IV. */
interface Opened {
  readonly plain: Uint8Array;
  readonly key: IkeKeysV1;
  readonly iv: Uint8Array;
}

/** Opens the encrypted messages of IKEv1: main and aggressive mode, quick mode, INFORMATIONAL, TRANSACTION. */
export class V1Opener {
  readonly #provider: CryptoProvider;
  readonly #keys: IndexedKeys;
  readonly #accounts: KeyAccounts;
  readonly #esp: EspSaTable;
  readonly #phases = new Map<string, Phase1>();
  /** Initiator cookies of phase 1 that were seen, so that thousands of keys can be looked up. */
  readonly #cookies = new Map<string, true>();
  /** Public values of first messages, which have no responder cookie yet, by initiator cookie. */
  readonly #first = new Map<string, { readonly from: string; readonly data: Uint8Array }>();
  readonly #foreign = new Map<FrameRef, string>();

  constructor(keys: IndexedKeys, accounts: KeyAccounts, provider: CryptoProvider, esp: EspSaTable) {
    this.#keys = keys;
    this.#accounts = accounts;
    this.#provider = provider;
    this.#esp = esp;
  }

  /** Whether a phase 1 with that initiator cookie was seen. */
  knows(cookie: string): boolean {
    return this.#cookies.has(cookie);
  }

  /**
   * The key that opens messages of the other side of this phase 1, and not the one whose first frame that is, by no IV: it is
   * encrypted with another key. Null where that was not seen.
   */
  foreignTo(frame: FrameRef): string | null {
    return this.#foreign.get(frame) ?? null;
  }

  message(message: IkeMessage, sighting: Sighting): OpenedMessage | null {
    const { header, payloads, available } = message;
    const isPhase1 =
      header.exchangeType === EXCHANGE_V1.MAIN_MODE || header.exchangeType === EXCHANGE_V1.AGGRESSIVE_MODE;
    const [first] = payloads;
    if (first?.kind !== "encrypted") {
      if (isPhase1) this.#clear(message, sighting);
      return null;
    }
    if (available < header.length || header.responderSpi === ZERO_SPI) return null;
    const phase = this.#phaseOf(header.initiatorSpi, header.responderSpi);
    const chain = isPhase1 ? this.#phase1Chain(phase) : this.#chainOf(phase, header.messageId);
    const iv = chain?.iv ?? null;
    const opened = this.#open(phase, chain, message, first, isPhase1);
    const frame = sighting.frames[0];
    if (frame === undefined) return opened;
    if (opened === null) this.#noteForeign(phase, message, first, frame, iv);
    else this.#foreignToOther(phase);
    return opened;
  }

  #noteForeign(
    phase: Phase1,
    { header }: IkeMessage,
    { body, innerType }: EncryptedPayload,
    frame: FrameRef,
    iv: Uint8Array | null,
  ): void {
    const { key, suite } = phase;
    const { exchangeType } = header;
    if (
      exchangeType === EXCHANGE_V1.MAIN_MODE &&
      phase.key === null &&
      phase.otherKey === null &&
      iv !== null
    ) {
      phase.unopened ??= { frame, iv, body: body.slice(), innerType };
    }
    if (exchangeType !== EXCHANGE_V1.INFORMATIONAL || key === null || suite === null) return;
    if (body.length === 0 || body.length % suite.block !== 0) return;
    if (isNoticeUnder(this.#provider, suite, key, body) !== false) return;
    setBounded(this.#foreign, frame, sourceText(key), MOST_FOREIGN);
  }

  /** The key of the one that answers opens what it sends: what came before is not encrypted with it. */
  #foreignToOther(phase: Phase1): void {
    const { key, otherKey, unopened } = phase;
    if (key !== null || otherKey === null || unopened === null) return;
    const { frame, iv, body, innerType } = unopened;
    phase.unopened = null;
    if (this.#tryKey(phase, otherKey, iv, body, innerType) !== null) return;
    setBounded(this.#foreign, frame, sourceText(otherKey), MOST_FOREIGN);
  }

  #clear({ header, payloads }: IkeMessage, { source }: Sighting): void {
    const ke = payloads.find((payload) => payload.kind === "ke");
    const from = `${source.address} ${source.port}`;
    if (header.responderSpi === ZERO_SPI) {
      if (ke !== undefined)
        setBounded(this.#first, header.initiatorSpi, { from, data: ke.data.slice() }, MOST_PHASES);
      return;
    }
    const phase = this.#phaseOf(header.initiatorSpi, header.responderSpi);
    const sa = payloads.find((payload) => payload.kind === "sa");
    if (sa !== undefined) phase.suite ??= phase1Suite(sa);
    const first = this.#first.get(header.initiatorSpi);
    if (first !== undefined && phase.publicValues.length === 0) phase.publicValues.push(first);
    if (ke === undefined || phase.publicValues.length >= 2) return;
    const isKnown = phase.publicValues.some(({ data }) => equalBytes(data, ke.data));
    if (!isKnown) phase.publicValues.push({ from, data: ke.data.slice() });
  }

  #phaseOf(initiatorCookie: string, responderCookie: string): Phase1 {
    const name = initiatorCookie + responderCookie;
    let phase = this.#phases.get(name);
    if (phase === undefined) {
      phase = {
        initiatorCookie,
        responderCookie,
        suite: null,
        publicValues: [],
        chain: null,
        firstIv: null,
        chains: new Map(),
        key: null,
        otherKey: null,
        failures: 0,
        otherFailures: 0,
        unopened: null,
      };
      setBounded(this.#phases, name, phase, MOST_PHASES);
      setBounded(this.#cookies, initiatorCookie, true, MOST_PHASES);
    }
    return phase;
  }

  /** The first IV is the hash of both public values, the initiator's first (RFC 2409 appendix B). */
  #phase1Chain(phase: Phase1): MessageChain | null {
    const { suite, publicValues } = phase;
    const [first, second] = publicValues;
    if (phase.chain !== null || suite === null || first === undefined || second === undefined)
      return phase.chain;
    const iv = this.#provider.hash(suite.hash, first.data, second.data).subarray(0, suite.block);
    phase.firstIv = iv;
    phase.chain = newChain(iv);
    return phase.chain;
  }

  /** The first IV of a later exchange: the hash of the last block of phase 1 and of the Message ID. */
  #chainOf(phase: Phase1, messageId: number): MessageChain | null {
    const known = phase.chains.get(messageId);
    if (known !== undefined) return known;
    const { suite } = phase;
    const phase1 = this.#phase1Chain(phase);
    if (suite === null || phase1 === null) return null;
    const iv = this.#provider.hash(suite.hash, phase1.iv, u32Bytes(messageId)).subarray(0, suite.block);
    const chain = newChain(iv);
    setBounded(phase.chains, messageId, chain, MOST_CHAINS);
    return chain;
  }

  #open(
    phase: Phase1,
    chain: MessageChain | null,
    message: IkeMessage,
    payload: EncryptedPayload,
    isPhase1: boolean,
  ): OpenedMessage | null {
    const { body, innerType } = payload;
    const { suite } = phase;
    if (suite === null || body.length === 0 || body.length % suite.block !== 0) return null;
    // By its ends: a retransmission is the same from the first byte to the last.
    const name = `${body.length}:${toHex(body, 0, suite.block)}${toHex(body, body.length - suite.block)}`;
    const before = chain?.seen.get(name);
    const opened =
      this.#try(phase, before ?? chain?.iv ?? null, body, innerType, isPhase1) ??
      this.#tryOther(phase, isPhase1 ? null : message.header.messageId, body, innerType);
    const last = body.slice(body.length - suite.block);
    if (before === undefined) this.#advance(phase, chain, { name, last, opened, isPhase1 });
    if (opened === null) return null;
    const { key, plain } = opened;
    this.#accounts.opened(key, `IKE SA ${phase.initiatorCookie}`);
    if (chain !== null && message.header.exchangeType === EXCHANGE_V1.QUICK_MODE) {
      followQuickMode(phase, chain, decodePayloads(1, innerType, plain).payloads, {
        provider: this.#provider,
        keys: this.#keys,
        esp: this.#esp,
      });
    }
    return { version: 1, firstType: innerType, plain, by: sourceText(key) };
  }

  /** Moves the chain of IVs on, also for a message that was not opened: its sender encrypted the next one after it. */
  #advance(
    phase: Phase1,
    chain: MessageChain | null,
    step: {
      readonly name: string;
      readonly last: Uint8Array;
      readonly opened: Opened | null;
      readonly isPhase1: boolean;
    },
  ): void {
    const { name, last, opened, isPhase1 } = step;
    const moved = chain ?? (isPhase1 && opened !== null ? (phase.chain = newChain(opened.iv)) : null);
    if (moved === null) return;
    setBounded(moved.seen, name, opened?.iv ?? moved.iv, MOST_SEEN);
    moved.iv = last;
  }

  #try(
    phase: Phase1,
    iv: Uint8Array | null,
    body: Uint8Array,
    innerType: number,
    isPhase1: boolean,
  ): Opened | null {
    const { key, suite } = phase;
    if (suite === null) return null;
    if (key !== null) return iv === null ? null : this.#tryKey(phase, key, iv, body, innerType);
    if (phase.failures >= MOST_FAILURES) return null;
    for (const candidate of this.#candidates(phase)) {
      // A log tells the first IV where the capture has not both public values.
      const first = iv ?? (isPhase1 ? (candidate.initialIv?.reveal() ?? null) : null);
      const opened = first === null ? null : this.#tryKey(phase, candidate, first, body, innerType);
      if (opened === null) continue;
      phase.key = candidate;
      this.#keys.v1.fitted(candidate);
      if (candidate.cookie !== null && candidate.cookie !== phase.initiatorCookie) {
        this.#accounts.of(candidate).fitsOther = true;
      }
      return opened;
    }
    phase.failures++;
    return null;
  }

  /**
   * Where the pre-shared keys of two ends differ, what one side sends opens with the key of that side only. It could not read the
   * last messages of phase 1, so that its IVs go on from the first one.
   */
  #tryOther(phase: Phase1, messageId: number | null, body: Uint8Array, innerType: number): Opened | null {
    const { key, suite, firstIv } = phase;
    if (suite === null || firstIv === null || messageId === null) return null;
    if (phase.otherFailures >= MOST_FAILURES) return null;
    const iv = this.#provider.hash(suite.hash, firstIv, u32Bytes(messageId)).subarray(0, suite.block);
    const candidates = phase.otherKey === null ? this.#candidates(phase) : [phase.otherKey];
    for (const candidate of candidates) {
      if (key !== null && isSameKey(candidate, key)) continue;
      const opened = this.#tryKey(phase, candidate, iv, body, innerType);
      if (opened === null) continue;
      phase.otherKey = candidate;
      this.#keys.v1.fitted(candidate);
      return opened;
    }
    phase.otherFailures++;
    return null;
  }

  *#candidates({ initiatorCookie }: Phase1): Generator<IkeKeysV1> {
    const { v1 } = this.#keys;
    const tried = new Set<IkeKeysV1>();
    for (const list of [v1.near(initiatorCookie), v1.named(initiatorCookie), v1.free()]) {
      for (const key of list) {
        if (tried.has(key)) continue;
        tried.add(key);
        yield key;
      }
    }
  }

  #tryKey(phase: Phase1, key: IkeKeysV1, iv: Uint8Array, body: Uint8Array, innerType: number): Opened | null {
    const { suite } = phase;
    const cipherKey = key.cipherKey?.reveal();
    if (suite === null || cipherKey === undefined || iv.length !== suite.block) return null;
    if (!this.#provider.hasCbc(suite.cipher)) {
      if (key.cookie === phase.initiatorCookie) this.#accounts.of(key).suite ??= "unsupported";
      return null;
    }
    const plain = this.#provider.decryptCbc(suite.cipher, cipherKey, iv, body);
    const isOpen = plain !== null && isChain(innerType, plain);
    if (!isOpen && key.cookie === phase.initiatorCookie) this.#accounts.of(key).integrityMisfits++;
    return isOpen ? { plain, key, iv } : null;
  }
}

function isSameKey({ cipherKey: one }: IkeKeysV1, { cipherKey: other }: IkeKeysV1): boolean {
  return one !== null && other !== null && equalBytes(one.reveal(), other.reveal());
}

/**
 * Whether what came out is a chain of payloads: IKEv1 has no ICV, and a wrong key gives noise, whose lengths, reserved bytes
 * and types fit once in a million times.
 */
function isChain(innerType: number, plain: Uint8Array): boolean {
  const { payloads, problem } = decodePayloads(1, innerType, plain);
  if (problem !== null || payloads.length === 0) return false;
  return payloads.every(({ kind, offset }) => kind !== "opaque" && plain[offset + 1] === 0);
}
