import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { workOnQueue } from "../../../src/cli/batch/queued.js";
import { RowFile } from "../../../src/cli/batch/row-file.js";
import { UnitQueue } from "../../../src/cli/batch/unit-queue.js";
import { UsageError } from "../../../src/cli/exit.js";
import { type BatchUnit, unitName } from "../../../src/report/batch/rows.js";
import type { Message } from "../../../src/texts/message.js";
import { inEnglish } from "../../../src/texts/texts.js";
import { ikescope, type Outcome } from "../../support/command.js";
import { natsClient } from "../../support/fleet/nats-client.js";
import { HAS_NATS_SERVER } from "../../support/fleet/nats-process.js";
import { NatsTestServer } from "../../support/fleet/nats-server.js";
import { shippedConfiguration } from "../../support/fleet/shipped-configuration.js";
import { eventually } from "../../support/live/eventually.js";
import { IKESCOPE, LiveRun } from "../../support/live/live-run.js";
import { itIf } from "../../support/require.js";

const CAPTURE = fileURLToPath(new URL("../../../pcaps/path-lost-initiator.pcap", import.meta.url));
const itWithServer = itIf(HAS_NATS_SERVER, "no nats-server");
/** ms; the shortest that the command takes. */
const LEASE = 2000;
const NEVER = new AbortController().signal;

