import { describe, expect, it } from "vitest";
import { UsageError } from "../../../src/cli/exit.js";
import type { LiveFlags } from "../../../src/cli/live/flags.js";
import { liveTerms } from "../../../src/cli/live/terms.js";

const FLAGS: LiveFlags = {
  interface: "eth0",
  backend: "auto",
  snaplen: 2048,
  buffer: 8192,
  metricsPeers: 5,
  evidenceSize: 1e6,
  severity: "warning",
  maxTunnels: 10,
  maxStreams: 20,
  forget: 60e6,
  spoolSize: 1e6,
  table: true,
  tz: "utc",
};
const METRICS = { address: "127.0.0.1", port: 9476 };

describe("what the options of ikescope live mean", () => {
  it("is nothing of what was not asked for", async () => {
    expect(await liveTerms(FLAGS)).toMatchObject({
      json: null,
      metrics: null,
      page: null,
      hosts: [],
      evidence: null,
      onFinding: null,
      products: null,
      publish: null,
      namesFile: null,
      table: true,
      limits: { tunnels: 10, streams: 20, forgetAfter: 60e6 },
      capture: { interface: "eth0", snapLength: 2048, bufferKiB: 8192 },
    });
  });

  it("joins what belongs together", async () => {
    const terms = await liveTerms({
      ...FLAGS,
      json: "events.json",
      metrics: METRICS,
      evidenceDir: "failures",
      filter: "udp port 500",
      publish: "nats://192.0.2.1",
      gateway: "hq",
      spool: "spool",
      natsCreds: "hq.creds",
    });
    expect(terms).toMatchObject({
      json: { file: "events.json" },
      metrics: { address: METRICS, peers: 5 },
      evidence: { folder: "failures", size: 1e6 },
      capture: { filter: "udp port 500" },
      publish: {
        gateway: "hq",
        labels: {},
        to: {
          kind: "server",
          server: { url: "nats://192.0.2.1", creds: "hq.creds" },
          spool: "spool",
          spoolBytes: 1e6,
        },
      },
    });
  });

  it("is no table where events go to standard output", async () => {
    expect(await liveTerms({ ...FLAGS, json: true })).toMatchObject({ json: { file: null }, table: false });
  });

  it.each<[Partial<LiveFlags>, string]>([
    [{ gateway: "hq" }, "--gateway says nothing without --publish"],
    [{ label: { isp: "north" } }, "--label says nothing without --publish"],
    [{ publish: "nats://192.0.2.1" }, "--publish to a server needs --spool"],
    [{ tz: "nowhere" }, "--tz takes local, utc or the name of a time zone"],
  ])("refuses %j", async (flags, reason) => {
    await expect(liveTerms({ ...FLAGS, ...flags })).rejects.toThrow(UsageError);
    await expect(liveTerms({ ...FLAGS, ...flags })).rejects.toThrow(reason);
  });
});
