import type { Micros } from "../../../bytes/time.js";
import type { EspStream } from "../../../esp/stream.js";
import type { Exchange } from "../../../session/model.js";
import type { Suite } from "../../../ike/suite.js";
import { mayBeCheckV1 } from "../../../session/notification-length-v1.js";
import { firstSighting, firstTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import type { Rival } from "../../finding.js";
import { endsEarly } from "../../grade.js";
import { IN_FLIGHT_US } from "../esp/one-direction.js";
import { mayBeInitialContact } from "../authentication/initial-contact.js";
import { canonicalOf } from "../sides.js";

/** Whoever was refused changes a configuration before asking for the same Child SA again, and needs longer than this. */
const ASKED_AGAIN: Micros = 2_000_000;

/** Quick Mode 2 comes along with an INFORMATIONAL, or within this time after it. */
const QUICK_MODE_2_US: Micros = 2_000_000;

/** A Child SA that carried ESP so shortly before is in use. */
const IN_USE_US: Micros = 5_000_000;

/** A peer that lives acknowledges within this time. */
const AT_ONCE: Micros = 500_000;

/** The first quick mode of a phase 1 that brought no Child SA; of one that brought some, the last quick mode without an answer. */
export function refusedQuickMode({ progress }: Setup): Exchange | undefined {
  if (progress.state === "phase-1-up") return progress.quick[0];
  if (progress.state !== "up") return undefined;
  return progress.quick.findLast(
    (exchange) =>
      exchange.step === 1 && exchange.response === null && !isFinishedQuickMode({ progress }, exchange),
  );
}

/** A peer that sends Quick Mode 3 has had Quick Mode 2, wherever the capture lost it. */
export function isFinishedQuickMode({ progress }: Pick<Setup, "progress">, { messageId }: Exchange): boolean {
  return progress.quick.some((other) => other.step > 1 && other.messageId === messageId);
}

/**
 * The INFORMATIONAL of the other side that answers a quick mode instead of its second message; undefined where there is none. Behind one
 * that may be INITIAL-CONTACT (racoon) the next one refuses.
 */
export function refusalOf(setup: Setup, asked: Exchange): Exchange | undefined {
  const { progress } = setup;
  const [asker, askedAt] = [asked.startedBy, firstTimeOf(asked.request)];
  const said = progress.later.filter(
    ({ request, expectsResponse }) => !expectsResponse && firstTimeOf(request) >= askedAt,
  );
  const own = said.filter(({ startedBy }) => startedBy === asker);
  const answers = said.filter(
    (one) => one.startedBy !== asker && !own.some((other) => areCheckAndAnswer(one, other, progress.suite)),
  );
  return answers.find((one) => !mayBeInitialContact(setup, one)) ?? answers[0];
}

/** The rival "Quick Mode 2 comes too", along with the INFORMATIONAL; null where the capture goes on without it. */
export function mayComeAlong(context: TunnelContext, informational: Exchange): Rival | null {
  return endsEarly(context, firstSighting(informational.request), QUICK_MODE_2_US, "Quick Mode 2");
}

/** Whether nothing of the other side, right before or after it, has the length of this INFORMATIONAL: no R-U-THERE, nor the answer to one. */
export function isNoLivenessCheck({ progress }: Setup, informational: Exchange): boolean {
  return !progress.later.some(
    (other) =>
      other.startedBy !== informational.startedBy && areCheckAndAnswer(informational, other, progress.suite),
  );
}

/**
 * Two messages of one length, one right behind the other: R-U-THERE and its acknowledgement (RFC 3706 5.4). Shorter ones are none: a
 * client (vpnc) answers a refusal with a Delete, as long as the notify that refuses.
 */
function areCheckAndAnswer(
  { request: one }: Exchange,
  { request: other }: Exchange,
  suite: Suite | null,
): boolean {
  const length = one?.message.header.length;
  if (length === undefined || length !== other?.message.header.length) return false;
  return mayBeCheckV1(length, suite) && Math.abs(firstTimeOf(one) - firstTimeOf(other)) <= AT_ONCE;
}

/**
 * When the quick modes were answered that the side asks for so soon behind the refusal of `refused` that it cannot be the same
 * Child SA again, with other selectors or proposals.
 */
export function nextQuickModes(
  { progress }: Setup,
  refused: Exchange,
  refusal: Exchange,
): ReadonlySet<Micros> {
  const refusedAt = firstTimeOf(refusal.request);
  return new Set(
    progress.quick
      .filter(({ step, startedBy, request, response }) => {
        const wait = firstTimeOf(request) - refusedAt;
        return (
          step === 1 &&
          startedBy === refused.startedBy &&
          response !== null &&
          wait >= 0 &&
          wait < ASKED_AGAIN
        );
      })
      .map(({ response }) => firstTimeOf(response)),
  );
}

/**
 * When quick modes of either side were answered after the refusal that renewed a Child SA in use: ESP of both ways moved from its SPIs to
 * new ones. What was refused is no part of it.
 */
export function renewingQuickModes(
  { tunnel }: TunnelContext,
  { progress }: Setup,
  refusal: Exchange,
): ReadonlySet<Micros> {
  const refusedAt = firstTimeOf(refusal.request);
  const areBothWays = (streams: readonly EspStream[]): boolean =>
    new Set(streams.map(({ source }) => canonicalOf(tunnel, source))).size > 1;
  const times = progress.quick.flatMap(({ step, request, response }) => {
    const [askedAt, madeAt] = [firstTimeOf(request), firstTimeOf(response)];
    if (step !== 1 || request === null || response === null || askedAt <= refusedAt) return [];
    const left = tunnel.streams.filter(
      ({ firstTime, lastTime }) =>
        firstTime < askedAt && lastTime > askedAt - IN_USE_US && lastTime <= madeAt + IN_FLIGHT_US,
    );
    const taken = tunnel.streams.filter(({ firstTime }) => firstTime >= askedAt);
    return areBothWays(left) && areBothWays(taken) ? [madeAt] : [];
  });
  return new Set(times);
}
