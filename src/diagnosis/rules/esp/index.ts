import { espOneWay } from "./esp-one-way.js";
import { espBlocked } from "./esp-blocked.js";
import { espAbsent } from "./esp-absent.js";
import { espAsymmetricSpi } from "./esp-asymmetric-spi.js";
import { espStaleSpi } from "./esp-stale-spi.js";
import { espUnknownSpi } from "./esp-unknown-spi.js";
import { espInterrupted } from "./esp-interrupted.js";
import { espLoss } from "./esp-loss.js";
import { espReordered } from "./esp-reordered.js";
import { espDuplicate } from "./esp-duplicate.js";
import { espSequenceRestart } from "./esp-sequence-restart.js";
import { espSequenceExhaustion } from "./esp-sequence-exhaustion.js";
import { espNotDecrypted } from "./esp-not-decrypted.js";
import { espNull } from "./esp-null.js";
import { espIntegrityFailed } from "./esp-integrity-failed.js";
import { perResourceSas } from "./per-resource-sas.js";
import { plaintextLeak } from "./plaintext-leak.js";
import { plaintextMirror } from "./plaintext-mirror.js";

/** The rules of this folder. */
export const ESP = {
  "esp-one-way": espOneWay,
  "esp-blocked": espBlocked,
  "esp-absent": espAbsent,
  "esp-asymmetric-spi": espAsymmetricSpi,
  "esp-stale-spi": espStaleSpi,
  "esp-unknown-spi": espUnknownSpi,
  "esp-not-decrypted": espNotDecrypted,
  "esp-interrupted": espInterrupted,
  "esp-loss": espLoss,
  "esp-reordered": espReordered,
  "esp-duplicate": espDuplicate,
  "esp-sequence-restart": espSequenceRestart,
  "esp-sequence-exhaustion": espSequenceExhaustion,
  "esp-null": espNull,
  "esp-integrity-failed": espIntegrityFailed,
  "per-resource-sas": perResourceSas,
  "plaintext-leak": plaintextLeak,
  "plaintext-mirror": plaintextMirror,
};
