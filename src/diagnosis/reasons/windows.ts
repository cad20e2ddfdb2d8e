import type { ReasonTable } from "./reason.js";

/** Errors that the VPN client of Windows shows, with the number in the event RasClient 20227. */
export const WINDOWS_REASONS: ReasonTable = {
  by: "Windows",
  source: "rasdial errors",
  reasons: [
    {
      said: "The network connection between your computer and the VPN server could not be established because the remote server is not responding",
      also: ["ERROR_VPN_TIMEOUT", "error code 809", "error 809", "809"],
      codes: [
        "ike-init-unanswered",
        "natt-4500-unanswered",
        "ip-fragments-lost",
        "ike-fragments-lost",
        "ike-auth-unanswered",
      ],
    },
  ],
};
