import type { ReasonTable } from "./reason.js";

/** Lines of the IPSec and IKE log of ZyXEL gateways. */
export const ZYXEL_REASONS: ReasonTable = {
  by: "ZyXEL",
  source: "Prestige and ZyWALL IPSec log",
  reasons: [
    {
      said: "Local / remote IPs of incoming request conflict with rule",
      also: ["Verifying Local ID failed", "Verifying Remote ID failed"],
      codes: ["child-ts-unacceptable", "child-rejected"],
    },
    { said: "Discard REPLAY packet", codes: ["esp-reordered", "esp-duplicate"] },
    { said: "Inbound packet authentication failed", codes: ["esp-integrity-failed"] },
    {
      said: "Receive IPSec packet, but no corresponding tunnel exists",
      codes: ["esp-stale-spi", "esp-unknown-spi"],
    },
    { said: "IKE Packet Retransmit", codes: ["retransmissions", "ike-init-unanswered"] },
    { said: "Rule * idle time out, disconnect", codes: ["sa-deleted-by-peer"] },
  ],
};
