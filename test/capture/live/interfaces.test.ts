import { networkInterfaces } from "node:os";
import { describe, expect, it } from "vitest";
import { hasEthernetFrames, interfaceNames } from "../../../src/capture/node/live/interfaces.js";

describe("the interfaces of this machine", () => {
  it("are listed, also those that have no address", () => {
    expect(interfaceNames()).toEqual(expect.arrayContaining(Object.keys(networkInterfaces())));
    for (const name of interfaceNames()) expect(name).toMatch(/^[^\s:/]+$/);
  });

  it("have Ethernet frames or not, which decides whether a filter may speak of VLAN tags", () => {
    expect(hasEthernetFrames("any")).toBe(false);
    expect(hasEthernetFrames("nosuch0")).toBe(false);
    expect(hasEthernetFrames("../../../etc")).toBe(false);
    if (interfaceNames().includes("lo")) expect(hasEthernetFrames("lo")).toBe(true);
  });
});
