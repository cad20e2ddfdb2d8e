/** What a laboratory cut, dropped or filtered on the way between its two sniffers, and how grave that is. */
export const LOST_BETWEEN: Readonly<Record<string, "critical" | "warning">> = {
  "answer4500-blocked": "critical",
  "answer500-blocked": "critical",
  "auth-blocked-500": "critical",
  "dpd-ike-only-cut": "critical",
  "dpd-ikev1-path-cut": "critical",
  "dpd-path-cut": "critical",
  "esp-large-packets-lost": "critical",
  "esp-large-tcp-lost": "critical",
  "esp-loss": "warning",
  "esp-one-way-in": "critical",
  "esp-one-way-later": "critical",
  // Of two Child SAs one is lost whole, the other not at all.
  "esp-one-way-one-child": "warning",
  "esp-one-way-out": "critical",
  "esp-one-way-out-answered": "critical",
  "half-open-limit": "critical",
  // Follows from icmp-frag-needed, which says why.
  "icmp-frag-needed-ignored": "warning",
  "ike-fragments-dropped": "critical",
  "ikev1-fragments-dropped": "critical",
  "ip-fragments-dropped": "critical",
  "ip-fragments-tail-dropped": "critical",
  "mobike-failed": "critical",
  // Follows from nat-mapping-changed, which says why.
  "nat-rebinding": "warning",
  "kernel-esp-loss": "warning",
  "libreswan-dpd-ikev1": "critical",
  "path-lost": "critical",
  "port4500-blocked": "critical",
  "port4500-blocked-nat": "critical",
  "rekey-unanswered": "critical",
};
