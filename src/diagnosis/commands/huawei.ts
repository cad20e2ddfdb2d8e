import type { Product } from "./product.js";

/** Huawei USG firewalls and AR routers. */
export const HUAWEI: Product = {
  name: "Huawei USG or AR",
  id: "huawei",
  alsoCalled: ["usg", "ar", "vrp", "华为"],
  implementations: [],
  commands: {
    status: ["display ike sa", "display ipsec sa", "display ipsec statistics"],
    log: ["display ike error-info", "display ike offline-info"],
    proposals: ["display ike proposal", "encryption-algorithm", "authentication-algorithm", "dh"],
    child: ["display ipsec proposal", "display ipsec policy", "display acl"],
    version: ["display ike peer", "exchange-mode"],
    credentials: ["display ike peer", "pre-shared-key", "id-type"],
    restart: ["reset ike sa", "reset ipsec sa"],
    deadPeer: ["dpd msg", "dpd type"],
    replayWindow: ["anti-replay window"],
  },
};
