/** The little internet of the lab: three network namespaces in a row, alice - router - bob. */
import { attempt, run, type Outcome } from "./shell.js";

export type Host = "alice" | "router" | "bob";
export type End = "alice" | "bob";

/**
 * Addresses of an end: outer (where IKE runs), its gateway, both for IPv6 too (where a scenario has that), the protected
 * network and a host in it.
 */
export const ends = {
  alice: {
    outer: "192.0.2.10",
    gateway: "192.0.2.1",
    outer6: "2001:db8:a::10",
    gateway6: "2001:db8:a::1",
    subnet: "10.1.0.0/24",
    inner: "10.1.0.1",
    mac: "02:00:00:00:01:0a",
    gatewayMac: "02:00:00:00:01:01",
  },
  bob: {
    outer: "198.51.100.20",
    gateway: "198.51.100.1",
    outer6: "2001:db8:b::20",
    gateway6: "2001:db8:b::1",
    subnet: "10.2.0.0/24",
    inner: "10.2.0.1",
    mac: "02:00:00:00:02:14",
    gatewayMac: "02:00:00:00:02:01",
  },
} as const;

/** Switches transmit checksum offload off (ETHTOOL_STXCSUM), without the ethtool package. */
const offloadOff =
  'socket(S,2,2,0);$v=pack("LL",0x17,0);$r=pack("a16Px16",$ARGV[0],$v);ioctl(S,0x8946,$r) or die $!';

export class Topology {
  readonly #prefix = `ikl-${process.pid}`;

  namespace(host: Host): string {
    return `${this.#prefix}-${host}`;
  }

  /** Arguments that run a program in a host's namespace: `ip` is the program, these come first. */
  inside(host: Host, command: string[]): string[] {
    return ["netns", "exec", this.namespace(host), ...command];
  }

  exec(host: Host, command: string[], seconds = 20): Promise<string> {
    return run("ip", this.inside(host, command), seconds);
  }

  tryExec(host: Host, command: string[], seconds = 20): Promise<Outcome> {
    return attempt("ip", this.inside(host, command), seconds);
  }

  /**
   * Builds the namespaces and links. The router always fills checksums. With `offload` the ends do
   * not, as behind a real network card: frames caught at their sender have unfilled UDP checksums.
   */
  async create(offload: boolean): Promise<void> {
    for (const host of ["alice", "router", "bob"] as const) {
      await run("ip", ["netns", "add", this.namespace(host)]);
      await this.exec(host, ["ip", "link", "set", "lo", "up"]);
    }
    for (const end of ["alice", "bob"] as const) await this.#link(end, offload);
    await this.exec("router", ["sysctl", "-qw", "net.ipv4.ip_forward=1"]);
    for (const end of ["alice", "bob"] as const) {
      await this.exec(end, ["ip", "route", "add", "default", "via", ends[end].gateway]);
      await this.exec(end, ["sysctl", "-qw", "net.ipv4.ip_forward=1"]);
    }
  }

  async #link(end: End, offload: boolean): Promise<void> {
    const { outer, gateway, inner, mac, gatewayMac } = ends[end];
    const port = `to-${end}`;
    const peer = ["peer", "name", port, "address", gatewayMac, "netns", this.namespace("router")];
    const own = ["link", "add", "eth0", "address", mac, "netns", this.namespace(end)];
    await run("ip", [...own, "type", "veth", ...peer]);
    await this.exec("router", ["perl", "-e", offloadOff, port]);
    if (!offload) await this.exec(end, ["perl", "-e", offloadOff, "eth0"]);
    await this.exec(end, ["ip", "addr", "add", `${outer}/24`, "dev", "eth0"]);
    await this.exec(end, ["ip", "addr", "add", `${inner}/24`, "dev", "lo"]);
    await this.exec("router", ["ip", "addr", "add", `${gateway}/24`, "dev", port]);
    await this.exec(end, ["ip", "link", "set", "eth0", "up"]);
    await this.exec("router", ["ip", "link", "set", port, "up"]);
  }

  /** Gives all hosts their IPv6 addresses as well. Without them no daemon offers any to the other. */
  async addIpv6(): Promise<void> {
    await this.exec("router", ["sysctl", "-qw", "net.ipv6.conf.all.forwarding=1"]);
    for (const end of ["alice", "bob"] as const) {
      const { outer6, gateway6 } = ends[end];
      await this.exec("router", ["ip", "addr", "add", `${gateway6}/64`, "dev", `to-${end}`, "nodad"]);
      await this.exec(end, ["ip", "addr", "add", `${outer6}/64`, "dev", "eth0", "nodad"]);
      await this.exec(end, ["ip", "-6", "route", "add", "default", "via", gateway6]);
    }
  }

  /** Removes the namespaces of this run, and with them all links. */
  async remove(): Promise<void> {
    for (const host of ["alice", "router", "bob"] as const) {
      await attempt("ip", ["netns", "del", this.namespace(host)]);
    }
  }
}
