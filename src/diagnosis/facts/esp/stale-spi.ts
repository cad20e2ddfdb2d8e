import { hex32 } from "../../../bytes/hex.js";
import { u32At } from "../../../bytes/reader.js";
import type { Micros } from "../../../bytes/time.js";
import type { NotifyPayload } from "../../../ike/message.js";
import { NOTIFY_V1 } from "../../../ike/registries/notify-v1.js";
import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import type { EspSa } from "../../../session/esp/child-sa.js";
import type { Sighting, Tunnel } from "../../../session/model.js";
import { notifiesOf } from "../../../session/payloads.js";
import { firstSighting, firstTimeOf } from "../../../session/sightings.js";
import type { TunnelContext, Setup } from "../../context.js";
import { evidenceAt } from "../../evidence.js";
import type { Evidence } from "../../finding.js";
import { onceInTurn } from "../../once.js";
import { deletedChildren } from "./deleted-child.js";
import { packetsAfter, sumOf, espDirectionsOf } from "./esp-directions.js";
import { deleteLike, PAST_ANNOUNCEMENTS_US } from "../life/ike-delete.js";
import { deletesReplacedIkeSa } from "../life/replaced-ike-sa.js";
import { endsOf } from "../../../session/model/queries.js";
import { type Message, say } from "../../../texts/message.js";

/** ESP that goes on for so long, with so many packets, is no packet under way; after the longer time no delay explains it. */
const GOES_ON_US = { least: 2_500_000, sure: 10_000_000 } as const;

/** If a liveness check may have the length of the Delete, no rekey overlaps for so long. */
const SURE_BY_PLACE: Micros = 120_000_000;

export const LEAST_STALE_PACKETS = 4;

/** Packets that the deleting side had sent still arrive within this time. */
const UNDER_WAY: Micros = 2_000_000;

/** The other direction was in use shortly before. */
const BEFORE: Micros = 30_000_000;

/** If a liveness check may have the length of the delete, the other direction ends as near to it as this. */
const AT_ONCE: Micros = 300_000;

/** Old and new SA may overlap for so long where a peer authenticates anew. */
const OVERLAP: Micros = 30_000_000;

interface Stale {
  readonly espSa: EspSa;
  readonly since: Micros;
  readonly how: Message;
  readonly evidence: readonly Evidence[];
  readonly isClaim: boolean;
  /** How long ESP goes on until nothing else explains it, microseconds. */
  readonly sureAfter?: Micros;
}

/** ESP that goes on to an SPI which its receiver does not have any more; null where none does. */
export const staleSpi = onceInTurn((context: TunnelContext): Stale | null => {
  const espSas = espDirectionsOf(context.tunnel).flatMap((direction) => direction.espSas);
  const denials = denialsIn(context);
  const [found] = [
    ...espSas.flatMap((espSa) => denied(context, denials, espSa)),
    ...espSas.flatMap((espSa) => deleted(context, espSas, espSa)),
    ...espSas.flatMap((espSa) => replaced(context, espSas, espSa)),
    ...childDeleted(context, espSas),
  ];
  return found ?? null;
});

/** Packets of that SPI since that moment, at least. */
export function afterOf({ streams }: EspSa, time: Micros): number {
  return sumOf(streams, (stream) => packetsAfter(stream, time));
}

function goesOn(espSa: EspSa, since: Micros): boolean {
  return (
    espSa.firstTime < since &&
    espSa.lastTime - since >= GOES_ON_US.least &&
    afterOf(espSa, since) >= LEAST_STALE_PACKETS
  );
}

/** Whether ESP goes on for so long that the peer cannot just be late. */
export function isSurelyStale({ espSa, since, sureAfter = GOES_ON_US.sure }: Stale): boolean {
  return espSa.lastTime - since >= sureAfter;
}

/** A message in clear that says of these SPIs that its sender has none of them (RFC 7296 1.5; IKEv1 likewise). */
interface Denial {
  readonly sighting: Sighting;
  readonly spis: readonly number[];
}

function denialsIn({ setups }: TunnelContext): Denial[] {
  return setups.flatMap(({ sa }) =>
    sa.exchanges.flatMap(({ request, response }) =>
      [request, response].flatMap((transmission) => {
        const sighting = firstSighting(transmission);
        const spis = notifiesOf(transmission?.message).flatMap((notify) =>
          invalidSpis(sa.majorVersion, notify),
        );
        return sighting === undefined || spis.length === 0 ? [] : [{ sighting, spis }];
      }),
    ),
  );
}

/** The receiver denies the SPI in clear, and sends no ESP. */
function denied({ tunnel }: TunnelContext, denials: readonly Denial[], espSa: EspSa): Stale[] {
  for (const { sighting, spis } of denials) {
    if (!spis.includes(espSa.spi)) continue;
    if (tunnel.aliases.length === 0 && sighting.source.address !== espSa.destination) continue;
    const isAnswered = tunnel.streams.some(
      ({ source, lastTime }) => source === espSa.destination && lastTime > sighting.time + UNDER_WAY,
    );
    if (isAnswered || !goesOn(espSa, sighting.time)) continue;
    return [
      {
        espSa,
        since: sighting.time,
        how: "INVALID_SPI in clear",
        evidence: [
          evidenceAt(sighting, say`${espSa.destination} says INVALID_SPI ${hex32(espSa.spi)} in clear`),
        ],
        isClaim: true,
      },
    ];
  }
  return [];
}

