/** The running lab as the steps of a scenario see it. */
import type { Certificates } from "./certificates.js";
import { Charon } from "./charon.js";
import { Firewall, match } from "./nft.js";
import type { Scenario } from "./scenario.js";
import { Router } from "./router.js";
import { redirectTo, startAnswerer } from "./scripted.js";
import { sleep, type Background } from "./shell.js";
import { Tcpdump } from "./tcpdump.js";
import { ends, Topology, type End, type Host } from "./topology.js";

export class Stage {
  readonly topology = new Topology();
  readonly firewall = new Firewall(this.topology);
  /** For scenarios with ESP of the kernel. */
  readonly router = new Router(this.topology);
  readonly alice: Charon;
  readonly bob: Charon;
  #answerers: Background[] = [];
  /** The addresses of the ends; alice may move. */
  readonly outer: Record<End, string> = { alice: ends.alice.outer, bob: ends.bob.outer };
  #captures: Tcpdump[] = [];

  /** The folder takes configurations, sockets and logs. */
  constructor(readonly folder: string) {
    this.alice = new Charon(this.topology, "alice", `${folder}/alice`);
    this.bob = new Charon(this.topology, "bob", `${folder}/bob`);
  }

  /** Starts whoever is to answer, and the initiator. */
  async people(
    { alice, bob, redirects = [] }: Scenario,
    certificates: Certificates | undefined,
  ): Promise<void> {
    if (bob !== "no daemon" && "payload" in bob) {
      this.#answerers.push(await startAnswerer(this.topology, "bob", bob));
    } else if (bob !== "no daemon") await this.bob.start(bob, certificates);
    // A daemon keeps all of bob's port 500, so the router has the other address then.
    const [host, port] = bob === "no daemon" ? (["bob", "eth0"] as const) : (["router", "to-bob"] as const);
    for (const [from, to] of redirects) {
      await this.topology.tryExec(host, ["ip", "addr", "add", `${from}/24`, "dev", port]);
      this.#answerers.push(await startAnswerer(this.topology, host, redirectTo(to), from));
    }
    await this.alice.start(alice, certificates);
  }

  async capture(host: Host, port: string, file: string): Promise<void> {
    this.#captures.push(await Tcpdump.start(this.topology, host, port, file));
  }

  async stopCaptures(): Promise<void> {
    await Promise.all(this.#captures.splice(0).map((tcpdump) => tcpdump.stop()));
  }

  /** Ends all that was started and removes the namespaces. May be called twice. */
  async takeDown(): Promise<void> {
    await this.stopCaptures();
    await Promise.all(this.#answerers.splice(0).map((answerer) => answerer.stop()));
    await this.alice.stop();
    await this.bob.stop();
    await this.topology.remove();
  }

  wait(seconds: number): Promise<void> {
    return sleep(seconds * 1000);
  }

  /** An end's own firewall drops what comes to the ports of IKE, so that nothing answers port unreachable. */
  closePorts(end: End): Promise<void> {
    return this.#ownFirewall(end, "udp dport { 500, 4500 } drop");
  }

  /** An end's own firewall lets IKE in only from one address. */
  onlyFrom(end: End, address: string): Promise<void> {
    return this.#ownFirewall(end, `ip saddr != ${address} udp dport { 500, 4500 } drop`);
  }

  /** An end's own firewall drops ESP in UDP, behind the sniffer. */
  dropEspAt(end: End): Promise<void> {
    return this.#ownFirewall(end, `${match.espOn4500} counter drop`);
  }

  async #ownFirewall(end: End, rule: string): Promise<void> {
    const chain = "add chain ip own in { type filter hook input priority 0; }";
    for (const command of ["add table ip own", chain, `add rule ip own in ${rule}`]) {
      await this.topology.exec(end, ["nft", command]);
    }
  }

  /** An end's own firewall drops ICMP errors, as seen in many rule sets. */
  async deafToIcmp(end: End): Promise<void> {
    const chain = "add chain ip deaf in { type filter hook prerouting priority -450; }";
    const rule = "add rule ip deaf in icmp type destination-unreachable drop";
    for (const command of ["add table ip deaf", chain, rule]) {
      await this.topology.exec(end, ["nft", command]);
    }
  }

  /** An end never sends to the other protected network in clear, even where no tunnel is up. */
  async neverInClear(end: End): Promise<void> {
    const other = end === "alice" ? ends.bob.subnet : ends.alice.subnet;
    await this.topology.exec(end, ["ip", "route", "add", "unreachable", other, "metric", "9999"]);
  }

  /** The router forgets its masqueraded connections, as Linux does when a link goes down. */
  async forgetMappings(): Promise<void> {
    for (const state of ["down", "up"]) {
      await this.topology.exec("router", ["ip", "link", "set", "to-bob", state]);
    }
  }

  /** The little pings of `ping`, with a size that matters and the demand not to fragment them. */
  async pingWhole(end: End, count: number, size: number): Promise<void> {
    await this.ping(end, count, 1, size, ["-M", "do"]);
  }

  /** Pings the other protected network from this end's own, through the tunnel if there is one. */
  async ping(end: End, count: number, interval = 0.5, size = 56, more: string[] = []): Promise<void> {
    const to = end === "alice" ? ends.bob.inner : ends.alice.inner;
    const options = ["-c", `${count}`, "-i", `${interval}`, "-W", "1", "-s", `${size}`, ...more];
    const seconds = Math.ceil(count * interval) + 10;
    await this.topology.tryExec(end, ["ping", "-n", ...options, "-I", ends[end].inner, to], seconds);
  }

  /** Pings an address behind the other end from one behind this one. */
  async pingFrom(end: End, from: string, to: string, count: number): Promise<void> {
    const options = ["-c", `${count}`, "-i", "0.5", "-W", "1", "-I", from, to];
    await this.topology.tryExec(end, ["ping", "-n", ...options], count + 10);
  }

  /** The router pings both ends: packets in every capture that are no IPsec, with a time. */
  async noise(): Promise<void> {
    for (const end of ["alice", "bob"] as const) {
      await this.topology.tryExec("router", ["ping", "-n", "-c", "1", "-W", "1", this.outer[end]]);
    }
  }
}
