import { describe, expect, it } from "vitest";
import { decodeIke } from "../../src/ike/decode.js";
import { joinFragmentsV1 } from "../../src/ike/fragments-v1.js";
import type { FragmentV1Payload } from "../../src/ike/message.js";
import { filler } from "../support/ike/bytes.js";
import { ikeMessage } from "../support/ike/message.js";
import { fragmentV1 } from "../support/ike/payloads-v1.js";
import { SAMPLES } from "../support/ike/samples.js";

/** A fragment as it is read from the wire. */
function fragment(number: number, last: boolean, data: Uint8Array): FragmentV1Payload {
  const result = decodeIke(
    ikeMessage({ version: 1, exchange: 2, payloads: [fragmentV1(1, number, last, data)] }),
  );
  const payload = result.ok ? result.message.payloads[0] : undefined;
  if (payload?.kind !== "fragmentV1") throw new Error("no fragment");
  return payload;
}

describe("fragments of an IKEv1 message", () => {
  const whole = SAMPLES["main mode 1"] ?? filler(90);
  const cuts = [0, 40, 80, whole.length];
  const pieces = [1, 2, 3].map((number) =>
    fragment(number, number === 3, whole.slice(cuts[number - 1], cuts[number])),
  );
  const [first, second, third] = pieces;
  if (first === undefined || second === undefined || third === undefined) throw new Error("no pieces");

  it("make the message in any order, repeated or not", () => {
    expect(joinFragmentsV1(pieces)).toEqual(whole);
    expect(joinFragmentsV1([third, first, second, first])).toEqual(whole);
    expect(joinFragmentsV1([fragment(1, true, whole)])).toEqual(whole);
  });

  it("make none while one is missing", () => {
    expect(joinFragmentsV1([])).toBeNull();
    expect(joinFragmentsV1([first, second])).toBeNull();
    expect(joinFragmentsV1([first, third])).toBeNull();
    expect(joinFragmentsV1([fragment(0, true, whole)])).toBeNull();
  });

  it("take the first of two that differ", () => {
    expect(joinFragmentsV1([first, second, third, fragment(2, false, filler(40))])).toEqual(whole);
  });
});
