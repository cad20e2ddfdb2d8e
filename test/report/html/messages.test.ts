import { describe, expect, it } from "vitest";
import { decodeIke } from "../../../src/ike/decode.js";
import type { IkeMessage } from "../../../src/ike/message.js";
import { pageMessage } from "../../../src/report/html/messages.js";
import { PackedReader, PackedWriter } from "../../../src/session/log/record/bytes.js";
import { readMessage, writeMessage } from "../../../src/session/log/record/message.js";
import { Shared } from "../../../src/session/log/record/shared.js";
import { ENGLISH } from "../../../src/texts/texts.js";
import { filler } from "../../support/ike/bytes.js";
import { ikeMessage } from "../../support/ike/message.js";
import { ke, nonce, notify } from "../../support/ike/payloads-v2.js";

const BYTES = ikeMessage({
  exchange: 34,
  payloads: [ke(14), nonce(filler(32, 3)), notify(16390, { data: new Uint8Array(20) })],
});

function decoded(): IkeMessage {
  const result = decodeIke(BYTES);
  if (!result.ok) throw new Error("no IKE header");
  return result.message;
}

function valuesOf(message: IkeMessage): readonly string[] {
  const { fields } = pageMessage(message, ENGLISH);
  return fields.slice(1).map((payload) => payload.fields?.at(-1)?.value ?? "");
}

describe("a message of a page", () => {
  it("shows the contents of its payloads", () => {
    expect(valuesOf(decoded())).toEqual([
      expect.stringMatching(/^[0-9a-f]{64}\u2026 \(256 bytes\)$/),
      expect.stringMatching(/^[0-9a-f]{64}$/),
      "00".repeat(20),
    ]);
  });

  it("says of which payloads the content was not kept, and shows no zeros for it", () => {
    const message = decoded();
    const writer = new PackedWriter();
    writeMessage(writer, { message, bytes: BYTES }, 0, new Shared(message.header.initiatorSpi));
    const kept = readMessage(new PackedReader(writer.bytes, 0), 0, new Shared(message.header.initiatorSpi));
    expect(valuesOf(kept.message)).toEqual([
      "256 bytes, not kept for the report",
      "32 bytes, not kept for the report",
      "00".repeat(20),
    ]);
  });
});
