import type { Unanswered } from "./unanswered.js";

/** A sniffer that drops packets may miss an exchange or two; a node that took over jumps farther. */
const LEAST_SKIPPED = 4;

/** The Message ID of an unanswered request is not the one that its receiver waits for (RFC 7296 2.2, 2.3). */
export function isDesync(found: Unanswered): boolean {
  const { majorVersion, unkept, unkeptChecks } = found.setup.sa;
  // Only the newest of many checks are kept: other exchanges may have had the IDs that seem to be skipped.
  if (majorVersion !== 2 || unkept > unkeptChecks) return false;
  return (skippedIds(found) ?? 0) >= LEAST_SKIPPED;
}

/** How far the Message ID is behind the one that would follow the asker's last answered request; null where unknown. */
export function skippedIds({ setup, exchange }: Unanswered): number | null {
  const answered = setup.sa.exchanges.filter(
    ({ startedBy, response, messageId }) =>
      startedBy === exchange.startedBy && response !== null && messageId < exchange.messageId,
  );
  if (answered.length === 0) return null;
  return exchange.messageId - 1 - Math.max(...answered.map(({ messageId }) => messageId));
}
