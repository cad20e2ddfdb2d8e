import { V1_FLAG, ZERO_SPI } from "../../../src/ike/message.js";
import { filler } from "../../support/ike/bytes.js";
import { ikeMessage, type PayloadBytes } from "../../support/ike/message.js";
import { encryptedV1, keV1, nonceV1, saV1 } from "../../support/ike/payloads-v1.js";
import { ethernet, ipv4, udp } from "../../support/packet/index.js";
import { CaptureFile } from "../capture-file.js";
import { packet } from "../ike-frames.js";
import { GATEWAY, NOON, peerAddress } from "./peer.js";

const TUNNELS = 500;
/** Each peer asks so often. */
const EVERY = 10_000_000;
const EXCHANGE = { main: 2, informational: 5, quick: 32 } as const;
/** Bytes of ciphertext of R-U-THERE with AES-CBC and SHA2-256. */
const CHECK = 80;
/** Places in a frame of Ethernet, IPv4, UDP: the IP identification and the IKE message. */
const AT = { identification: 18, ike: 42, messageId: 42 + 20, ciphertext: 42 + 28 } as const;

/** 500 IKEv1 tunnels: main mode and quick mode, then `checks` exchanges of R-U-THERE and its acknowledgement each. */
export function writeIkeV1Day(path: string, checks: number): void {
  const file = new CaptureFile(path);
  for (let number = 0; number < TUNNELS; number++) {
    for (const [index, frame] of setupOf(number).entries()) {
      file.add(NOON + number * 10_000 + index * 1_000, frame);
    }
  }
  const pairs = Array.from({ length: TUNNELS }, (_, number) => [
    new Check(number, true),
    new Check(number, false),
  ]);
  for (let check = 1; check <= checks; check++) {
    for (const [number, pair] of pairs.entries()) {
      const time = NOON + check * EVERY + number * 10_000;
      for (const [index, side] of pair.entries()) file.add(time + index * 2_000, side.next(check));
    }
  }
  file.close();
}

function spisOf(number: number): { readonly initiatorSpi: string; readonly responderSpi: string } {
  const hex = number.toString(16).padStart(14, "0");
  return { initiatorSpi: `1c${hex}`, responderSpi: `2c${hex}` };
}

function setupOf(number: number): Uint8Array[] {
  const peer = peerAddress(number);
  const { initiatorSpi, responderSpi } = spisOf(number);
  const message = (
    fromPeer: boolean,
    exchange: number,
    payloads: readonly PayloadBytes[],
    options: { readonly flags?: number; readonly messageId?: number; readonly first?: boolean } = {},
  ): Uint8Array => {
    const { flags = 0, messageId = 0, first = false } = options;
    const bytes = ikeMessage({
      version: 1,
      exchange,
      initiatorSpi,
      responderSpi: first ? ZERO_SPI : responderSpi,
      flags,
      messageId,
      payloads,
    });
    return packet(fromPeer ? peer : GATEWAY, fromPeer ? GATEWAY : peer, 500, bytes);
  };
  const sealed = { flags: V1_FLAG.encryption };
  const quick = { ...sealed, messageId: 0x5151_0000 + number };
  return [
    message(true, EXCHANGE.main, [saV1()], { first: true }),
    message(false, EXCHANGE.main, [saV1()]),
    message(true, EXCHANGE.main, [keV1(filler(256, number)), nonceV1(filler(20, number))]),
    message(false, EXCHANGE.main, [keV1(filler(256, number + 1)), nonceV1(filler(20, number + 1))]),
    message(true, EXCHANGE.main, [encryptedV1(72, 5, number)], sealed),
    message(false, EXCHANGE.main, [encryptedV1(72, 5, number + 1)], sealed),
    message(true, EXCHANGE.quick, [encryptedV1(168, 8, number)], quick),
    message(false, EXCHANGE.quick, [encryptedV1(168, 8, number + 1)], quick),
    message(true, EXCHANGE.quick, [encryptedV1(56, 8, number + 2)], quick),
  ];
}

/** R-U-THERE of a peer, or the acknowledgements of the gateway: one frame, with other bytes each time. */
class Check {
  readonly #view: DataView;
  readonly #frame: Uint8Array;
  readonly #side: number;
  readonly #number: number;

  constructor(number: number, fromPeer: boolean) {
    const message = ikeMessage({
      version: 1,
      exchange: EXCHANGE.informational,
      ...spisOf(number),
      flags: V1_FLAG.encryption,
      payloads: [encryptedV1(CHECK, 8, number)],
    });
    const peer = peerAddress(number);
    const payload = udp({ sourcePort: 500, destinationPort: 500, payload: message, checksum: 0 });
    const [source, destination] = fromPeer ? [peer, GATEWAY] : [GATEWAY, peer];
    this.#frame = ethernet({ payload: ipv4({ source, destination, protocol: 17, payload, ttl: 57 }) });
    this.#view = new DataView(this.#frame.buffer, this.#frame.byteOffset);
    this.#side = fromPeer ? 0 : 1;
    this.#number = number;
  }

  next(check: number): Uint8Array {
    const word = Math.imul(check * 2 + this.#side, 2_654_435_761) ^ (this.#number << 4);
    this.#view.setUint16(AT.identification, (check * 2 + this.#side) & 0xffff);
    this.#view.setUint32(AT.messageId, word >>> 0 || 1);
    this.#view.setUint32(AT.ciphertext, (word ^ 0x5a5a_5a5a) >>> 0);
    return this.#frame;
  }
}
