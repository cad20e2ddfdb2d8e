/** The router of User Mode Linux, whose kernel has no nftables for IPv4: its rules by iptables, its harm by netem. */
import type { End, Topology } from "./topology.js";

/** A queue of three bands: each packet goes to the first one, unless a filter sends it to the third. */
const BANDS = ["prio", "bands", "3", "priomap", ...Array.from({ length: 16 }, () => "0")];

export class Router {
  readonly #topology: Topology;

  constructor(topology: Topology) {
    this.#topology = topology;
  }

  /** Adds or removes a rule, as written behind `iptables`: `-A FORWARD -p esp -j DROP`. */
  async iptables(rule: string): Promise<void> {
    await this.#topology.exec("router", ["iptables-legacy", ...rule.split(" ")]);
  }

  /** As `iptables`, of IPv6. */
  async ip6tables(rule: string): Promise<void> {
    await this.#topology.exec("router", ["ip6tables-legacy", ...rule.split(" ")]);
  }

  /** Translates what leaves towards bob, to ports of 40000 and up as the lab's other NAT does. */
  async masquerade(ports = "40000-40100"): Promise<void> {
    await this.iptables(`-t nat -A POSTROUTING -o to-bob -p udp -j MASQUERADE --to-ports ${ports}`);
    await this.iptables("-t nat -A POSTROUTING -o to-bob -j MASQUERADE");
  }

  /** Lets netem harm packets of one IP protocol (ESP is 50, UDP 17) towards an end: `loss 20%`, `duplicate 30%`. */
  async netem(end: End, protocol: number, harm: string): Promise<void> {
    const port = ["dev", `to-${end}`];
    await this.#tc(["qdisc", "replace", ...port, "root", "handle", "1:", ...BANDS]);
    await this.#tc(["qdisc", "add", ...port, "parent", "1:3", "handle", "30:", "netem", ...harm.split(" ")]);
    const match = ["u32", "match", "ip", "protocol", `${protocol}`, "0xff"];
    await this.#tc(["filter", "add", ...port, "parent", "1:", "protocol", "ip", ...match, "flowid", "1:3"]);
  }

  /** Ends all that netem does towards an end. */
  async calm(end: End): Promise<void> {
    await this.#tc(["qdisc", "del", "dev", `to-${end}`, "root"]);
  }

  /** All rules and queues with their counters. */
  async counters(): Promise<string> {
    const commands = [
      ["iptables-legacy-save", "-c"],
      ["tc", "-s", "qdisc", "show"],
    ];
    const outcomes = await Promise.all(commands.map((one) => this.#topology.tryExec("router", one)));
    return outcomes.map(({ stdout }) => stdout).join("\n");
  }

  async #tc(args: string[]): Promise<void> {
    await this.#topology.exec("router", ["tc", ...args]);
  }
}
