import { describe, expect, it } from "vitest";
import { type HubFlags, hubTerms } from "../../../src/cli/hub/hub-terms.js";

const FLAGS: HubFlags = { format: "text", failOn: "critical", lease: 30e6 };
const SERVER = "nats://192.0.2.1:4222";

describe("what the options of ikescope hub mean", () => {
  it("are files, a server that is judged once, or one that is followed", async () => {
    expect((await hubTerms(["a.ndjson", "b.ndjson"], FLAGS)).events).toEqual({
      kind: "files",
      files: ["a.ndjson", "b.ndjson"],
    });
    expect((await hubTerms([SERVER], { ...FLAGS, once: true, natsCa: "ca.pem" })).events).toEqual({
      kind: "stored",
      server: { url: SERVER, ca: "ca.pem" },
    });
    expect((await hubTerms([SERVER], FLAGS)).events).toEqual({
      kind: "followed",
      server: { url: SERVER },
      leaseMs: 30_000,
      replicas: null,
      json: null,
      metrics: null,
      page: null,
      hosts: [],
    });
  });

  it.each<[string[], Partial<HubFlags>, string]>([
    [["a.ndjson"], { json: "out" }, "--json is for following a server"],
    [[SERVER], { once: true, page: { address: "127.0.0.1", port: 1 } }, "--page is for following a server"],
    [["a.ndjson"], { replicas: 3 }, "--replicas is for following a server"],
    [[SERVER, "a.ndjson"], {}, "a server stands alone"],
    [["a.ndjson", SERVER], {}, "a server stands alone"],
  ])("refuse %j with %j", async (sources, flags, reason) => {
    await expect(hubTerms(sources, { ...FLAGS, ...flags })).rejects.toThrow(reason);
  });
});
