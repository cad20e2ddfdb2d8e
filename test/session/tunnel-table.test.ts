import { expect, it } from "vitest";
import { TunnelTable } from "../../src/session/tunnel-table.js";

const GATEWAY = "192.0.2.1";

it("a tunnel that made room stays gone when a copy of its message comes from behind a NAT device", () => {
  const table = new TunnelTable(() => undefined, { tunnels: 4, idleGo: false });
  const [first] = ["20.0.0.1", "20.0.0.2", "20.0.0.3"].map((peer) => table.between(peer, GATEWAY));
  if (first == null) throw new Error("there is room for two strangers");
  expect(table.existing("20.0.0.1", GATEWAY)).toBeUndefined();
  table.alias("10.0.0.1", GATEWAY, first);
  expect(table.existing("10.0.0.1", GATEWAY)).toBeUndefined();
  expect(table.all()).not.toContain(first);
});
