import type { Product } from "./product.js";

/** OpenBSD's iked and its portable version. */
export const OPENIKED: Product = {
  name: "OpenIKED",
  id: "openiked",
  alsoCalled: ["iked", "openbsd"],
  implementations: ["OpenBSD iked"],
  commands: {
    status: ["ikectl show sa"],
    log: ["ikectl log verbose", "ikectl monitor"],
    proposals: ["ikesa enc aes-256-gcm prf hmac-sha2-384 group ecp384"],
    child: ["childsa enc aes-256-gcm group ecp384", "from 10.1.0.0/24 to 10.2.0.0/24"],
    credentials: ["srcid NAME dstid PEER", "psk SECRET"],
    fragmentation: ["set fragmentation"],
    natTraversal: ["iked -t"],
    mobike: ["set nomobike"],
    restart: ["ikectl reset sa", "ikectl reset id NAME"],
    deadPeer: ["set dpd_check_interval 60"],
    lifetimes: ["ikelifetime 4h", "lifetime 3h bytes 512M"],
    start: ["ikev2 passive esp", "ikectl passive"],
  },
};
