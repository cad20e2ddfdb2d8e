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

/** Whether ESP of both directions that was under way at `time` pauses there, or ends while the capture goes on. */
export function trafficPausesAt({ tunnel, capture }: TunnelContext, time: Micros): boolean {
  const directions = espDirectionsOf(tunnel);
  const end = capture.observations.lastTime ?? time;
  return directions.length > 1 && directions.every(({ espSas }) => pauses(espSas, time, end));
}

function pauses(espSas: readonly EspSa[], time: Micros, end: Micros): boolean {
  const before = espSas.filter((espSa) => espSa.firstTime < time && espSa.lastTime >= time - UNDER_WAY_US);
  const packets = before.reduce((sum, espSa) => sum + espSa.packets, 0);
  if (packets < FLOW_PACKETS) return false;
  const first = Math.min(...before.map(({ firstTime }) => firstTime));
  const last = Math.max(...before.map(({ lastTime }) => lastTime));
  if (last > time + HANDOVER_US) return false;
  const next = Math.min(
    end,
    ...espSas.filter(({ firstTime }) => firstTime >= time).map((espSa) => espSa.firstTime),
  );
  return next - last > Math.max(PAUSE.least, (PAUSE.usual * (last - first)) / packets);
}
