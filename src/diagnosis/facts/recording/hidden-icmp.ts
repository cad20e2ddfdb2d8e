import type { TunnelContext } from "../../context.js";

/** In the language of libpcap. */
const KEEPS_ICMP = /\bicmp6?\b/;
const NEGATES = /\bnot\b|!(?!=)/;

/**
 * Whether a filter of the recording may have left ICMP out: the capture holds nothing but IPsec, no ICMP error, and names no filter that
 * keeps ICMP. That no error is there tells nothing then.
 */
export function mayHideIcmp({ capture, tunnel }: TunnelContext): boolean {
  if (capture.observations.otherPackets > 0 || tunnel.icmp.length > 0) return false;
  const { files } = capture;
  const keepsIcmp = (filter: string): boolean => KEEPS_ICMP.test(filter) && !NEGATES.test(filter);
  return !(files.length > 0 && files.every(({ filters }) => filters.length > 0 && filters.every(keepsIcmp)));
}
