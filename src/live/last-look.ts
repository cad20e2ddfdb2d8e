import type { Finding } from "../diagnosis/finding.js";

/** The findings and tunnels that the last judgement of a capture that ends leaves open. */
export interface LastLook {
  /** Found, and not raised, for they have not stood for long enough. */
  readonly waiting: readonly Finding[];
  /** Tunnels that were to be judged again, and for which there was no time. */
  readonly left: number;
}
