/**
 * A program for the tests of live captures, run in a network namespace: captures as told by its argument and prints what
 * happens, a JSON object a line. Takes the words close, stop and ask on standard input.
 */
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { CaptureReader } from "../../../src/capture/reader.js";
import { type LiveCapture, LiveError } from "../../../src/capture/node/live/live-capture.js";
import { openLive } from "../../../src/capture/node/live/open-live.js";
import { type CaptureChange, superviseCaptures } from "../../../src/capture/node/live/supervisor.js";
import type { WatchRequest, WatchEvent } from "./watch.js";

function print(event: WatchEvent): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

const request = JSON.parse(process.argv[2] ?? "{}") as WatchRequest;
const abort = new AbortController();
let current: LiveCapture | null = null;

createInterface({ input: process.stdin }).on("line", (word) => {
  const capture = current;
  if (word === "ask") {
    void answered(capture).then((drops) => print({ kind: "drops", drops }));
  } else if (word === "stop") abort.abort();
  else if (word === "close") void capture?.close().then(() => print({ kind: "closed" }));
});

/** What is known of losses once asked: at the latest after as long as a busy machine may take. */
async function answered(capture: LiveCapture | null): Promise<number | null> {
  const before = capture?.drops() ?? null;
  capture?.askDrops();
  for (let tries = 0; tries < 30 && (capture?.drops() ?? null) === before; tries++) await sleep(50);
  return capture?.drops() ?? null;
}

async function readAll(capture: LiveCapture): Promise<void> {
  current = capture;
  const pid = "pid" in capture ? Number(capture.pid) : 0;
  print({ kind: "open", backend: capture.backend, clock: capture.clock, pid });
  const reader = new CaptureReader(capture);
  do {
    while (reader.next()) {
      const { bytes, start, end, originalLength, linkType, time } = reader.record;
      const hex = Buffer.from(bytes.subarray(start, end)).toString("hex");
      print({ kind: "packet", hex, originalLength, linkType, time });
    }
  } while (await reader.fill());
  if (request.supervise) return;
  print({ kind: "ended", ending: await capture.ending, drops: capture.drops() });
}

try {
  const open = (): Promise<LiveCapture> => openLive(request.backend, request.options);
  if (request.supervise) {
    const onChange = (change: CaptureChange): void => print({ kind: "change", change });
    const { interface: name } = request.options;
    for await (const capture of superviseCaptures({
      interface: name,
      open,
      signal: abort.signal,
      onChange,
    })) {
      await readAll(capture);
    }
    print({ kind: "closed" });
  } else await readAll(await open());
} catch (fault) {
  if (!(fault instanceof LiveError)) throw fault;
  print({ kind: "fault", fault: fault.kind, message: fault.message });
  process.stdin.destroy();
}
