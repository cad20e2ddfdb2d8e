import type { Procedure } from "./procedure.js";

/** How an SA lives, and ends. */
export const SA_LIFE = {
  restart: {
    title: "End the SA and set it up anew",
    commands: {
      strongSwan: ["swanctl --terminate --ike NAME", "swanctl --initiate --child NAME"],
      Libreswan: ["ipsec auto --down NAME", "ipsec auto --up NAME"],
      Windows: ["rasdial NAME /disconnect", "rasdial NAME"],
      "Cisco IOS": ["clear crypto session remote PEER"],
      "Cisco ASA": ["clear crypto ikev2 sa PEER", "clear crypto ipsec sa peer PEER"],
      FortiGate: ["diagnose vpn ike gateway clear name NAME"],
    },
  },
  deadPeer: {
    title: "Dead peer detection",
    commands: {
      strongSwan: ["dpd_delay = 30s", "dpd_action = restart"],
      Libreswan: ["dpddelay=30", "dpdtimeout=120"],
      "Cisco IOS": ["crypto ikev2 dpd 30 5 periodic", "crypto isakmp keepalive 30 5 periodic"],
      "Cisco ASA": ["isakmp keepalive threshold 30 retry 5"],
      FortiGate: ["set dpd on-idle", "set dpd-retryinterval 20"],
    },
  },
  lifetimes: {
    title: "Lifetimes, rekeying and re-authentication",
    commands: {
      strongSwan: ["rekey_time = 4h", "reauth_time = 0", "rand_time = 24m", "charon.make_before_break = yes"],
      Libreswan: ["ikelifetime=8h", "salifetime=1h", "rekeyfuzz=100%", "reauth=no"],
      Windows: ["Set-VpnServerConfiguration -MMSALifeTimeSeconds 28800 -SALifeTimeSeconds 3600"],
      "Cisco IOS": ["lifetime 28800", "set security-association lifetime seconds 3600"],
      "Cisco ASA": [
        "lifetime seconds 28800",
        "crypto map NAME 10 set security-association lifetime seconds 3600",
      ],
      FortiGate: ["set keylife 28800", "set keylifeseconds 3600"],
    },
  },
  start: {
    title: "Which side begins",
    commands: {
      strongSwan: ["start_action = trap", "start_action = none"],
      Libreswan: ["auto=add", "auto=start"],
      "Cisco ASA": ["crypto map NAME 10 set connection-type answer-only"],
      FortiGate: ["set auto-negotiate disable", "set passive-mode enable"],
    },
  },
  halfOpen: {
    title: "Limits of half-open IKE SAs, and cookies",
    commands: {
      strongSwan: [
        "charon.cookie_threshold = 30",
        "charon.cookie_threshold_ip = 3",
        "charon.block_threshold = 5",
      ],
      Libreswan: ["ddos-mode=auto", "ddos-ike-threshold=25000"],
      "Cisco IOS": ["crypto ikev2 cookie-challenge 100"],
      "Cisco ASA": ["crypto ikev2 cookie-challenge 50"],
    },
  },
  replayWindow: {
    title: "The anti-replay window",
    commands: {
      strongSwan: ["replay_window = 1024"],
      Libreswan: ["replay-window=1024"],
      Linux: ["ip -s xfrm state", "cat /proc/net/xfrm_stat"],
      "Cisco IOS": [
        "crypto ipsec security-association replay window-size 1024",
        "show crypto ipsec sa | include replay",
      ],
      "Cisco ASA": ["crypto ipsec security-association replay window-size 1024"],
    },
  },
  trap: {
    title: "Nothing leaves in clear",
    commands: {
      strongSwan: ["start_action = trap"],
      Libreswan: ["auto=ondemand"],
      Linux: [
        "ip route add unreachable NETWORK metric 9999",
        "nft insert rule ip nat postrouting rt ipsec exists accept",
        "iptables -t nat -I POSTROUTING -m policy --pol ipsec --dir out -j ACCEPT",
      ],
    },
  },
} as const satisfies Record<string, Procedure>;
