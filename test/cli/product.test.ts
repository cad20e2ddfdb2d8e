import { describe, expect, it } from "vitest";
import { fileURLToPath } from "node:url";
import { ikescope } from "../support/command.js";

const CAPTURE = fileURLToPath(new URL("../../pcaps/no-proposal-ikev2-initiator.pcap", import.meta.url));

describe("--product", () => {
  it("tells what the peers are, and findings show their commands", async () => {
    const { stdout } = await ikescope([CAPTURE, "--product", ",huawei"]);
    expect(stdout).toMatch(/: Huawei USG or AR\s+\(likely,\s+by --product\)/);
    expect(stdout).toMatch(
      / {2}At [0-9.]+, Huawei USG or AR:\n {5}display ike proposal\n {5}display ike error-info\n/,
    );
  });

  it("is in JSON too", async () => {
    const { stdout } = await ikescope([CAPTURE, "--product", "vyos,h3c", "-f", "json"]);
    const { tunnels, findings } = JSON.parse(stdout) as {
      tunnels: { peers: { vendor: string; vendorBy: string }[] }[];
      findings: { commands: { product: string; lines: string[] }[] }[];
    };
    expect(tunnels[0]?.peers.map(({ vendor, vendorBy }) => [vendor, vendorBy])).toEqual([
      ["VyOS", "told"],
      ["H3C", "told"],
    ]);
    expect(findings[0]?.commands.map(({ product }) => product)).toEqual(["H3C"]);
  });

  it("of explain gives the commands of one product alone", async () => {
    const { stdout, code } = await ikescope(["explain", "authentication-failed", "--product", "Huawei"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\n {4}Huawei USG or AR {2}display ike error-info\n/);
    expect(stdout).not.toContain("strongSwan ");
  });

  it("of explain says so where no command is known", async () => {
    const { stdout } = await ikescope(["explain", "mobike-failed", "--product", "hillstone"]);
    expect(stdout).toContain("No command of Hillstone StoneOS is known for this");
  });

  it.each([
    [
      ["explain", "mobike-failed", "--product", "huawai"],
      /--product knows no "huawai"; did you mean huawei\?/,
    ],
    [
      ["explain", "mobike-failed", "--product", "xyzzy"],
      /--product knows no "xyzzy"; there are strongswan, /,
    ],
    [
      [CAPTURE, "--product", "strongswan,fortigat"],
      /--product knows no "fortigat"; did you mean fortigate\?/,
    ],
    [[CAPTURE, "--product", ","], /--product takes the products of who begins and of who answers/],
    [[CAPTURE, "--product", "aws,aws,aws"], /--product takes the products of who begins and of who answers/],
    [["ladder", CAPTURE, "--product", "aws,azur"], /did you mean azure\?/],
  ])("%j is bad usage: one line, exit status 2", async (args, said) => {
    const { stderr, stdout, code } = await ikescope(args);
    expect(stderr).toMatch(said);
    expect([stdout, code]).toEqual(["", 2]);
  });
});
