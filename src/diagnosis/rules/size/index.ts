import { ipFragmentsLost } from "./ip-fragments-lost.js";
import { ikeFragmentsLost } from "./ike-fragments-lost.js";
import { ikeFragmentationNotNegotiated } from "./ike-fragmentation-not-negotiated.js";
import { icmpFragNeeded } from "./icmp-frag-needed.js";
import { espLargePacketsLost } from "./esp-large-packets-lost.js";
import { espFragmented } from "./esp-fragmented.js";

/** The rules of this folder. */
export const SIZE = {
  "ip-fragments-lost": ipFragmentsLost,
  "ike-fragments-lost": ikeFragmentsLost,
  "ike-fragmentation-not-negotiated": ikeFragmentationNotNegotiated,
  "icmp-frag-needed": icmpFragNeeded,
  "esp-large-packets-lost": espLargePacketsLost,
  "esp-fragmented": espFragmented,
};
