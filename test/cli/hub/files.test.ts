import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packetsOf } from "../../support/capture/places.js";
import { ikescope } from "../../support/command.js";
import { lastTimeOf, publishedLines } from "../../support/fleet/publish.js";
import { fleetFaultsOf } from "../../support/schema.js";

let folder: string;
const fileOf = (name: string): string => join(folder, name);

/** Both ends of a scenario as files of events, with the names of the scenario and the gateway. */
async function publish(scenario: string): Promise<void> {
  const [one = [], other = []] = await packetsOf([
    `${scenario}-initiator.pcap`,
    `${scenario}-responder.pcap`,
  ]);
  const until = Math.max(lastTimeOf(one), lastTimeOf(other)) + 45e6;
  const text = (lines: readonly string[]): string => `${lines.join("\n")}\n`;
  const branch = publishedLines(one, { gateway: "branch", labels: { isp: "north" }, until });
  writeFileSync(fileOf(`${scenario}-branch.ndjson`), text(branch));
  writeFileSync(
    fileOf(`${scenario}-hq.ndjson.gz`),
    gzipSync(text(publishedLines(other, { gateway: "hq", until }))),
  );
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ikescope-hub-"));
  await publish("port4500-blocked-nat");
  await publish("healthy-ikev2");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files = (scenario: string): string[] => [
  fileOf(`${scenario}-branch.ndjson`),
  fileOf(`${scenario}-hq.ndjson.gz`),
];

describe("ikescope hub FILE...", () => {
  it("says where a message is lost between two gateways, packed files or not, and exits with 1", async () => {
    const { code, stdout, stderr } = await ikescope(["hub", ...files("port4500-blocked-nat")]);
    expect(stdout.split("\n")[0]).toBe("FAILING  1 of 1 tunnels; 1 with both ends, 2 gateways");
    expect(stdout).toContain(
      "the IKE_AUTH request of branch does not arrive at hq: none of 4 packets to UDP port 4500",
    );
    expect(stdout).toContain("192.0.2.10 port 500 arrives as 198.51.100.1 port");
    expect(stdout).toContain("at branch alone: natt-4500-unanswered (likely)");
    expect([code, stderr]).toEqual([1, ""]);
  });

  it("writes its times in the zone that is asked for, and names that", async () => {
    const { stdout } = await ikescope(["hub", ...files("port4500-blocked-nat"), "--tz", "Asia/Shanghai"]);
    expect(stdout).toMatch(/  since 2026-11-22 01:1\d:\d\d Asia\/Shanghai\n/);
    expect(stdout).toMatch(/newest event 2026-11-22 01:1\d:\d\d Asia\/Shanghai/);
    expect(stdout).not.toMatch(/ 17:1\d/);
  });

  it("calls a tunnel working that both ends see work, and exits with 0", async () => {
    const { code, stdout } = await ikescope(["hub", ...files("healthy-ikev2")]);
    expect(stdout.split("\n")[0]).toBe("WORKING  1 of 1 tunnels; 1 with both ends, 2 gateways");
    expect(code).toBe(0);
  });

  it("prints JSON by its schema, and Chinese where that is asked for", async () => {
    const json = await ikescope(["hub", "-f", "json", ...files("port4500-blocked-nat")]);
    expect(fleetFaultsOf(json.stdout)).toEqual([]);
    const chinese = await ikescope(["hub", "--lang", "zh", ...files("port4500-blocked-nat")]);
    expect(chinese.stdout).toContain("没有到达 hq");
  });

  it("of one end alone says that the other one does not publish", async () => {
    const { stdout } = await ikescope(["hub", fileOf("port4500-blocked-nat-branch.ndjson")]);
    expect(stdout).toContain("The other end does not publish");
    expect(stdout).not.toContain("fleet-message-lost");
  });

  it("leaves out what is no event, with a word, and refuses a file of nothing else", async () => {
    writeFileSync(fileOf("mixed.ndjson"), 'text\n{"schema":"ikescope.live-event/1"}\n');
    const { code, stdout, stderr } = await ikescope(["hub", fileOf("mixed.ndjson")]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr.split("\n").map((line) => line.replace(folder, ""))).toEqual([
      "ikescope: /mixed.ndjson line 1: the line is no JSON; it is left out",
      "ikescope: /mixed.ndjson line 2: schema is not ikescope.live-event/2; it is left out",
      "ikescope: there is no event of a gateway to judge",
      "",
    ]);
  });

  it.each([
    [["live", "-i", "lo", "--gateway", "hq"], /--gateway says nothing without --publish/],
    [["live", "-i", "lo", "--publish", "nats://127.0.0.1:1"], /--publish to a server needs --spool/],
    [["live", "-i", "lo", "--publish", "x", "--gateway", "a.b"], /--gateway takes letters, digits, - and _/],
    [["live", "-i", "lo", "--publish", "x", "--label", "isp"], /--label takes name=value/],
    [["hub", "nats://127.0.0.1:1", "file"], /a server stands alone/],
  ])("%j is refused in one line", async (args, said) => {
    const { code, stderr } = await ikescope(args);
    expect(stderr).toMatch(said);
    expect([code, stderr.trim().split("\n").length]).toEqual([2, 1]);
  });
});
