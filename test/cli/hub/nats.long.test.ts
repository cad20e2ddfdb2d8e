import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect } from "vitest";
import { ikescope } from "../../support/command.js";
import { storedIn } from "../../support/fleet/nats-client.js";
import { jwtConfiguration } from "../../support/fleet/jwt-configuration.js";
import { HAS_NATS_SERVER } from "../../support/fleet/nats-process.js";
import { NatsTestServer } from "../../support/fleet/nats-server.js";
import { shippedConfiguration } from "../../support/fleet/shipped-configuration.js";
import { eventually } from "../../support/live/eventually.js";
import { IKESCOPE, LiveRun } from "../../support/live/live-run.js";
import { itIf } from "../../support/require.js";

const PCAPS = new URL("../../../pcaps/", import.meta.url);
const itWithServer = itIf(HAS_NATS_SERVER, "no nats-server");
const PATIENCE = 120_000;

let server: NatsTestServer;
let folder: string;
let runs: LiveRun[] = [];

beforeEach(() => {
  server = new NatsTestServer();
  folder = mkdtempSync(join(tmpdir(), "ikescope-publish-"));
});
afterEach(async () => {
  for (const run of runs) await run.kill();
  runs = [];
  await server.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** A gateway that watches a directory with one capture, and publishes. */
function gateway(name: string, capture: string, more: readonly string[] = []): LiveRun {
  const watched = join(folder, name);
  mkdirSync(watched, { recursive: true });
  const file = join(watched, "trace.pcap");
  copyFileSync(fileURLToPath(new URL(`${capture}.pcap`, PCAPS)), file);
  const old = Date.now() / 1000 - 60;
  utimesSync(file, old, old);
  return run([
    "watch",
    watched,
    "--no-table",
    "--gateway",
    name,
    "--publish",
    server.url,
    "--spool",
    spool(),
    ...more,
  ]);
}

function spool(): string {
  return join(folder, "spool");
}

function run(args: readonly string[]): LiveRun {
  const started = new LiveRun([process.execPath, IKESCOPE, ...args]);
  runs.push(started);
  return started;
}

interface Report {
  readonly gateways: readonly {
    readonly name: string;
    readonly missedEvents: number;
    readonly ended: boolean;
  }[];
  readonly tunnels: readonly {
    readonly ends: readonly { readonly gateway: string }[];
    readonly findings: readonly { readonly code: string }[];
  }[];
}

/** The hub's judgement of what is stored, once `isEnough` says so. */
async function judged(isEnough: (report: Report) => boolean, more: readonly string[] = []): Promise<Report> {
  let last = "";
  return eventually(
    () => `a judgement that is enough; the last was ${last}`,
    async () => {
      const { stdout, stderr } = await ikescope(["hub", server.url, "--once", "-f", "json", ...more]);
      last = stdout + stderr;
      if (stdout === "") return undefined;
      const report = JSON.parse(stdout) as Report;
      return isEnough(report) ? report : undefined;
    },
  );
}

const isJoined = ({ tunnels }: Report): boolean => tunnels.some(({ ends }) => ends.length === 2);
const codesOf = ({ tunnels }: Report): string[] =>
  tunnels.flatMap(({ findings }) => findings.map(({ code }) => code));

describe("gateways that publish to NATS", () => {
  itWithServer(
    "are joined by a hub, which tells once what both ends show, and not again after a restart",
    async () => {
      await server.start();
      const hub = run(["hub", server.url]);
      const gateways = [gateway("branch", "path-lost-initiator"), gateway("hq", "path-lost-responder")];
      await hub.line(/RAISED critical {2}fleet-esp-stopped: ESP of branch does not arrive at hq/);
      for (const one of gateways) one.signal("SIGTERM");
      await hub.line(/RAISED critical {2}fleet-message-lost: .*request of branch does not arrive at hq/);
      hub.signal("SIGTERM");
      expect((await hub.end()).code).toBe(0);
      const again = run(["hub", server.url]);
      await judged(isJoined);
      gateway("other", "healthy-ikev2-initiator");
      await judged(({ gateways }) => gateways.length === 3);
      expect(again.stdout).toBe("");
    },
    PATIENCE,
  );

  itWithServer(
    "lose nothing while the server is away and when they are killed, and nothing comes twice",
    async () => {
      await server.start();
      // It makes the stream.
      await ikescope(["hub", server.url, "--once"]);
      await server.stop();
      const branch = gateway("branch", "port4500-blocked-initiator");
      await branch.line(/RAISED critical/);
      await eventually(
        () => "the spool",
        () =>
          readFileSync(join(spool(), "branch", "000000000001.ndjson"), "utf8").includes("finding-raised")
            ? true
            : undefined,
      );
      await branch.kill();
      await server.start();
      // The second run has nothing to tell of its own: what comes is of the one that was killed.
      run([
        "watch",
        join(folder, "branch"),
        "--new",
        "--no-table",
        "--gateway",
        "branch",
        "--publish",
        server.url,
        "--spool",
        spool(),
      ]);
      await eventually(
        () => "the events of the run that was killed",
        async () =>
          (await kindsStored()).some((kind) => kind === "branch finding-raised") ? true : undefined,
      );
      const kinds = await kindsStored();
      expect(kinds.filter((kind) => kind === "branch finding-raised").length).toBe(
        branch.stdout.split("\n").filter((line) => line.includes("RAISED critical")).length,
      );
    },
    PATIENCE,
  );

  itWithServer(
    "are judged on when a hub, the server and a gateway are killed: nothing is lost, and nothing told twice",
    async () => {
      await server.start();
      const hubs = ["one", "two"].map(() => run(["hub", server.url, "-f", "json"]));
      for (const hub of hubs) {
        await hub.until("a hub", () => (hub.stderr.includes("are followed") ? true : undefined));
      }
      const branch = gateway("branch", "path-lost-initiator");
      gateway("hq", "path-lost-responder");
      await toldWhen((told) => told.includes("finding-raised fleet-esp-stopped branch hq"));
      const first = hubs.find(({ stdout }) => stdout.includes("fleet-esp-stopped"));
      await first?.kill();
      await branch.kill();
      await server.stop();
      await server.start();
      const later = [
        gateway("shop", "port4500-blocked-nat-initiator"),
        gateway("stock", "port4500-blocked-nat-responder"),
      ];
      await eventually(
        () => "accounts of both gateways",
        async () => {
          const kinds = await kindsStored();
          return ["shop", "stock"].every((name) => kinds.includes(`${name} tunnel-accounts`))
            ? true
            : undefined;
        },
      );
      for (const one of later) one.signal("SIGTERM");
      const told = await toldWhen((all) => all.includes("finding-raised fleet-message-lost shop stock"));
      expect(new Set(told).size).toBe(told.length);
      const ids = ((await storedIn(server.url, "IKESCOPE")) as { id: string }[]).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    },
    PATIENCE,
  );

  itWithServer(
    "can publish under their own name only, and read nothing, by the configuration that is shipped",
    async () => {
      const { config, as } = shippedConfiguration(server.folder);
      await server.start(config);
      await ikescope(["hub", server.url, "--once", ...as("HUB")]);
      gateway("branch", "path-lost-initiator", as("BRANCH"));
      gateway("hq", "path-lost-responder", as("HQ"));
      const report = await judged((one) => isJoined(one) && codesOf(one).length > 1, as("HUB"));
      expect(codesOf(report)).toContain("fleet-esp-stopped");

      const forger = gateway("forger", "healthy-ikev2-initiator", as("HQ"));
      await forger.until("a word of the server", () =>
        /permissions violation/i.test(forger.stderr) ? true : undefined,
      );
      expect((await judged(isJoined, as("HUB"))).gateways.map(({ name }) => name)).toEqual(["branch", "hq"]);
      const reader = await ikescope(["hub", server.url, "--once", ...as("HQ")]);
      expect([reader.code, reader.stdout]).toEqual([2, ""]);
      const nobody = await ikescope(["hub", server.url, "--once"]);
      expect(nobody.stderr).toMatch(/^ikescope: 127\.0\.0\.1:\d+: .*authori[sz]ation/i);
    },
    PATIENCE,
  );

  itWithServer(
    "come in by the JWT of a credentials file, with the permissions that it grants",
    async () => {
      const users = [
        { name: "hub", publish: ["$JS.API.>", "$JS.ACK.>", "$KV.ikescope-hub.>", "ikescope.fleet.*"] },
        { name: "branch", publish: ["ikescope.event.branch"] },
        { name: "hq", publish: ["ikescope.event.hq"] },
      ].map((user) => ({ ...user, subscribe: [`_INBOX_ikescope_${user.name}.>`] }));
      const { config, as } = jwtConfiguration(server.folder, users);
      await server.start(config);
      await ikescope(["hub", server.url, "--once", ...as("hub")]);
      gateway("branch", "path-lost-initiator", as("branch"));
      gateway("hq", "path-lost-responder", as("hq"));
      const report = await judged((one) => isJoined(one) && codesOf(one).length > 1, as("hub"));
      expect(codesOf(report)).toContain("fleet-esp-stopped");
      const reader = await ikescope(["hub", server.url, "--once", ...as("hq")]);
      expect([reader.code, reader.stdout]).toEqual([2, ""]);
      const other = jwtConfiguration(folder, users);
      const stranger = await ikescope(["hub", server.url, "--once", ...other.as("hub")]);
      expect(stranger.stderr).toMatch(/^ikescope: 127\.0\.0\.1:\d+: .*authori[sz]ation/i);
      expect(stranger.code).toBe(2);
    },
    PATIENCE,
  );

  itWithServer(
    "say in one line that a server is not there, or has no JetStream",
    async () => {
      await server.start("jetstream: false\n");
      const none = await ikescope(["hub", server.url, "--once"]);
      expect([none.code, none.stderr.trim().split("\n").length]).toEqual([2, 1]);
      expect(none.stderr).toMatch(/JetStream/i);
      await server.stop();
      const away = await ikescope(["hub", server.url]);
      expect([away.code, away.stderr.trim().split("\n").length]).toEqual([2, 1]);
    },
    PATIENCE,
  );
});

/** Gateway and kind of all events that the stream holds. */
async function kindsStored(): Promise<string[]> {
  const events = (await storedIn(server.url, "IKESCOPE")) as { gateway: string; event: string }[];
  return events.map(({ gateway: from, event }) => `${from} ${event}`);
}

/** What hubs told so far, once it is enough. */
async function toldWhen(isEnough: (told: readonly string[]) => boolean): Promise<string[]> {
  let last: string[] = [];
  return eventually(
    () => `what hubs tell; so far it is ${last.join(", ")}`,
    async () => {
      const events = (await storedIn(server.url, "IKESCOPE-FLEET")) as {
        event: string;
        finding: { code: string; gateways: readonly string[] };
      }[];
      last = events.map(({ event, finding }) => `${event} ${finding.code} ${finding.gateways.join(" ")}`);
      return isEnough(last) ? last : undefined;
    },
  );
}