let folder: string;
let server: NatsTestServer;
let queues: UnitQueue[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "ikescope-queue-"));
  server = new NatsTestServer();
  if (HAS_NATS_SERVER) await server.start();
});
afterEach(async () => {
  for (const queue of queues) await queue.close();
  queues = [];
  await server.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Captures of so many gateways, written an hour ago: a unit each. */
function putGateways(count: number, first = 0): void {
  for (let at = first; at < first + count; at++) {
    const file = join(folder, "captures", `gateway-${at}`, "trace.pcap");
    mkdirSync(dirname(file), { recursive: true });
    copyFileSync(CAPTURE, file);
    const old = Date.now() / 1000 - 3600;
    utimesSync(file, old, old);
  }
}

const output = (worker: string): string => join(folder, `rows-${worker}.ndjson`);

function args(worker: string, more: readonly string[] = []): string[] {
  const by = join(folder, "captures/{gateway}/*.pcap");
  return ["batch", "--by", by, "-o", output(worker), "--queue", server.url, "--lease", "2s", ...more];
}

const batch = (worker: string, more?: readonly string[]): Promise<Outcome> => ikescope(args(worker, more));

/** The units in all files of rows, one for each time that it is there. */
function unitsIn(files = readdirSync(folder).filter((name) => name.endsWith(".ndjson"))): string[] {
  return files.flatMap((name) =>
    readFileSync(join(folder, name), "utf8")
      .split("\n")
      .filter((line) => line.includes('"row":"unit"') && line.endsWith("}"))
      .map((line) => (JSON.parse(line) as { readonly unit: string }).unit),
  );
}

function expectOnce(count: number): void {
  const units = unitsIn();
  expect(new Set(units).size).toBe(count);
  expect(units).toHaveLength(count);
}

describe("ikescope batch --queue", () => {
  itWithServer("divides all units among workers, each unit in one file", async () => {
    putGateways(12);
    const outcomes = await Promise.all(["a", "b", "c"].map((worker) => batch(worker)));
    expect(outcomes.map(({ code, stderr }) => (code === 0 ? "" : stderr))).toEqual(["", "", ""]);
    expectOnce(12);
    // Later runs judge what is new, and nothing again.
    putGateways(3, 12);
    const later = await batch("b");
    expect(later.stderr).toContain("3 units judged");
    expectOnce(15);
    expect((await batch("d")).stderr).toMatch(
      /0 units judged, 0 were there before, 15 are in the files of other workers\n$/,
    );
  });

  itWithServer(
    "loses no unit and has none twice, though workers and server are killed again and again",
    async () => {
      const count = 12;
      putGateways(count);
      for (const enough of [2, 6]) {
        const runs = ["a", "b"].map((worker) => new LiveRun([process.execPath, IKESCOPE, ...args(worker)]));
        await eventually(
          () => `${enough} units of runs that said ${runs.map(({ stderr }) => stderr).join("")}`,
          () => (unitsIn().length >= enough ? true : undefined),
        );
        if (enough === 2) {
          await server.stop();
          await server.start();
        }
        for (const run of runs) await run.kill();
      }
      const ends = await Promise.all(["a", "b"].map((worker) => batch(worker)));
      // Whole, so that a failure shows what they said.
      expect(ends).toEqual([expect.objectContaining({ code: 0 }), expect.objectContaining({ code: 0 })]);
      expectOnce(count);
    },
    120_000,
  );

  itWithServer("has queues of other names apart", async () => {
    putGateways(2);
    expect((await batch("a", ["--queue", `${server.url}/one`])).stderr).toContain("2 units judged");
    expect((await batch("b", ["--queue", `${server.url}/two`])).stderr).toContain("2 units judged");
    expect((await batch("c", ["--queue", `${server.url}/one`])).stderr).toContain("0 units judged");
  });

  itWithServer("goes on from a file that was written without a queue", async () => {
    putGateways(4);
    await ikescope(args("a").slice(0, 5));
    const [a, b] = [await batch("a"), await batch("b")];
    expect(a.stderr).toContain("0 units judged, 4 were there before");
    expect(b.stderr).toContain("0 units judged");
    expectOnce(4);
  });

  itWithServer(
    "works with the permissions of the configuration that is shipped, and reaches no events",
    async () => {
      await server.stop();
      const { config, as } = shippedConfiguration(server.folder);
      await server.start(config);
      putGateways(2);
      const { code, stderr } = await batch("a", as("BATCH"));
      expect([code, stderr]).toEqual([0, expect.stringContaining("2 units judged")]);
      expect((await batch("b", as("BATCH"))).stderr).toContain("2 are in the files of other workers");
      expect((await ikescope(["hub", server.url, "--once", ...as("BATCH")])).code).toBe(2);
      expect((await batch("c", as("HQ"))).code).toBe(2);
    },
  );

  it.each([
    [["--queue", "127.0.0.1:4222"], /--queue takes a NATS server, such as/],
    [["--queue", "nats://127.0.0.1:1/a.b"], /the name behind the server has letters/],
    [["--queue", "nats://127.0.0.1:1"], /127\.0\.0\.1:1: /],
    [["--queue", "nats://127.0.0.1:1", "--shard", "1/2"], /give it or --shard/],
  ])("%j is refused in one line", async (more, said) => {
    putGateways(1);
    const { code, stderr } = await ikescope([...args("x").slice(0, 5), ...more]);
    expect(stderr).toMatch(said);
    expect([code, stderr.trim().split("\n").length]).toEqual([2, 1]);
  });
});

/** A worker of its own connection and file. */
async function worker(
  name: string,
  url = server.url,
  say: (message: Message) => void = () => {},
): Promise<{ queue: UnitQueue; worker: string; file: RowFile }> {
  const queue = await UnitQueue.open({ url }, { queue: "units", worker: name, leaseMs: LEASE, say });
  queues.push(queue);
  return { queue, worker: name, file: await RowFile.open(output(name)) };
}

describe("a worker of a queue that is gone", () => {
  const units: readonly BatchUnit[] = ["hq", "branch"].map((gateway) => ({
    gateway,
    window: 0,
    files: [CAPTURE],
  }));
  const names = units.map(unitName);

  itWithServer("leaves the unit that it had to another one, after its lease", async () => {
    const gone = await worker("gone");
    await gone.queue.add(names, NEVER);
    for await (const { unit } of gone.queue.handedOut(NEVER, () => 0)) {
      expect(names).toContain(unit);
      break;
    }
    await gone.file.close();
    const other = await worker("other");
    const work = await workOnQueue(units, other, NEVER);
    await other.file.close();
    expect(work).toMatchObject({ judged: 2, elsewhere: 0, notHere: [] });
    expectOnce(2);
  });

  itWithServer(
    "owes the unit that it had entered itself for, and judges it when it is started again",
    async () => {
      const gone = await worker("gone");
      await gone.queue.add(names, NEVER);
      expect(await gone.queue.take(names[0] ?? "", NEVER)).toBe(true);
      await gone.file.close();
      const other = await worker("other");
      const work = await workOnQueue(units, other, NEVER);
      await other.file.close();
      expect([work.judged, [...work.owed]]).toEqual([1, [["gone", 1]]]);
      const again = await worker("gone");
      expect(await workOnQueue(units, again, NEVER)).toMatchObject({
        judged: 1,
        elsewhere: 1,
        owed: new Map(),
      });
      await again.file.close();
      expectOnce(2);
    },
  );

  itWithServer("that goes on after its lease writes nothing that another one has written", async () => {
    const [slow, other] = [await worker("slow"), await worker("other")];
    await slow.queue.add(names, NEVER);
    await workOnQueue(units, other, NEVER);
    for (const name of names) expect(await slow.queue.take(name, NEVER)).toBe(false);
    await slow.file.close();
    await other.file.close();
  });

  itWithServer("keeps in the queue what has no captures here", async () => {
    const [one, two] = [await worker("one"), await worker("two")];
    await one.queue.add(names, NEVER);
    const first = await workOnQueue(units.slice(0, 1), one, NEVER);
    expect([first.judged, first.notHere]).toEqual([1, names.slice(1)]);
    expect(await workOnQueue(units, two, NEVER)).toMatchObject({ judged: 1, elsewhere: 1, notHere: [] });
    await one.file.close();
    await two.file.close();
    expectOnce(2);
  });
});

describe("a worker whose server takes something away", () => {
  const names = ["hq", "branch"].map((gateway) => unitName({ gateway, window: 0 }));

  itWithServer("ends where its stream is deleted, and says so", async () => {
    const { queue, file } = await worker("a");
    await queue.add(names, NEVER);
    const { packages, connection } = await natsClient(server.url);
    await (await packages.jetstream.jetstreamManager(connection)).streams.delete("IKESCOPE-BATCH");
    await connection.close();
    await expect(queue.add(names, NEVER)).rejects.toThrow(UsageError);
    await file.close();
  });

  const SHARED = 'authorization { users: [{ user: "w", password: "w", permissions: PERMISSIONS }] }\n';
  const ALLOWED = SHARED.replace("PERMISSIONS", '{ publish: ">", subscribe: ">" }');

  for (const [what, subject] of [
    ["to enter itself for units", "$KV.>"],
    ["to get units", "$JS.API.CONSUMER.MSG.NEXT.>"],
    ["to look at the queue", "$JS.API.CONSUMER.INFO.>"],
  ] as const) {
    itWithServer(`ends where the permission is gone ${what}, and says which`, async () => {
      await server.stop();
      await server.start(ALLOWED);
      const { queue, file } = await worker("a", server.url.replace("//", "//w:w@"));
      await queue.add(names, NEVER);
      await server.reload(
        SHARED.replace("PERMISSIONS", `{ publish: { allow: ">", deny: "${subject}" }, subscribe: ">" }`),
      );
      const units = [{ gateway: "hq", window: 0, files: [CAPTURE] }];
      const fault: unknown = await workOnQueue(units, { queue, worker: "a", file }, NEVER).catch(
        (error: unknown) => error,
      );
      expect(fault).toBeInstanceOf(UsageError);
      expect(String(fault)).toContain(subject.replace(">", ""));
      await file.close();
    });
  }

  itWithServer("ends where its user is gone", async () => {
    await server.stop();
    await server.start(ALLOWED);
    const { queue, file } = await worker("a", server.url.replace("//", "//w:w@"));
    await server.reload(ALLOWED.replace('"w"', '"other"'));
    await expect(queue.add(names, NEVER)).rejects.toThrow(UsageError);
    await file.close();
  });

  itWithServer("goes on where the server comes back, and has said once that it waits", async () => {
    const said: string[] = [];
    const { queue, file } = await worker("a", server.url, (message) => said.push(inEnglish(message)));
    await server.stop();
    const added = queue.add(names, NEVER);
    await eventually(
      () => "a word of the server that is away",
      () => (said.length > 0 ? true : undefined),
    );
    await server.start();
    await added;
    expect(said).toEqual([expect.stringMatching(/^127\.0\.0\.1:\d+: .*; tried again$/)]);
    await file.close();
  });
});
