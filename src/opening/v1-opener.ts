import type { FrameRef } from "../bytes/frame.js";
import { toHex } from "../bytes/hex.js";
import { decodePayloads } from "../ike/decode.js";
import { type EncryptedPayload, type IkeMessage, ZERO_SPI } from "../ike/message.js";
import { EXCHANGE_V1 } from "../ike/registries/exchanges.js";
import type { Sighting } from "../session/model.js";
import type { OpenedMessage } from "../session/model/opened.js";
import { setBounded } from "./bounded-map.js";
import type { EspSaTable } from "./esp-sa-table.js";
import { type KeyAccounts, sourceText } from "./key-account.js";
import type { IndexedKeys } from "./key-index.js";
import { KeyTrialV1, type OpenedV1 } from "./key-trial-v1.js";
import { isNoticeUnder } from "./notice-v1.js";
import { type MessageChain, newChain, type Phase1 } from "./phase1.js";
import { Phase1Table } from "./phase1-table.js";
import type { CryptoProvider } from "./provider.js";
import { followQuickMode } from "./quick-mode.js";

/** Retransmissions of a message chain that are known again. */
const MOST_SEEN = 64;
/** Messages that are remembered as encrypted with a key that was not given. */
const MOST_FOREIGN = 4096;

/** Opens the encrypted messages of IKEv1: main and aggressive mode, quick mode, INFORMATIONAL, TRANSACTION. */
export class V1Opener {
  readonly #provider: CryptoProvider;
  readonly #keys: IndexedKeys;
  readonly #accounts: KeyAccounts;
  readonly #esp: EspSaTable;
  readonly #phases: Phase1Table;
  readonly #trial: KeyTrialV1;
  readonly #foreign = new Map<FrameRef, string>();

  constructor(keys: IndexedKeys, accounts: KeyAccounts, provider: CryptoProvider, esp: EspSaTable) {
    this.#keys = keys;
    this.#accounts = accounts;
    this.#provider = provider;
    this.#esp = esp;
    this.#phases = new Phase1Table(provider);
    this.#trial = new KeyTrialV1(keys, accounts, provider);
  }

  /** Whether a phase 1 with that initiator cookie was seen. */
  knows(cookie: string): boolean {
    return this.#phases.knows(cookie);
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
      if (isPhase1) this.#phases.readClear(message, sighting);
      return null;
    }
    if (available < header.length || header.responderSpi === ZERO_SPI) return null;
    const phase = this.#phases.of(header.initiatorSpi, header.responderSpi);
    const chain = isPhase1 ? this.#phases.ownChain(phase) : this.#phases.laterChain(phase, header.messageId);
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
    if (this.#trial.openWith(phase, otherKey, iv, body, innerType) !== null) return;
    setBounded(this.#foreign, frame, sourceText(otherKey), MOST_FOREIGN);
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
      this.#trial.openOwn(phase, before ?? chain?.iv ?? null, body, innerType, isPhase1) ??
      this.#trial.openOther(phase, isPhase1 ? null : message.header.messageId, body, innerType);
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
      readonly opened: OpenedV1 | null;
      readonly isPhase1: boolean;
    },
  ): void {
    const { name, last, opened, isPhase1 } = step;
    const moved = chain ?? (isPhase1 && opened !== null ? (phase.chain = newChain(opened.iv)) : null);
    if (moved === null) return;
    setBounded(moved.seen, name, opened?.iv ?? moved.iv, MOST_SEEN);
    moved.iv = last;
  }
}
