import type { Message } from "../../texts/message.js";
import type { Between } from "./between.js";
import { remediesAt } from "./device-texts.js";
import type { Passage } from "./passage.js";

const ONE_WAY =
  "What lies between the two capture points: firewalls, NAT devices, provider routers, security groups. One of them drops these packets, in this direction.";
const BOTH_WAYS =
  "What lies between the two capture points loses packets of both directions: rather a line or a device that was down for this time than a rule of a firewall. Compare the logs of routers and of the provider.";
const HALFWAY = "A third capture halfway tells in which half they are lost.";

/** Steps for what is lost on the passage: those for its size or its fragments first, then those at the place where it is lost. */
export function remediesOn(passage: Passage, { lost, isBothWays }: Between): readonly Message[] {
  return [
    ...(isBothWays === true ? [] : remediesForKind(lost)),
    ...(remediesAt(passage) ?? [isBothWays === true ? BOTH_WAYS : ONE_WAY, HALFWAY]),
  ];
}

function remediesForKind(kind: Between["lost"]): readonly Message[] {
  switch (kind) {
    case "messages":
      return [];
    case "a-part":
      return ["Look for a policer, a full link, or a CPU at its limit: loss that grows with the load."];
    case "large-esp":
      return [
        "Clamp the TCP MSS of what goes into the tunnel to the number in the finding.",
        "Let ICMP type 3 code 4 (IPv6: ICMPv6 type 2) pass on every firewall between the gateways, so that path MTU discovery works.",
      ];
    case "ike-fragments":
      return [
        "Lower the fragment size.",
        "Look for a device that polices bursts of UDP or drops packets by size.",
      ];
    case "ip-fragments":
      return [
        "Switch on IKE fragmentation at both ends, so that no IP fragments are needed.",
        "Let IP fragments pass on the firewalls between the peers; many drop them by default.",
      ];
  }
}
