import type { Micros } from "../../../bytes/time.js";
import type { EspSa } from "../../../session/esp/child-sa.js";
import type { TunnelContext } from "../../context.js";
import { espDirectionsOf } from "./esp-directions.js";

/** Packets that came within this time were under way. */
const UNDER_WAY_US: Micros = 5_000_000;
/** The SA in use may be used on for so long before it is replaced. */
const HANDOVER_US: Micros = 30_000_000;
/** A pause is longer than this, and than so many of the usual ones. */
const PAUSE = { least: 5_000_000, usual: 5 } as const;
const FLOW_PACKETS = 4;
/** A flow that ends by itself ends at any time; one that the new SA stops had a packet so shortly before. */
const LAST_BEFORE_US: Micros = 2_000_000;

/** Whether ESP of both directions that was under way at `time` pauses there, or ends while the capture goes on. */
export function trafficPausesAt({ tunnel, capture }: TunnelContext, time: Micros): boolean {
  const directions = espDirectionsOf(tunnel);
  const end = capture.observations.lastTime ?? time;
  return directions.length > 1 && directions.every(({ espSas }) => pauses(espSas, time, end));
}

/**
 * Whether ESP of one direction that was under way at `time` pauses there, while that of the other one goes on in a new SA: what is
 * sent has no reply any more, for one side uses an SA that the other one has not.
 */
export function pausesOneWayAt({ tunnel, capture }: TunnelContext, time: Micros): boolean {
  const directions = espDirectionsOf(tunnel);
  const end = capture.observations.lastTime ?? time;
  if (directions.length < 2) return false;
  return directions.some(({ espSas }) => {
    const pause = pauseOf(espSas, time, end);
    if (pause === null || pause.from < time - LAST_BEFORE_US) return false;
    return directions.some(
      (other) =>
        other.espSas !== espSas &&
        other.espSas.some(
          ({ firstTime, lastTime, packets }) =>
            firstTime >= time &&
            firstTime < pause.to &&
            packets >= FLOW_PACKETS &&
            lastTime - pause.from > PAUSE.least,
        ),
    );
  });
}

function pauses(espSas: readonly EspSa[], time: Micros, end: Micros): boolean {
  return pauseOf(espSas, time, end) !== null;
}

function pauseOf(espSas: readonly EspSa[], time: Micros, end: Micros): { from: Micros; to: Micros } | null {
  const before = espSas.filter((espSa) => espSa.firstTime < time && espSa.lastTime >= time - UNDER_WAY_US);
  const packets = before.reduce((sum, espSa) => sum + espSa.packets, 0);
  if (packets < FLOW_PACKETS) return null;
  const first = Math.min(...before.map(({ firstTime }) => firstTime));
  const last = Math.max(...before.map(({ lastTime }) => lastTime));
  if (last > time + HANDOVER_US) return null;
  const next = Math.min(
    end,
    ...espSas.filter(({ firstTime }) => firstTime >= time).map((espSa) => espSa.firstTime),
  );
  const isPause = next - last > Math.max(PAUSE.least, (PAUSE.usual * (last - first)) / packets);
  return isPause ? { from: last, to: next } : null;
}
