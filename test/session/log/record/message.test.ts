import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeIke } from "../../../../src/ike/decode.js";
import type { IkeMessage } from "../../../../src/ike/message.js";
import { readMessage, writeMessage } from "../../../../src/session/log/record/message.js";
import { PackedReader, PackedWriter } from "../../../../src/session/log/record/bytes.js";
import { Shared } from "../../../../src/session/log/record/shared.js";
import { arbitraryMessage } from "../../../support/ike/arbitrary.js";
import { ikeMessage } from "../../../support/ike/message.js";
import { ke, nonce, sk } from "../../../support/ike/payloads-v2.js";
import { SAMPLES } from "../../../support/ike/samples.js";

function decoded(bytes: Uint8Array): IkeMessage {
  const result = decodeIke(bytes);
  if (!result.ok) throw new Error("no IKE header");
  return result.message;
}

/** The message as it is read again after it was kept, and the bytes that it took. */
function kept(bytes: Uint8Array, messageId?: number): { readonly again: IkeMessage; readonly size: number } {
  const message = decoded(bytes);
  const writer = new PackedWriter();
  const shared = new Shared(message.header.initiatorSpi);
  const id = messageId ?? message.header.messageId;
  writeMessage(writer, { message, bytes }, id, shared);
  writer.u8(0x5a);
  const reader = new PackedReader(writer.bytes, 0);
  const again = readMessage(reader, id, shared).message;
  // Whatever stands behind is found where it was put.
  expect(reader.u8()).toBe(0x5a);
  return { again, size: writer.length - 1 };
}

/** Without the contents of which only the length is kept. */
function withoutContents(message: IkeMessage): unknown {
  return {
    ...message,
    payloads: message.payloads.map((payload) => {
      switch (payload.kind) {
        case "encrypted":
          return { ...payload, body: payload.body.length };
        case "ke":
        case "nonce":
        case "hash":
        case "signature":
        case "authentication":
        case "puzzleSolution":
        case "fragmentV1":
          return { ...payload, data: payload.data.length };
        default:
          return payload;
      }
    }),
  };
}

describe("a kept message", () => {
  it.each(Object.entries(SAMPLES))("%s is read again as it was", (_, bytes) => {
    expect(withoutContents(kept(bytes).again)).toEqual(withoutContents(decoded(bytes)));
  });

  it("is read again as it was, whatever it holds and wherever the capture cut it", () => {
    fc.assert(
      fc.property(arbitraryMessage, fc.nat(40), fc.nat(40), (bytes, cut, more) => {
        const length = Math.max(28, bytes.length - cut);
        const datagram = new Uint8Array(cut > 20 ? length : bytes.length + more);
        datagram.set(bytes.subarray(0, datagram.length));
        expect(withoutContents(kept(datagram).again)).toEqual(withoutContents(decoded(datagram)));
      }),
    );
  });

  it("keeps its own Message ID where its exchange has another", () => {
    const bytes = ikeMessage({ exchange: 37, messageId: 7, payloads: [sk(40)] });
    expect(kept(bytes, 6).again.header.messageId).toBe(7);
  });

  it("has zeros for ciphertext, public value and nonce, and takes no room for them", () => {
    const { again, size } = kept(ikeMessage({ exchange: 34, payloads: [ke(14), nonce(), sk(1000)] }));
    const contents = again.payloads.map((payload) =>
      payload.kind === "encrypted" ? payload.body : "data" in payload ? payload.data : null,
    );
    expect(contents.map((bytes) => bytes?.length)).toEqual([256, 32, 1000]);
    expect(contents.every((bytes) => bytes?.every((byte) => byte === 0))).toBe(true);
    expect(size).toBeLessThan(60);
  });
});
