import type { KeptFrame } from "./kept-frame.js";

/** The most that is kept; bytes are those of frames and what an object costs beside them. */
export interface TunnelFrameLimits {
  /** Frames of a tunnel, and their bytes. */
  readonly frames: number;
  readonly bytes: number;
  /** Bytes of all tunnels. */
  readonly total: number;
}

/** The tunnel that frames belong to: its number, or another key of the caller. */
export type TunnelKey = number | string;

interface Ring {
  readonly frames: KeptFrame[];
  bytes: number;
}

const LIMITS: TunnelFrameLimits = { frames: 128, bytes: 128 * 1024, total: 64 * 1024 * 1024 };
/** Bytes that a frame costs beside its own, and a tunnel beside its frames. */
const FRAME_COST = 400;
const TUNNEL_COST = 400;
/** The part of the room that nobody else can take from those who are not settled. */
const STRANGERS_SHARE = 1 / 4;

/**
 * The newest frames of each tunnel: IKE messages, ICMP errors, fragments. Where all of them outgrow the room, the tunnel of
 * which nothing came for the longest time gives way; a stranger as long as strangers have more than a quarter of it, else
 * a settled one. So a flood of strangers takes nothing from settled tunnels, and a new peer has a place beside them.
 */
export class TunnelFrames {
  readonly #limits: TunnelFrameLimits;
  /** In the order of their newest frames, the oldest first. */
  readonly #settled = new Map<TunnelKey, Ring>();
  readonly #strangers = new Map<TunnelKey, Ring>();
  #settledBytes = 0;
  #strangerBytes = 0;
  #evicted = 0;

  constructor(limits: TunnelFrameLimits = LIMITS) {
    this.#limits = limits;
  }

  /** Bytes that are held now. */
  get bytes(): number {
    return this.#settledBytes + this.#strangerBytes;
  }

  /** Tunnels whose frames had to give way, since the beginning. */
  get evicted(): number {
    return this.#evicted;
  }

  /** Keeps a frame; `settled`: both peers have spoken, so it is not one of those that anybody can make up. */
  add(tunnel: TunnelKey, settled: boolean, frame: KeptFrame): void {
    const ring = this.#remove(tunnel) ?? { frames: [], bytes: TUNNEL_COST };
    ring.frames.push(frame);
    ring.bytes += costOf(frame);
    const { frames, bytes } = this.#limits;
    // A single frame stays however large it is: no frame is larger than what a capture's record may hold.
    while (ring.frames.length > frames || (ring.bytes > bytes && ring.frames.length > 1)) {
      const oldest = ring.frames.shift();
      if (oldest === undefined) break;
      ring.bytes -= costOf(oldest);
    }
    if (settled) {
      this.#settled.set(tunnel, ring);
      this.#settledBytes += ring.bytes;
    } else {
      this.#strangers.set(tunnel, ring);
      this.#strangerBytes += ring.bytes;
    }
    while (this.bytes > this.#limits.total && this.#evictOne());
  }

  /** The frames of a tunnel, the oldest first. */
  of(tunnel: TunnelKey): readonly KeptFrame[] {
    return (this.#settled.get(tunnel) ?? this.#strangers.get(tunnel))?.frames ?? [];
  }

  /** Lets go of a tunnel that is given up. */
  forget(tunnel: TunnelKey): void {
    this.#remove(tunnel);
  }

  #remove(tunnel: TunnelKey): Ring | undefined {
    const settled = this.#settled.get(tunnel);
    if (settled !== undefined) {
      this.#settled.delete(tunnel);
      this.#settledBytes -= settled.bytes;
      return settled;
    }
    const stranger = this.#strangers.get(tunnel);
    if (stranger === undefined) return undefined;
    this.#strangers.delete(tunnel);
    this.#strangerBytes -= stranger.bytes;
    return stranger;
  }

  #evictOne(): boolean {
    const isStranger = this.#strangerBytes > this.#limits.total * STRANGERS_SHARE || this.#settled.size === 0;
    const [oldest] = (isStranger ? this.#strangers : this.#settled).keys();
    if (oldest === undefined) return false;
    this.#remove(oldest);
    this.#evicted++;
    return true;
  }
}

function costOf({ bytes }: KeptFrame): number {
  return bytes.length + FRAME_COST;
}
