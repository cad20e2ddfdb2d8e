import type { Product } from "./product.js";

/** A Linux host, whatever its IKE daemon. */
export const LINUX: Product = {
  name: "Linux",
  id: "linux",
  implementations: [],
  captureForm: "pcap",
  commands: {
    status: ["ip -s xfrm state", "ip xfrm policy"],
    listen: ["ss -lunp '( sport = :500 or sport = :4500 )'"],
    capture: ["tcpdump -ni any -s 0 -w vpn.pcap host PEER"],
    route: ["ip route get PEER", "sysctl net.ipv4.conf.all.rp_filter", "traceroute PEER"],
    clock: ["timedatectl", "chronyc tracking"],
    aaa: ["tcpdump -ni any udp port 1812"],
    firewall: [
      "nft list ruleset",
      "nft add rule inet filter input udp dport { 500, 4500 } accept",
      "nft add rule inet filter input meta l4proto esp accept",
    ],
    mss: [
      "nft add rule inet filter forward tcp flags syn tcp option maxseg size set MSS",
      "iptables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss MSS",
      "ip link set dev NAME mtu MTU",
    ],
    natTraversal: ["ip -s xfrm state", "cat /proc/net/xfrm_stat"],
    keepalive: [
      "sysctl net.netfilter.nf_conntrack_udp_timeout_stream=180",
      "conntrack -L -p udp --dport 4500",
    ],
    tcp: ["ss -ltnp '( sport = :443 or sport = :4500 )'"],
    replayWindow: ["ip -s xfrm state", "cat /proc/net/xfrm_stat"],
    trap: [
      "ip route add unreachable NETWORK metric 9999",
      "nft insert rule ip nat postrouting rt ipsec exists accept",
      "iptables -t nat -I POSTROUTING -m policy --pol ipsec --dir out -j ACCEPT",
    ],
  },
};
