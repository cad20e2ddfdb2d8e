import type { AlgorithmStatus } from "../registries/algorithm-status.js";

/** "MUST NOT by RFC 8247", "deprecated by RFC 9395". */
export function statusText({ level, reference }: AlgorithmStatus): string {
  return `${level === "DEPRECATED" ? "deprecated" : level} by ${reference}`;
}
