import type { FrameRef } from "../bytes/frame.js";
import type { ByteSource, CaptureRecord } from "../capture/source.js";
import { type KeptFrame, keptFrame } from "./recent/kept-frame.js";
import { RecentBytes } from "./recent/recent-bytes.js";
import { RecordSearch } from "./recent/record-search.js";
import { type TunnelFrameLimits, TunnelFrames, type TunnelKey } from "./recent/tunnel-frames.js";

export interface RecentLimits {
  /** Bytes of the capture that are kept as they came. */
  readonly bytes?: number;
  readonly tunnels?: TunnelFrameLimits;
}

/** Some seconds of a busy gateway, or an hour of a quiet one. */
const BYTES = 32 * 1024 * 1024;

/**
 * What a live capture remembers of its packets, so that the evidence of a finding can be written when it is raised: of each
 * tunnel its newest messages, and of all that came the newest bytes.
 */
export class RecentFrames {
  readonly #tunnels: TunnelFrames;
  readonly #bytes: RecentBytes;

  constructor(limits: RecentLimits = {}) {
    this.#tunnels = new TunnelFrames(limits.tunnels);
    this.#bytes = new RecentBytes(limits.bytes ?? BYTES);
  }

  /** See {@link RecentBytes.tee}. */
  tee(source: ByteSource, framesBefore: number): ByteSource {
    return this.#bytes.tee(source, framesBefore);
  }

  /**
   * Keeps a frame of a tunnel: an IKE message, an ICMP error, a fragment. `frame` counts from the start of the program;
   * `settled`: see {@link TunnelFrames.add}.
   */
  frame(tunnel: TunnelKey, settled: boolean, record: CaptureRecord, frame: FrameRef): void {
    this.#tunnels.add(tunnel, settled, keptFrame(record, frame));
  }

  /** Lets go of what is kept of a tunnel that is given up. */
  forget(tunnel: TunnelKey): void {
    this.#tunnels.forget(tunnel);
  }

  /** The frames that were kept of a tunnel, the oldest first. */
  framesOf(tunnel: TunnelKey): readonly KeptFrame[] {
    return this.#tunnels.of(tunnel);
  }

  /** Steps through all that is still there from that frame on. */
  search(fromFrame: FrameRef = 0): RecordSearch {
    return new RecordSearch(this.#bytes, fromFrame);
  }

  /** Bytes that frames of tunnels take now, and tunnels whose frames had to give way to others. */
  get usage(): { readonly bytes: number; readonly evicted: number } {
    const { bytes, evicted } = this.#tunnels;
    return { bytes, evicted };
  }
}
