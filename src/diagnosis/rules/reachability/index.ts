import { ikeInitUnanswered } from "./ike-init-unanswered.js";
import { natt4500Unanswered } from "./natt-4500-unanswered.js";
import { ikeAuthUnanswered } from "./ike-auth-unanswered.js";
import { ikeAuthMissing } from "./ike-auth-missing.js";
import { ikeResponseLost } from "./ike-response-lost.js";
import { icmpPortUnreachable } from "./icmp-port-unreachable.js";
import { icmpAdminProhibited } from "./icmp-admin-prohibited.js";
import { icmpHostUnreachable } from "./icmp-host-unreachable.js";
import { icmpProtocolUnreachable } from "./icmp-protocol-unreachable.js";
import { peerSelectivelySilent } from "./peer-selectively-silent.js";
import { halfOpenLimit } from "./half-open-limit.js";
import { lostBetweenCaptures } from "./lost-between-captures.js";
import { loadBalancerSplit } from "./load-balancer-split.js";
import { puzzleDemanded } from "./puzzle-demanded.js";
import { pathLost } from "./path-lost.js";

/** The rules of this folder. */
export const REACHABILITY = {
  "ike-init-unanswered": ikeInitUnanswered,
  "natt-4500-unanswered": natt4500Unanswered,
  "ike-auth-unanswered": ikeAuthUnanswered,
  "ike-auth-missing": ikeAuthMissing,
  "ike-response-lost": ikeResponseLost,
  "icmp-port-unreachable": icmpPortUnreachable,
  "icmp-admin-prohibited": icmpAdminProhibited,
  "icmp-host-unreachable": icmpHostUnreachable,
  "icmp-protocol-unreachable": icmpProtocolUnreachable,
  "peer-selectively-silent": peerSelectivelySilent,
  "half-open-limit": halfOpenLimit,
  "lost-between-captures": lostBetweenCaptures,
  "load-balancer-split": loadBalancerSplit,
  "puzzle-demanded": puzzleDemanded,
  "path-lost": pathLost,
};
