import type { TextTable } from "../texts.js";

export const FLEET: TextTable = {
  "Some ESP packets leave one gateway and do not arrive at the other":
    "部分 ESP 报文离开了一个网关，但没有到达另一个网关",
  "Both ends of the tunnel are watched. By their sequence numbers some packets are lost on the way between.":
    "隧道两端都在监视之下。按序列号判断，部分报文在途中丢失。",
  "Numbers that the sender's capture has and the receiver's has not: five at least, and one of a hundred. What the sender's capture misses itself is taken off, what the receiver's capture dropped too. No clock is needed for it, and counters of different times do not matter: only numbers that both have passed are compared.":
    "发送方抓包中有而接收方没有的序列号：至少五个，且不少于百分之一。扣除发送方抓包自身缺失的以及接收方抓包丢弃的报文。无需时钟，计数器取自不同时刻也没有影响：只比较双方都已越过的序列号。",
  "Compare both directions and other tunnels of the two gateways: loss in one direction points at a link or a policer on that way.":
    "比较两个方向以及这两个网关的其他隧道：只在一个方向丢包，说明问题在该方向的某条链路或限速设备上。",
  "Look at interface drops and policers on the way, and at the queues of both gateways.":
    "检查途中接口的丢包和限速，以及两个网关的队列。",
  "{0} of {1} ESP packets of {2} do not arrive at {3} ({4} %)":
    "{2} 的 {1} 个 ESP 报文中有 {0} 个没有到达 {3}（{4} %）",
  "By their sequence numbers {0} of the {1} packets that {2} has sent are missing at {3}.":
    "按序列号判断，{2} 发送的 {1} 个报文中有 {0} 个在 {3} 缺失。",
  "They are lost on the way between the two gateways, in this direction.":
    "它们在两个网关之间的这一方向上丢失。",
  "SPI {0}: {1} packets sent, up to number {2}": "SPI {0}：已发送 {1} 个报文，序列号到 {2}",
  "SPI {0}: {1} of these are missing": "SPI {0}：其中缺失 {1} 个",
  "ESP leaves one gateway and does not arrive at the other": "ESP 离开了一个网关，但没有到达另一个网关",
  "Both ends of the tunnel are watched. From some moment on, or from the beginning, no ESP packet that one gateway sends arrives at the other.":
    "隧道两端都在监视之下。从某一时刻起，或从一开始，一个网关发送的 ESP 报文就没有一个到达另一个网关。",
  "The sender counts packets of a stream (three at least) by numbers above the highest that the receiver has, or the receiver has nothing of the stream, and no other stream of the sender arrived later. The receiver's account was made later by both clocks, and its capture ran and hears ESP of that kind. Not said if the clocks cannot be compared, or a capture began later.":
    "发送方计数的某个流的报文（至少三个）的序列号高于接收方的最高序列号，或接收方完全没有该流，且发送方没有其他流在此后到达。按双方时钟，接收方的计数在此之后生成，其抓包当时在运行并能抓到该类 ESP。无法比较时钟或抓包开始较晚时不作此结论。",
  "What lies between the two gateways: a firewall or provider that drops ESP (IP protocol 50), a NAT mapping of UDP 4500 that expired, a route.":
    "检查两个网关之间：丢弃 ESP（IP 协议 50）的防火墙或运营商、已过期的 UDP 4500 NAT 映射、路由。",
  "A capture halfway tells in which half the packets are lost.":
    "在途中再抓包一次，可以判断报文丢失在哪一段。",
  "ESP of {0} does not arrive at {1}: none of {2} packets": "{0} 的 ESP 没有到达 {1}：{2} 个报文无一到达",
  "ESP of {0} does not arrive at {1} any more: none of the last {2} packets":
    "{0} 的 ESP 不再到达 {1}：最后 {2} 个报文无一到达",
  "{0} has sent {1} packets of SPI {2}, and the capture of {3} has none of them.":
    "{0} 发送了 SPI {2} 的 {1} 个报文，{3} 的抓包中一个也没有。",
  "Packets of SPI {0} arrived at {1} up to number {2}; {3} has sent {4} more.":
    "SPI {0} 的报文到达 {1} 的最高序列号为 {2}；此后 {3} 又发送了 {4} 个。",
  "The capture of {0} was running and hears ESP: the packets are lost on the way between.":
    "{0} 的抓包在运行，且能抓到 ESP：报文在途中丢失。",
  "SPI {0}: nothing has arrived": "SPI {0}：没有任何报文到达",
  "SPI {0}: {1} packets arrived, up to number {2}": "SPI {0}：已到达 {1} 个报文，序列号到 {2}",
  "Large ESP packets leave one gateway and do not arrive at the other":
    "较大的 ESP 报文离开了一个网关，但没有到达另一个网关",
  "Both ends of the tunnel are watched. Small packets of one gateway arrive at the other, large ones do not: small requests work, and whatever is long stalls.":
    "隧道两端都在监视之下。一个网关的小报文能到达另一个网关，大报文则不能：小请求正常，较长的传输会停滞。",
  "Of one stream nine of ten packets that are missing at the receiver, and three at least, are larger than all that arrived, of which there are three at least.":
    "在某个流中，接收方缺失的报文有十分之九（至少三个）大于所有到达的报文，而到达的至少有三个。",
  "Clamp the MSS of TCP in the tunnel, or lower its MTU, so that the packets with ESP around them fit the smallest link.":
    "调小隧道内的 TCP MSS，或降低隧道 MTU，使加上 ESP 封装的报文能通过最小的链路。",
  "Let ICMP 'fragmentation needed' and ICMPv6 'packet too big' through to the gateways.":
    "放行到达网关的 ICMP 'fragmentation needed' 和 ICMPv6 'packet too big'。",
  "ESP of {0} with more than {1} bytes does not arrive at {2}: {3} packets":
    "{0} 的超过 {1} 字节的 ESP 没有到达 {2}：{3} 个报文",
  "Of the packets of SPI {0} those of up to {1} bytes arrive at {2}; {3} has sent {4} larger ones of up to {5} bytes, and none of them arrives.":
    "SPI {0} 的报文中不超过 {1} 字节的能到达 {2}；{3} 发送了 {4} 个更大的报文（最大 {5} 字节），无一到达。",
  "A link between has a smaller MTU, and its reports do not come back; or a filter drops fragments.":
    "途中某条链路的 MTU 较小，而其 ICMP 报告没有返回；或某个过滤器丢弃分片。",
  "SPI {0}: the largest packet sent has {1} bytes": "SPI {0}：发送的最大报文为 {1} 字节",
  "SPI {0}: the largest packet that arrived has {1} bytes": "SPI {0}：到达的最大报文为 {1} 字节",
  "A gateway does not publish any more": "一个网关不再发布",
  "A gateway that publishes at least once a minute has not for several, and did not say that it ends. What the other ends of its tunnels see tells whether the gateway itself is down, or only what is published from it.":
    "网关至少每分钟发布一次，但已有数分钟没有发布，也没有说明其结束。其隧道其他端所见可以说明是网关本身中断，还是只是发布中断。",
  "No event for 200 s by the clock of the hub, which saw earlier ones arrive. Not said of a gateway that ended in order, nor of events from files, which have no time of arrival.":
    "按 hub 的时钟 200 秒没有事件，而此前的事件曾经到达。正常结束的网关以及来自文件的事件（没有到达时间）不作此结论。",
  "On the gateway: is ikescope running ('systemctl status'), and does it reach the NATS server?":
    "在网关上检查：ikescope 是否在运行（'systemctl status'），能否连到 NATS 服务器？",
  "If its tunnels fail too, look at the gateway itself first.": "如果其隧道也有故障，先检查网关本身。",
  "{0} has not published for {1}": "{0} 已有 {1} 没有发布",
  "Its last event came {0} ago.": "其最后一个事件在 {0} 之前到达。",
  "No other gateway that publishes has a tunnel with it, so nothing tells whether it is down.":
    "没有其他发布的网关与其有隧道，因此无法判断其是否中断。",
  "At {0} of {1} other ends of its tunnels they work on: the gateway is up, and what publishes from it is not.":
    "其隧道的 {1} 个其他端中有 {0} 个仍然正常：网关在运行，中断的是发布。",
  "At none of the {0} other ends of its tunnels they work: the gateway itself may be down.":
    "其隧道的 {0} 个其他端都不正常：网关本身可能已中断。",
  "its last event": "其最后一个事件",
  "An IKE message leaves one gateway and does not arrive at the other":
    "IKE 报文离开了一个网关，但没有到达另一个网关",
  "Both ends of the tunnel are watched. One of them sent an IKE message again and again, and the capture at the other one, which was running, has none of the attempts: they are lost on the way between.":
    "隧道两端都在监视之下。一端反复发送某个 IKE 报文，而另一端当时在运行的抓包中一次也没有：它们在途中丢失。",
  "The two accounts share the IKE SA, or the tunnel by another SA of its own. Of a message no attempt (two at least, or three liveness checks of IKEv1 in a row) is in the account of the receiver, though it was made later by both clocks, its capture ran, lists everything of that time, and holds that port or is not filtered. Not said of messages in fragments, over TCP, if the clocks cannot be compared, or if a later message arrived.":
    "双方的计数有同一个 IKE SA，或通过另一个 SA 属于同一隧道。某个报文的任何一次发送（至少两次，或连续三次 IKEv1 DPD 探测）都不在接收方的计数中，而按双方时钟该计数在此之后生成，其抓包当时在运行，列出了该时间的全部报文，并含有该端口或未设过滤。对分片报文、TCP 承载、无法比较时钟或此后有报文到达的情况不作此结论。",
  "What lies between the two gateways: firewalls, security groups, NAT devices, providers. One of them drops this port in this direction.":
    "检查两个网关之间：防火墙、安全组、NAT 设备、运营商。其中之一在这一方向丢弃该端口。",
  "{0} of {1} does not arrive at {2}: none of {3} packets to UDP port {4}":
    "{1} 的{0}没有到达 {2}：发往 UDP 端口 {4} 的 {3} 个报文无一到达",
  "{0} sends {1} to {2} port {3} ({4} attempts), and the capture of {5} has none of them.":
    "{0} 向 {2} 端口 {3} 发送{1}（{4} 次），{5} 的抓包中一次也没有。",
  "It was running, and it hears that port.": "该抓包在运行，且能抓到该端口。",
  "{0} cannot answer what it does not get: look at the way there, not at {1}.":
    "{0} 无法响应没有收到的报文：应检查去往该处的路径，而不是 {1}。",
  "The request arrived, the answer is lost on its way back: look at that way, not at {0}.":
    "请求已到达，响应在返回途中丢失：应检查该路径，而不是 {0}。",
  "{0} sent from {1} port {2}, the first attempt": "{0}从 {1} 端口 {2} 发出，第一次",
  "the last attempt": "最后一次",
  "the last packet that arrived from there": "从该处到达的最后一个报文",
  "nothing has arrived from there": "没有任何报文从该处到达",
  "the {0} request": " {0} 请求",
  "the {0} response": " {0} 响应",
  "A NAT device changes addresses or ports between two gateways": "两个网关之间的 NAT 设备改变了地址或端口",
  "One and the same IKE message comes from another address or port at the receiver than it has at the sender.":
    "同一个 IKE 报文在接收方的源地址或源端口与发送方不同。",
  "A message that both accounts have, by its IKE SA and Message ID, with another source address or port at the receiver. Two messages are never compared, so that a peer that moved (MOBIKE) is none.":
    "双方计数中按 IKE SA 和 Message ID 为同一报文，而在接收方的源地址或源端口不同。从不比较两个不同的报文，因此移动的对端（MOBIKE）不会误判。",
  "Nothing, if the NAT is known: it explains different addresses of one tunnel in the reports of its two ends.":
    "如果该 NAT 是已知的，则无需处理：它解释了同一隧道在两端报告中地址不同的原因。",
  "NAT between {0} and {1}: {2} arrives as {3}": "{0} 与 {1} 之间有 NAT：{2} 到达时为 {3}",
  "{0} sends from {1} to {2};": "{0} 从 {1} 发往 {2}；",
  "at {0} the same message comes from {1} to {2}.": "在 {0} 同一报文从 {1} 发往 {2}。",
  "{0} with Message ID {1} sent": "发送 {0}，Message ID {1}",
  "the same message arrives": "同一报文到达",
  "Failing tunnels share what working tunnels do not have": "故障隧道有正常隧道所没有的共同点",
  "Several tunnels fail, and nearly all of them share a label, a gateway or a product that hardly any working tunnel has: look there first.":
    "多条隧道故障，几乎都有同一标签、网关或产品，而正常隧道几乎没有：故障就在那里。",
  "Three failing tunnels at least. Nine of ten of them have the property, at most one of twenty working ones has it, and by Fisher's exact test, times the number of properties that there are, unrelated failures share it once in a thousand times at most. Of several the one with the greatest difference is named first.":
    "至少三条故障隧道。其中十分之九具有该属性，正常隧道至多二十分之一具有，并且按 Fisher 精确检验乘以属性的个数，无关的故障具有这一共同点的概率至多千分之一。有多个时先列出差别最大的。",
  "Look at what the tunnels share before looking at any one of them.":
    "先检查这些隧道的共同点，再检查单条隧道。",
  "{0} tunnels fail: {1} of them have {2}, and {3} of {4} working ones":
    "{0} 条隧道故障：其中 {1} 条具有{2}，{4} 条正常隧道中有 {3} 条",
  "{0} explains it best: {1} of {2} failing tunnels have it, {3} of {4} working ones.":
    "{0}是最好的解释：{2} 条故障隧道中有 {1} 条具有，{4} 条正常隧道中有 {3} 条。",
  "Unrelated failures would share any of the properties so much once in {0} times.":
    "无关的故障有如此共同点的概率为 {0} 分之一。",
  "Less well: {0} ({1} failing, {2} working).": "其次：{0}（故障 {1} 条，正常 {2} 条）。",
  "fails since then: {0}": "从此时起故障：{0}",
  "the label {0}": "标签 {0}",
  "the gateway {0}": "网关 {0}",
  "a peer with {0}": "使用 {0} 的对端",
  "the peer {0}": "对端 {0}",
  "{0} more tunnels are left out here; -f json has them all": "此处省略另外 {0} 条隧道；-f json 中有全部",
  "{0} of {1} tunnels; {2} with both ends, {3} gateways": "{1} 条隧道中的 {0} 条；{2} 条两端都有，{3} 个网关",
  "since {0}": "自 {0} 起",
  "Several gateways may be the other end: their accounts have the same SPIs.":
    "可能有多个网关是另一端：它们的计数有相同的 SPI。",
  "The other end does not publish: what is lost between is not to be seen.":
    "另一端没有发布：看不到途中丢失了什么。",
  "at {0} alone: {1}": "仅在 {0} 处：{1}",
  "newest event {0} {1}": "最新事件 {0} {1}",
  capturing: "正在抓包",
  "does not capture": "没有在抓包",
  "{0} packets dropped by the capture": "抓包丢弃 {0} 个报文",
  "{0} events missing": "缺少 {0} 个事件",
  GATEWAYS: "网关",
  "{0} tunnels, {1} gateways, {2} {3}": "{0} 条隧道，{1} 个网关，{2} {3}",
  "{0} more findings; the filter finds them": "另有 {0} 个结论，可用过滤找到",
  "{0} more gateways; the filter finds them": "另有 {0} 个网关，可用过滤找到",
  "silent for {0}": "已 {0} 没有消息",
  Gateways: "网关",
  gateway: "网关",
  gateways: "网关",
  labels: "标签",
  "newest event": "最新事件",
  "Findings (JSON)": "结论 (JSON)",
  "packets and messages are with the gateways: their own pages show them":
    "报文及其内容在各网关上：由网关自己的页面显示",
  "one end": "一端",
  "several other ends": "有多个可能的另一端",
  "In the accounts of the gateways: {0}": "在各网关的计数中：{0}",
  "Between gateways": "网关之间",
  "Findings of `ikescope hub`, which compares what the gateways at both ends of a tunnel count.":
    "`ikescope hub` 的结论：比较隧道两端网关的计数。",
  "{0} clients behind one address publish; each is listed with its own part of this end.":
    "同一地址后的 {0} 个客户端在发布；每个都与本端中属于它的部分一起列出。",
  "Tunnels break and come back again and again": "隧道反复中断又恢复",
  "Each time a tunnel is up it looks healed, and each time it breaks it looks like a new fault. Over all gateways it is told which tunnels go to and fro, whether both of their ends see it, and what they share.":
    "隧道每次恢复都像已修复，每次中断又像新故障。综合所有网关，可以说明哪些隧道在反复、两端是否都看到、它们有什么共同点。",
  "A tunnel went from working to failing three times within half an hour at one of its gateways, by that gateway's clock. Tunnels that end in order and come back, as those on demand do, do not count; nor does a gateway's restart. What flapping tunnels share and others have not is named by the same test as for an outage.":
    "半小时内，按某个网关的时钟，隧道在该网关处三次由正常变为故障。正常结束后再建立的隧道（按需隧道）不计，网关重启也不计。反复中断的隧道所共有而其他隧道没有的属性，用与大面积故障相同的检验来判定。",
  "Look at what the tunnels share: a link that comes and goes, a provider, a gateway that is short of memory or processor time.":
    "检查这些隧道的共同点：时断时续的链路、运营商、内存或处理器不足的网关。",
  "If only one end sees it break, compare its DPD interval and timeout with how long the path loses packets.":
    "如果只有一端看到中断，请将其 DPD 间隔和超时与路径丢包的时长相比较。",
  "the tunnel {0} broke {1} times within half an hour": "隧道 {0} 半小时内中断了 {1} 次",
  "{0} tunnels broke three times or more within half an hour": "{0} 条隧道半小时内中断三次或更多",
  "Both ends saw {0} of {1} break.": "{1} 条中有 {0} 条两端都看到中断。",
  "They share nothing that other tunnels have not.": "它们没有其他隧道所没有的共同点。",
  "{0} of them have {1}, and {2} of {3} other tunnels; unrelated ones would share as much once in {4} times.":
    "其中 {0} 条具有{1}，其他 {3} 条中有 {2} 条；无关的隧道有如此共同点的概率为 {4} 分之一。",
  "{0} went from working to failing {1} times": "{0} 由正常变为故障 {1} 次",
  "Certificates run out soon": "证书即将到期",
  "Tunnels that authenticate by a certificate go on after it has run out, until the next authentication: then all of them fail, each at its own time. Over all gateways it is told which certificates run out within a month, and how many tunnels rest on each.":
    "以证书认证的隧道在证书到期后仍会继续，直到下一次认证：那时它们会各自在不同时间失败。综合所有网关，可以说明哪些证书在一个月内到期，以及各有多少条隧道依赖它。",
  "A certificate that a peer showed in clear (IKEv1, aggressive mode) is valid for at most 30 more days by the clock of the gateway that saw it. Of each peer the newest certificate counts: one that was replaced, at either end, is not told; nor is anything where the clock of the gateway was never set. Main mode and IKEv2 encrypt certificates: of those nothing is said.":
    "对端以明文出示的证书（IKEv1 野蛮模式），按看到它的网关的时钟，有效期最多还有 30 天。每个对端只看最新的证书：任一端已看到替换的不报告；网关时钟从未设置的也不报告。主模式和 IKEv2 加密证书：对此不作结论。",
  "Renew the named certificates at the side that shows them, and reload them there; then let one tunnel authenticate anew and look at what it shows.":
    "在出示证书的一端更新所列证书并重新加载；然后让一条隧道重新认证，查看其出示的证书。",
  "If the certificate is that of a CA: give its successor to every peer that trusts it before the old one runs out.":
    "如果是 CA 证书：在旧证书到期之前，将新证书交给每个信任它的对端。",
  "{0} certificates run out within {1} days or have run out, first: {2} {3}":
    "{0} 个证书在 {1} 天内到期或已到期，最先的是：{2}{3}",
  "{0} tunnels were set up with them.": "{0} 条隧道用它们建立。",
  "They go on until the peers authenticate anew, and fail then.": "它们会继续到对端重新认证，届时失败。",
  "{0}, SHA-256 {1}..., is valid until {2}; tunnels: {3}": "{0}，SHA-256 {1}...，有效期至 {2}；隧道数：{3}",
  "a CA certificate that {0} shows": "{0} 出示的 CA 证书",
  "the certificate of {0}": "{0} 的证书",
  "runs out within a day": "将在一天内到期",
  "ran out within the last day": "已在最近一天内到期",
  "runs out in {0} day{1}": "将在 {0} 天后到期",
  "ran out {0} days ago": "已于 {0} 天前到期",
};
