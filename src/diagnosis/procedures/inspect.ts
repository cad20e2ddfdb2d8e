import type { Procedure } from "./procedure.js";

/** What is looked at before anything is changed. */
export const INSPECT = {
  status: {
    title: "Show the IKE SAs and their children",
    commands: {
      strongSwan: ["swanctl --list-sas"],
      Libreswan: ["ipsec whack --status", "ipsec whack --trafficstatus"],
      Linux: ["ip -s xfrm state", "ip xfrm policy"],
      Windows: ["Get-NetIPsecMainModeSA", "Get-NetIPsecQuickModeSA"],
      "Cisco IOS": ["show crypto ikev2 sa detailed", "show crypto isakmp sa detail", "show crypto ipsec sa"],
      "Cisco ASA": ["show crypto ikev2 sa detail", "show crypto ikev1 sa detail", "show crypto ipsec sa"],
      FortiGate: ["diagnose vpn ike gateway list", "diagnose vpn tunnel list"],
    },
  },
  log: {
    title: "Have the side that refuses say why",
    commands: {
      strongSwan: ["swanctl --log", "journalctl -u strongswan"],
      Libreswan: ["journalctl -u ipsec"],
      Windows: ["Get-WinEvent -FilterHashtable @{LogName='Application'; ProviderName='RasClient'}"],
      "Cisco IOS": ["debug crypto ikev2", "debug crypto isakmp", "undebug all"],
      "Cisco ASA": [
        "debug crypto condition peer PEER",
        "debug crypto ikev2 protocol 127",
        "debug crypto ikev1 127",
      ],
      FortiGate: ["diagnose debug application ike -1", "diagnose debug enable", "diagnose debug disable"],
    },
  },
  listen: {
    title: "Does a daemon listen on UDP 500 and 4500?",
    commands: {
      strongSwan: ["systemctl status strongswan"],
      Libreswan: ["systemctl status ipsec", "ipsec whack --listen"],
      Linux: ["ss -lunp '( sport = :500 or sport = :4500 )'"],
      Windows: ["Get-Service IKEEXT", "Get-NetUDPEndpoint -LocalPort 500,4500"],
      "Cisco ASA": ["show asp table socket", "show running-config crypto ikev2"],
    },
  },
  capture: {
    title: "Capture at this side",
    commands: {
      Linux: [
        "tcpdump -ni any -s 0 -w vpn.pcap 'host PEER and (udp port 500 or udp port 4500 or esp or icmp)'",
      ],
      Windows: [
        "pktmon start --capture --pkt-size 0 --file-name vpn.etl",
        "pktmon stop",
        "pktmon etl2pcap vpn.etl --out vpn.pcapng",
      ],
      "Cisco ASA": ["capture VPN interface outside match ip host ADDRESS host PEER", "show capture VPN"],
      FortiGate: ["diagnose sniffer packet any 'host PEER and (udp port 500 or udp port 4500 or esp)' 6 0 a"],
    },
  },
  route: {
    title: "Which way do packets to the peer take?",
    commands: {
      Linux: ["ip route get PEER", "sysctl net.ipv4.conf.all.rp_filter", "traceroute PEER"],
      Windows: ["Find-NetRoute -RemoteIPAddress PEER", "Test-NetConnection PEER -TraceRoute"],
      "Cisco IOS": ["show ip route PEER", "show ip cef PEER"],
      "Cisco ASA": ["show route", "packet-tracer input outside udp PEER 500 ADDRESS 500"],
      FortiGate: ["get router info routing-table details PEER"],
    },
  },
  load: {
    title: "Load and half-open IKE SAs",
    commands: {
      strongSwan: ["swanctl --stats"],
      Libreswan: ["ipsec whack --globalstatus"],
      "Cisco IOS": ["show crypto ikev2 stats", "show processes cpu sorted"],
      "Cisco ASA": ["show crypto ikev2 stats", "show cpu usage"],
      FortiGate: ["get system performance status"],
    },
  },
  clock: {
    title: "Compare the clocks",
    commands: {
      Linux: ["timedatectl", "chronyc tracking"],
      Windows: ["w32tm /query /status"],
      "Cisco IOS": ["show clock detail", "show ntp status"],
      "Cisco ASA": ["show clock detail", "show ntp status"],
      FortiGate: ["execute time", "diagnose sys ntp status"],
    },
  },
  aaa: {
    title: "Test the AAA server",
    commands: {
      Linux: ["tcpdump -ni any udp port 1812"],
      Windows: ["Get-WinEvent -FilterHashtable @{LogName='Security'; Id=6273}"],
      "Cisco IOS": ["test aaa group radius USER PASSWORD new-code"],
      "Cisco ASA": ["test aaa-server authentication GROUP host SERVER username USER password PASSWORD"],
      FortiGate: ["diagnose test authserver radius SERVER pap USER PASSWORD"],
    },
  },
} as const satisfies Record<string, Procedure>;
