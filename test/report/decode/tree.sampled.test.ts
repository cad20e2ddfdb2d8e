import { describe, expect, it } from "vitest";
import { TextBuffer } from "../../../src/bytes/text-buffer.js";
import { decodeIke } from "../../../src/ike/decode.js";
import type { Field } from "../../../src/ike/describe/field.js";
import type { IkeMessage } from "../../../src/ike/message.js";
import { messageJson } from "../../../src/report/decode/json.js";
import { writeTree } from "../../../src/report/decode/tree.js";
import { SAMPLES } from "../../support/ike/samples.js";
import { seen, SIGHTING } from "../../support/ike/seen.js";
import { sampled } from "../../support/sample.js";

const ONE_FILE = { files: ["trace.pcap"] };
/** One of so many bytes is changed in `npm test`. */
const SHARE = 4;
/** Of longer data a tree shows the beginning, or only how much it is. */
const MOST_SHOWN = 32;

function decoded(bytes: Uint8Array): IkeMessage {
  const result = decodeIke(bytes);
  if (!result.ok) throw new Error("no IKE header");
  return result.message;
}

function tree(bytes: Uint8Array, sent = bytes.length): string {
  const out = new TextBuffer(4096);
  writeTree(seen(decoded(bytes), bytes, { ...SIGHTING, bytes: sent }), ONE_FILE, out);
  return new TextDecoder().decode(out.content);
}

/** The line of a tree that the byte belongs to. */
function lineAt(text: string, at: number): string {
  const before = text.split("\n").filter((line) => Number.parseInt(line.slice(0, 4), 16) <= at);
  return `byte ${at}: ${before.at(-1)}`;
}

/** Bytes of data that is not shown to its end, or as it is: ciphertext, certificates, passwords. */
function dataOf(fields: readonly Field[]): number[] {
  return fields.flatMap(({ offset = 0, length = 0, children = [], value }) => {
    const isCut = length > MOST_SHOWN && (children.length === 0 || value.includes("\u2026"));
    const isHidden = value.endsWith("bytes") || value.endsWith("not shown");
    return isCut || isHidden ? Array.from({ length }, (_, at) => offset + at) : dataOf(children);
  });
}

describe("a tree", () => {
  it.each(Object.entries(SAMPLES))("of %s names every byte: none changes unseen", (_, bytes) => {
    const original = tree(bytes);
    const { payloads } = messageJson(seen(decoded(bytes), bytes), ONE_FILE);
    const data = new Set(payloads.flatMap(({ fields }) => dataOf(fields)));
    const unseen = new Set<number>();
    const shown = [...bytes.keys()].filter((at) => !data.has(at));
    for (const at of sampled(shown, SHARE)) {
      for (let bit = 1; bit <= 0x80; bit <<= 1) {
        const changed = Uint8Array.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ bit;
        if (tree(changed) === original) unseen.add(at);
      }
    }
    expect([...unseen].map((at) => lineAt(original, at))).toEqual([]);
  });

  it("shows how proposals and transforms are tied together, and what is reserved where it is not zero", () => {
    const bytes = Uint8Array.from(SAMPLES["IKE_SA_INIT request"] ?? []);
    const [chain, plain] = [tree(bytes).split("\n"), tree(bytes)];
    expect(chain).toContainEqual(expect.stringMatching(/^001c {4}Next payload: KE \(34\)$/));
    expect(chain).toContainEqual(
      expect.stringMatching(
        /^0020 {6}Proposal header: last substructure [02], length \d+, SPI size 0, \d+ transforms$/,
      ),
    );
    expect(chain).toContainEqual(
      expect.stringMatching(/^0028 {8}Transform header: last substructure 3, length \d+$/),
    );
    expect(plain).not.toContain("Reserved");
    bytes[0x1d] = 0x41;
    bytes[0x21] = 0x07;
    const changed = tree(bytes);
    expect(changed).toMatch(/^001d {4}Reserved: 41$/m);
    expect(changed).toMatch(/^0021 {6}Reserved: 07$/m);
  });

  it("calls nothing malformed that the snap length cut off, and a datagram that was sent that short it does", () => {
    const whole = SAMPLES["IKE_SA_INIT request"] ?? new Uint8Array(0);
    const part = whole.subarray(0, 60);
    expect(tree(part, whole.length)).toContain(`Captured: 60 of ${whole.length} bytes`);
    expect(tree(part, whole.length)).not.toContain("MALFORMED");
    expect(tree(part)).toContain("MALFORMED");
  });
});
