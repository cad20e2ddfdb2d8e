import { u32At } from "../../bytes/reader.js";
import type { PacketView } from "../packet.js";

/** Two addresses of four words, both ports, and the IP version. */
export const KEY_WORDS = 10;

/**
 * The connection that a segment belongs to, the same for both directions: its ends in order of their addresses and
 * ports. Reused for every segment. The hash is seeded, so that a capture cannot be built to collide.
 */
export class ConnectionKey {
  readonly words = new Uint32Array(KEY_WORDS);
  hash = 0;
  /** The source is the second of the two ends. */
  swapped = false;
  readonly #seed: number;

  constructor(seed = (Math.random() * 2 ** 32) >>> 0) {
    this.#seed = seed;
  }

  set(view: PacketView): void {
    const swapped = isBehind(view);
    this.swapped = swapped;
    const { words } = this;
    const { addressBytes, sourceAt, destinationAt, sourcePort, destinationPort } = view;
    const first = swapped ? destinationAt : sourceAt;
    const second = swapped ? sourceAt : destinationAt;
    if (view.ipVersion === 4) {
      words.fill(0, 1, 8);
      words[0] = u32At(addressBytes, first);
      words[4] = u32At(addressBytes, second);
    } else {
      for (let word = 0; word < 4; word++) {
        words[word] = u32At(addressBytes, first + word * 4);
        words[word + 4] = u32At(addressBytes, second + word * 4);
      }
    }
    const firstPort = swapped ? destinationPort : sourcePort;
    const secondPort = swapped ? sourcePort : destinationPort;
    words[8] = ((firstPort << 16) | secondPort) >>> 0;
    words[9] = view.ipVersion;
    this.#hash();
  }

  #hash(): void {
    let hash = this.#seed;
    for (let word = 0; word < KEY_WORDS; word++) {
      hash = Math.imul(hash ^ (this.words[word] as number), 0x9e3779b1);
      hash = (hash ^ (hash >>> 15)) >>> 0;
    }
    hash = Math.imul(hash, 0x85ebca6b);
    this.hash = (hash ^ (hash >>> 13)) >>> 0;
  }
}

/** Whether the source stands behind the destination in the order of ends. */
function isBehind({
  addressBytes,
  sourceAt,
  destinationAt,
  ipVersion,
  sourcePort,
  destinationPort,
}: PacketView): boolean {
  const length = ipVersion === 4 ? 4 : 16;
  for (let at = 0; at < length; at++) {
    const difference = (addressBytes[sourceAt + at] as number) - (addressBytes[destinationAt + at] as number);
    if (difference !== 0) return difference > 0;
  }
  return sourcePort > destinationPort;
}
