import type { Product } from "./product.js";

/** Ruijie routers. */
export const RUIJIE: Product = {
  name: "Ruijie",
  id: "ruijie",
  alsoCalled: ["锐捷"],
  implementations: [],
  commands: {
    status: ["show crypto isakmp sa", "show crypto ipsec sa"],
    proposals: ["crypto isakmp policy 1", "encryption", "group"],
    child: ["crypto ipsec transform-set NAME", "match address 101"],
    credentials: ["crypto isakmp key 0 SECRET address PEER"],
    deadPeer: ["crypto isakmp keepalive 5 periodic"],
  },
};
