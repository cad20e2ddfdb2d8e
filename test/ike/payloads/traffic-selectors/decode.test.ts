import { expect, it } from "vitest";
import { fromHex } from "../../../../src/bytes/hex.js";
import { ascii, filler } from "../../../support/ike/bytes.js";
import { faultOf, onlyPayload } from "../../../support/ike/payload-of.js";
import { ipv4Selector, trafficSelectors } from "../../../support/ike/payloads-v2.js";

it("reads a payload written out by hand", () => {
  const body = fromHex(
    "02 000000" + // two selectors
      "07 06 0010 01bb 01bb 0a010000 0a01ffff" + // IPv4, TCP, port 443, 10.1.0.0 to 10.1.255.255
      "08 00 0028 0000 ffff 20010db8000000000000000000000000 20010db8ffffffffffffffffffffffff",
  );
  expect(onlyPayload(2, { type: 44, body })).toMatchObject({
    kind: "trafficSelectors",
    selectors: [
      {
        form: "addressRange",
        type: 7,
        protocol: 6,
        startPort: 443,
        endPort: 443,
        start: Uint8Array.of(10, 1, 0, 0),
        end: Uint8Array.of(10, 1, 255, 255),
      },
      { form: "addressRange", type: 8, protocol: 0, startPort: 0, endPort: 65535 },
    ],
  });
});

it("reads the other forms", () => {
  const body = fromHex(
    "03 000000" +
      "09 00 0010 00 000001 00 fffffe 00 ff 01 02" + // Fibre Channel
      "0a 00 0008 61 62 63 00" + // security label
      "f1 07 0004", // private, without data
  );
  expect(onlyPayload(2, { type: 45, body })).toMatchObject({
    selectors: [
      {
        form: "fibreChannel",
        start: 1,
        end: 0xfffffe,
        startRoutingControl: 0,
        endRoutingControl: 255,
        startType: 1,
        endType: 2,
      },
      { form: "other", type: 10, protocol: 0, data: ascii("abc\0") },
      { form: "other", type: 241, protocol: 7, data: new Uint8Array(0) },
    ],
  });
});

it("may be none", () => {
  expect(onlyPayload(2, trafficSelectors([]))).toMatchObject({ selectors: [] });
});

const { body } = trafficSelectors([ipv4Selector()]);
it.each([
  ["a count that is too large", 0, 2, { what: "TS type" }],
  ["a count that is too small", 0, 0, { detail: "16 bytes are left over" }],
  ["a length below its header", 7, 3, { detail: "declares 3 bytes, its header alone has 4" }],
  ["a length beyond the payload", 7, 200, { required: 196, available: 12 }],
  ["a length that cuts an address", 7, 15, { what: "ending address" }],
])("refuses %s", (_, at, value, expected) => {
  const broken = Uint8Array.from(body);
  broken[at] = value;
  expect(faultOf(2, 44, broken)).toMatchObject(expected);
});

it("refuses an address range that is too long", () => {
  expect(faultOf(2, 44, Uint8Array.from([1, 0, 0, 0, 7, 0, 0, 17, ...filler(13)]))).toMatchObject({
    detail: "1 bytes are left over",
  });
});
