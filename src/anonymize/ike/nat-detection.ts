import { equalBytes, toHex } from "../../bytes/hex.js";
import { natDetectionHash, type NatDetectionHash } from "../../ike/nat-detection.js";
import type { AddressMap } from "../addresses.js";
import type { Identifiers } from "../identifiers.js";
import type { Ends, HeaderSpis } from "./ends.js";

/** Which hash has that length: SHA-1 in IKEv2, the negotiated one in IKEv1. */
const BY_LENGTH: ReadonlyMap<number, NatDetectionHash> = new Map([
  [16, "md5"],
  [20, "sha1"],
  [32, "sha256"],
  [48, "sha384"],
  [64, "sha512"],
]);

/** Endpoints that a hash is tried with beside those of its own packet, and hashes whose replacement is remembered. */
const ENDPOINTS = 32;
const REMEMBERED = 16_384;

interface KnownEndpoint {
  readonly address: Uint8Array;
  readonly port: number;
}

/**
 * Makes NAT detection hashes anew for the replaced SPIs and addresses. One that is right for an endpoint stays right for it;
 * one that fits nothing that was seen (the private address behind a NAT device, a hash wrong on purpose) is replaced by
 * bytes that fit nothing either. On a NAT device the same message passes with two pairs of addresses, and must stay the
 * same: so what replaced a hash is remembered, and a hash is tried with the endpoints of other packets.
 */
export class NatDetections {
  readonly #addresses: AddressMap;
  readonly #identifiers: Identifiers;
  readonly #known = new Map<string, Uint8Array>();
  readonly #endpoints = new Map<string, KnownEndpoint>();

  constructor(addresses: AddressMap, identifiers: Identifiers) {
    this.#addresses = addresses;
    this.#identifiers = identifiers;
  }

  /** Notes the ends of a packet with an IKE message. */
  seen({ source, destination, sourcePort, destinationPort }: Ends): void {
    this.#note(source, sourcePort);
    this.#note(destination, destinationPort);
  }

  /** Replaces the hash in [from, to). */
  rewrite(bytes: Uint8Array, from: number, to: number, { before, after }: HeaderSpis): void {
    const kind = BY_LENGTH.get(to - from);
    if (kind === undefined) {
      this.#identifiers.content(bytes, from, to);
      return;
    }
    const hash = bytes.slice(from, to);
    const key = `${before.join("")}${toHex(hash)}`;
    let replacement = this.#known.get(key);
    if (replacement === undefined) {
      const fitting = this.#fitting(hash, kind, { before, after });
      replacement = fitting ?? hash;
      if (fitting === null) this.#identifiers.content(replacement, 0, replacement.length);
      if (this.#known.size >= REMEMBERED) this.#known.clear();
      this.#known.set(key, replacement);
    }
    bytes.set(replacement, from);
  }

  #fitting(hash: Uint8Array, kind: NatDetectionHash, { before, after }: HeaderSpis): Uint8Array | null {
    // The packet's own ends were noted last.
    for (const { address, port } of [...this.#endpoints.values()].toReversed()) {
      if (!equalBytes(natDetectionHash(...before, address, port, kind), hash)) continue;
      return natDetectionHash(...after, this.#addresses.map(address), port, kind);
    }
    return null;
  }

  #note(address: Uint8Array, port: number): void {
    const key = `${toHex(address)}:${port}`;
    const endpoints = this.#endpoints;
    endpoints.delete(key);
    endpoints.set(key, { address, port });
    if (endpoints.size <= ENDPOINTS) return;
    for (const oldest of endpoints.keys()) {
      endpoints.delete(oldest);
      break;
    }
  }
}
