import { mayBeOtherClients } from "../../../session/clients/ports.js";
import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import { isTranslatedPort } from "../../../session/model/queries.js";
import type { Setup, TunnelContext } from "../../context.js";
import type { Finding } from "../../finding.js";
import { ownStreamsOf } from "../nat/own-streams.js";
import { setupsCited } from "../life/setups.js";

/** Whether a packet of ESP or AH that can be of the client of `setup` comes after `time`. */
export function carriesEspAfter(context: TunnelContext, setup: Setup, time: Micros): boolean {
  const isOwn = ownStreamsOf(context, setup);
  return context.tunnel.streams.some((stream) => stream.lastTime > time && isOwn(stream));
}

/** When the client of `setup` begins another IKE SA after `time`, or, where `by` is given, the end of that address; null where none does. */
export function beginsAnewAt(
  context: TunnelContext,
  setup: Setup,
  time: Micros,
  by: Address | null = null,
): Micros | null {
  const times = context.setups.flatMap(({ sa }) =>
    sa.startSeen &&
    sa.firstTime > time &&
    sa.id !== setup.sa.id &&
    (by === null || sa.initiator.address === by)
      ? [sa.firstTime]
      : [],
  );
  return times.length === 0 ? null : Math.min(...times);
}

/** Whether the client of `setup` begins another IKE SA after `time`. */
export function beginsAnewAfter(context: TunnelContext, setup: Setup, time: Micros): boolean {
  return beginsAnewAt(context, setup, time) !== null;
}

/** Whether several clients behind one NAT device may share the address of the initiator. */
export function mayShareAddress(context: TunnelContext): boolean {
  return context.tunnel.client !== null || hasSeveralClients(context);
}

/** Whether two findings cite messages of IKE SAs that are those of different clients, where several are there at once. */
export function areOfOtherClients(
  context: TunnelContext,
  one: Pick<Finding, "evidence">,
  other: Pick<Finding, "evidence">,
): boolean {
  if (!mayShareAddress(context)) return false;
  const [cited, citedToo] = [setupsCited(context.setups, one), setupsCited(context.setups, other)];
  return (
    cited.length > 0 &&
    citedToo.length > 0 &&
    cited.every(({ sa }) => citedToo.every((too) => mayBeOtherClients(sa, too.sa)))
  );
}

/** Setups come from different ports, of which a NAT device chose at least one. */
export function hasSeveralClients({ setups }: TunnelContext): boolean {
  const ports = new Set(setups.filter(({ sa }) => sa.startSeen).map(({ sa }) => sa.initiator.port));
  return ports.size > 1 && [...ports].some((port) => isTranslatedPort({ port }));
}
