import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { EspSa } from "../../../session/esp/child-sa.js";
import { isFresh } from "../../../session/esp/child-sas.js";
import { answersTo } from "../../../session/esp/esp-sas.js";
import type { Exchange, Sighting } from "../../../session/model.js";
import { endsOf } from "../../../session/model/queries.js";
import { firstSighting, firstTimeOf, lastTimeOf } from "../../../session/sightings.js";
import { isChildDeleteLength, isRefusalLength, mayBeDelete } from "../../../session/short-messages.js";
import type { Setup, TunnelContext } from "../../context.js";
import { creationsOf } from "../child/first-child.js";
import { canonicalOf } from "../sides.js";

/** A rekey is followed by the Delete of what it replaced at once (RFC 7296 section 2.8); liveness checks wait for a second at least. */
const AT_ONCE: Micros = 500_000;
/** The old SAs were in use so shortly before the rekey; packets under way still come in so long after it. */
const BEFORE: Micros = 30_000_000;
const UNDER_WAY: Micros = 2_000_000;
/** Question and answer, twice: the two ESP SAs belong together. */
const OWN_TURNS = 2;

/** A Child SA that was replaced and deleted, in whose old SPI one end still sends. */
export interface DeletedChild {
  readonly espSa: EspSa;
  /** When the Delete was acknowledged, and who sent it. */
  readonly since: Micros;
  readonly by: string;
  readonly sighting: Sighting;
  /** Nothing else is as long under this suite; else it is the Delete by its place right behind the rekey. */
  readonly isCertain: boolean;
}

/**
 * The old SPI of a Child SA that was rekeyed and whose Delete was acknowledged, where its sender never moves to a new one, while the other
 * end has. Only where one SPI each way was in use before, and packets of the two took turns: another Child SA is not replaced.
 */
export function deletedChildren(context: TunnelContext, espSas: readonly EspSa[]): DeletedChild[] {
  return context.setups.flatMap((setup) =>
    creationsOf(setup).flatMap((made) => {
      const found = isRefusalLength(made.response?.message, setup.progress.suite)
        ? null
        : deleteBehind(setup, made);
      const sighting = firstSighting(found?.exchange.request ?? null);
      if (found === null || sighting === undefined) return [];
      const espSa = notMoved(context, espSas, lastTimeOf(made.response));
      const since = firstTimeOf(found.exchange.response);
      const [{ address: by }] = endsOf(setup.sa, found.exchange.startedBy);
      return espSa === null ? [] : [{ espSa, since, by, sighting, isCertain: found.isCertain }];
    }),
  );
}

/** The Delete of what the exchange replaced, acknowledged: known by its length, or as the next request of the same side at once. */
function deleteBehind(
  { progress: { later, suite } }: Setup,
  made: Exchange,
): { readonly exchange: Exchange; readonly isCertain: boolean } | null {
  const madeAt = lastTimeOf(made.response);
  for (const exchange of later) {
    const { request, response, exchangeType, startedBy, messageId } = exchange;
    if (exchangeType !== EXCHANGE_V2.INFORMATIONAL || request === null || response === null) continue;
    const wait = firstTimeOf(request) - madeAt;
    if (wait < 0 || wait > BEFORE) continue;
    if (isChildDeleteLength(request.message, suite)) return { exchange, isCertain: true };
    const isNext = startedBy === made.startedBy && messageId === made.messageId + 1 && wait <= AT_ONCE;
    if (isNext && (suite === null || mayBeDelete(request.message, suite))) {
      return { exchange, isCertain: false };
    }
  }
  return null;
}

/** The old SPI that is still in use though the other end has moved to a new one then; null where that is not all that there is. */
function notMoved({ tunnel }: TunnelContext, espSas: readonly EspSa[], madeAt: Micros): EspSa | null {
  const old = espSas.filter(({ firstTime, lastTime }) => firstTime < madeAt && lastTime >= madeAt - BEFORE);
  const born = espSas.filter(({ firstTime }) => firstTime >= madeAt);
  const [one, other] = old;
  const [moved] = born;
  if (old.length !== 2 || born.length !== 1 || one === undefined || other === undefined) return null;
  if (moved === undefined || !isFresh(moved)) return null;
  const sourceOf = ({ source }: EspSa) => canonicalOf(tunnel, source);
  if (sourceOf(one) === sourceOf(other)) return null;
  const [left, kept] = sourceOf(one) === sourceOf(moved) ? [one, other] : [other, one];
  const turns = Math.max(answersTo(left, kept)?.turns ?? 0, answersTo(kept, left)?.turns ?? 0);
  return turns >= OWN_TURNS && left.lastTime <= moved.firstTime + UNDER_WAY ? kept : null;
}
