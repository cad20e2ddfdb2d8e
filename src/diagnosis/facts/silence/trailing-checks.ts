import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import type { Exchange, Transmission } from "../../../session/model.js";
import { mayBeCheckV1 } from "../../../session/notification-length-v1.js";
import { CHECKS_APART } from "../../../session/r-u-there.js";
import { firstTimeOf, lastTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { DELETED_AT_ONCE, phase1EndOf } from "../life/renewed-phase-1.js";

/** A side that waits for an answer asks again within minutes. */
const GAP = { least: CHECKS_APART, most: 150_000_000 } as const;
/** A peer that lives acknowledges within this time. */
const AT_ONCE: Micros = 500_000;

/** The last messages of the SA, as long as they are checks of one side and of one length. */
export function trailingChecks({ setups }: TunnelContext, setup: Setup): Exchange[] {
  const { sa } = setup;
  const exchanges = withoutDeletes(setup, sa.exchanges).filter(
    (exchange) => !isDeleteOfReplaced(setups, setup, exchange),
  );
  const last = exchanges.at(-1);
  if (last === undefined || !isCheck(setup, last)) return [];
  const checks: Exchange[] = [];
  for (const exchange of exchanges.toReversed()) {
    const next: Exchange = checks[0] ?? last;
    if (!isCheck(setup, exchange) || exchange.startedBy !== last.startedBy) break;
    if (lengthOf(exchange.request) !== lengthOf(last.request)) break;
    const gap = firstTimeOf(next.request) - firstTimeOf(exchange.request);
    if (exchange !== last && (gap < GAP.least || gap > GAP.most)) break;
    checks.unshift(exchange);
  }
  const before = exchanges.at(-1 - checks.length);
  return isAcknowledgement(checks[0], before) ? checks.slice(1) : checks;
}

/**
 * Who gives up deletes the SAs of the tunnel, one message each: in a burst, or the first of them before the capture ends, which is
 * known by its length. The checks are what came before.
 */
function withoutDeletes(setup: Setup, exchanges: readonly Exchange[]): readonly Exchange[] {
  const [before, last] = exchanges.slice(-2);
  if (last !== undefined && isDeleteAfter(setup, before, last)) return exchanges.slice(0, -1);
  let end = exchanges.length;
  while (isBurst(exchanges[end - 2], exchanges[end - 1])) end--;
  return end === exchanges.length ? exchanges : exchanges.slice(0, end - 1);
}

/** A last message that no check is, behind one of the same side that may be one. */
function isDeleteAfter(setup: Setup, before: Exchange | undefined, last: Exchange): boolean {
  return (
    before !== undefined &&
    last.exchangeType === EXCHANGE_V1.INFORMATIONAL &&
    last.startedBy === before.startedBy &&
    isCheck(setup, before) &&
    !isCheck(setup, last)
  );
}

/**
 * Who has renewed a Child SA or an IKE SA deletes the old one at once: right behind Quick Mode 3, or behind the phase 1 that replaces this
 * one, a message is no check.
 */
function isDeleteOfReplaced(
  setups: TunnelContext["setups"],
  { sa, progress }: Setup,
  { exchangeType, startedBy, request }: Exchange,
): boolean {
  if (exchangeType !== EXCHANGE_V1.INFORMATIONAL) return false;
  const at = firstTimeOf(request);
  const isSoonAfter = (time: Micros): boolean => at >= time && at - time <= DELETED_AT_ONCE;
  const hasRenewedChild = progress.quick.some(
    (quick) => quick.startedBy === startedBy && quick.step > 1 && isSoonAfter(lastTimeOf(quick.request)),
  );
  return (
    hasRenewedChild ||
    setups.some((other) => {
      const end = other.sa.id === sa.id ? null : phase1EndOf(other);
      return end !== null && isSoonAfter(end);
    })
  );
}

function isBurst(one: Exchange | undefined, next: Exchange | undefined): boolean {
  if (one === undefined || next === undefined || one.startedBy !== next.startedBy) return false;
  const areInformational = [one, next].every(
    ({ exchangeType }) => exchangeType === EXCHANGE_V1.INFORMATIONAL,
  );
  return areInformational && firstTimeOf(next.request) - firstTimeOf(one.request) < AT_ONCE;
}

/** A message right after one of the other side is no check but the acknowledgement of one. */
function isAcknowledgement(one: Exchange | undefined, before: Exchange | undefined): boolean {
  if (one === undefined || before === undefined || one.startedBy === before.startedBy) return false;
  const delay = firstTimeOf(one.request) - firstTimeOf(before.request);
  return lengthOf(one.request) === lengthOf(before.request) && delay >= 0 && delay <= AT_ONCE;
}

/** Whether an INFORMATIONAL has the length of R-U-THERE (RFC 3706 5.3), encrypted. */
export function isCheck({ progress }: Setup, { exchangeType, request }: Exchange): boolean {
  const isSecret = request?.message.payloads.some(({ kind }) => kind === "encrypted") === true;
  return (
    exchangeType === EXCHANGE_V1.INFORMATIONAL && isSecret && mayBeCheckV1(lengthOf(request), progress.suite)
  );
}

/** Length of the message, bytes; 0 where there is none. */
export function lengthOf(transmission: Transmission | null): number {
  return transmission?.message.header.length ?? 0;
}
