const ESP = "of the ESP data plane; its labelled captures come with its rules";

/**
 * Codes of the catalogue that need not have a labelled capture and a near miss (see corpus.test.ts), and why. A code
 * that has both must leave this list.
 */
export const EXCEPTIONS: Readonly<Record<string, string>> = {
  "esp-absent": ESP,
  "esp-blocked": ESP,
  "esp-asymmetric-spi": ESP,
  "esp-stale-spi": ESP,
  "esp-unknown-spi": ESP,
  "esp-large-packets-lost": ESP,
  "esp-loss": ESP,
  "esp-reordered": ESP,
  "esp-duplicate": ESP,
  "esp-sequence-restart": ESP,
  "esp-sequence-exhaustion": ESP,
  "esp-null": ESP,
  "per-resource-sas": ESP,
  "plaintext-leak": ESP,
  "plaintext-mirror": ESP,
};
