/** Verdicts that need more than one gateway, in the order in which they are told: the first of a tunnel is its root. */
export const FLEET_CODES = [
  "fleet-message-lost",
  "fleet-esp-stopped",
  "fleet-esp-too-large",
  "fleet-esp-lost",
  "fleet-outage",
  "fleet-flapping",
  "fleet-gateway-silent",
  "fleet-certificates-expiring",
  "fleet-nat-between",
] as const;
export type FleetCode = (typeof FLEET_CODES)[number];
