import { describe, expect, it } from "vitest";
import { decodeIke } from "../../src/ike/decode.js";
import { ENCR, INTEG } from "../../src/ike/registries/transforms-v2.js";
import { Opener } from "../../src/index.js";
import { cipherBy } from "../../src/opening/cipher.js";
import { integrityBy } from "../../src/opening/integrity.js";
import { sealEsp } from "../../src/opening/esp-seal.js";
import { nodeCrypto } from "../../src/opening/node/node-crypto.js";
import type { CryptoProvider } from "../../src/opening/provider.js";
import type { DirectionKeys, Protection } from "../../src/opening/seal-v2.js";
import type { IkeKeysV2, KeyRing } from "../../src/secrets/key.js";
import { SecretBytes } from "../../src/secrets/secret-bytes.js";
import type { Sighting } from "../../src/session/model.js";
import { openedPayloads } from "../../src/session/opened.js";
import { SeededRandom } from "../support/capture/random.js";
import { concat, filler, u16, u8 } from "../support/ike/bytes.js";
import { mutate } from "../support/ike/mutate.js";
import { ikeMessage } from "../support/ike/message.js";
import { nonce, proposal, sa } from "../support/ike/payloads-v2.js";
import { keyBytes, keyHex, ringOf as textRing } from "../support/keys/texts.js";
import { sealedMessage } from "../support/keys/sealed.js";
import { SEED } from "../support/seed.js";

const cipher = cipherBy(ENCR.ENCR_AES_CBC, 16);
const integrity = integrityBy(INTEG.AUTH_HMAC_SHA2_256_128);
if (cipher === null) throw new Error("no cipher");
const SUITE: Protection = { cipher, integrity };

const CHOICE = sa([proposal({ encr: [[12, 128]], integ: [12], prf: [5], group: [14] })]);
const NOTIFY = concat(u8(0), u8(0), u16(8), u8(0), u8(0), u16(24));

/** An inner IPv4 packet of ICMP with nothing behind its headers. */
const INNER_ICMP = Uint8Array.of(0x45, 0, 0, 28, 0, 0, 0, 0, 64, 1, ...new Uint8Array(18));
const IPV4 = 4;

const spiOf = (seed: number, at: number): string =>
  seed.toString(16).padStart(8, "0") + at.toString(16).padStart(8, "0");

interface Peer {
  readonly initiatorSpi: string;
  readonly responderSpi: string;
  readonly keys: DirectionKeys;
}

function peers(count: number): Peer[] {
  return Array.from({ length: count }, (_, at) => ({
    initiatorSpi: spiOf(0x1111, at + 1),
    responderSpi: spiOf(0x2222, at + 1),
    keys: { cipherKey: filler(16, at + 1), integrityKey: filler(32, at + 7919) },
  }));
}

function keyOf(
  { initiatorSpi, responderSpi, keys }: Peer,
  line: number,
  by: "name" | "near" | "none",
): IkeKeysV2 {
  const cipherKey = new SecretBytes(keys.cipherKey);
  const integrityKey = new SecretBytes(keys.integrityKey ?? new Uint8Array(0));
  return {
    kind: "ikev2",
    source: { file: "keys", line, form: "charon log" },
    spis: by === "name" ? { initiator: initiatorSpi, responder: responderSpi } : null,
    nearSpi: by === "near" ? initiatorSpi : null,
    suite: null,
    skD: null,
    skAi: integrityKey,
    skAr: integrityKey,
    skEi: cipherKey,
    skEr: cipherKey,
  };
}

const ringOf = (keys: readonly IkeKeysV2[]): KeyRing => ({ keys, faults: [], leftOut: 0 });

let frames = 0;
function sighting(): Sighting {
  const end = { address: "192.0.2.1", port: 500 };
  return {
    time: ++frames,
    nanos: 0,
    frames: [frames],
    source: end,
    destination: end,
    bytes: 0,
    ipFragments: 1,
    missingFragments: null,
    fragment: 0,
    ttl: 64,
    identification: 0,
    hostSide: "unknown",
    transport: "udp",
  };
}

function show(opener: Opener, bytes: Uint8Array) {
  const decoded = decodeIke(bytes);
  return decoded.ok ? opener.message(decoded.message, bytes, sighting()) : null;
}

function init(opener: Opener, { initiatorSpi, responderSpi }: Peer): void {
  show(opener, ikeMessage({ exchange: 34, initiatorSpi, payloads: [nonce()] }));
  show(
    opener,
    ikeMessage({ exchange: 34, initiatorSpi, responderSpi, flags: 0x20, payloads: [CHOICE, nonce()] }),
  );
}

function sealed({ initiatorSpi, responderSpi, keys }: Peer, plain = NOTIFY): Uint8Array {
  return sealedMessage(SUITE, keys, { iv: filler(16, 3), plain, initiatorSpi, responderSpi });
}

/** Counts how often keys are tried. */
function counting(): { readonly provider: CryptoProvider; readonly trials: () => number } {
  let trials = 0;
  return {
    provider: {
      ...nodeCrypto,
      hmac: (...args) => {
        trials++;
        return nodeCrypto.hmac(...args);
      },
    },
    trials: () => trials,
  };
}

