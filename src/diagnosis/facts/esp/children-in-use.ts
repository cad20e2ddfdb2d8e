import type { ChildSa } from "../../../session/esp/child-sa.js";
import type { TunnelContext } from "../../context.js";
import { IN_FLIGHT_US } from "./one-direction.js";

/** The Child SAs that were not replaced by a younger one. */
export function childrenInUse({ tunnel }: TunnelContext): ChildSa[] {
  const youngest = Math.max(0, ...tunnel.childSas.map(({ generation }) => generation));
  const current = tunnel.childSas.filter(({ generation }) => generation === youngest);
  const complete = tunnel.childSas.filter(({ forward, backward }) => forward !== null && backward !== null);
  // The last packets of a Child SA that began before the capture need not have both directions.
  const isRest = (child: ChildSa): boolean =>
    child.madeBy === null && complete.some((other) => beginOf(other) > beginOf(child));
  return current.filter((child) => !isRest(child) && !isPassedOver(child, tunnel.childSas));
}

/**
 * Whether both sides rekeyed at once, and of what one of them made only its own direction was ever used: the other side answered in
 * the Child SA before, until a pair came that both use.
 */
function isPassedOver(half: ChildSa, children: readonly ChildSa[]): boolean {
  if (half.forward !== null && half.backward !== null) return false;
  const [used, missing] = half.forward === null ? BACKWARD : FORWARD;
  const own = half[used];
  if (own === null) return false;
  const isAnswered = children.some(
    (child) =>
      (child[used]?.lastTime ?? Infinity) <= own.firstTime + IN_FLIGHT_US &&
      (child[missing]?.lastTime ?? 0) > own.firstTime,
  );
  const isReplaced = children.some(
    ({ forward, backward }) =>
      (forward?.firstTime ?? 0) > own.lastTime && (backward?.firstTime ?? 0) > own.lastTime,
  );
  return isAnswered && isReplaced;
}

/**
 * After a rekey one side may go on with the Child SA before, until it is told that it is deleted: the asker has left that one,
 * and what answers it still comes. That Child SA, or null.
 */
export function olderInUse({ tunnel }: TunnelContext, half: ChildSa): ChildSa | null {
  const [used, missing] = half.forward === null ? BACKWARD : FORWARD;
  const own = half[used];
  if (own === null) return null;
  const older = tunnel.childSas.find((child) => {
    const [left, instead] = [child[used], child[missing]];
    if (left === null || instead === null || left.lastTime > own.firstTime + IN_FLIGHT_US) return false;
    return instead.lastTime > own.firstTime + IN_FLIGHT_US && instead.lastTime > own.lastTime - IN_FLIGHT_US;
  });
  return older ?? null;
}

const FORWARD = ["forward", "backward"] as const;
const BACKWARD = ["backward", "forward"] as const;

function beginOf({ forward, backward }: ChildSa): number {
  return Math.min(forward?.firstTime ?? Infinity, backward?.firstTime ?? Infinity);
}
