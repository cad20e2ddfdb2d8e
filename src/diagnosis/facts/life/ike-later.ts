import { sightingsOf } from "../../../session/sightings.js";
import type { Micros } from "../../../bytes/time.js";
import type { IkeSa, Sighting } from "../../../session/model.js";
import type { TunnelContext } from "../../context.js";
import { canonicalOf } from "../sides.js";

/** IKE of one side after a moment, by what it proves. */
export interface IkeLater {
  /** Its first message in an IKE SA that was there at that moment; null where there is none. */
  readonly inside: Sighting | null;
  /** The first one in an IKE SA that was set up since: that side lives, and may have forgotten the SAs before. */
  readonly anew: Sighting | null;
}

/** The IKE messages of `address` after `time`. */
export function ikeLater({ setups, tunnel }: TunnelContext, address: string, time: Micros): IkeLater {
  const first = (sas: readonly IkeSa[]): Sighting | null =>
    sas
      .flatMap(sightingsOf)
      .filter((sighting) => sighting.time > time && canonicalOf(tunnel, sighting.source.address) === address)
      .toSorted((a, b) => a.time - b.time)[0] ?? null;
  const sas = setups.map(({ sa }) => sa);
  return {
    inside: first(sas.filter((sa) => wasThereAt(sa, time))),
    anew: first(sas.filter((sa) => !wasThereAt(sa, time))),
  };
}

/** Whether an IKE SA is no newer than `time`: one that begins without a setup is older than the capture, or was rekeyed from one. */
export function wasThereAt({ startSeen, firstTime }: IkeSa, time: Micros): boolean {
  return !startSeen || firstTime <= time;
}
