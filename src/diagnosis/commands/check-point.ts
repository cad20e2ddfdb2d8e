import type { Product } from "./product.js";

/** Check Point gateways. */
export const CHECK_POINT: Product = {
  name: "Check Point",
  id: "check-point",
  alsoCalled: ["checkpoint", "gaia"],
  implementations: ["Check Point"],
  commands: {
    status: ["vpn tu tlist", "vpn tu"],
    log: ["vpn debug trunc", "vpn debug ikeon", "vpn debug ikeoff"],
    restart: ["vpn tu"],
  },
};
