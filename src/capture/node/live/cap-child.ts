import { createRequire } from "node:module";
import { Socket } from "node:net";
import { CAP_WORDS } from "./cap-words.js";
import { HostClock } from "./host-clock.js";
import type { LiveOptions } from "./live-capture.js";
import { PcapQueue } from "./pcap-queue.js";

/**
 * A program of its own: captures with the npm package `cap` and writes a pcap stream to standard output. See cap.ts for
 * why it is not done in the process that reads. Its argument is LiveOptions as JSON. SIGUSR1 makes it say what its queue
 * has lost; at SIGTERM it writes what is in there, and ends.
 */

/** As much of the package as is used. */
interface CapHandle {
  /** Gives the name of the link type. */
  open(device: string, filter: string, bufferBytes: number, packet: Buffer): string;
  on(event: "packet", listener: (length: number, truncated: boolean) => void): void;
  close(): void;
}
type CapClass = new () => CapHandle;

/** LINKTYPE_ numbers of the names that it gives; it calls others "Unknown linktype" with the number. */
const LINK_TYPES: Readonly<Record<string, number>> = {
  NULL: 0,
  ETHERNET: 1,
  RAW: 101,
  LINKTYPE_LINUX_SLL: 113,
  IEEE802_11_RADIO: 127,
};

/** The longest packet that it hands out, bytes. */
const LONGEST = 65_535;
/** Packets are written in one go when they come closer together than this. */
const GATHER_MS = 10;

/** Whatever it was ever given, or that failed to open, has to be kept: it does not keep the one, and aborts on the other. */
const kept: unknown[] = [];

function say(words: string): void {
  process.stderr.write(`${words.replaceAll(/\s+/g, " ")}\n`);
}

function messageOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}

function loadCap(): CapClass | null {
  try {
    const { Cap } = createRequire(import.meta.url)("cap") as { readonly Cap: CapClass };
    return Cap;
  } catch (fault) {
    say(`${CAP_WORDS.missing} ${messageOf(fault)}`);
    return null;
  }
}

/** Opens the interface; says why where it cannot. */
function open(Cap: CapClass, request: LiveOptions, packet: Buffer) {
  const tryWith = (filter: string): { handle: CapHandle; linkType: string } => {
    const handle = new Cap();
    kept.push(handle, packet);
    return { handle, linkType: handle.open(request.interface, filter, request.bufferKiB * 1024, packet) };
  };
  try {
    return tryWith(request.filter);
  } catch (fault) {
    say(messageOf(fault));
    try {
      // If it works without the filter, the fault is in the filter.
      tryWith("");
      say(`${CAP_WORDS.badFilter} ${messageOf(fault)}`);
    } catch {
      // The reason is told already.
    }
    return null;
  }
}

function capture(request: LiveOptions): void {
  const Cap = loadCap();
  const packet = Buffer.alloc(LONGEST);
  const opened = Cap === null ? null : open(Cap, request, packet);
  if (opened === null) process.exit(1);
  const { handle, linkType } = opened;
  const number = LINK_TYPES[linkType] ?? Number(/^Unknown linktype (\d+)$/.exec(linkType)?.[1]);
  if (Number.isNaN(number)) {
    say(`cap does not say what the link type ${linkType} is`);
    process.exit(1);
  }
  const queue = new PcapQueue(request.bufferKiB * 1024, number, request.snapLength);
  const clock = new HostClock();
  // process.stdout would block until a slow reader has read, and the kernel's buffer would run over unseen.
  const output = new Socket({ fd: 1, readable: false, writable: true });
  output.on("error", () => process.exit(0));
  let isWriting = false;
  let isWaiting = false;
  let isEnding = false;

  const write = (): void => {
    isWaiting = false;
    if (isWriting) return;
    const piece = queue.peek();
    if (piece === null) {
      if (isEnding) process.exit(0);
      return;
    }
    isWriting = true;
    output.write(piece, () => {
      isWriting = false;
      queue.taken(piece.length);
      write();
    });
  };

  handle.on("packet", (length) => {
    queue.push(packet.subarray(0, Math.min(length, request.snapLength)), length, clock.now());
    if (isWriting || isWaiting) return;
    isWaiting = true;
    setTimeout(write, GATHER_MS);
  });
  process.on("SIGTERM", () => {
    handle.close();
    isEnding = true;
    write();
  });
  process.on("SIGUSR1", () => say(`${CAP_WORDS.lost} ${queue.dropped}`));
  say(CAP_WORDS.running);
  write();
}

capture(JSON.parse(process.argv[2] ?? "{}") as LiveOptions);
