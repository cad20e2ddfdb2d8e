import type { Micros } from "../../bytes/time.js";
import { IKE_PORT, NAT_T_PORT } from "../../ike/ports.js";
import { type Setup, severityUnlessHealed, type TunnelContext } from "../context.js";

/** A fault is no longer critical where a later setup came further, or where the peers still have a tunnel behind it. */
export function severityUnlessMended(
  context: TunnelContext,
  failed: Setup,
  lastTime: Micros,
): ReturnType<typeof severityUnlessHealed> {
  return carriesTrafficAfter(context, lastTime)
    ? { severity: "warning" }
    : severityUnlessHealed(context, failed, lastTime);
}

/**
 * Whether ESP or AH passes both ways after `time`. Not to be told where several clients share one address: the traffic
 * may be another's.
 */
export function carriesTrafficAfter(context: TunnelContext, time: Micros): boolean {
  if (hasSeveralClients(context)) return false;
  const { tunnel } = context;
  const sources = new Set(
    tunnel.streams
      .filter(({ lastTime }) => lastTime > time)
      .map(({ source }) => tunnel.aliases.find(({ address }) => address === source)?.standsFor ?? source),
  );
  return sources.size > 1;
}

/** Setups come from different ports, of which a translator chose at least one. */
function hasSeveralClients({ setups }: TunnelContext): boolean {
  const ports = new Set(setups.filter(({ sa }) => sa.startSeen).map(({ sa }) => sa.initiator.port));
  return ports.size > 1 && [...ports].some((port) => port !== IKE_PORT && port !== NAT_T_PORT);
}
