import { decodePayloads } from "../ike/decode.js";
import { type IkeMessage, type Payload, V2_FLAG, ZERO_SPI } from "../ike/message.js";
import { EXCHANGE_V2 } from "../ike/registries/exchanges.js";
import type { OpenedMessage } from "../session/model/opened.js";
import { setBounded } from "./bounded-map.js";
import { ikeSaText, type IkeCandidate, type IkeSaV2, newIkeSaV2 } from "./ike-sa-v2.js";
import { isComputable } from "./cipher.js";
import type { KeyAccounts } from "./key-account.js";
import type { IndexedKeys } from "./key-index.js";
import type { CryptoProvider } from "./provider.js";
import { type OpenedSk, openSk, sealedPayload } from "./seal-v2.js";
import { SaltlessKeys } from "./saltless.js";
import { candidatesOf } from "./v2-candidates.js";
import { followExchange, type SaFollower } from "./v2-children.js";
import { chosenSuite, namedSuite, type SaSuite } from "./v2-suite.js";

/** IKE SAs that are followed; the oldest go first. */
const MOST_IKE_SAS = 50_000;
/** Messages of an IKE SA on which all keys are tried, and after which none is. */
const MOST_FAILURES = 4;

interface Init {
  readonly ni: Uint8Array;
}

type Plain = Extract<OpenedSk, { readonly ok: true }>["plain"];

/** Opens the encrypted messages of IKEv2. */
export class V2Opener {
  /** Keys that lack nothing but their salts. */
  readonly saltless = new SaltlessKeys();
  readonly #provider: CryptoProvider;
  readonly #keys: IndexedKeys;
  readonly #accounts: KeyAccounts;
  readonly #follower: SaFollower;
  /** Nonces of IKE_SA_INIT requests by initiator SPI. */
  readonly #inits = new Map<string, Init>();
  readonly #sas = new Map<string, IkeSaV2>();

  constructor(keys: IndexedKeys, accounts: KeyAccounts, follower: Omit<SaFollower, "ikeSa">) {
    this.#provider = follower.provider;
    this.#keys = keys;
    this.#accounts = accounts;
    this.#follower = { ...follower, ikeSa: (sa) => this.#add(sa) };
  }

  /** Whether an IKE SA with these SPIs, 32 hex digits together, was seen. */
  knows(spis: string): boolean {
    return this.#sas.has(spis);
  }

  /** Opens a message where a key fits; learns from it what later ones need. */
  message(message: IkeMessage, bytes: Uint8Array): OpenedMessage | null {
    const { header } = message;
    if (header.exchangeType === EXCHANGE_V2.IKE_SA_INIT) {
      this.#init(message);
      return null;
    }
    if (sealedPayload(message) === null || header.responderSpi === ZERO_SPI) return null;
    const sa = this.#saOf(header.initiatorSpi, header.responderSpi);
    return this.#open(sa, message, bytes);
  }

  #init({ header, payloads }: IkeMessage): void {
    const nonce = payloads.find((payload) => payload.kind === "nonce");
    if (nonce === undefined) return;
    const { initiatorSpi, responderSpi, flags } = header;
    if ((flags & V2_FLAG.response) === 0) {
      this.#inits.delete(initiatorSpi);
      setBounded(this.#inits, initiatorSpi, { ni: nonce.data.slice() }, MOST_IKE_SAS);
      return;
    }
    const choice = payloads.find((payload) => payload.kind === "sa") ?? null;
    if (choice === null || this.#sas.get(initiatorSpi + responderSpi)?.isNegotiated === true) return;
    this.#add(
      newIkeSaV2(
        { initiatorSpi, responderSpi },
        {
          suite: chosenSuite(choice),
          isNegotiated: true,
          ni: this.#inits.get(initiatorSpi)?.ni ?? null,
          nr: nonce.data.slice(),
        },
      ),
    );
  }

