import { icmpRule } from "../../facts/icmp-errors.js";

export const icmpAdminProhibited = icmpRule("icmp-admin-prohibited");
