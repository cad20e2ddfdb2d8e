import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { equalBytes, fromHex, toHex } from "../../src/bytes/hex.js";
import { decodeIke } from "../../src/ike/decode.js";
import { natDetectionHash, type NatDetectionHash } from "../../src/ike/nat-detection.js";
import { NOTIFY_V2 } from "../../src/ike/registries/notify-v2.js";
import { captureFiles, HAVE_CAPTURES, NO_CAPTURES, readMessages } from "../support/ike/corpus.js";
import { itIf } from "../support/require.js";

const INITIATOR = "0123456789abcdef";
const RESPONDER = "fedcba9876543210";
const IPV4 = Uint8Array.of(192, 0, 2, 10);
const IPV6 = fromHex("20010db8000000000000000000000001");

describe("NAT detection hash", () => {
  it.each<NatDetectionHash>(["md5", "sha1", "sha256", "sha384", "sha512"])("%s", (hash) => {
    for (const [address, port, portHex] of [
      [IPV4, 500, "01f4"],
      [IPV6, 4500, "1194"],
    ] as const) {
      const input = fromHex(INITIATOR + RESPONDER + toHex(address) + portHex);
      const expected = createHash(hash).update(input).digest("hex");
      expect(toHex(natDetectionHash(INITIATOR, RESPONDER, address, port, hash))).toBe(expected);
    }
  });

  itIf(HAVE_CAPTURES, NO_CAPTURES)("is what real peers without NAT between them sent", async () => {
    let same = 0;
    for (const file of captureFiles()) {
      for (const { bytes, source, destination, sourcePort, destinationPort } of await readMessages(file)) {
        const result = decodeIke(bytes);
        if (!result.ok) continue;
        const { header, payloads } = result.message;
        const { initiatorSpi, responderSpi } = header;
        const own = natDetectionHash(initiatorSpi, responderSpi, source, sourcePort);
        const other = natDetectionHash(initiatorSpi, responderSpi, destination, destinationPort);
        for (const payload of payloads) {
          if (payload.kind !== "notify" || header.majorVersion !== 2) continue;
          const { notifyType, data } = payload;
          if (notifyType === NOTIFY_V2.NAT_DETECTION_SOURCE_IP && equalBytes(data, own)) same++;
          if (notifyType === NOTIFY_V2.NAT_DETECTION_DESTINATION_IP && equalBytes(data, other)) same++;
        }
      }
    }
    expect(same).toBeGreaterThan(4);
  });

  it("is SHA-1 unless said otherwise", () => {
    expect(natDetectionHash(INITIATOR, RESPONDER, IPV4, 500)).toHaveLength(20);
  });

  it("refuses SPIs that are none", () => {
    expect(() => natDetectionHash("0123", RESPONDER, IPV4, 500)).toThrow(RangeError);
    expect(() => natDetectionHash(INITIATOR, "x".repeat(16), IPV4, 500)).toThrow(RangeError);
  });
});
