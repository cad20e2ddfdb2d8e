import { icmpVerdict } from "../../facts/icmp-errors.js";
import { defineRule } from "../../rule.js";

export const icmpPortUnreachable = defineRule({
  code: "icmp-port-unreachable",
  severity: "critical",
  title: "Nothing listens on the IKE port",
  explanation:
    "An ICMP port unreachable came back for the IKE packet: the host is there, but no daemon has the port open.",
  signature:
    "ICMP type 3 code 3 (ICMPv6 type 1 code 4) that quotes an IKE packet of these peers; its sender tells who has no daemon.",
  remedies: [
    "Start the IKE daemon at the address that sent the ICMP message ('systemctl status strongswan ipsec').",
    "'ss -lunp | grep -E \":(500|4500)\"' there must show the daemon, on the right address.",
    "If the address that answered is not the VPN gateway: correct the peer address or the port forwarding.",
  ],
  commands: ["listen", "status"],
  references: ["RFC 792", "RFC 4443 section 3.1"],
  yieldsTo: ["nat-mapping-expired"],
  onlyWith: ["icmp"],
  detect: (context) => icmpVerdict(context, "icmp-port-unreachable"),
});
