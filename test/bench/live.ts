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
import { FAILING, writeBusyMinute } from "./busy-minute.js";
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
  /** Judges no longer at each tick than `live` does, and prints how late failures are told. */
  readonly asLive?: true;
}

const HOUR: Micros = 3600e6;
const BUSY = {
  what: `setups within a minute, of which ${FAILING} fail`,
  write: writeBusyMinute,
  forgetAfter: HOUR,
  asLive: true,
} as const;
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
  { name: "busy", items: 2_000, ...BUSY },
  { name: "busier", items: 10_000, ...BUSY },
];

/** The engine is told the time so often, and given the rest of the processor in between. */
const TICK: Micros = 200_000;
/** A live capture comes in pieces: of many packets where there are many, of few where failures are timed. */
const PIECE = { bulk: 64 * 1024, few: 2048 } as const;
/** So long after the last packet what is due is still judged, where failures are timed. */
const AFTERWARDS: Micros = 60_000_000;

async function play(path: string, { items, forgetAfter, asLive }: Run): Promise<void> {
  const events = new Map<string, number>();
  const told = new Map<string, Told>();
  const listener = {
    event: (event: LiveEvent) => {
      const what =
        event.kind === "finding-raised" || event.kind === "finding-cleared"
          ? `${event.kind} ${event.finding.severity} ${event.finding.code}`
          : event.kind;
      events.set(what, (events.get(what) ?? 0) + 1);
      noteFirst(event, told);
    },
    setup: () => {},
  };
  const judging = asLive === undefined ? { judging: Infinity } : {};
  const engine = new LiveEngine({ interface: path, forgetAfter, ...judging }, listener, 0);
  const bytes = await FileBytes.open(path, new ReadBuffers());
  const piece = asLive === undefined ? PIECE.bulk : PIECE.few;
  const source = new CaptureReader(new CopiedBytes(bytes, () => engine.chunk.subarray(0, piece)));
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
  if (asLive === true) {
    const end = engine.now;
    for (let after = TICK; after <= AFTERWARDS; after += TICK) engine.tick(end + after);
    printDelays([...told.values()]);
  }
  for (const [what, count] of [...events].toSorted(([one], [other]) => one.localeCompare(other))) {
    console.log(`  ${count} x ${what}`);
  }
}

/** Which failure was first told of a tunnel, and how long after the last packet that it stands on. */
interface Told {
  readonly code: string;
  readonly delay: Micros;
}

function noteFirst(event: LiveEvent, told: Map<string, Told>): void {
  if (event.kind !== "finding-raised" || event.tunnel === null) return;
  const { time, tunnel, finding } = event;
  const peers = tunnel.peers.join(" ");
  if (finding.severity !== "critical" || told.has(peers)) return;
  const proof = Math.max(...finding.evidence.map((one) => one.time));
  told.set(peers, { code: finding.code, delay: time - proof });
}

function printDelays(told: readonly Told[]): void {
  const codes = new Set(told.map(({ code }) => code));
  console.log(`  ${told.length} tunnels told to fail, so long after the last packet that it stands on:`);
  for (const code of [...codes].toSorted()) {
    const delays = told.flatMap((one) => (one.code === code ? one.delay : [])).toSorted((a, b) => a - b);
    const at = (share: number): string =>
      ((delays[Math.ceil(delays.length * share) - 1] ?? Number.NaN) / 1e6).toFixed(1);
    console.log(`  ${delays.length} x ${code}: p50 ${at(0.5)} s, p99 ${at(0.99)} s`);
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
