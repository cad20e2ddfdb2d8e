import type { Role } from "../../../session/model.js";
import { otherRole } from "../../../session/model/queries.js";
import { type BehindNat, firstJudgement, type NatJudgement } from "../../../session/nat.js";
import type { TunnelContext } from "../../context.js";
import { isNear } from "../side.js";
import { canonicalOf } from "../sides.js";

/**
 * Which side is behind NAT, as the findings and all forms of the report tell it, by the roles of the tunnel's first IKE SA; null for a
 * side that may only force UDP encapsulation. Without the packets that it was told by: there are as many of these as tunnels.
 */
export function behindNat(context: TunnelContext): BehindNat | null {
  const nat = firstJudgement(context.tunnel, context.setups);
  if (nat === null) return null;
  const told = toldOf(context, nat);
  return isTurned(context, nat)
    ? {
        initiatorBehindNat: told.responderBehindNat,
        responderBehindNat: told.initiatorBehindNat,
        forced: told.forced,
      }
    : told;
}

/** A capture that begins later may show a rekey of the responder first, and the hashes in a later setup. */
function isTurned({ tunnel, setups }: TunnelContext, { addresses }: NatJudgement): boolean {
  const [first] = setups;
  return (
    first !== undefined &&
    canonicalOf(tunnel, first.sa.initiator.address) === canonicalOf(tunnel, addresses.responder)
  );
}

function toldOf(context: TunnelContext, nat: NatJudgement): BehindNat {
  const { initiatorBehindNat, responderBehindNat, forced } = nat;
  if (initiatorBehindNat === true && responderBehindNat === true) {
    const unproven = unprovenOf(nat);
    if (unproven === null) return { initiatorBehindNat, responderBehindNat, forced };
    const told = forcesEncapsulation(context, nat, unproven) ? false : null;
    return unproven === "initiator"
      ? { initiatorBehindNat: told, responderBehindNat, forced }
      : { initiatorBehindNat, responderBehindNat: told, forced };
  }
  const told = (behind: boolean | null): boolean | null =>
    behind === true && nat.mayBeForced ? null : behind;
  return {
    initiatorBehindNat: told(initiatorBehindNat),
    responderBehindNat: told(responderBehindNat),
    forced,
  };
}

/**
 * Of two sides that seem to be behind NAT the one of which only its own hash says so: a setting makes that wrong, too, while NAT before
 * the capture point makes the other side's hash of it wrong, if the capture has that. Null where NAT is proven for both.
 */
export function unprovenOf(nat: NatJudgement): Role | null {
  const isUnproven = (role: Role): boolean =>
    nat[role].source === "mismatch" && nat[otherRole(role)].destination !== "mismatch";
  if (isUnproven("responder")) return "responder";
  return isUnproven("initiator") ? "initiator" : null;
}

/** Whether the hash of a side that is {@link unprovenOf} is wrong already where it leaves. */
export function forcesEncapsulation(context: TunnelContext, nat: NatJudgement, unproven: Role): boolean {
  return isNear(context, nat.addresses[unproven]);
}
