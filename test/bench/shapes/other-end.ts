import { readFileSync } from "node:fs";
import { CaptureFile } from "../capture-file.js";

const FILE_HEADER = 24;
const RECORD_HEADER = 16;
/** In a frame of Ethernet and IPv4. */
const TTL_AT = 14 + 8;
const ROUTERS = 5;
/** Microseconds on the way. */
const DELAY = 5_000;
/** One of so many packets does not arrive. */
const LOSS = 20;

/** The capture from the other end of the tunnels of a capture, behind some routers. */
export function otherEndOf(path: string): string {
  return `${path}.other-end.pcap`;
}

/** Writes a capture by `write`, and beside it what of it comes to the other end. */
export function writeBothEnds(write: (path: string, size: number) => void, path: string, size: number): void {
  write(path, size);
  const bytes = readFileSync(path);
  const other = new CaptureFile(otherEndOf(path));
  for (let [at, count] = [FILE_HEADER, 1]; at < bytes.length; count++) {
    const time = bytes.readUInt32LE(at) * 1e6 + bytes.readUInt32LE(at + 4);
    const end = at + RECORD_HEADER + bytes.readUInt32LE(at + 8);
    const frame = Uint8Array.from(bytes.subarray(at + RECORD_HEADER, end));
    frame[TTL_AT] = (frame[TTL_AT] ?? 0) - ROUTERS;
    if (count % LOSS !== 0) other.add(time + DELAY, frame);
    at = end;
  }
  other.close();
}
