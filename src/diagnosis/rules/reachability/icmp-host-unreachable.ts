import { icmpRule } from "../../facts/icmp-errors.js";

export const icmpHostUnreachable = icmpRule("icmp-host-unreachable");
