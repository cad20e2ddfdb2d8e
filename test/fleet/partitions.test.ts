import { describe, expect, it } from "vitest";
import type { GatewayEvent } from "../../src/fleet/event/read.js";
import { Fleet } from "../../src/fleet/fleet.js";
import { homeOf, PARTITIONS, partitionOf, partitionsOf } from "../../src/fleet/partitions.js";
import { merged, summaryOf, type TunnelSummary } from "../../src/fleet/summary.js";
import type { TunnelAccount } from "../../src/live/account/account.js";
import { account, FakeGateway, ikeSa } from "../support/fleet/accounts.js";

const TUNNELS = 200;

/** Accounts of both ends of many tunnels; `rekeyed`: of these the newer end does not know the first IKE SA any more. */
function bothEnds(rekeyed: (tunnel: number) => boolean): readonly [TunnelAccount[], TunnelAccount[]] {
  const spiOf = (tunnel: number, generation: number): string =>
    (tunnel * 16 + generation).toString(16).padStart(16, "0");
  const accountOf = (tunnel: number, generations: readonly number[], self: 0 | 1): TunnelAccount =>
    account({
      tunnel,
      self,
      ikeSas: generations.map((generation) => ikeSa([], { initiatorSpi: spiOf(tunnel, generation) })),
      spiPairs: [],
    });
  const tunnels = Array.from({ length: TUNNELS }, (_, at) => at + 1);
  return [
    tunnels.map((tunnel) => accountOf(tunnel, [1, 2, 3], 0)),
    tunnels.map((tunnel) => accountOf(tunnel, rekeyed(tunnel) ? [2, 3] : [1, 2, 3], 1)),
  ];
}

/** A hub's fleet: it reads what concerns its partitions, and drops tunnels that go elsewhere, as readEvent has it. */
class Hub {
  readonly fleet = new Fleet();
  readonly #owns: (partition: number) => boolean;

  constructor(owns: (partition: number) => boolean) {
    this.#owns = owns;
  }

  take(event: GatewayEvent): void {
    if (event.kind !== "tunnel-accounts") {
      this.fleet.take(event, null);
      return;
    }
    const { gateway } = event.origin;
    const isWanted = (one: TunnelAccount): boolean => partitionsOf(gateway, one).some(this.#owns);
    const accounts = event.accounts.filter(isWanted);
    const elsewhere = event.accounts.filter((one) => !isWanted(one)).map(({ tunnel }) => tunnel);
    this.fleet.take({ ...event, accounts, elsewhere }, null);
  }

  get tunnels(): readonly TunnelSummary[] {
    return [...this.fleet.judgedTunnels()]
      .filter((tunnel) => tunnel !== null)
      .map(summaryOf)
      .filter(({ partition }) => this.#owns(partition));
  }
}

describe("partitions of a fleet's tunnels", () => {
  it("hold every name in one of them, all about the same number", () => {
    const counts = Array.from({ length: PARTITIONS }, () => 0);
    for (let key = 0; key < PARTITIONS * 100; key++) {
      const partition = partitionOf(`ike ${key.toString(16).padStart(16, "0")}`);
      counts[partition] = (counts[partition] ?? 0) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(50);
    expect(Math.max(...counts)).toBeLessThan(200);
  });

  it("do not depend on addresses, nor on which end speaks, and are there for a tunnel without SPIs", () => {
    const one = account({ spiPairs: [{ fromFirst: 7, fromSecond: 9 }] });
    const other = account({
      peers: ["10.0.0.1", "10.0.0.2"],
      spiPairs: [{ fromFirst: 9, fromSecond: 7 }],
    });
    expect(partitionsOf("branch", one)).toEqual(partitionsOf("hq", other));
    expect(partitionsOf("branch", account({ spiPairs: [] }))).toHaveLength(1);
    expect(homeOf([])).toBe(0);
  });

  it.each([1, 2, 3, 7])("shared by %i hubs have each tunnel with both ends once", (hubs) => {
    const [ours, theirs] = bothEnds((tunnel) => tunnel % 2 === 0);
    const shares = Array.from({ length: hubs }, (_, hub) => new Hub((partition) => partition % hubs === hub));
    const [branch, hq] = [new FakeGateway("branch"), new FakeGateway("hq")];
    const events = [branch.status(1), hq.status(1), branch.accounts(2, ...ours), hq.accounts(2, ...theirs)];
    for (const event of events) for (const hub of shares) hub.take(event);
    const all = merged(shares.flatMap(({ tunnels }) => tunnels));
    expect(all.map(({ ends }) => ends.length)).toEqual(Array.from({ length: TUNNELS }, () => 2));
    expect(new Set(all.map(({ ends: [{ id }] }) => id)).size).toBe(TUNNELS);
  });

  it("let go of a tunnel of which no name is theirs any more", () => {
    const [[first]] = bothEnds(() => false);
    if (first === undefined) throw new Error("no tunnel");
    const own = new Set(partitionsOf("branch", first));
    const hub = new Hub((partition) => own.has(partition));
    const branch = new FakeGateway("branch");
    hub.take(branch.accounts(1, first));
    expect(hub.fleet.ends).toBe(1);
    const elsewhere = Array.from({ length: 200 }, (_, at) =>
      ikeSa([], { initiatorSpi: `${at}`.padStart(16, "f") }),
    )
      .filter((sa) => !partitionsOf("branch", { ...first, ikeSas: [sa] }).some((one) => own.has(one)))
      .slice(0, 1);
    hub.take(branch.accounts(2, { ...first, ikeSas: elsewhere }));
    expect(hub.fleet.ends).toBe(0);
  });
});
