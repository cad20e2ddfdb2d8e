import { attempt, run } from "../../../pcaps/lab/shell.js";

/** Two network namespaces with a cable between them: one to watch in, one to send from. */
export class Cable {
  /** Name of the end that is watched. */
  readonly watched = "ikw0";
  readonly #sending = "iks0";
  readonly #spaces: readonly [string, string];

  constructor(name: string) {
    this.#spaces = [`ikescope-${process.pid}-${name}-w`, `ikescope-${process.pid}-${name}-s`];
  }

  async lay(): Promise<void> {
    for (const space of this.#spaces) {
      await run("ip", ["netns", "add", space]);
      // Else the kernel says things of its own on the cable.
      const quiet =
        "echo 1 | tee /proc/sys/net/ipv6/conf/all/disable_ipv6 /proc/sys/net/ipv6/conf/default/disable_ipv6";
      await run("ip", ["netns", "exec", space, "sh", "-c", quiet]);
      await run("ip", ["-n", space, "link", "set", "lo", "up"]);
    }
    await this.plug();
  }

  /** Makes the interfaces. */
  async plug(): Promise<void> {
    const [watching, sending] = this.#spaces;
    const veth = [
      "link",
      "add",
      this.watched,
      "type",
      "veth",
      "peer",
      "name",
      this.#sending,
      "netns",
      sending,
    ];
    await run("ip", ["-n", watching, ...veth]);
    await this.up(true);
    await run("ip", ["-n", sending, "link", "set", this.#sending, "up"]);
  }

  /** Takes the interfaces away. */
  async unplug(): Promise<void> {
    await run("ip", ["-n", this.#spaces[0], "link", "del", this.watched]);
  }

  async up(isUp: boolean): Promise<void> {
    await run("ip", ["-n", this.#spaces[0], "link", "set", this.watched, isUp ? "up" : "down"]);
  }

  async remove(): Promise<void> {
    for (const space of this.#spaces) await attempt("ip", ["netns", "del", space]);
  }

  /** What leads a command to the watched end. */
  get inside(): readonly [string, ...string[]] {
    return ["ip", "netns", "exec", this.#spaces[0]];
  }

  /**
   * Sends the packets of a capture, so many times; more often no faster than any tool can capture them, for what the kernel
   * loses before a busy machine lets the tool run is known to no tool.
   */
  async replay(file: string, times = 1): Promise<void> {
    await this.#send(file, ["--pps", times === 1 ? "2000" : "4000", "--loop", String(times)]);
  }

  /** Sends the packets of a capture with the pauses that they were recorded with. */
  async play(file: string): Promise<void> {
    await this.#send(file, []);
  }

  /** Sends the packets of a long capture fast, but no faster than any tool can capture them. */
  async flood(file: string): Promise<void> {
    await this.#send(file, ["--pps", "4000"]);
  }

  async #send(file: string, pace: readonly string[]): Promise<void> {
    const tcpreplay = ["tcpreplay", "-q", "-i", this.#sending, ...pace, file];
    await run("ip", ["netns", "exec", this.#spaces[1], ...tcpreplay], 60);
  }

  /** Ids of the processes at the watched end. */
  async processes(): Promise<readonly number[]> {
    const ids = await run("ip", ["netns", "pids", this.#spaces[0]]);
    return ids.split("\n").flatMap((id) => (id === "" ? [] : [Number(id)]));
  }
}
