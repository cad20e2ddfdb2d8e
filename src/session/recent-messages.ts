import type { Sighting } from "./model.js";
import { OldestFirst } from "./oldest-first.js";
import type { TunnelBuilder } from "./tunnel-builder.js";

/**
 * Copies of one packet that a capture holds (mirror port, "-i any", both sides of a NAT) come within moments;
 * no daemon sends again before half a second.
 */
const COPY_WINDOW = 100_000;
const LIMIT = 4096;

type Seen = { readonly digest: number; readonly sighting: Sighting };

export interface RecentMessage {
  readonly sighting: Sighting;
  readonly tunnel: TunnelBuilder;
}

/** The messages of the last moments, by which copies are told. */
export class RecentMessages {
  readonly #byDigest = new OldestFirst<number, RecentMessage>();

  add({ digest, sighting }: Seen, tunnel: TunnelBuilder): void {
    this.#byDigest.set(digest, { sighting, tunnel });
    if (this.#byDigest.size > LIMIT) this.#byDigest.take();
  }

  /** The packet that this one is a copy of. */
  originalOf({ digest, sighting }: Seen): RecentMessage | undefined {
    const recent = this.#byDigest.get(digest);
    if (recent === undefined || sighting.time - recent.sighting.time > COPY_WINDOW) return undefined;
    // An answer to each of two quick requests may be the same byte for byte, but it is another packet.
    return sighting.identification === recent.sighting.identification ? recent : undefined;
  }
}
