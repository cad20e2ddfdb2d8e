import { icmpRule } from "../../facts/icmp-errors.js";

export const icmpPortUnreachable = icmpRule("icmp-port-unreachable");
