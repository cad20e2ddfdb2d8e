/** The running lab as the steps of a scenario see it. */
import type { Certificates } from "./certificates.js";
import { Charon } from "./charon.js";
import { Firewall } from "./nft.js";
import type { Scenario } from "./scenario.js";
import { startAnswerer } from "./scripted.js";
import { sleep, type Background } from "./shell.js";
import { Tcpdump } from "./tcpdump.js";
import { ends, Topology, type End, type Host } from "./topology.js";

export class Stage {
  readonly topology = new Topology();
  readonly firewall = new Firewall(this.topology);
  readonly alice: Charon;
  readonly bob: Charon;
  #answerer: Background | undefined;
  #captures: Tcpdump[] = [];

  /** The folder takes configurations, sockets and logs. */
  constructor(readonly folder: string) {
    this.alice = new Charon(this.topology, "alice", `${folder}/alice`);
    this.bob = new Charon(this.topology, "bob", `${folder}/bob`);
  }

  /** Starts whoever is to answer, and the initiator. */
  async people({ alice, bob }: Scenario, certificates: Certificates | undefined): Promise<void> {
    if (bob === "no daemon") this.#answerer = undefined;
    else if ("payload" in bob) this.#answerer = await startAnswerer(this.topology, "bob", bob);
    else await this.bob.start(bob, certificates);
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
    await this.#answerer?.stop();
    await this.alice.stop();
    await this.bob.stop();
    await this.topology.remove();
  }

  wait(seconds: number): Promise<void> {
    return sleep(seconds * 1000);
  }

  /** Pings the other protected network from this end's own, through the tunnel if there is one. */
  async ping(end: End, count: number, interval = 0.5, size = 56): Promise<void> {
    const to = end === "alice" ? ends.bob.inner : ends.alice.inner;
    const options = ["-c", `${count}`, "-i", `${interval}`, "-W", "1", "-s", `${size}`];
    const seconds = count * interval + 10;
    await this.topology.tryExec(end, ["ping", "-n", ...options, "-I", ends[end].inner, to], seconds);
  }

  /** The router pings both ends: packets in every capture that are no IPsec, with a time. */
  async noise(): Promise<void> {
    for (const end of ["alice", "bob"] as const) {
      await this.topology.tryExec("router", ["ping", "-n", "-c", "1", "-W", "1", ends[end].outer]);
    }
  }
}
