import { icmpVerdict } from "../../facts/icmp-errors.js";
import { defineRule } from "../../rule.js";

export const icmpProtocolUnreachable = defineRule({
  code: "icmp-protocol-unreachable",
  severity: "critical",
  title: "The receiver of ESP has nothing that takes it",
  explanation:
    "The host that ESP is sent to answers that it does not know the protocol: its IPsec is not running, or was never set up in its kernel.",
  signature:
    "ICMP type 3 code 2 (ICMPv6 type 4 code 1, unrecognized next header) that quotes an ESP or AH packet of these peers.",
  remedies: [
    "At the host that sent the ICMP message: is IPsec loaded in its kernel (modules esp4, esp6, xfrm), and is the daemon running?",
    "Is that host the VPN gateway at all? A NAT rule or a failover may send protocol 50 to another host than UDP 500.",
    "Behind NAT use UDP encapsulation (NAT-T), so that ESP goes where IKE goes.",
  ],
  commands: ["status", "restart", "firewall"],
  references: ["RFC 792", "RFC 4443 section 3.4"],
  onlyWith: ["icmp"],
  detect: (context) => icmpVerdict(context, "icmp-protocol-unreachable"),
});
