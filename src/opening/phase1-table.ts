import { equalBytes } from "../bytes/hex.js";
import { type IkeMessage, ZERO_SPI } from "../ike/message.js";
import type { Sighting } from "../session/model.js";
import { setBounded } from "./bounded-map.js";
import { u32Bytes } from "./bytes.js";
import { type MessageChain, newChain, type Phase1 } from "./phase1.js";
import type { CryptoProvider } from "./provider.js";
import { phase1Suite } from "./v1-suite.js";

const MOST_PHASES = 20_000;
const MOST_CHAINS = 256;

/** The phases 1 of a capture by their cookies, with the public values, suites and IVs that messages in clear and chains give. */
export class Phase1Table {
  readonly #provider: CryptoProvider;
  readonly #phases = new Map<string, Phase1>();
  /** Initiator cookies that were seen, so that thousands of keys can be looked up. */
  readonly #cookies = new Map<string, true>();
  /** Public values of first messages, which have no responder cookie yet, by initiator cookie. */
  readonly #first = new Map<string, { readonly from: string; readonly data: Uint8Array }>();

  constructor(provider: CryptoProvider) {
    this.#provider = provider;
  }

  /** Whether a phase 1 with that initiator cookie was seen. */
  knows(cookie: string): boolean {
    return this.#cookies.has(cookie);
  }

  /** Notes what a message of phase 1 in clear tells: its suite and its public value. */
  readClear({ header, payloads }: IkeMessage, { source }: Sighting): void {
    const ke = payloads.find((payload) => payload.kind === "ke");
    const from = `${source.address} ${source.port}`;
    if (header.responderSpi === ZERO_SPI) {
      if (ke !== undefined)
        setBounded(this.#first, header.initiatorSpi, { from, data: ke.data.slice() }, MOST_PHASES);
      return;
    }
    const phase = this.of(header.initiatorSpi, header.responderSpi);
    const sa = payloads.find((payload) => payload.kind === "sa");
    if (sa !== undefined) phase.suite ??= phase1Suite(sa);
    const first = this.#first.get(header.initiatorSpi);
    if (first !== undefined && phase.publicValues.length === 0) phase.publicValues.push(first);
    if (ke === undefined || phase.publicValues.length >= 2) return;
    const isKnown = phase.publicValues.some(({ data }) => equalBytes(data, ke.data));
    if (!isKnown) phase.publicValues.push({ from, data: ke.data.slice() });
  }

  /** The phase 1 of these cookies, a new one where it was not seen. */
  of(initiatorCookie: string, responderCookie: string): Phase1 {
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

  /**
   * The chain of phase 1 itself; null while its first IV is not known, which is the hash of both public values, the initiator's
   * first (RFC 2409 appendix B).
   */
  ownChain(phase: Phase1): MessageChain | null {
    const { suite, publicValues } = phase;
    const [first, second] = publicValues;
    if (phase.chain !== null || suite === null || first === undefined || second === undefined)
      return phase.chain;
    const iv = this.#provider.hash(suite.hash, first.data, second.data).subarray(0, suite.block);
    phase.firstIv = iv;
    phase.chain = newChain(iv);
    return phase.chain;
  }

  /** The chain of a later exchange; its first IV is the hash of the last block of phase 1 and of the Message ID. */
  laterChain(phase: Phase1, messageId: number): MessageChain | null {
    const known = phase.chains.get(messageId);
    if (known !== undefined) return known;
    const { suite } = phase;
    const phase1 = this.ownChain(phase);
    if (suite === null || phase1 === null) return null;
    const iv = this.#provider.hash(suite.hash, phase1.iv, u32Bytes(messageId)).subarray(0, suite.block);
    const chain = newChain(iv);
    setBounded(phase.chains, messageId, chain, MOST_CHAINS);
    return chain;
  }
}