  #add(sa: IkeSaV2): void {
    const spis = sa.initiatorSpi + sa.responderSpi;
    // A copy or a retransmission of what made it must not make it anew.
    if (this.#sas.get(spis)?.isNegotiated === true) return;
    setBounded(this.#sas, spis, sa, MOST_IKE_SAS);
  }

  #saOf(initiatorSpi: string, responderSpi: string): IkeSaV2 {
    const spis = initiatorSpi + responderSpi;
    let sa = this.#sas.get(spis);
    if (sa === undefined) {
      sa = newIkeSaV2({ initiatorSpi, responderSpi });
      setBounded(this.#sas, spis, sa, MOST_IKE_SAS);
    }
    return sa;
  }

  #open(sa: IkeSaV2, message: IkeMessage, bytes: Uint8Array): OpenedMessage | null {
    const { fitting } = sa;
    if (fitting !== null) {
      const opened = this.#tryOne(sa, fitting, message, bytes);
      if (opened !== null) return this.#settle(sa, fitting, message, opened);
    }
    if (sa.failures >= MOST_FAILURES) return null;
    for (const { candidate, isNamed } of candidatesOf(this.#provider, sa, this.#keys)) {
      const opened = this.#tryOne(sa, candidate, message, bytes, isNamed);
      if (opened === null) continue;
      this.#fits(sa, candidate, isNamed);
      return this.#settle(sa, candidate, message, opened);
    }
    sa.failures++;
    return null;
  }

  #fits(sa: IkeSaV2, candidate: IkeCandidate, isNamed: boolean): void {
    const { key, isSwapped } = candidate;
    sa.fitting = candidate;
    if (key.kind !== "ikev2") return;
    this.#keys.v2.fitted(key);
    const account = this.#accounts.of(key);
    if (isSwapped) account.isSwapped = true;
    if (!isNamed && key.spis !== null) account.fitsOther = true;
  }

  /** The plaintext where that key opens the message; else its account says why not, where it is named for the SA. */
  #tryOne(
    sa: IkeSaV2,
    candidate: IkeCandidate,
    message: IkeMessage,
    bytes: Uint8Array,
    isNamed = false,
  ): Plain | null {
    const { key, isSwapped } = candidate;
    const suite = sa.suite ?? (key.kind === "ikev2" && isNamed ? namedSuite(key) : null);
    const keys = (message.header.flags & V2_FLAG.initiator) === 0 ? candidate.responder : candidate.initiator;
    const account = isNamed && !isSwapped ? this.#accounts.of(key) : null;
    if (suite === null) {
      if (account !== null) account.suite ??= sa.isNegotiated ? "unsupported" : "unknown";
      return null;
    }
    if (!isComputable(this.#provider, suite.cipher)) {
      if (account !== null) account.suite ??= "unsupported";
      return null;
    }
    if (keys === null) return null;
    const needed = suite.cipher.key + suite.cipher.salt;
    if (keys.cipherKey.length !== needed) {
      if (account !== null) {
        account.wrongLength ??= { needed, has: keys.cipherKey.length };
        const side = keys === candidate.initiator ? "initiator" : "responder";
        if (key.kind === "ikev2") this.saltless.note(key, side, suite, keys, message, bytes);
      }
      return null;
    }
    const opened = openSk(this.#provider, suite, keys, message, bytes);
    if (opened.ok && isChain(sa, message, opened.plain)) return opened.plain;
    if (account !== null) {
      if (opened.ok || opened.reason === "cipher") account.cipherMisfits++;
      else if (opened.reason === "integrity") account.integrityMisfits++;
    }
    return null;
  }

  #settle(sa: IkeSaV2, candidate: IkeCandidate, message: IkeMessage, plain: Plain): OpenedMessage | null {
    const { key, by } = candidate;
    if (sa.suite === null && key.kind === "ikev2") sa.suite = suiteOfKey(candidate);
    this.#accounts.opened(key, ikeSaText(sa));
    const { header } = message;
    const sk = sealedPayload(message);
    if (sk === null) return null;
    const isResponse = (header.flags & V2_FLAG.response) !== 0;
    const isFromInitiator = (header.flags & V2_FLAG.initiator) !== 0;
    const content =
      sk.fragment === null
        ? { firstType: sk.innerType, plain: plain.slice() }
        : sa.fragments.add(
            `${header.messageId}:${isResponse}:${isFromInitiator}`,
            sk.fragment,
            sk.innerType,
            plain.slice(),
          );
    if (content === null) return null;
    const payloads: readonly Payload[] = decodePayloads(2, content.firstType, content.plain).payloads;
    const { exchangeType, messageId } = header;
    followExchange(sa, { exchangeType, messageId, isResponse, isFromInitiator, payloads }, this.#follower);
    return { version: 2, ...content, by };
  }
}

function suiteOfKey({ key }: IkeCandidate): SaSuite | null {
  return key.kind === "ikev2" ? namedSuite(key) : null;
}

/**
 * Whether what came out is a chain of payloads. A wrong cipher key behind a right ICV gives noise; where keys have opened
 * messages of the SA before, a broken chain is the sender's. Pieces of a fragmented message cannot tell.
 */
function isChain(sa: IkeSaV2, message: IkeMessage, plain: Plain): boolean {
  const sk = sealedPayload(message);
  if (sk === null) return false;
  if (sk.fragment !== null || sa.fitting !== null || sa.suite?.cipher.mode === "aead") return true;
  if (sk.innerType === 0) return plain.length === 0;
  return decodePayloads(2, sk.innerType, plain).problem === null;
}
