import { LINUX } from "./linux.js";
import type { Product } from "./product.js";

/** Libreswan 4 and newer. */
export const LIBRESWAN: Product = {
  name: "Libreswan",
  id: "libreswan",
  alsoCalled: ["openswan"],
  implementations: ["Libreswan", "Openswan or Libreswan", "Openswan"],
  system: LINUX,
  commands: {
    status: ["ipsec whack --status", "ipsec whack --trafficstatus"],
    log: ["journalctl -u ipsec"],
    listen: ["systemctl status ipsec", "ipsec whack --listen"],
    load: ["ipsec whack --globalstatus"],
    proposals: ["ike=aes_gcm256-sha2_384-dh20", "ipsec algparse -v ike=aes_gcm256-sha2_384-dh20"],
    child: ["esp=aes_gcm256", "pfs=yes", "leftsubnet=10.1.0.0/24", "rightsubnet=10.2.0.0/24"],
    version: ["ikev2=yes", "aggressive=no"],
    extensions: ["ppk=no", "intermediate=no", "accept-redirect=no"],
    ppk: ["ppk=propose", "ppk=insist"],
    credentials: ["leftid=@NAME", "rightid=@PEER", "ipsec whack --listcerts", "ipsec whack --rereadsecrets"],
    login: ["rightxauthclient=yes", "leftxauthserver=yes"],
    uniqueness: ["uniqueids=no"],
    fragmentation: ["fragmentation=yes"],
    natTraversal: ["encapsulation=yes"],
    keepalive: ["nat-keepalive=yes"],
    mobike: ["mobike=yes"],
    tcp: ["listen-tcp=yes", "enable-tcp=fallback"],
    restart: ["ipsec auto --down NAME", "ipsec auto --up NAME"],
    deadPeer: ["dpddelay=30", "dpdtimeout=120"],
    lifetimes: ["ikelifetime=8h", "salifetime=1h", "rekeyfuzz=100%", "reauth=no"],
    start: ["auto=add", "auto=start"],
    halfOpen: ["ddos-mode=auto", "ddos-ike-threshold=25000"],
    replayWindow: ["replay-window=1024"],
    trap: ["auto=ondemand"],
  },
};
