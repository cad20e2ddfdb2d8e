/** The router's firewall and NAT, by nftables. Three empty chains; scenarios add rules to them. */
import type { Topology } from "./topology.js";

/**
 * `raw` sees packets before defragmentation and NAT, `forward` after routing (it may reject),
 * `nat` translates what leaves.
 */
export type Chain = "raw" | "forward" | "nat";

const chains: Record<Chain, string> = {
  raw: "type filter hook prerouting priority -450;",
  forward: "type filter hook forward priority 0;",
  nat: "type nat hook postrouting priority 100;",
};

export class Firewall {
  readonly #topology: Topology;

  constructor(topology: Topology) {
    this.#topology = topology;
  }

  /** Adds a rule. Chains come into being with their first rule, so no connection is tracked needlessly. */
  async add(chain: Chain, rule: string): Promise<void> {
    await this.#nft("add table ip lab");
    await this.#nft(`add chain ip lab ${chain} { ${chains[chain]} }`);
    await this.#nft(`add rule ip lab ${chain} ${rule}`);
  }

  /** Removes all rules of a chain. */
  flush(chain: Chain): Promise<void> {
    return this.#nft(`flush chain ip lab ${chain}`);
  }

  /** The rules as they stand, with counters where a rule has one. */
  list(): Promise<string> {
    return this.#topology.tryExec("router", ["nft", "list", "ruleset"]).then((o) => o.stdout);
  }

  async #nft(command: string): Promise<void> {
    await this.#topology.exec("router", ["nft", command]);
  }
}

/** Matches for rules. IKE on 4500 starts with the four zero bytes of the non-ESP marker, ESP does not. */
export const match = {
  fromAlice: "ip saddr 192.0.2.10",
  fromBob: "ip saddr 198.51.100.20",
  ikeOn4500: "udp dport 4500 @th,64,32 0",
  espOn4500: "udp dport 4500 @th,64,32 != 0",
  espFrom4500: "udp sport 4500 @th,64,32 != 0",
  /** By exchange type, byte 18 of the IKE header, after 8 bytes of UDP and 4 of non-ESP marker. */
  createChildOn4500: "udp dport 4500 @th,64,32 0 @th,240,8 36",
  /** By Message ID, bytes 20 to 23 of the IKE header. */
  thirdOn4500: "udp dport 4500 @th,64,32 0 @th,256,32 3",
  anyFragment: "ip frag-off & 0x3fff != 0",
  laterFragment: "ip frag-off & 0x1fff != 0",
} as const;
