import type { IpHeader } from "../packet/ip/header.js";
import type { LinkParser } from "../packet/link/cursor.js";
import type { FragmentPosition } from "./fragments.js";
import type { AddressPair } from "./headers.js";
import type { Replacements } from "./ike/window.js";
import type { LocatedSegment } from "./tcp/segment-queue.js";

/** Outcome for a packet; negative values are those of OUTCOME, and then nothing was changed. */
export const DONE = 1;
/** It is a part of a packet: nothing was changed. */
export const PART = 2;

/** Context of the rewriter of one layer: what it has, and whom it asks where another packet lies inside. */
export interface Layers {
  readonly replacements: Replacements;
  /** The new bytes of the part that the frame holds; null where it is not known yet that it holds one. */
  readonly replacement: Uint8Array | null;
  /** Remembers the part at which the packet cannot be followed further; returns PART. */
  setAside(part: FragmentPosition | LocatedSegment): number;
  /** Rewrites the IP packet at `at`; `follows` says which version. Returns DONE, PART or an OUTCOME. */
  ip(follows: number, bytes: Uint8Array, at: number, end: number, wireEnd: number, depth: number): number;
  /** The same for the packet that the tunnel header at `start` leads to. */
  inner(
    tunnel: LinkParser,
    bytes: Uint8Array,
    start: number,
    end: number,
    wireEnd: number,
    depth: number,
  ): number;
}

/** Rewrites what an IP header carries, in place; returns DONE or PART. */
export type UpperRewriter = (
  header: IpHeader,
  addresses: AddressPair,
  depth: number,
  layers: Layers,
) => number;
