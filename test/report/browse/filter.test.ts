import { textsIn } from "../../../src/texts/languages.js";
import { beforeAll, describe, expect, it } from "vitest";
import { facetCounts, withFacet } from "../../../src/report/browse/facets.js";
import { orderedRows } from "../../../src/report/browse/order.js";
import { rowFilter } from "../../../src/report/browse/row-filter.js";
import type { TunnelRow } from "../../../src/report/browse/tunnel-row.js";
import { rowOf } from "../../support/browse/rows.js";

let blocked: TunnelRow;
let healthy: TunnelRow;
let overIpv6: TunnelRow;
let rows: TunnelRow[];

beforeAll(async () => {
  blocked = await rowOf("port4500-blocked-initiator", { id: 1 });
  healthy = await rowOf("healthy-esp-upload-initiator", { id: 2 });
  overIpv6 = await rowOf("healthy-ikev2-ipv6-initiator", { id: 3 });
  rows = [healthy, overIpv6, blocked];
});

/** Numbers of the tunnels that a filter lets through. */
function left(text: string): number[] {
  return rows.filter(rowFilter(text).matches).map(({ id }) => id);
}

describe("the filter of the table", () => {
  it("lets all through where it is empty, and where a term is not typed to its end", () => {
    expect(left("")).toEqual([2, 3, 1]);
    expect(left("status=")).toEqual([2, 3, 1]);
  });

  it("wants every word, in upper or lower case, in addresses, status, phase, codes and software", () => {
    expect(left("NATT-4500")).toEqual([1]);
    expect(left("198.51.100 healthy")).toEqual([2]);
    expect(left("ike_auth")).toEqual([1]);
    expect(left("198.51.100 nowhere")).toEqual([]);
  });

  it("wants every term: one of several values, or none of them", () => {
    expect(left("status=failing")).toEqual([1]);
    expect(left("status=failing|healthy")).toEqual([2, 3, 1]);
    expect(left("status!=failing")).toEqual([2, 3]);
    expect(left("cause=natt")).toEqual([1]);
    expect(left("cause=none")).toEqual([2, 3]);
    expect(left("status=healthy version=1")).toEqual([]);
    expect(left("tunnel=3")).toEqual([3]);
  });

  it("takes a peer for a whole address, however it is written", () => {
    const [first] = overIpv6.peers;
    expect(left(`peer=${first.toUpperCase()}`)).toEqual([3]);
    expect(left("peer=192.0.2.1")).toEqual([]);
    expect(left("peer=192.0.2.10")).toEqual([2, 1]);
  });

  it("takes an SPI of IKE or ESP by its beginning, with 0x or without", () => {
    for (const spi of healthy.spis) {
      expect(left(`spi=${spi}`)).toContain(2);
      expect(left(`spi=0x${spi.slice(0, 6)}`)).toContain(2);
      expect(left(`spi=${spi}`)).not.toContain(1);
    }
  });

  it("says what there is where something else is asked for, and lets nothing through", () => {
    expect(textsIn("en").of(rowFilter("colour=red").problem ?? "")).toMatch(
      /nothing called "colour".*status, cause, product/,
    );
    expect(left("colour=red")).toEqual([]);
  });
});

describe("facets", () => {
  it("count tunnels by status, cause and software, each under what is asked beside it", () => {
    const counted = facetCounts(rows, "status=healthy").map(({ facet, value, count, isChosen }) =>
      [facet, value, count, isChosen ? "chosen" : ""].join(" ").trim(),
    );
    expect(counted).toContain("status healthy 2 chosen");
    expect(counted).toContain("status failing 1");
    expect(counted).toContain("cause none 2");
    expect(counted.some((text) => text.startsWith("cause natt"))).toBe(false);
  });

  it("give a filter that lets through as many tunnels as they count", () => {
    for (const { facet, value, count } of facetCounts(rows, "")) {
      expect(left(withFacet("", facet, value))).toHaveLength(count);
    }
  });

  it("take the place of another value of theirs, and go when they are chosen again", () => {
    expect(withFacet("10.1 cause=none", "cause", "dpd-timeout")).toBe("10.1 cause=dpd-timeout");
    expect(withFacet("10.1 cause=none status=up", "cause", "none")).toBe("10.1 status=up");
  });
});

describe("the order of the table", () => {
  const order = (sort: Parameters<typeof orderedRows>[1]["sort"], isReversed = false): number[] =>
    orderedRows(rows, { sort, isReversed, text: "" }).map(({ id }) => id);

  it("puts the worst first, and tunnels that are alike by their numbers, also the other way round", () => {
    expect(order("status")).toEqual([1, 2, 3]);
    expect(order("status", true)).toEqual([2, 3, 1]);
  });

  it("sorts by address as a number, IPv4 first; by cause with those without one last; by packets", () => {
    expect(order("peer").at(-1)).toBe(3);
    expect(order("cause")[0]).toBe(1);
    expect(order("packets").at(-1)).toBe(1);
    expect(order("number")).toEqual([1, 2, 3]);
  });
});