describe("keys of many ESP SAs", () => {
  it("are tried once each where SPIs tell whose they are", () => {
    const costs = [100, 400].map((count) => {
      const lines = Array.from(
        { length: count },
        (_, at) =>
          `"IPv4","10.0.0.1","10.0.0.2","0x${spiOf(0, at + 0x1000).slice(8)}","AES-CBC [RFC3602]","0x${keyHex(16, at)}","HMAC-SHA-256-128 [RFC4868]","0x${keyHex(32, at + 1)}"\n`,
      );
      const { provider, trials } = counting();
      const opener = new Opener(textRing(lines.join("")), provider);
      for (let at = 0; at < count; at++) {
        const keys = { cipherKey: keyBytes(16, at), integrityKey: keyBytes(32, at + 1) };
        const head = { spi: at + 0x1000, sequence: 1, high: null, iv: keyBytes(16, 9) };
        const packet = sealEsp(nodeCrypto, { ...SUITE, uncheckedIcv: 0 }, keys, head, INNER_ICMP, IPV4);
        if (packet === null) throw new Error("not sealed");
        opener.esp.packet(packet, 0, packet.length, {
          source: () => "10.0.0.1",
          destination: () => "10.0.0.2",
          frame: at,
          time: at,
        });
      }
      expect(opener.esp.streams()).toHaveLength(count);
      // A rule asks for the streams of its tunnel, one by one.
      expect(opener.streamOf(0x1000, "10.0.0.1", "10.0.0.2")).toEqual(opener.esp.streams()[0]);
      expect(opener.streamOf(0x1000, "10.0.0.2", "10.0.0.1")).toBeNull();
      return trials() / count;
    });
    expect(costs[1]).toBe(costs[0]);
  });
});

describe("keys of many IKE SAs", () => {
  it.each(["name", "near", "none"] as const)(
    "are tried a bounded number of times each, where they are told by %s",
    (by) => {
      const costs = [100, 400].map((count) => {
        const all = peers(count);
        const { provider, trials } = counting();
        const opener = new Opener(ringOf(all.map((peer, at) => keyOf(peer, at, by))), provider);
        for (const peer of all) {
          init(opener, peer);
          expect(show(opener, sealed(peer))).not.toBeNull();
        }
        return trials() / count;
      });
      const [few = 0, many = 0] = costs;
      expect(many).toBeLessThanOrEqual(few + 1);
      expect(many).toBeLessThanOrEqual(64);
    },
  );

  it("that are not there cost a bounded number of trials an IKE SA", () => {
    const all = peers(300);
    const { provider, trials } = counting();
    const opener = new Opener(ringOf(all.map((peer, at) => keyOf(peer, at, "none"))), provider);
    const strangers = peers(200).map((peer) => ({
      ...peer,
      keys: { cipherKey: filler(16, 1_000_003), integrityKey: filler(32, 1_000_033) },
    }));
    for (const peer of strangers) {
      init(opener, peer);
      for (let message = 0; message < 20; message++) expect(show(opener, sealed(peer))).toBeNull();
    }
    expect(trials()).toBeLessThanOrEqual(strangers.length * 64 * 4);
  });
});

describe("fragments of a message (SKF)", () => {
  it("are opened one by one and put together, in any order and with copies", () => {
    const [peer] = peers(1);
    if (peer === undefined) throw new Error("no peer");
    const opener = new Opener(ringOf([keyOf(peer, 1, "name")]), nodeCrypto);
    init(opener, peer);
    const pieces = [NOTIFY.subarray(0, 3), NOTIFY.subarray(3, 5), NOTIFY.subarray(5)];
    const shown = [3, 1, 1, 2].map((number) =>
      show(
        opener,
        sealedMessage(SUITE, peer.keys, {
          iv: filler(16, number),
          plain: pieces[number - 1] ?? NOTIFY,
          fragment: { number, total: 3 },
          innerType: number === 1 ? 41 : 0,
          initiatorSpi: peer.initiatorSpi,
          responderSpi: peer.responderSpi,
        }),
      ),
    );
    expect(shown.slice(0, 3)).toEqual([null, null, null]);
    const whole = shown[3];
    if (whole == null) throw new Error("not opened");
    expect(openedPayloads(whole)).toMatchObject({
      payloads: [{ kind: "notify", notifyType: 24 }],
      problem: null,
    });
  });
});

describe("hostile messages", () => {
  it("never make the opener throw or grow", () => {
    const all = peers(4);
    const random = new SeededRandom(SEED);
    const opener = new Opener(ringOf(all.map((peer, at) => keyOf(peer, at, "name"))), nodeCrypto);
    for (const peer of all) init(opener, peer);
    for (let run = 0; run < 3000; run++) {
      const peer = all[random.below(all.length)];
      if (peer !== undefined) show(opener, mutate(sealed(peer), random)[0]);
    }
    expect(opener.notKept).toBe(0);
  });
});
