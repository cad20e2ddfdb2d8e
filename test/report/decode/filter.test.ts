import { describe, expect, it } from "vitest";
import { frameRef } from "../../../src/bytes/frame.js";
import { decodeIke } from "../../../src/ike/decode.js";
import { filterTerms, parseFilter } from "../../../src/report/decode/filter.js";
import { FilterError } from "../../../src/report/decode/filter-values.js";
import type { SeenMessage } from "../../../src/session/transmission.js";
import { SAMPLES } from "../../support/ike/samples.js";
import { SIGHTING } from "../../support/ike/seen.js";

/** A refused IKE_SA_INIT from 192.0.2.2 to 192.0.2.1 in frame 7. */
function refusal(source = "192.0.2.2"): SeenMessage {
  const bytes = SAMPLES["IKE_SA_INIT refused"] ?? new Uint8Array();
  const decoded = decodeIke(bytes);
  if (!decoded.ok) throw new Error("the sample must decode");
  return {
    message: decoded.message,
    bytes,
    digest: 0,
    sighting: {
      ...SIGHTING,
      time: 0,
      source: { address: source, port: 500 },
      destination: { address: "192.0.2.1", port: 1024 },
    },
  };
}

function shows(expression: string, cited: readonly number[] = []): boolean {
  return parseFilter(expression).bind(() => new Set(cited.map((frame) => frameRef(0, frame))))(refusal());
}

describe("a filter expression", () => {
  it.each([
    "peer=192.0.2.1",
    "peer=192.0.2.2",
    "exchange=IKE_SA_INIT",
    "exchange=34",
    "exchange=ike_auth|ike_sa_init",
    "notify=NO_PROPOSAL_CHOSEN",
    "notify=14",
    "payload=41",
    "port=1024",
    "version=2",
    "id=0",
    "frame=7",
    "frame=5-8",
    "frame=1:7",
    "frame=1:5-8",
    "exchange=0x22",
    "exchange=ike-sa-init",
    "notify=no-proposal-chosen",
    "id=0x0",
    "peer!=192.0.2.3",
    "notify!=COOKIE",
    "peer=192.0.2.1 exchange=IKE_SA_INIT",
    "peer=192.0.2.1,exchange=IKE_SA_INIT",
  ])("%s holds", (expression) => {
    expect(shows(expression)).toBe(true);
  });

  it.each([
    "peer=192.0.2.3",
    "exchange=IKE_AUTH",
    "peer=192.0.2.1 exchange=IKE_AUTH",
    "notify!=NO_PROPOSAL_CHOSEN",
    "spi=ffff",
    "frame=8-9",
    "frame=2:7",
    "frame=2:5-8",
    "exchange=UNASSIGNED_34",
  ])("%s does not", (expression) => {
    expect(shows(expression)).toBe(false);
  });

  it("takes the beginning of an SPI", () => {
    expect(shows(`spi=${refusal().message.header.initiatorSpi.slice(0, 6)}`)).toBe(true);
  });

  it("takes an SPI as other tools print it", () => {
    const spi = refusal().message.header.initiatorSpi.slice(0, 8);
    expect(shows(`spi=0x${spi.toUpperCase()}`)).toBe(true);
  });

  it("takes an IPv6 address in any of its forms", () => {
    const seen = refusal("2001:db8::1");
    const matches = (expression: string) => parseFilter(expression).bind(() => new Set())(seen);
    expect(matches("peer=2001:db8:0:0:0:0:0:1")).toBe(true);
    expect(matches("peer=2001:DB8::0:1")).toBe(true);
    expect(matches("peer=2001:db8::2")).toBe(false);
  });

  it("asks for the frames that a finding cites", () => {
    const { findings } = parseFilter("finding=ike-no-proposal-chosen");
    expect(findings).toEqual(["ike-no-proposal-chosen"]);
    expect(shows("finding=ike-no-proposal-chosen", [7])).toBe(true);
    expect(shows("finding=ike-no-proposal-chosen", [8])).toBe(false);
  });

  it.each(["", "   ", "peer", "=x", "nothing=1", "peer=", "a=b c"])(
    '"%s" is refused with a reason',
    (expression) => {
      expect(() => parseFilter(expression)).toThrow(FilterError);
    },
  );

  it.each([
    ["constructor=1", "peer, exchange"],
    ["toString=1", "peer, exchange"],
    ["__proto__=1", "peer, exchange"],
    ["hasOwnProperty!=1", "peer, exchange"],
    ["exchange=constructor", "not an exchange type"],
    ["exchange=IKE_AUHT", "did you mean IKE_AUTH?"],
    ["exchange=quickest", "such as IKE_AUTH"],
    ["exchange=256", "0 to 255"],
    ["payload=NONCES", "did you mean NONCE?"],
    ["notify=NO_PROPOSAL_CHOOSEN", "did you mean NO_PROPOSAL_CHOSEN?"],
    ["notify=65536", "0 to 65535"],
    ["finding=nope", "ikescope explain"],
    ["finding=nat-detectd", "did you mean nat-detected?"],
    ["finding=__proto__", "ikescope explain"],
    ["peer=notanaddress", "no IP address"],
    ["peer=192.0.2", "no IP address"],
    ["peer=192.0.2.1|", "no IP address"],
    ["spi=xyz", "16 hexadecimal digits"],
    ["spi=0123456789abcdef0", "16 hexadecimal digits"],
    ["id=-1", "0 to 4294967295"],
    ["id=4294967296", "0 to 4294967295"],
    ["port=65536", "0 to 65535"],
    ["version=two", "0 to 15"],
    ["frame=0", "counted from 1"],
    ["frame=1:0", "counted from 1"],
    ["frame=0:7", "no file 0"],
    ["frame=a:7", "2:12 in the second file"],
    ["frame=20-10", "ends before it begins"],
    ["frame=4294967296", "no capture"],
  ])("%s cannot be meant, and it says what can: %s", (expression, hint) => {
    expect(() => parseFilter(expression)).toThrow(FilterError);
    expect(() => parseFilter(expression)).toThrow(hint);
  });

  it("finds a message by a frame of it of which only is known where it lies", () => {
    const { message, sighting } = refusal();
    const frames = [10, 12, 439].map((number) => frameRef(0, number));
    const matches = (frame: string, framesLeftOut?: number) =>
      parseFilter(`frame=${frame}`).bind(() => new Set())({
        message,
        sighting: { ...sighting, frames, ...(framesLeftOut === undefined ? {} : { framesLeftOut }) },
      });
    for (const frame of ["10", "300", "430-500", "439"]) expect(matches(frame, 200)).toBe(true);
    for (const frame of ["9", "11", "440"]) expect(matches(frame, 200)).toBe(false);
    expect(matches("300")).toBe(false);
  });

  it("judges a datagram that is no message by where it was seen; what it has not, it has not", () => {
    const { sighting } = refusal();
    const matches = (expression: string) =>
      parseFilter(expression).bind((code) => new Set(code === "ike-malformed" ? sighting.frames : []))({
        message: null,
        sighting,
      });
    for (const yes of [
      "peer=192.0.2.1",
      "port=500",
      "frame=7",
      "finding=ike-malformed",
      "exchange!=IKE_AUTH",
    ])
      expect(matches(yes)).toBe(true);
    for (const no of ["peer=192.0.2.3", "port=501", "frame=8", "finding=nat-detected", "exchange=IKE_AUTH"])
      expect(matches(no)).toBe(false);
  });

  it("is explained by a table of all terms", () => {
    const terms = filterTerms().map(([term]) => term);
    expect(terms[0]).toBe("peer=");
    expect(terms).toContain("finding=");
  });
});
