import type { Address } from "../../bytes/address.js";
import { isoTime, type Micros } from "../../bytes/time.js";

/** Files of this name are ours to count and to remove. */
const OURS = /^ikescope-\d{8}T\d{6}\.\d{6}Z-[A-Za-z0-9._-]+\.pcapng$/;
const TEMPORARY = /^\.ikescope-(\d+)-[0-9a-f]+\.tmp$/;
/** Bytes of peers and code together; no file system has names above 255 bytes. */
const LONGEST = 180;

/** "ikescope-20260102T030405.678901Z-192.0.2.10-198.51.100.20-natt-4500-unanswered"; harmless in any shell. */
export function evidenceName(time: Micros, peers: readonly Address[], code: string): string {
  const stamp = isoTime(time).replaceAll(/[-:]/g, "");
  const about = [...peers, code].join("-").replaceAll(/[^A-Za-z0-9._-]/g, "_");
  return `ikescope-${stamp}-${about.slice(0, LONGEST)}`;
}

export function isEvidenceName(name: string): boolean {
  return OURS.test(name);
}

/** The process whose unfinished file has that name; null where it is none. */
export function ownerOfTemporary(name: string): number | null {
  const [, pid] = TEMPORARY.exec(name) ?? [];
  return pid === undefined ? null : Number(pid);
}

/** A name for an unfinished file of that process; `random` are hexadecimal digits. */
export function temporaryName(pid: number, random: string): string {
  return `.ikescope-${pid}-${random}.tmp`;
}