function invalidSpis(version: 1 | 2, { notifyType, data, spi }: NotifyPayload): number[] {
  const type = version === 2 ? NOTIFY_V2.INVALID_SPI : NOTIFY_V1.INVALID_SPI;
  if (notifyType !== type) return [];
  return [data, spi].flatMap((bytes) => (bytes.length === 4 ? [u32At(bytes, 0)] : []));
}

/** The IKE SA was deleted, and the other direction ended with it. An IKE SA that was rekeyed hands its children on. */
function deleted({ setups, tunnel }: TunnelContext, espSas: readonly EspSa[], espSa: EspSa): Stale[] {
  for (const setup of setups) {
    const found = deleteOf(setup);
    if (found === null) continue;
    const { time, by, evidence, certain } = found;
    const livesOn = setups.some(
      ({ sa, progress }) =>
        sa.id !== setup.sa.id && sa.firstTime < time && sa.lastTime > time && progress.upAt !== null,
    );
    const within = certain ? { before: BEFORE, after: UNDER_WAY } : { before: AT_ONCE, after: AT_ONCE };
    // A stream that begins just before is of the IKE SA that takes over, whether that is seen or not.
    if (
      livesOn ||
      espSa.firstTime > time - UNDER_WAY ||
      !goesOn(espSa, time) ||
      !endsWith(espSas, espSa, time, within)
    )
      continue;
    if (isAnsweredAfter(tunnel, espSa, time + UNDER_WAY)) continue;
    return [{ espSa, since: time, how: say`${by} deleted the IKE SA`, evidence, isClaim: false }];
  }
  return [];
}

/** Whether the receiver goes on sending on its side of that SA: then it has the SA, whichever was deleted. */
function isAnsweredAfter({ childSas }: Tunnel, { source, spi }: EspSa, time: Micros): boolean {
  return childSas.some(({ forward, backward }) => {
    const [own, other] = forward?.source === source ? [forward, backward] : [backward, forward];
    return own?.source === source && own.spi === spi && other !== null && other.lastTime > time;
  });
}

function deleteOf(setup: Setup) {
  const { sa } = setup;
  const last = sa.exchanges.at(-1);
  const deleted = last === undefined ? null : deleteLike(setup, last, PAST_ANNOUNCEMENTS_US.surely);
  const sighting = firstSighting(last?.request ?? null);
  if (last === undefined || last.response === null || deleted === null || sighting === undefined) return null;
  // Behind its rekey an IKE SA is deleted, and its Child SAs belong to the next one, of which nothing may be seen for long.
  if (deletesReplacedIkeSa(setup, last)) return null;
  const [who] = endsOf(sa, last.startedBy);
  return {
    time: firstTimeOf(last.response),
    by: who.address,
    certain: deleted.certain,
    evidence: [
      evidenceAt(
        sighting,
        "INFORMATIONAL of the length of Delete(IKE), acknowledged; the last of its IKE SA",
      ),
    ],
  };
}

/** Whether the SAs that the receiver had in use end then. */
function endsWith(
  espSas: readonly EspSa[],
  espSa: EspSa,
  time: Micros,
  within: { readonly before: Micros; readonly after: Micros },
): boolean {
  const old = espSas.filter((other) => other.source === espSa.destination && other.firstTime < time);
  const last = Math.max(-Infinity, ...old.map(({ lastTime }) => lastTime));
  return last >= time - within.before && last <= time + within.after;
}

/** The receiver began a new IKE SA, sends in new SPIs, and the old one is still sent to. */
function replaced({ setups }: TunnelContext, espSas: readonly EspSa[], espSa: EspSa): Stale[] {
  for (const { sa, progress } of setups) {
    const { upAt } = progress;
    const sighting = firstSighting(progress.opening[0]?.request ?? null);
    if (!sa.startSeen || upAt === null || sighting === undefined) continue;
    if (sa.initiator.address !== espSa.destination || espSa.firstTime >= sa.firstTime) continue;
    const moved = espSas.some(
      (other) =>
        other.source === espSa.destination && other.firstTime >= upAt && other.packets >= LEAST_STALE_PACKETS,
    );
    const left = espSas.every(
      (other) =>
        other.source !== espSa.destination ||
        other.firstTime >= sa.firstTime ||
        other.lastTime <= upAt + UNDER_WAY,
    );
    if (!moved || !left || !goesOn(espSa, upAt + OVERLAP)) continue;
    return [
      {
        espSa,
        since: upAt,
        how: say`${espSa.destination} began anew and uses other SPIs`,
        evidence: [evidenceAt(sighting, say`${espSa.destination} begins a new IKE SA`)],
        isClaim: false,
      },
    ];
  }
  return [];
}

/** The Child SA was rekeyed and deleted, and its sender stays in the old SPI. */
function childDeleted(context: TunnelContext, espSas: readonly EspSa[]): Stale[] {
  return deletedChildren(context, espSas)
    .filter(({ espSa, since }) => goesOn(espSa, since))
    .map(({ espSa, since, by, sighting, isCertain }) => ({
      espSa,
      since,
      how: say`${by} replaced the Child SA and deleted the old one`,
      evidence: [
        evidenceAt(
          sighting,
          isCertain
            ? "INFORMATIONAL of the length of Delete of a Child SA, acknowledged"
            : "INFORMATIONAL right behind the rekey, as the Delete of the old Child SA is, acknowledged",
        ),
      ],
      isClaim: false,
      ...(isCertain ? {} : { sureAfter: SURE_BY_PLACE }),
    }));
}
