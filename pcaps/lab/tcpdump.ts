/** Captures on one interface of a host, without any filter, from `start` to `stop`. */
import { Background, sleep, until } from "./shell.js";
import type { Host, Topology } from "./topology.js";

export class Tcpdump {
  readonly #process: Background;

  private constructor(process: Background) {
    this.#process = process;
  }

  /** Starts to capture and returns once tcpdump listens. On `any` the link type is Linux cooked v2. */
  static async start(
    topology: Topology,
    host: Host,
    networkInterface: string,
    file: string,
  ): Promise<Tcpdump> {
    const linkType = networkInterface === "any" ? ["-y", "LINUX_SLL2"] : [];
    const command = ["tcpdump", "-U", "-s0", "-n", "-Z", "root", "-i", networkInterface];
    const process = new Background("ip", topology.inside(host, [...command, ...linkType, "-w", file]));
    await until(`tcpdump at ${host}`, () => process.output.includes("listening on"));
    return new Tcpdump(process);
  }

  /** Ends the capture. tcpdump delivers packets late, so it is left running a little longer. */
  async stop(): Promise<void> {
    await sleep(1500);
    await this.#process.stop("SIGINT");
  }
}
