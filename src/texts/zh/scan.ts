import type { TextTable } from "../texts.js";

/** Scanners that ask for IKE and want no tunnel. */
export const SCAN: TextTable = {
  "A scanner asks for IKE and wants no tunnel": "扫描器探测 IKE，并不想建立隧道",
  "A program such as ike-scan or nmap, or a service that scans the internet, sends first messages of IKE to see what answers. It sets up no tunnel, so whatever answers it is no fault of one.":
    "ike-scan、nmap 之类的程序，或扫描互联网的服务，发送 IKE 的首个报文，看看有什么响应。它不建立隧道，所以无论得到什么响应，都不是隧道的故障。",
  "A first message without vendor ID, notify, NAT detection and certificate request, after which the initiator never goes on, and one mark more that no known daemon has together with that: it offers DES and 3DES with MD5 and SHA-1 at once (in IKEv1 with the attributes in the scanners' order: encryption, hash, authentication, group; in IKEv2 DES beside other ciphers), or it is one of at least four different offers, each in an IKE SA of its own, within a minute of each other. Not said if the initiator goes on after a first message like these. A first message that announces nothing and has no such mark is judged by what happens to it, with the scan as a rival.":
    "首个报文不带 Vendor ID、Notify、NAT 探测和证书请求，发起方此后没有继续，并且具有以下特征之一（已知的 IKE 守护进程都不会同时具有）：同时提议 DES 和 3DES、MD5 和 SHA-1（IKEv1 中属性按扫描器的顺序排列：加密、散列、认证、组；IKEv2 中 DES 与其他加密算法并列）；或者是至少四个不同提议之一，各用一个 IKE SA，前后相隔不超过一分钟。如果发起方在这样的首个报文之后继续协商，则不作此结论。什么都不通告、又没有这些特征的首个报文，按其结果判断，并把扫描列为另一种可能。",
  "Nothing, if nobody at the initiator's address sets up a tunnel to this peer: every public address is scanned for IKE.":
    "如果发起方地址上没有人要与该对端建立隧道，则无需处理：每个公网地址都会被扫描 IKE。",
  "If a client there is yours: its refusal is real. Compare its offer with the responder's configuration, and replace DES, 3DES, MD5 and the groups below 2048 bits.":
    "如果那里有您的客户端，则拒绝是真实的：把它的提议与响应方的配置对照，并替换 DES、3DES、MD5 和 2048 位以下的组。",
  "To be seen by fewer scanners: allow UDP 500 and 4500 from the addresses of known peers alone, and accept no weak proposals from unknown ones.":
    "要减少被扫描器发现：只允许已知对端的地址访问 UDP 500 和 4500，并且不接受未知对端的弱提议。",
  "{0} sends {1} to {2} and never goes on: {3}.": "{0} 向 {2} 发送 {1}，此后没有继续：{3}。",
  "a first message": "一个首报文",
  "{0} first messages": "{0} 个首报文",
  "no vendor ID, no notify, and one offer with all old algorithms, down to DES and MD5":
    "没有 Vendor ID 和 Notify，一个提议中包含所有旧算法，直到 DES 和 MD5",
  "no vendor ID, no notify, and {0} different offers one after the other":
    "没有 Vendor ID 和 Notify，先后有 {0} 个不同的提议",
  "Scanners send that, and no daemon is known to: nobody waits for this tunnel.":
    "扫描器会这样发送，而没有已知的 IKE 守护进程如此：没有人在等待这条隧道。",
  "ICMP error from {0}": "来自 {0} 的 ICMP 错误",
  "a scan by {0}, no tunnel: {1}": "{0} 的扫描，不是隧道：{1}",
  "{0} openings": "共 {0} 次",
  "{0} is accepted": "接受了 {0}",
  "{0} is claimed": "声称 {0}",
  "refused by an ICMP error": "被 ICMP 错误拒绝",
  "without an answer": "没有响应",
  "{0} pairs of addresses, no tunnel among them, first:": "{0} 对地址，其中没有隧道，首对：",
  "whether somebody runs an old client with such an offer at the initiator's address":
    "发起方地址上是否有人运行带有这种提议的旧客户端",
  "whether a VPN client runs at the initiator's address: the first message has no vendor ID and no notify, as old clients send it, and scanners":
    "发起方地址上是否运行 VPN 客户端：首个报文没有 Vendor ID 和 Notify，旧客户端和扫描器都会这样发送",
  "whether a VPN client runs at the initiator's address: the first message has no vendor ID and no notify, and its offer is written in the order of ike-scan and nmap, which of the known daemons isakmpd alone has":
    "发起方地址上是否运行 VPN 客户端：首个报文没有 Vendor ID 和 Notify，且其提议按 ike-scan 和 nmap 的顺序书写，已知的 IKE 守护进程中只有 isakmpd 如此",
};
