import type { ReasonTable } from "./reason.js";

/** Lines of the log of RouterOS with the topic ipsec. */
export const MIKROTIK_REASONS: ReasonTable = {
  by: "MikroTik RouterOS",
  product: "mikrotik",
  source: "help.mikrotik.com, RouterOS, IPsec",
  reasons: [
    { said: "failed to get valid proposal", codes: ["ike-no-proposal-chosen"] },
    { said: "no suitable proposal found", codes: ["ike-no-proposal-chosen", "child-no-proposal-chosen"] },
    { said: "failed to pre-process ph1 packet", codes: ["ike-no-proposal-chosen", "peer-config-missing"] },
    {
      said: "failed to pre-process ph2 packet",
      codes: ["child-no-proposal-chosen", "child-ts-unacceptable"],
    },
    {
      said: "phase1 negotiation failed due to time up",
      codes: ["ike-init-unanswered", "natt-4500-unanswered", "authentication-failed"],
    },
    { said: "parsing packet failed, possible cause: wrong password", codes: ["authentication-failed"] },
  ],
};
