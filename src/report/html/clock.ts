import { isoTime, type Micros } from "../../bytes/time.js";

/** "2026-11-21 17:14:58.233480", UTC. */
export function clockText(time: Micros): string {
  return isoTime(time).replace("T", " ").slice(0, -1);
}
