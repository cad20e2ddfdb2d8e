import { addressBytes } from "../../../src/bytes/address.js";
import { V2_FLAG, ZERO_SPI } from "../../../src/ike/message.js";
import { natDetectionHash } from "../../../src/ike/nat-detection.js";
import { filler } from "../../support/ike/bytes.js";
import { ikeMessage, type PayloadBytes } from "../../support/ike/message.js";
import { ke, natDetection, nonce, notify, sa, sk, vendorId } from "../../support/ike/payloads-v2.js";
import { SUITES } from "../../support/scenario/suites.js";
import { packet } from "../ike-frames.js";

export const NOON = 1_700_000_000_000_000;
export const GATEWAY = "192.0.2.1";

/** SK body of IKE_AUTH with AES-GCM-16: IV, payloads, pad length, ICV. */
const AUTH = 8 + 220 + 1 + 16;
/** The same of one notify without data. */
const REFUSAL = 8 + 8 + 1 + 16;

/** Public address of the peer with this number. */
export function peerAddress(number: number): string {
  return `20.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
}

/** One IKEv2 peer that speaks to one gateway; each method gives a frame. `attempt` numbers its IKE SAs. */
export class Peer {
  readonly address: string;
  readonly #number: number;
  readonly #gateway: string;

  constructor(number: number, gateway = GATEWAY) {
    this.#number = number;
    this.#gateway = gateway;
    this.address = peerAddress(number);
  }

  openingRequest(attempt = 0): Uint8Array {
    return this.#ask(this.#opening(attempt, ZERO_SPI, V2_FLAG.initiator));
  }

  openingResponse(attempt = 0): Uint8Array {
    return this.#answer(this.#opening(attempt, this.#spi(2, attempt), V2_FLAG.response));
  }

  authRequest(attempt = 0): Uint8Array {
    return this.#ask(this.#auth(attempt, V2_FLAG.initiator));
  }

  authResponse(attempt = 0): Uint8Array {
    return this.#answer(this.#auth(attempt, V2_FLAG.response));
  }

  /** IKE_AUTH answered with an error alone. */
  authRefusal(attempt = 0): Uint8Array {
    return this.#answer(this.#auth(attempt, V2_FLAG.response, REFUSAL));
  }

  /** IKE_SA_INIT answered with REDIRECT to an IPv4 address (RFC 5685). */
  redirect(attempt: number, to: string): Uint8Array {
    const target = addressBytes(to) ?? new Uint8Array(4);
    return this.#notified(attempt, notify(16407, { data: Uint8Array.of(1, target.length, ...target) }));
  }

  /** IKE_SA_INIT answered with an error alone. */
  refusal(notifyType: number): Uint8Array {
    return this.#notified(0, notify(notifyType));
  }

  #notified(attempt: number, payload: PayloadBytes): Uint8Array {
    const initiatorSpi = this.#spi(1, attempt);
    return this.#answer(
      ikeMessage({ exchange: 34, initiatorSpi, flags: V2_FLAG.response, payloads: [payload] }),
    );
  }

  #ask(message: Uint8Array): Uint8Array {
    return packet(this.address, this.#gateway, 500, message);
  }

  #answer(message: Uint8Array): Uint8Array {
    return packet(this.#gateway, this.address, 500, message);
  }

  #spi(side: number, attempt: number): string {
    const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");
    return `${side}b${hex(attempt, 6)}${hex(this.#number, 8)}`;
  }

  #opening(attempt: number, responderSpi: string, flags: number): Uint8Array {
    const seed = this.#number * 64 + attempt;
    return ikeMessage({
      exchange: 34,
      initiatorSpi: this.#spi(1, attempt),
      responderSpi,
      flags,
      payloads: [
        sa([SUITES.gcm.proposal]),
        ke(14, filler(256, seed)),
        nonce(filler(32, seed + flags)),
        ...this.#hashes(attempt, responderSpi, flags),
        notify(16430),
        vendorId(filler(16, 3)),
      ],
    });
  }

  #hashes(attempt: number, responderSpi: string, flags: number): PayloadBytes[] {
    const hash = (address: string): Uint8Array =>
      natDetectionHash(this.#spi(1, attempt), responderSpi, addressBytes(address) ?? new Uint8Array(4), 500);
    const [own, other] =
      flags === V2_FLAG.initiator ? [this.address, this.#gateway] : [this.#gateway, this.address];
    return natDetection(hash(own), hash(other));
  }

  #auth(attempt: number, flags: number, size = AUTH): Uint8Array {
    return ikeMessage({
      exchange: 35,
      initiatorSpi: this.#spi(1, attempt),
      responderSpi: this.#spi(2, attempt),
      flags,
      messageId: 1,
      payloads: [sk(size, 0, this.#number * 64 + flags)],
    });
  }
}
