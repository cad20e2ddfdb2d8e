import type { TunnelContext } from "./context.js";

/**
 * What a tunnel has, or has not. esp: ESP or AH packets, whole or in part. icmp: ICMP errors that quote it. clear-flows: the
 * capture has packets in clear. ikev1: an IKE SA of that version. beyond-setup: exchanges behind a setup, or several IKE SAs.
 */
export type Trait = "esp" | "icmp" | "clear-flows" | "ikev1" | "beyond-setup";

const BITS: Readonly<Record<Trait, number>> = {
  esp: 1,
  icmp: 2,
  "clear-flows": 4,
  ikev1: 8,
  "beyond-setup": 16,
};

export function bitOf(trait: Trait): number {
  return BITS[trait];
}

/** The traits of a tunnel, a bit each. */
export function traitsOf({ tunnel, setups, capture }: TunnelContext): number {
  const { streams, brokenEsp, icmp } = tunnel;
  const isBeyond = setups.length > 1 || setups.some(({ progress }) => progress.later.length > 0);
  return (
    (streams.length > 0 || brokenEsp.size > 0 ? BITS.esp : 0) |
    (icmp.length > 0 ? BITS.icmp : 0) |
    (capture.clearFlows.length > 0 ? BITS["clear-flows"] : 0) |
    (setups.some(({ sa }) => sa.majorVersion === 1) ? BITS.ikev1 : 0) |
    (isBeyond ? BITS["beyond-setup"] : 0)
  );
}
