import type { AlgorithmStatus } from "../registries/algorithm-status.js";

/** A text, and what an RFC says against what it names: "ENCR_DES (2), MUST NOT by RFC 8247". */
export function withStatus(text: string, status: AlgorithmStatus | null): string {
  if (status === null) return text;
  const { level, reference } = status;
  return `${text}, ${level === "DEPRECATED" ? "deprecated" : level} by ${reference}`;
}
