import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ikescope } from "../support/command.js";

const pcap = (name: string): string => fileURLToPath(new URL(`../../pcaps/${name}.pcap`, import.meta.url));
const FAILING = pcap("port4500-blocked-nat-initiator");

describe("ikescope ladder CAPTURE", () => {
  it("draws the tunnel in 80 columns without colour where it is piped, and exits with 0", async () => {
    const { code, stdout, stderr } = await ikescope(["ladder", FAILING]);
    expect(stdout).toMatch(/^Tunnel 1 {2}192\.0\.2\.10 -> 198\.51\.100\.20 {2}failing in IKE_AUTH\n/);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBe(80);
    expect(stdout).not.toContain("\u001b");
    expect([code, stderr]).toEqual([0, ""]);
  });

  it("hides the addresses with --anonymize", async () => {
    const { code, stdout } = await ikescope(["ladder", FAILING, "--anonymize"]);
    expect(code).toBe(0);
    expect(stdout).toContain("IKE_SA_INIT");
    expect(stdout).not.toMatch(/192\.0\.2\.|198\.51\.100\./);
  });

  it("draws the tunnel of --peer, or the one of --tunnel", async () => {
    const both = [FAILING, pcap("healthy-ikev1-main-initiator")];
    const first = await ikescope(["ladder", ...both, "--tunnel", "1"]);
    expect(first.stdout).toMatch(/^Tunnel 1 /);
    expect(first.stdout).toContain("1:6");
    expect((await ikescope(["ladder", FAILING, "--peer", "198.51.100.20"])).stdout).toMatch(/^Tunnel 1 /);
  });

  it.each([[["--tunnel", "9"]], [["--tunnel", "one"]], [["--peer", "203.0.113.1"]]])(
    "%j names nothing that is there: exit status 2, one line on stderr",
    async (args) => {
      const { code, stdout, stderr } = await ikescope(["ladder", FAILING, ...args]);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(/^ikescope: .*\n$/);
    },
  );
});
