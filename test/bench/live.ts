import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Micros } from "../../src/bytes/time.js";
import { CopiedBytes } from "../../src/capture/copied-bytes.js";
import { FileBytes } from "../../src/capture/node/file-bytes.js";
import { ReadBuffers } from "../../src/capture/node/read-buffers.js";
import { CaptureReader } from "../../src/capture/reader.js";
import { LiveEngine } from "../../src/live/engine.js";
import type { LiveEvent } from "../../src/live/event.js";
import { writeChurn } from "./churn.js";
import { writeSmallPackets } from "./esp-captures.js";
import { writeFlood, writeIkeLife } from "./ike-life.js";

/**
 * Plays captures through the live engine by their own clock, as fast as it goes, and prints what it takes: processor time
 * and memory at each tenth, so that growth shows. The captures are made anew, the same in each run.
 */
interface Run {
  readonly name: string;
  readonly what: string;
  readonly items: number;
  readonly write: (path: string, count: number) => void;
  /** Tunnels are given up after this silence. */
  readonly forgetAfter: Micros;
}

const HOUR: Micros = 3600e6;
const RUNS: readonly Run[] = [
  {
    name: "churn",
    what: "packets: peers and SPIs come and go, 1,000 tunnels at a time",
    items: 10_000_000,
    write: writeChurn,
    forgetAfter: HOUR / 6,
  },
  {
    name: "small",
    what: "packets of 166 bytes over 2,000 streams",
    items: 2_000_000,
    write: writeSmallPackets,
    forgetAfter: HOUR,
  },
  {
    name: "life",
    what: "IKE messages of 10,000 living tunnels",
    items: 1_000_000,
    write: writeIkeLife,
    forgetAfter: HOUR,
  },
  {
    name: "flood",
    what: "forged IKE_SA_INIT, and one peer that fails amidst them",
    items: 1_000_000,
    write: writeFlood,
    forgetAfter: HOUR,
  },
];

/** The engine is told the time so often, and given the rest of the processor in between. */
const TICK: Micros = 200_000;

async function play(path: string, { items, forgetAfter }: Run): Promise<void> {
  const events = new Map<string, number>();
  const listener = {
    event: (event: LiveEvent) => {
      const what =
        event.kind === "finding-raised" || event.kind === "finding-cleared"
          ? `${event.kind} ${event.finding.severity} ${event.finding.code}`
          : event.kind;
      events.set(what, (events.get(what) ?? 0) + 1);
    },
    setup: () => {},
  };
  const engine = new LiveEngine({ interface: path, forgetAfter, judging: Infinity }, listener, 0);
  const bytes = await FileBytes.open(path, new ReadBuffers());
  // A live capture comes in small pieces.
  const source = new CaptureReader(new CopiedBytes(bytes, () => engine.chunk.subarray(0, 64 * 1024)));
  let [next, tickAt] = [items / 10, 0];
  let began = false;
  do {
    engine.take(source);
    const { now: time } = engine;
    const { packets } = engine;
    if (!began) engine.begin(time, path);
    began = true;
    if (time - tickAt >= TICK) {
      engine.tick(time);
      tickAt = time;
    }
    if (packets < next) continue;
    next += items / 10;
    const { tunnels, strangers, counts: now } = engine.snapshot();
    const cpu = process.cpuUsage();
    console.log(
      `  ${now.packets} packets, ${((cpu.user + cpu.system) / 1e6).toFixed(1)} s of processor time, ` +
        `${Math.round(process.memoryUsage.rss() / 2 ** 20)} MB, ${tunnels.length} tunnels, ${strangers} strangers, ${now.judgements} judgements`,
    );
  } while (await source.fill());
  await source.close();
  for (const [what, count] of [...events].toSorted(([one], [other]) => one.localeCompare(other))) {
    console.log(`  ${count} x ${what}`);
  }
}

const wanted = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "ikescope-live-"));
try {
  for (const run of RUNS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    const path = join(folder, `${run.name}.pcap`);
    run.write(path, run.items);
    console.log(`${run.name}: ${run.items} ${run.what}`);
    await play(path, run);
    rmSync(path);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
