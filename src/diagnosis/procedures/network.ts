import type { Procedure } from "./procedure.js";

/** What stands between the peers, and how packets travel. */
export const NETWORK = {
  firewall: {
    title: "Let IKE, NAT-T and ESP through",
    commands: {
      Linux: [
        "nft list ruleset",
        "nft add rule inet filter input udp dport { 500, 4500 } accept",
        "nft add rule inet filter input meta l4proto esp accept",
      ],
      Windows: [
        "New-NetFirewallRule -DisplayName 'IKE and NAT-T' -Direction Inbound -Protocol UDP -LocalPort 500,4500 -Action Allow",
      ],
      "Cisco IOS": [
        "show ip access-lists",
        "permit udp host PEER host ADDRESS eq isakmp",
        "permit udp host PEER host ADDRESS eq non500-isakmp",
        "permit esp host PEER host ADDRESS",
      ],
      "Cisco ASA": ["show access-list", "packet-tracer input outside udp PEER 4500 ADDRESS 4500"],
    },
  },
  fragmentation: {
    title: "IKE fragmentation",
    commands: {
      strongSwan: ["fragmentation = yes", "charon.fragment_size = 1200"],
      Libreswan: ["fragmentation=yes"],
      Windows: [
        String.raw`New-ItemProperty -Path HKLM:\SYSTEM\CurrentControlSet\Services\RemoteAccess\Parameters\Ikev2 -Name EnableServerFragmentation -PropertyType DWORD -Value 1 -Force`,
      ],
      "Cisco IOS": ["crypto ikev2 fragmentation mtu 1280"],
      "Cisco ASA": ["crypto ikev2 fragmentation mtu 576 preferred-method ietf"],
      FortiGate: ["set fragmentation enable", "set fragmentation-mtu 1200"],
    },
  },
  mss: {
    title: "Sizes in the tunnel",
    commands: {
      Linux: [
        "nft add rule inet filter forward tcp flags syn tcp option maxseg size set MSS",
        "iptables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss MSS",
        "ip link set dev NAME mtu MTU",
      ],
      Windows: ["netsh interface ipv4 set subinterface NAME mtu=MTU store=persistent"],
      "Cisco IOS": ["ip tcp adjust-mss MSS", "ip mtu MTU", "crypto ipsec fragmentation before-encryption"],
      "Cisco ASA": ["sysopt connection tcpmss MSS", "crypto ipsec fragmentation before-encryption outside"],
      FortiGate: [
        "set tcp-mss-sender MSS",
        "set tcp-mss-receiver MSS",
        "set ip-fragmentation pre-encapsulation",
      ],
    },
  },
  natTraversal: {
    title: "NAT traversal, and UDP encapsulation by force",
    commands: {
      strongSwan: ["encap = yes"],
      Libreswan: ["encapsulation=yes"],
      Linux: ["ip -s xfrm state", "cat /proc/net/xfrm_stat"],
      Windows: [
        String.raw`reg add HKLM\SYSTEM\CurrentControlSet\Services\PolicyAgent /v AssumeUDPEncapsulationContextOnSendRule /t REG_DWORD /d 2`,
      ],
      "Cisco IOS": ["crypto ipsec nat-transparency udp-encapsulation"],
      "Cisco ASA": ["crypto isakmp nat-traversal 20"],
      FortiGate: ["set nattraversal enable", "set nattraversal forced"],
    },
  },
  keepalive: {
    title: "Keep the translator's mapping alive",
    commands: {
      strongSwan: ["charon.keep_alive = 20s"],
      Libreswan: ["nat-keepalive=yes"],
      Linux: ["sysctl net.netfilter.nf_conntrack_udp_timeout_stream=180", "conntrack -L -p udp --dport 4500"],
      "Cisco IOS": ["crypto isakmp nat keepalive 20"],
      "Cisco ASA": ["crypto isakmp nat-traversal 20"],
      FortiGate: ["set keepalive 10"],
    },
  },
  mobike: {
    title: "MOBIKE",
    commands: { strongSwan: ["mobike = yes"], Libreswan: ["mobike=yes"] },
  },
  tcp: {
    title: "IKE over TCP",
    commands: {
      Libreswan: ["listen-tcp=yes", "enable-tcp=fallback"],
      Linux: ["ss -ltnp '( sport = :443 or sport = :4500 )'"],
    },
  },
} as const satisfies Record<string, Procedure>;
