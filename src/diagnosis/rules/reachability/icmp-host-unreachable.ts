import { icmpVerdict, saysTimeExceeded } from "../../facts/icmp-errors.js";
import { defineRule } from "../../rule.js";

const NO_ROUTE =
  "Check routing at the address that sent the ICMP message: a route to the peer, and that the peer's host answers there (ARP or neighbour discovery).";
const LOOP = "Time exceeded means a routing loop: follow it with traceroute.";

export const icmpHostUnreachable = defineRule({
  code: "icmp-host-unreachable",
  severity: "critical",
  title: "The peer cannot be reached by routing",
  explanation:
    "A router on the way says that it has no path to the peer, or that the packet went round too often.",
  signature:
    "ICMP type 3 code 0 or 1 (ICMPv6 type 1 code 0 or 3), or time exceeded in transit (type 11 code 0, ICMPv6 type 3 code 0), that quotes a packet of these peers.",
  remedies: [NO_ROUTE, LOOP],
  commands: ["route"],
  references: ["RFC 792", "RFC 4443 section 3.1", "RFC 4443 section 3.3"],
  onlyWith: ["icmp"],
  detect: (context) => {
    const verdict = icmpVerdict(context, "icmp-host-unreachable");
    return verdict === null || saysTimeExceeded(context) ? verdict : { remedies: [NO_ROUTE], ...verdict };
  },
});
