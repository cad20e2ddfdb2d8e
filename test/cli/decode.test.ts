import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { pcapFile } from "../support/capture/pcap-writer.js";
import { ikescope } from "../support/command.js";
import { ikeMessage } from "../support/ike/message.js";
import { smallCertificate } from "../support/ike/der.js";
import { certificate, vendorId } from "../support/ike/payloads-v2.js";
import { ipv4Fragment } from "../support/packet/fragments.js";
import { ethernet, ipv4, udp } from "../support/packet/index.js";

const pcap = (name: string): string => fileURLToPath(new URL(`../../pcaps/${name}.pcap`, import.meta.url));
const REFUSED = pcap("no-proposal-ikev2-initiator");
const CERTIFICATES = pcap("healthy-ikev2-cert-initiator");

const scratch = mkdtempSync(join(tmpdir(), "ikescope-decode-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("ikescope decode", () => {
  it("prints a line for each message", async () => {
    const { stdout, code } = await ikescope(["decode", REFUSED]);
    const [request = "", answer = "", ...rest] = stdout.trimEnd().split("\n");
    expect(request).toMatch(
      /^\d+ {2}\d\d:\d\d:\d\d\.\d{6} {2}192\.0\.2\.10:500 > 198\.51\.100\.20:500 {2}IKEv2 IKE_SA_INIT request 0 {2}[0-9a-f]{8}\/- {2}SA\[/,
    );
    expect(answer).toContain("IKE_SA_INIT response 0");
    expect(answer).toContain("N(NO_PROPOSAL_CHOSEN)");
    expect(rest).toEqual([]);
    expect(code).toBe(0);
  });

  it("prints a tree with offsets with -v", async () => {
    const { stdout } = await ikescope(["decode", "-v", REFUSED]);
    expect(stdout).toMatch(/^0000 {2}Initiator SPI: [0-9a-f]{16}$/m);
    expect(stdout).toMatch(/^001c {2}SA \(33\), \d+ bytes$/m);
    expect(stdout).toMatch(/^[0-9a-f]{4} +.*NO_PROPOSAL_CHOSEN \(14\)$/m);
  });

  it("prints one JSON object a line with --format json", async () => {
    const { stdout } = await ikescope(["decode", "-f", "json", CERTIFICATES]);
    const messages = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { exchange: string; payloads: { name: string; offset: number }[] });
    expect(messages[0]).toMatchObject({
      exchange: "IKE_SA_INIT",
      version: "2.0",
      direction: "request",
      problem: null,
    });
    expect(messages[0]?.payloads[0]).toMatchObject({ name: "SA", offset: 28 });
  });

  it("shows what a filter asks for", async () => {
    const auth = await ikescope(["decode", CERTIFICATES, "--filter", "exchange=IKE_AUTH"]);
    expect(auth.stdout.trimEnd().split("\n")).toHaveLength(4);
    const cited = await ikescope(["decode", REFUSED, "--filter", "finding=ike-no-proposal-chosen notify=14"]);
    expect(cited.stdout.trimEnd().split("\n")).toHaveLength(1);
  });

  it("shows one frame, or a range of them", async () => {
    const all = (await ikescope(["decode", CERTIFICATES])).stdout.trimEnd().split("\n");
    const number = all[2]?.split(" ")[0] ?? "";
    const one = await ikescope(["decode", CERTIFICATES, "--frame", number]);
    expect(one.stdout.trimEnd()).toBe(all[2]);
    const range = await ikescope(["decode", CERTIFICATES, "--frame", `1-${number}`]);
    expect(range.stdout.trimEnd().split("\n")).toEqual(all.slice(0, 3));
  });

  it("shows a frame of one of several captures, as reports and as its own lines name it", async () => {
    const files = [CERTIFICATES, REFUSED];
    const own = (await ikescope(["decode", REFUSED])).stdout.trimEnd().split("\n");
    const number = own[0]?.split(" ")[0] ?? "";
    const all = (await ikescope(["decode", ...files])).stdout.trimEnd().split("\n");
    const line = all.find((text) => text.startsWith(`${REFUSED}:${number} `));
    expect(line).toBeDefined();
    for (const frame of [
      `2:${number}`,
      `2:${number}-${number}`,
      `${REFUSED}:${number}`,
      `${basename(REFUSED)}:${number}`,
    ]) {
      const { stdout } = await ikescope(["decode", ...files, "--frame", frame]);
      expect(stdout.trimEnd()).toBe(line);
    }
    const none = await ikescope(["decode", ...files, "--frame", "3:1"]);
    expect(none).toMatchObject({ code: 2, stdout: "" });
    expect(none.stderr).toMatch(/in frames 1:\d+ to 2:\d+\n$/);
  });

  it("reads a pipe", async () => {
    const { stdout } = await ikescope(["decode", "-"], readFileSync(REFUSED));
    expect(stdout.trimEnd().split("\n")).toHaveLength(2);
  });

  it("shows text from a packet with its control characters escaped", async () => {
    const hostile = Buffer.from("strong\u001b[2Jgate\u0007").toString("hex");
    const issued = smallCertificate({ issuer: "CA\u009b31m\u007f\u202e" });
    const message = ikeMessage({ exchange: 34, payloads: [vendorId(hostile), certificate(4, issued)] });
    const frame = ethernet({
      payload: ipv4({
        source: "192.0.2.1",
        destination: "192.0.2.2",
        protocol: 17,
        payload: udp({ sourcePort: 500, destinationPort: 500, payload: message }),
      }),
    });
    const file = join(scratch, "hostile.pcap");
    writeFileSync(file, pcapFile([{ time: 1e15, bytes: frame }]));
    for (const flags of [[], ["-v"], ["-f", "json"]]) {
      const { stdout } = await ikescope(["decode", file, ...flags]);
      expect(stdout.match(/[^\x20-\x7e\n\u2026]/g)).toBeNull();
      expect(stdout).toContain("IKE_SA_INIT");
    }
  });

  it.each([
    ["--filter", "nothing=1"],
    ["--filter", "constructor=1"],
    ["--filter", "exchange=NOPE"],
    ["--filter", ""],
    ["--frame", "x"],
    ["--frame", "0"],
    ["--frame", "20-10"],
  ])("bad usage %s '%s' exits with 2 and one line", async (...flags) => {
    const { code, stdout, stderr } = await ikescope(["decode", REFUSED, ...flags]);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^.+\n$/);
  });

  it("an unknown format exits with 2", async () => {
    expect((await ikescope(["decode", REFUSED, "--format", "xml"])).code).toBe(2);
  });

  it.each([
    ["--frame", "4000", /: there are \d+ IKE messages, in frames \d+ to \d+\n$/],
    ["--filter", "peer=203.0.113.99", /; the peer is 192\.0\.2\.10, 198\.51\.100\.20\n$/],
    [
      "--filter",
      "exchange=IKE_AUTH spi=00",
      /; the exchange is IKE_SA_INIT; the spi is 0000000000000000, [0-9a-f]{16}/,
    ],
    ["--filter", "finding=clock-jump", /: there are \d+ IKE messages/],
  ])("%s %s that nothing matches says what there is, and exits with 2", async (option, value, there) => {
    const { code, stdout, stderr } = await ikescope(["decode", REFUSED, option, value]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^ikescope: no IKE message matches .+\n$/);
    expect(stderr).toContain(value);
    expect(stderr).toMatch(there);
  });

  it("shows what is on port 500 and is no IKE, and what is wrong with it", async () => {
    const noise = ikeMessage({
      exchange: 99,
      versionByte: 0xb0,
      payloads: [vendorId("00")],
      declaredLength: 9,
    });
    const datagram = udp({ sourcePort: 500, destinationPort: 500, payload: noise });
    const options = { source: "192.0.2.1", destination: "192.0.2.2", protocol: 17 };
    const frames = [
      ipv4({ ...options, payload: datagram }),
      ipv4Fragment(options, 0, datagram.subarray(0, 36), true),
      ipv4Fragment({ ...options, identification: 9 }, 0, datagram.subarray(0, 32), true),
    ];
    const file = join(scratch, "noise.pcap");
    writeFileSync(file, pcapFile(frames.map((payload) => ({ time: 1e15, bytes: ethernet({ payload }) }))));
    const { stdout } = await ikescope(["decode", file]);
    const said = stdout.split("\n").map((line) => line.replace(/.*\[malformed: /, ""));
    expect(said[0]).toMatch(/^no IKE header: major version 11, exchange type 99, .*length 9 in 33 bytes\]$/);
    expect(said[1]).toContain("no multiple of 8");
    expect(said[2]).toContain("no IKE header: major version 11");
    // What is said of it here, an analysis has no use for: it may be anything.
    expect((await ikescope([file])).stdout).toContain("NOTHING TO JUDGE");
  });

  it("a datagram that is no message passes a filter that can judge it", async () => {
    const junk = ethernet({
      payload: ipv4({
        source: "192.0.2.1",
        destination: "192.0.2.2",
        protocol: 17,
        payload: udp({ sourcePort: 500, destinationPort: 500, payload: Uint8Array.of(1, 2, 3) }),
      }),
    });
    const file = join(scratch, "junk.pcap");
    writeFileSync(file, pcapFile([{ time: 1e15, bytes: junk }]));
    const whole = await ikescope(["decode", file]);
    expect(whole.stdout).toMatch(/^1 .*\[malformed: /);
    for (const flags of [
      ["--frame", "1"],
      ["--filter", "peer=192.0.2.2 port=500"],
    ])
      expect((await ikescope(["decode", file, ...flags])).stdout).toBe(whole.stdout);
    expect((await ikescope(["decode", file, "--frame", "2"])).stdout).toBe("");
  });

  it("a filter by finding on a pipe is refused, for it would have to be read twice", async () => {
    const { code, stderr } = await ikescope(
      ["decode", "-", "--filter", "finding=nat-detected"],
      readFileSync(REFUSED),
    );
    expect(code).toBe(2);
    expect(stderr).toContain("standard input");
  });
});
