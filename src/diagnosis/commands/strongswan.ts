import { LINUX } from "./linux.js";
import type { Product } from "./product.js";

/** strongSwan 5.9 and newer, by swanctl. */
export const STRONGSWAN: Product = {
  name: "strongSwan",
  id: "strongswan",
  implementations: ["strongSwan", "strongSwan for Android", "strongSwan 4"],
  system: LINUX,
  commands: {
    status: ["swanctl --list-sas"],
    log: ["swanctl --log", "journalctl -u strongswan"],
    listen: ["systemctl status strongswan"],
    load: ["swanctl --stats"],
    proposals: ["proposals = aes256gcm16-prfsha384-ecp384", "swanctl --list-algs"],
    child: [
      "swanctl --list-conns",
      "esp_proposals = aes256gcm16-ecp384",
      "local_ts = 10.1.0.0/24",
      "remote_ts = 10.2.0.0/24",
    ],
    version: ["version = 2", "aggressive = no"],
    extensions: ["ppk_required = no", "charon.follow_redirects = no"],
    ppk: ["ppk_id = NAME", "ppk_required = no"],
    credentials: ["swanctl --list-conns", "swanctl --list-certs", "swanctl --load-creds"],
    login: ["auth = eap-radius", "auth = xauth", "charon.plugins.eap-tls.fragment_size = 512"],
    uniqueness: ["unique = never"],
    fragmentation: ["fragmentation = yes", "charon.fragment_size = 1200"],
    natTraversal: ["encap = yes"],
    keepalive: ["charon.keep_alive = 20s"],
    mobike: ["mobike = yes"],
    restart: ["swanctl --terminate --ike NAME", "swanctl --initiate --child NAME"],
    deadPeer: ["dpd_delay = 30s", "dpd_action = restart"],
    lifetimes: ["rekey_time = 4h", "reauth_time = 0", "rand_time = 24m", "charon.make_before_break = yes"],
    start: ["start_action = trap", "start_action = none"],
    halfOpen: [
      "charon.cookie_threshold = 30",
      "charon.cookie_threshold_ip = 3",
      "charon.block_threshold = 5",
    ],
    replayWindow: ["replay_window = 1024"],
    trap: ["start_action = trap"],
  },
};
