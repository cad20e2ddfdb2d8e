import { icmpVerdict } from "../../facts/icmp-errors.js";
import { defineRule } from "../../rule.js";

export const icmpAdminProhibited = defineRule({
  code: "icmp-admin-prohibited",
  severity: "critical",
  title: "A firewall refuses the packets",
  explanation: "The device that sent the ICMP message says that a policy forbids this traffic.",
  signature:
    "ICMP type 3 code 9, 10 or 13 (ICMPv6 type 1 code 1) that quotes an IKE or ESP packet of these peers.",
  remedies: [
    "Change the access list or firewall rule at the address that sent the ICMP message: allow UDP 500 and 4500 (and ESP, IP protocol 50) between the peers, both ways.",
  ],
  commands: ["firewall"],
  references: ["RFC 1812 section 5.2.7.1", "RFC 4443 section 3.1"],
  onlyWith: ["icmp"],
  detect: (context) => icmpVerdict(context, "icmp-admin-prohibited"),
});
