import { describe, expect, it } from "vitest";
import { frameRef } from "../../../src/bytes/frame.js";
import { decodeIke } from "../../../src/ike/decode.js";
import { FilterError, filterTerms, parseFilter } from "../../../src/report/decode/filter.js";
import type { SeenMessage } from "../../../src/session/transmission.js";
import { SAMPLES } from "../../support/ike/samples.js";

/** A refused IKE_SA_INIT from 192.0.2.2 to 192.0.2.1 in frame 7. */
function refusal(): SeenMessage {
  const bytes = SAMPLES["IKE_SA_INIT refused"] ?? new Uint8Array();
  const decoded = decodeIke(bytes);
  if (!decoded.ok) throw new Error("the sample must decode");
  return {
    message: decoded.message,
    bytes,
    digest: 0,
    sighting: {
      time: 0,
      nanos: 0,
      frames: [frameRef(0, 7)],
      source: { address: "192.0.2.2", port: 500 },
      destination: { address: "192.0.2.1", port: 1024 },
      bytes: 36,
      ipFragments: 1,
      missingFragments: null,
      fragment: 0,
      ttl: 64,
      identification: 1,
      hostSide: "unknown",
      transport: "udp",
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
    "notify!=COOKIE",
    "peer=192.0.2.1 exchange=IKE_SA_INIT",
    "peer=192.0.2.1,exchange=IKE_SA_INIT",
  ])("%s holds", (expression) => {
    expect(shows(expression)).toBe(true);
  });

  it.each([
    "peer=192.0.2.3",
    "peer=192.0.2",
    "exchange=IKE_AUTH",
    "peer=192.0.2.1 exchange=IKE_AUTH",
    "notify!=NO_PROPOSAL_CHOSEN",
    "spi=ffff",
  ])("%s does not", (expression) => {
    expect(shows(expression)).toBe(false);
  });

  it("takes the beginning of an SPI", () => {
    expect(shows(`spi=${refusal().message.header.initiatorSpi.slice(0, 6)}`)).toBe(true);
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

  it("is explained by a table of all terms", () => {
    const terms = filterTerms().map(([term]) => term);
    expect(terms[0]).toBe("peer=");
    expect(terms).toContain("finding=");
  });
});
