import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { live } from "../../../src/cli/commands/live.js";
import { UsageError } from "../../../src/cli/exit.js";
import type { LiveFlags } from "../../../src/cli/live/flags.js";
import { ikescope } from "../../support/command.js";

/** The flags as the action gets them. */
function flagsOf(...args: readonly string[]): LiveFlags {
  let flags: LiveFlags | undefined;
  new Command()
    .addCommand(live().action((given: LiveFlags) => void (flags = given)))
    .parse(["live", "-i", "eth0", ...args], { from: "user" });
  if (flags === undefined) throw new Error("the action was not called");
  return flags;
}

describe("the flags of ikescope live", () => {
  it("are these where nothing but the interface is given", () => {
    expect(flagsOf()).toEqual({
      interface: "eth0",
      backend: "auto",
      snaplen: 2048,
      buffer: 8192,
      metricsPeers: 0,
      evidenceSize: 500_000_000,
      severity: "warning",
      maxTunnels: 50_000,
      maxStreams: 100_000,
      forget: 86_400e6,
      spoolSize: 256_000_000,
      table: true,
      tz: "utc",
    });
  });

  it.each<[string[], Partial<LiveFlags>]>([
    [["-i", "any"], { interface: "any" }],
    [["-i", "nflog:5"], { interface: "nflog:5" }],
    [["--backend", "dumpcap"], { backend: "dumpcap" }],
    [["--host", "192.0.2.1", "2001:DB8::0:1"], { host: ["192.0.2.1", "2001:db8::1"] }],
    [["--host", "192.0.2.1", "--host", "192.0.2.2"], { host: ["192.0.2.1", "192.0.2.2"] }],
    [["--filter", "udp port 500"], { filter: "udp port 500" }],
    [["--snaplen", "65535"], { snaplen: 65_535 }],
    [["--label", "isp=north", "--label", "site=7"], { label: { isp: "north", site: "7" } }],
    [["--spool-size", "10M"], { spoolSize: 10_000_000 }],
    [["--json"], { json: true }],
    [["--json", "-"], { json: true }],
    [["--json", "events.json"], { json: "events.json" }],
    [["--metrics", "9476"], { metrics: { address: "127.0.0.1", port: 9476 } }],
    [["--metrics", "0.0.0.0:9476"], { metrics: { address: "0.0.0.0", port: 9476 } }],
    [["--metrics", "[2001:DB8::1]:9476"], { metrics: { address: "2001:db8::1", port: 9476 } }],
    [["--evidence-size", "1.5GB"], { evidenceSize: 1_500_000_000 }],
    [["--evidence-size", "2000000"], { evidenceSize: 2_000_000 }],
    [["--forget", "90s"], { forget: 90e6 }],
    [["--forget", "7d"], { forget: 7 * 86_400e6 }],
    [["--no-table"], { table: false }],
  ])("reads %j", (args, expected) => {
    expect(flagsOf(...args)).toMatchObject(expected);
  });

  it.each([
    ["logger -t ikescope", ["logger", "-t", "ikescope"]],
    [`mail -s "IPsec finding" ops@example.net`, ["mail", "-s", "IPsec finding", "ops@example.net"]],
    [`'/opt/my hooks/run' --text=it" is"' down'`, ["/opt/my hooks/run", "--text=it is down"]],
    [`notify ""`, ["notify", ""]],
    ["a | b; $(c)", ["a", "|", "b;", "$(c)"]],
  ])("parts the command %s into words, without a shell", (command, words) => {
    expect(flagsOf("--on-finding", command).onFinding).toEqual(words);
  });

  it.each([
    [["-i", "-w"], "--interface takes the name of an interface"],
    [["-i", "eth 0"], "--interface takes the name of an interface"],
    [["-i", ""], "--interface takes the name of an interface"],
    [["--host", "gateway"], `--host takes an IP address, not "gateway"`],
    [["--filter", " "], "--filter is empty"],
    [["--snaplen", "128"], `--snaplen takes a whole number from 256 to 262144, not "128"`],
    [["--snaplen", "0x400"], "--snaplen takes a whole number"],
    [["--buffer", "-1"], "--buffer takes a whole number from 64"],
    [["--json", ""], "--json is empty"],
    [["--metrics", "65536"], "--metrics takes a port"],
    [["--metrics", "localhost:9476"], `--metrics takes an IP address, not "localhost"`],
    [["--metrics", "2001:db8::1:9476"], "--metrics takes a port"],
    [["--metrics-peers", "lots"], "--metrics-peers takes a whole number from 0 to 1000"],
    [["--evidence-size", "many"], `--evidence-size takes a size such as 500M or 2G, not "many"`],
    [["--evidence-size", "10k"], "--evidence-size takes a size from 1.0 MB to 10 TB, not 10k"],
    [["--on-finding", "  "], "--on-finding takes a program"],
    [["--on-finding", "mail -s 'no end"], "--on-finding: a quote does not end"],
    [["--user", "-Z"], "--user takes the name of a user"],
    [["--max-tunnels", "0"], "--max-tunnels takes a whole number from 1"],
    [["--max-streams", "1e3"], "--max-streams takes a whole number"],
    [["--forget", "24"], `--forget takes a duration such as 90s, 15m, 24h or 7d, not "24"`],
    [["--forget", "10s"], "--forget takes a duration from 1m to 365d, not 10s"],
  ])("%j is refused with a reason", (args, reason) => {
    expect(() => flagsOf(...args)).toThrow(UsageError);
    expect(() => flagsOf(...args)).toThrow(reason);
  });

  it("are refused by the command in one line, and with 2", async () => {
    const { code, stderr } = await ikescope(["live", "-i", "lo", "--forget", "\u001b[31m"]);
    expect(stderr).toMatch(/^ikescope: --forget takes a duration [^\n]*\\x1b\[31m"\n$/);
    expect(code).toBe(2);
  });

  it("need an interface", async () => {
    const { code, stderr } = await ikescope(["live"]);
    expect(stderr).toContain("required option '-i, --interface <interface>' not specified");
    expect(code).toBe(2);
  });
});
