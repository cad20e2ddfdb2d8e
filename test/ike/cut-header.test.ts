import { expect, it } from "vitest";
import { withHeaderLength } from "../../src/ike/cut-header.js";
import { decodeIke } from "../../src/ike/decode.js";
import { ikeMessage } from "../support/ike/message.js";
import { sk } from "../support/ike/payloads-v2.js";

const message = ikeMessage({ exchange: 35, payloads: [sk(60, 35)] });

it.each([24, 26, 27])(
  "reads a header of which %i bytes were captured, with the length of the datagram",
  (captured) => {
    const whole = decodeIke(message);
    const cut = decodeIke(withHeaderLength(message.subarray(0, captured), message.length));
    expect(cut.ok && cut.message.header).toEqual(whole.ok && whole.message.header);
    expect(cut).toMatchObject({ ok: true, message: { payloads: [] } });
  },
);

it("leaves alone what is whole, and what lacks more than the length", () => {
  for (const captured of [0, 23, 28, message.length]) {
    const bytes = message.subarray(0, captured);
    expect(withHeaderLength(bytes, message.length)).toBe(bytes);
  }
});
