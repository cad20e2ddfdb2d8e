import type { TextTable } from "../texts.js";

export const SIZE: TextTable = {
  "Encrypted packets are cut into IP fragments": "加密后的报文被分为 IP 分片",
  "Packets become larger than the link when they are encrypted and are fragmented after that. Each fragment that is lost costs the whole packet, receivers must put them together before decryption, and many firewalls drop fragments.":
    "报文加密后超过链路 MTU，随后被分片。每丢失一个分片就损失整个报文，接收方必须先重组再解密，而且许多防火墙会丢弃分片。",
  "ESP packets, natively or in UDP, come in several IP fragments, three of them or more in one direction; or part of the fragments of such packets never comes, again and again: critical if no such packet becomes whole near its receiver.":
    "某一方向上有三个或更多 ESP 报文（原生或 UDP 封装）由多个 IP 分片组成；或者这类报文的部分分片一再没有出现：若在接收方附近没有一个这样的报文是完整的，则为严重。",
  "Clamp the TCP MSS of what goes into the tunnel to the number in the finding.":
    "把进入隧道的流量的 TCP MSS 调整为结论中给出的数值。",
  "If fragments cannot be avoided, fragment before encryption, or lower the MTU of the tunnel interface or of the route into the tunnel.":
    "必须分片时应在加密之前分片，或降低隧道接口或进入隧道的路由的 MTU。",
  "{0} of {1} ESP packets from {2} to {3} come in IP fragments":
    "{2} 发往 {3} 的 {1} 个 ESP 报文中，{0} 个为 IP 分片",
  "{0} encrypts packets that become larger than the link (ESP of up to {1} bytes) and fragments them afterwards: {2} of {3} packets.":
    "{0} 加密后的报文超过链路 MTU（ESP 最大 {1} 字节），随后再分片：{3} 个报文中有 {2} 个。",
  "They arrive, but one lost fragment costs the whole packet, and firewalls may drop fragments.":
    "它们能够到达，但丢失一个分片就损失整个报文，而且防火墙可能丢弃分片。",
  "{0} has the MTU and the MSS to set.": "应设置的 MTU 和 MSS 见 {0}。",
  "first ESP packet in IP fragments, SPI {0} (its last fragment)":
    "首个为 IP 分片的 ESP 报文，SPI {0}（其最后一个分片）",
  "MSS to set on a path of MTU {0}: {1}, for {2}.": "在 MTU 为 {0} 的路径上应设置的 MSS：{1}，依据 {2}。",
  "{0} of {1} ESP packets in IP fragments from {2} never become whole: {3} missing":
    "{2} 发出的 {1} 个 IP 分片形式的 ESP 报文中，{0} 个始终不完整：缺少{3}",
  "{0} encrypts packets that become larger than the link and fragments them afterwards. Of {1} such packets {2} are here in part only: {3} missing.":
    "{0} 加密后的报文超过链路 MTU，随后再分片。{1} 个这样的报文中有 {2} 个在此处不完整：缺少{3}。",
  "They cannot be decrypted, so that large packets do not get through the tunnel. Firewalls and NAT devices that drop fragments are the usual cause.":
    "它们无法解密，因此大报文不能通过隧道。通常是丢弃分片的防火墙和 NAT 设备造成的。",
  "fragment at offset {0} of an ESP packet; others of it never come":
    "某个 ESP 报文偏移 {0} 处的分片；其余分片始终没有出现",
  "the receiver's own counter of failed reassemblies ('nstat -az IpReasmFails Ip6ReasmFails'): if it stands still, the sniffer lost them":
    "接收方自己的重组失败计数（'nstat -az IpReasmFails Ip6ReasmFails'）：如果不增长，则是抓包工具丢失的",
  "later fragments are": "后续分片",
  "the first fragments are": "首个分片",
  "fragments are": "分片",
  "Large packets are lost in the tunnel": "隧道中的大报文丢失",
  "Small packets through the tunnel are answered, large ones never: logins and pings work, file transfers and web pages hang. A link on the way carries less than the sender believes, and the reports about it (ICMP) do not come back.":
    "通过隧道的小报文得到应答，大报文始终没有：登录和 ping 正常，文件传输和网页卡住。途中某段链路能承载的长度小于发送方所认为的，而相关的报告（ICMP）没有返回。",
  "ESP packets of one large size come again at intervals that double, as TCP repeats, or all in one run of equal intervals, as pings; nothing of the other side comes meanwhile, and smaller packets are answered, or (possible) IKE is while TCP repeats six times. Beside packets of others, one series of six whose intervals double exactly, or shorter ones that most of the last large packets belong to (possible, and not where as large packets passed before). Not said near the receiver, nor of packets of up to 576 bytes.":
    "同一较大长度的 ESP 报文以逐次加倍的间隔（如 TCP 重传）再次出现，或以相等间隔连续出现（如 ping）；其间没有另一侧的任何报文，而较小的报文得到应答，或者（可能）TCP 重传六次期间 IKE 得到应答。夹在其他报文之间时，须有一个间隔精确加倍的六个报文的序列，或最近的大报文大多属于这样的较短序列（为可能；此前同样大小的报文曾经通过时不作此结论）。靠近接收方时不作此结论，不超过 576 字节的报文也不作此结论。",
  "Measure what the path carries, from the inner network: pings of growing size that must not be fragmented, until they fail.":
    "从内网测量路径能承载的长度：发送逐步增大且禁止分片的 ping，直到失败。",
  "Let ICMP type 3 code 4 (IPv6: ICMPv6 type 2) pass on every firewall between the gateways, so that path MTU discovery works.":
    "在网关之间的每台防火墙上放行 ICMP 类型 3 代码 4（IPv6 为 ICMPv6 类型 2），使路径 MTU 发现能够工作。",
  "ESP of {0} bytes from {1} to {2} is {3} answered ({4} in {5}){6}":
    "{1} 发往 {2} 的 {0} 字节 ESP {3}应答（{5} 内 {4} 个）{6}",
  "; packets up to {0} bytes are answered": "；不超过 {0} 字节的报文得到应答",
  ", while IKE passes both ways": "，而 IKE 双向通过",
  "no longer": "不再得到",
  never: "始终没有",
  "Until then large packets passed: {0} as large were sent before in this SA, and {1} of them were followed by a packet of {2}. Something on the way changed with the first of these that is not answered.":
    "在此之前大报文能够通过：此 SA 中之前发送过 {0} 个同样大的报文，其中 {1} 个之后有 {2} 的报文。从第一个没有应答的报文起，途中有了变化。",
  "{0} sends ESP packets of {1} bytes (IP packets of {2} bytes),":
    "{0} 发送 {1} 字节的 ESP 报文（IP 报文为 {2} 字节），",
  "the same size {0} times at intervals that double as those of TCP retransmission do,":
    "同一长度共 {0} 次，间隔像 TCP 重传那样逐次加倍，",
  "{0} of one size at equal intervals,": "同一长度以相等间隔共 {0} 次，",
  "and nothing answers them: what {0} sends between them answers others; packets of up to {1} bytes are answered.":
    "没有任何应答：{0} 在其间发出的报文应答的是其他报文；不超过 {1} 字节的报文得到应答。",
  "and nothing comes back in that time; packets of up to {0} bytes are answered before or after.":
    "其间没有任何返回；此前或此后不超过 {0} 字节的报文得到应答。",
  "and no ESP comes back in that time, while small IKE messages pass both ways; the capture holds no smaller ESP packets to compare with.":
    "其间没有任何 ESP 返回，而小的 IKE 报文双向通过；抓包中没有更小的 ESP 报文可供比较。",
  "Large packets are lost on the way to {0}: a link with a smaller MTU whose reports do not come back, or a firewall that drops by size.":
    "大报文在去往 {0} 的途中丢失：某段链路的 MTU 较小而其报告没有返回，或防火墙按长度丢弃。",
  "The packet lengths fit {0}.": "报文长度符合 {0}。",
  "ESP of {0} bytes, not answered": "{0} 字节的 ESP，没有应答",
  "pings of growing size through the tunnel ('ping -M do -s'): if they fail above one size, it is the size; otherwise the host behind {0} did not answer these packets":
    "在隧道内用逐步增大的 ping（'ping -M do -s'）：如果超过某一长度就失败，则是长度问题；否则是 {0} 之后的主机没有应答这些报文",
  "Set the TCP MSS to {0} (IPv6 in the tunnel: {1}), which fits a path MTU of {2} bytes, until pings of growing size have measured the path MTU.":
    "在用逐步增大的 ping 测出路径 MTU 之前，把 TCP MSS 设为 {0}（隧道内为 IPv6 时为 {1}），它适合 {2} 字节的路径 MTU。",
  "The path is too narrow for packets of the tunnel": "路径 MTU 小于隧道报文的长度",
  "A router reported by ICMP that packets of the tunnel are larger than the next link can carry. If the sender heeds it, only the first packets are lost; if it does not, all large packets are, while small ones (ping, logins) pass.":
    "某台路由器通过 ICMP 报告：隧道的报文大于下一段链路所能承载的长度。如果发送方据此调整，只损失最初几个报文；如果不调整，所有大报文都会丢失，而小报文（ping、登录）可以通过。",
  "ICMP type 3 code 4 with an MTU (ICMPv6 type 2) that quotes an IKE or ESP packet of the tunnel larger than that MTU. Critical if larger packets go on long after the report, or within seconds while none of them is ever answered.":
    "带有 MTU 的 ICMP 类型 3 代码 4（ICMPv6 类型 2），其中引用了隧道中大于该 MTU 的 IKE 或 ESP 报文。如果在报告之后很久仍有更大的报文，或数秒之内仍有且没有一个得到应答，则为严重。",
  "Let ICMP type 3 code 4 (IPv6: ICMPv6 type 2) reach the gateway that sent the large packets, through every firewall before it.":
    "让 ICMP 类型 3 代码 4（IPv6 为 ICMPv6 类型 2）穿过途中的每台防火墙，到达发送大报文的网关。",
  "If UDP or other traffic is large too, set the MTU of the tunnel interface instead: MSS plus 40.":
    "如果 UDP 或其他流量也较大，应改为设置隧道接口的 MTU：MSS 加 40。",
  "ESP in UDP": "UDP 封装的 ESP",
  "IKE on UDP {0}": "UDP {0} 上的 IKE",
  "{0} of {1} bytes is too large for the path: MTU {2} after {3}":
    "{1} 字节的 {0} 超过路径 MTU：{3} 之后的 MTU 为 {2}",
  ", and {0} still sends larger packets {1} later": "，而 {0} 在 {1} 之后仍发送更大的报文",
  "{0} dropped {1} of {2} bytes from {3} to {4}: the next link carries {5} bytes.":
    "{0} 丢弃了 {3} 发往 {4} 的 {2} 字节的 {1}：下一段链路只能承载 {5} 字节。",
  "{0} was told and still sends larger packets ({1} more reports, the last {2} after the first): the reports do not reach it or it does not heed them, and large packets are lost.":
    "{0} 已得到报告但仍发送更大的报文（又有 {1} 个报告，最后一个在首个之后 {2}）：要么报告没有到达，要么它没有据此调整，大报文丢失。",
  "{0} heeds it: later ESP leaves in IP fragments.": "{0} 已据此调整：之后的 ESP 以 IP 分片形式发出。",
  "The sender must send smaller packets from then on; the reports must reach {0}.":
    "此后发送方必须发送更小的报文；这些报告必须能到达 {0}。",
  "That MTU leaves no room for TCP in the tunnel.": "该 MTU 已容不下隧道中的 TCP。",
  "MSS to set: {0} (IPv6 in the tunnel: {1}), for {2}.":
    "应设置的 MSS：{0}（隧道内为 IPv6 时为 {1}），依据 {2}。",
  "ICMP of {0}: MTU {1}, quotes {2} bytes of {3}": "{0} 的 ICMP：MTU {1}，引用 {3} 的 {2} 字节",
  "'ip route get {0}' at {1}: an mtu there says that the report did arrive":
    "在 {1} 上执行 'ip route get {0}'：如果其中有 mtu，说明报告已到达",
  "IKE fragmentation is not negotiated": "没有协商 IKE 分片",
  "With IKE fragmentation (RFC 7383) a large IKE message travels in several small packets instead of IP fragments. It is used only if both sides announce it in IKE_SA_INIT.":
    "使用 IKE 分片（RFC 7383）时，较大的 IKE 报文由若干小报文传输，而不是 IP 分片。只有双方都在 IKE_SA_INIT 中通告时才会使用。",
  "Beside lost IP fragments: IKEV2_FRAGMENTATION_SUPPORTED is missing in the IKE_SA_INIT of at least one side.":
    "除 IP 分片丢失之外：至少一侧的 IKE_SA_INIT 中没有 IKEV2_FRAGMENTATION_SUPPORTED。",
  "Switch it on at the side that does not announce it.": "在没有通告的一侧启用 IKE 分片。",
  "If a side cannot do it, make its messages smaller: shorter certificate chains, elliptic curve certificates.":
    "如果某一侧不支持，减小它的报文：更短的证书链、椭圆曲线证书。",
  "the responder does not": "响应方没有",
  "the initiator does not": "发起方没有",
  "neither side does": "双方都没有",
  "IKE fragmentation is not used: {0} announce it": "没有使用 IKE 分片：{0}通告支持",
  "Both sides must send IKEV2_FRAGMENTATION_SUPPORTED in IKE_SA_INIT for large messages to travel in IKE fragments; {0}.":
    "双方都必须在 IKE_SA_INIT 中发送 IKEV2_FRAGMENTATION_SUPPORTED，大报文才会以 IKE 分片传输；{0}。",
  "Switch it on at the responder {0}.": "在响应方 {0} 上启用。",
  "Switch it on at the initiator {0} first: a responder announces it only to an initiator that did, so the responder's own setting cannot be told from this setup.":
    "先在发起方 {0} 上启用：响应方只对已通告的发起方通告，因此从这次建立看不出响应方自身的设置。",
  "IKE_SA_INIT request {0}": "IKE_SA_INIT 请求 {0}",
  "IKE_SA_INIT response {0}": "IKE_SA_INIT 响应 {0}",
  "IKE fragments are lost": "IKE 分片丢失",
  "The message is sent in IKE fragments (SKF payloads) and at least one of them does not reach the receiver, who can then answer nothing.":
    "报文以 IKE 分片（SKF 载荷）发送，至少有一个没有到达接收方，接收方因此无法作任何响应。",
  "A message in SKF fragments repeats without an answer, or the capture misses the same fragment numbers in every attempt.":
    "以 SKF 分片发送的报文反复重传而没有响应，或者抓包在每次尝试中都缺少相同编号的分片。",
  "Lower the fragment size.": "调小分片长度。",
  "Look for a device that polices bursts of UDP or drops packets by size.":
    "检查是否有设备对突发的 UDP 限速，或按长度丢弃报文。",
  "a capture at the responder: nothing at all arrives on UDP 4500, not even the smallest fragment":
    "在响应方抓包：UDP 4500 上没有任何报文到达，连最小的分片也没有",
  "a capture at the responder: all fragments arrive there, and the daemon stays silent":
    "在响应方抓包：所有分片都到达了，但 IKE 进程没有响应",
  "{0}: IKE fragment {1} of {2} never arrives ({3})": "{0}：IKE 分片 {1}（共 {2} 个）始终没有到达（{3}）",
  "{0} in {1} IKE fragments never answered ({2}{3})": "分为 {1} 个 IKE 分片的 {0} 始终没有响应（{2}{3}）",
  "{0} is sent in {1} IKE fragments, {2}; number {3} is never seen here while the others are, so the responder cannot put the message together.":
    "{0} 以 {1} 个 IKE 分片发送，{2}；其中编号 {3} 在此处始终没有出现，而其他的都有，因此响应方无法重组该报文。",
  "{0} sends {1} in {2} IKE fragments, {3}, and no answer comes, while the first exchange was answered. A responder that misses one fragment can answer nothing.":
    "{0} 以 {2} 个 IKE 分片发送 {1}，{3}，没有响应，而首个交换得到了响应。缺少一个分片的响应方无法作任何响应。",
  "the first exchange was answered": "首个交换得到了响应",
  "{0}: IKE fragment {1} of {2} never arrives, and {3} asks again":
    "{0}：IKE 分片 {1}（共 {2} 个）始终没有到达，{3} 再次请求",
  "{0} is sent in {1} IKE fragments, {2} times; number {3} is never seen here while the others are, so {4} cannot put the message together and repeats its request.":
    "{0} 以 {1} 个 IKE 分片发送了 {2} 次；其中编号 {3} 在此处始终没有出现，而其他的都有，因此 {4} 无法重组该报文并重传其请求。",
  "IP fragments of a large IKE message are lost": "较大 IKE 报文的 IP 分片丢失",
  "The message is too large for one packet and travels in IP fragments; not all of them get through, so the receiver never has the whole message.":
    "该报文放不进一个 IP 报文，以 IP 分片传输；没有全部通过，接收方始终得不到完整的报文。",
  "At the sender: a message in IP fragments repeats whole without an answer, while smaller ones are answered. At the receiver: some fragments of its datagrams never come, or ICMP reports a reassembly that took too long.":
    "在发送方：以 IP 分片发送的报文完整地反复重传而没有响应，较小的报文却得到响应。在接收方：其数据报的部分分片始终没有出现，或 ICMP 报告重组超时。",
  "Switch on IKE fragmentation at both ends, so that no IP fragments are needed.":
    "在两端启用 IKE 分片，这样就不需要 IP 分片。",
  "Send less: smaller certificates, no intermediate certificates that the peer already has.":
    "减小报文：更小的证书，不发送对端已有的中间证书。",
  "Let IP fragments pass on the firewalls between the peers; many drop them by default.":
    "在两端之间的防火墙上放行 IP 分片；许多防火墙默认丢弃。",
  "{0} of {1} bytes in {2} IP fragments never answered ({3}{4})":
    "{1} 字节、{2} 个 IP 分片的 {0} 始终没有响应（{3}{4}）",
  "{0} sends {1} as {2} bytes in {3} IP fragments, {4}; no answer comes,":
    "{0} 以 {3} 个 IP 分片发送 {2} 字节的 {1}，{4}；没有响应，",
  "while the small messages before were answered. Devices that drop IP fragments are the usual cause.":
    "而之前的小报文得到了响应。通常是丢弃 IP 分片的设备造成的。",
  "the small first exchange was answered": "较小的首个交换得到了响应",
  "{0} arrives only in part each time ({1} attempts), and {2} asks again":
    "{0} 每次到达时都不完整（{1} 次尝试），{2} 再次请求",
  "{0} comes in IP fragments, and in each of {1} attempts some of them are missing here. {2} cannot put it together and repeats its request.":
    "{0} 以 IP 分片到达，{1} 次尝试中每次都在此处缺少一部分。{2} 无法重组，于是重传其请求。",
  "Devices that drop IP fragments, or a smaller MTU on the way back, are the usual cause.":
    "通常是丢弃 IP 分片的设备，或返回路径上较小的 MTU 造成的。",
  "a capture without a port filter: later fragments carry no ports and a filter on ports drops them; then the requester drops the response for another reason":
    "不带端口过滤条件的抓包：后续分片不含端口，会被按端口的过滤条件丢弃；若如此，请求方是因其他原因丢弃响应",
  "a small packet on UDP 4500 that is answered or arrives at the responder":
    "UDP 4500 上得到响应或到达响应方的小报文",
  "a capture without a port filter: later fragments carry no ports and a filter on ports drops them":
    "不带端口过滤条件的抓包：后续分片不含端口，会被按端口的过滤条件丢弃",
  "{0} arrives only in part: {1} IP fragment{2} of a larger message ({3})":
    "{0} 到达时不完整：只有较大报文的 {1} 个 IP 分片（{3}）",
  "{0} comes in IP fragments and in {1} of {2} attempts some of them are missing here, so the receiver cannot reassemble the message and does not answer.{3}":
    "{0} 以 IP 分片到达，{2} 次尝试中有 {1} 次在此处缺少一部分，因此接收方无法重组该报文，也就没有响应。{3}",
  "Where a filter on ports left the others out of the capture, they did arrive, and there is no answer for another reason: wrong credentials, which some peers do not tell, or a daemon that drops it.":
    "如果是端口过滤器使其余分片没有进入抓包，则它们其实已经到达，没有响应另有原因：凭据错误（有些对端不会告知），或守护进程丢弃了它。",
  "the same: all fragments arrive, and the daemon stays silent": "同上：所有分片都到达，而守护进程没有响应",
  "{0} fragment{1}, {2} bytes{3}": "{0} 个分片，{2} 字节{3}",
  ", the last fragment is missing": "，缺少最后一个分片",
  "without IKEV2_FRAGMENTATION_SUPPORTED": "不含 IKEV2_FRAGMENTATION_SUPPORTED",
  "with IKEV2_FRAGMENTATION_SUPPORTED": "含 IKEV2_FRAGMENTATION_SUPPORTED",
};
