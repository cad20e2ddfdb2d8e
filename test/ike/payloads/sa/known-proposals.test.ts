import { describe, expect, it } from "vitest";
import { ByteReader } from "../../../../src/bytes/reader.js";
import { KnownProposals } from "../../../../src/ike/payloads/sa/known-proposals.js";

/** Decodes each window as one proposal with the window for its SPI, and counts how often it was asked. */
function counted(): { readonly known: KnownProposals; readonly calls: () => number } {
  let calls = 0;
  const known = new KnownProposals((reader) => {
    calls++;
    return [{ number: 1, protocol: 1, spi: reader.rest(), transforms: [] }];
  });
  return { known, calls: () => calls };
}

const reader = (...bytes: number[]): ByteReader =>
  new ByteReader(Uint8Array.from(bytes), "IKE payload length");

describe("proposals that come again", () => {
  it("are decoded no more from the third time on, and are the same", () => {
    const { known, calls } = counted();
    const [first] = [known.read(reader(1, 2, 3)), known.read(reader(1, 2, 3))];
    const before = calls();
    expect(known.read(reader(1, 2, 3))).toEqual(first);
    expect(calls()).toBe(before);
  });

  it("leave nothing in the reader", () => {
    const { known } = counted();
    for (let time = 0; time < 3; time++) {
      const one = reader(1, 2, 3);
      known.read(one);
      expect(one.remaining).toBe(0);
    }
  });

  it("keep their bytes where those of the message are used again", () => {
    const { known } = counted();
    const bytes = Uint8Array.of(1, 2, 3);
    for (let time = 0; time < 2; time++) known.read(new ByteReader(bytes, "IKE payload length"));
    bytes.fill(0);
    expect([...(known.read(reader(1, 2, 3))[0]?.spi ?? [])]).toEqual([1, 2, 3]);
  });

  it("are not taken for others", () => {
    const { known } = counted();
    for (let time = 0; time < 3; time++) known.read(reader(1, 2, 3));
    expect([...(known.read(reader(1, 2, 4))[0]?.spi ?? [])]).toEqual([1, 2, 4]);
  });
});
