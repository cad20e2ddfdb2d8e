import type { Product } from "./product.js";

/** Hillstone StoneOS. */
export const HILLSTONE: Product = {
  name: "Hillstone StoneOS",
  id: "hillstone",
  alsoCalled: ["stoneos", "山石"],
  implementations: [],
  commands: {
    status: ["show isakmp sa", "show ipsec sa", "show tunnel ipsec auto NAME"],
    load: ["show cpu detail"],
    proposals: ["show isakmp proposal", "isakmp proposal NAME", "isakmp-proposal NAME"],
    child: ["show ipsec proposal", "ipsec-proposal NAME", "id local NET remote NET service any"],
    version: ["show isakmp peer NAME", "protocol-standard ikev2", "mode main"],
    credentials: ["show isakmp peer NAME", "pre-share KEY", "local-id fqdn NAME", "peer-id fqdn NAME"],
    login: ["show xauth client NAME"],
    mss: ["df-bit clear"],
    natTraversal: ["nat-traversal"],
    tcp: ["negotiate-transport-protocol udp"],
    restart: ["clear isakmp sa PEER", "clear ipsec sa"],
    deadPeer: ["dpd interval 10 retry 3"],
    lifetimes: ["lifetime SECONDS", "lifesize KILOBYTES"],
    start: ["connection-type bidirectional", "auto-connect"],
    replayWindow: ["anti-replay 1024"],
  },
};
