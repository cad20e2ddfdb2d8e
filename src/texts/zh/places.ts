import type { TextTable } from "../texts.js";

/** Captures of several places. */
export const PLACES: TextTable = {
  "{0} at {1}, {2} at {3}": "{0} 在 {1}，{2} 在 {3}",
  "Seen at both ends: the request is in {0} too, and no answer leaves there, so look at that host and its daemon.":
    "两端同时抓包：请求也出现在 {0} 中，但那里没有响应发出，请检查该主机及其 IKE 进程。",
  "Seen at both ends: the request is not in the capture of the other end.":
    "两端同时抓包：另一端的抓包中没有该请求。",
  "the one {0} packet from {1} does not reach {2}: {3}": "{1} 发出的唯一一个 {0} 报文没有到达 {2}：{3}",
  "{0} has one {1} packet of {2}, and {3}, which was recording, has not.":
    "{0} 记录了 {2} 发出的一个 {1} 报文，而当时也在抓包的 {3} 中没有。",
  "none of {0} {1} packets from {2} reaches {3}: {4}": "{2} 发出的 {0} 个 {1} 报文没有一个到达 {3}：{4}",
  "from one moment on no {0} of SPI {1} from {2} reaches {3}, while that of another SPI does: {4}":
    "从某一时刻起，{2} 发出的 SPI {1} 的 {0} 不再到达 {3}，而另一个 SPI 的仍能到达：{4}",
  "no {0} of SPI {1} from {2} reaches {3}, that of another SPI did before: {4}":
    "{2} 发出的 SPI {1} 的 {0} 没有到达 {3}，此前另一个 SPI 的报文能够到达：{4}",
  "from one moment on no {0} from {1} reaches {2}: {3}": "从某一时刻起，{1} 发出的 {0} 不再到达 {2}：{3}",
  "{0} has {1} {2} packets of {3} in {4}, and {5}, which was recording, has none of them.":
    "{0} 记录了 {3} 在 {4} 内发出的 {1} 个 {2} 报文，而当时也在抓包的 {5} 中一个也没有。",
  "Packets of another SPI are at both places; since SPI {0} took its place {1} has none of {2} in {3}, and it was recording.":
    "另一个 SPI 的报文在两处都有；自改用 SPI {0} 起，{3} 内的 {2} 个报文在 {1} 中一个也没有，而当时 {1} 正在抓包。",
  "Up to one moment the packets of SPI {0} are at both places; of the {1} behind it, in {2}, {3} has none, and it was recording.":
    "在某一时刻之前，SPI {0} 的报文在两处都有；其后 {2} 内的 {1} 个报文，{3} 中一个也没有，而它当时仍在抓包。",
  "it is in {0}, and not in {1}": "它在 {0} 中有，在 {1} 中没有",
  "they are in {0}, and not in {1}": "它们在 {0} 中有，在 {1} 中没有",
  "{0} packets are in {1}, and not in {2}": "有 {0} 个报文在 {1} 中有，在 {2} 中没有",
  "{0} receives it and does not forward it": "{0}收到了它，却没有转发",
  "{0} receives them and does not forward them": "{0}收到了它们，却没有转发",
  "{0} receives {1} packets and does not forward them": "{0}收到了 {1} 个报文，却没有转发",
  "the capturing device": "抓包所在的设备",
  "the router between the two links": "两条链路之间的路由器",
  "look at the path between the two capture points, not at {0}.": "应检查两个抓包点之间的路径，而不是 {0}。",
  "{0} does not forward it. Look at its firewall, policy and routes, not at {1}.":
    "{0}没有转发它。应检查该设备的防火墙、策略和路由，而不是 {1}。",
  "So they are lost between the two capture points.": "因此这些报文丢失在两个抓包点之间。",
  "So {0} does not forward them: its firewall, its policy, its route or its other link is the cause.":
    "因此是{0}没有转发它们：原因在于它的防火墙、策略、路由或另一条链路。",
  "Because of their size {0} does not forward them: the MTU of its other link, or a rule on lengths or fragments.":
    "{0}因其长度而没有转发它们：原因是另一条链路的 MTU，或针对长度或分片的规则。",
  "{0} of {1} {2} packets from {3} to {4}: {5} receives them and does not forward them":
    "{3} 发往 {4} 的 {1} 个 {2} 报文中有 {0} 个：{5}收到了它们，却没有转发",
  "On {0}: which rule counts these packets ('nft list ruleset', 'iptables -vnL FORWARD', 'iptables -t raw -vnL', or the log of its policy)? UDP 500, UDP 4500 and ESP (protocol 50) need rules of their own, in both directions.":
    "在{0}上：哪条规则匹配了这些报文（'nft list ruleset'、'iptables -vnL FORWARD'、'iptables -t raw -vnL' 的计数，或其策略日志）？UDP 500、UDP 4500 和 ESP（协议 50）需要各自的规则，且两个方向都要有。",
  "Its route: 'ip route get {0} from {1} iif INTERFACE' must lead out by the other link; a reverse path filter ('sysctl net.ipv4.conf.all.rp_filter', and that of the interface) drops what comes from an address that it would reach by another way.":
    "其路由：'ip route get {0} from {1} iif INTERFACE' 必须指向另一条链路；如果到源地址的路由走别的接口，反向路径过滤（'sysctl net.ipv4.conf.all.rp_filter' 以及该接口的设置）会丢弃报文。",
  "Its state: 'conntrack -L' for these addresses. An entry with another address translation, or one made before a rule changed, misleads them: 'conntrack -D' removes it.":
    "其连接状态：用 'conntrack -L' 查看这些地址。带有其他地址转换的条目，或在规则更改之前建立的条目，会使报文走错：用 'conntrack -D' 删除。",
  "a capture of all interfaces of this device, with no filter on one of them: if the packets leave by another one, they took another way to {0}; and whether its sniffer lost packets":
    "在该设备的所有接口上抓包，且不对任何接口加过滤：如果报文从另一个接口发出，则它们经另一条路径去往 {0}；另外看抓包程序是否丢过包",
  "Seen on both sides of {0}: the message comes in there and does not leave.":
    "在{0}的两侧都抓了包：该报文进入该设备，却没有发出。",
  "{0} packet that is at this place only": "只在此处出现的 {0} 报文",
  "the last {0} packet that came as far as this": "最后一个到达此处的 {0} 报文",
  "{0} of {1} {2} packets from {3} to {4} are lost between {5} and {6}":
    "{3} 发往 {4} 的 {1} 个 {2} 报文中，有 {0} 个在 {5} 与 {6} 之间丢失",
  "By their sequence numbers {0} of the {1} packets that {2} has of {3} are missing in {4}.":
    "按序列号统计，{2} 所记录的 {3} 的 {1} 个报文中，有 {0} 个在 {4} 中缺失。",
  "SPI {0}: sequence numbers before this packet are at the other place only":
    "SPI {0}：此报文之前的若干序列号只在另一个文件中出现",
  "SPI {0}: by here {1} packets are at the other place only":
    "SPI {0}：到此为止，有 {1} 个报文只在另一个文件中出现",
  "All were sent between {0} and {1}.": "这些报文都是在 {0} 与 {1} 之间发送的。",
  "Of the {0} ESP packets of the other direction none is lost between them.":
    "反方向的 {0} 个 ESP 报文在两者之间没有丢失。",
  "Of the IKE messages of the other direction {0} {1} lost between them.":
    "反方向的 IKE 报文在两者之间丢失 {0} {1}发送。",
  "attempt is": "次",
  "attempts are": "次",
  "In the other direction nothing is lost between them ({0} packets).":
    "反方向在两者之间没有丢包（{0} 个报文）。",
  "In the other direction {0} of {1} are lost between them too.":
    "反方向在两者之间也有丢包：{1} 个中丢失 {0} 个。",
  "since {0} no large {1} ({2} bytes or more) from {3} reaches {4}: {5}":
    "自 {0} 起，{3} 的大 {1} 报文（{2} 字节及以上）不再到达 {4}：{5}",
  "Packets of SPI {0} of that size were at both places before, and smaller ones still are: something on the way changed.":
    "SPI {0} 中这样大小的报文此前在两处都有，较小的报文现在仍在两处：途中有什么改变了。",
  "the last {0} packet that arrived": "最后一个到达的 {0} 报文",
  "no {0} of more than {1} bytes from {2} reaches {3}: {4}":
    "{2} 发出的大于 {1} 字节的 {0} 报文无法到达 {3}：{4}",
  "Of the packets of SPI {0} those of up to {1} bytes with the outer headers are at both places; the {2} larger ones, of up to {3} bytes, are in {4} only.":
    "SPI {0} 的报文中，含外层头部不超过 {1} 字节的在两处都有；更大的 {2} 个（最大 {3} 字节）只在 {4} 中。",
  "They are lost between the two capture points because of their size: a link with a smaller MTU whose reports do not come back, or a filter.":
    "它们因长度在两个抓包点之间丢失：某段链路 MTU 较小且其 ICMP 报告未能返回，或存在按长度过滤的设备。",
  "icmp-frag-needed has the MTU.": "MTU 值见 icmp-frag-needed。",
  "{0} of {1} bytes, at this place only": "{1} 字节的 {0} 报文，只在此处出现",
  "the last {0} packet that arrived; none is larger than {1} bytes":
    "最后一个到达的 {0} 报文；没有大于 {1} 字节的",
  "{0} of {1}: {2} never reaches {3} ({4}): {5}": "{1} 的 {0}：{2} 始终没有到达 {3}（{4}）：{5}",
  "{0} of {1}: none of {2} IKE fragments reaches {3} ({4}): {5}":
    "{1} 的 {0}：{2} 个 IKE 分片无一到达 {3}（{4}）：{5}",
  "{0} has all fragments of {1} from {2} ({3}); {4}, which was recording, never has {5}.":
    "{0} 中有 {2} 的 {1} 的所有分片（{3}）；而当时也在抓包的 {4} 中始终没有{5}。",
  "{0} has all {1} IKE fragments of {2} from {3} ({4}); {5}, which was recording, has none of them.":
    "{0} 中有 {3} 的 {2} 的全部 {1} 个 IKE 分片（{4}）；而当时也在抓包的 {5} 中一个也没有。",
  "{0} cannot put the message together: {1}": "{0} 无法重组该报文：{1}",
  "IKE fragment {0} of {1}": "IKE 分片 {0}（共 {1} 个）",
  "at least the first of {0} IP fragments": "{0} 个 IP 分片中至少第一个",
  "the last of {0} IP fragments": "{0} 个 IP 分片中的最后一个",
  "any but the first {0} of {1} IP fragments": "{1} 个 IP 分片中除前 {0} 个以外的分片",
  "a middle one of {0} IP fragments": "{0} 个 IP 分片中间的一个",
  "{0}, IKE fragment {1} of {2} bytes": "{0}，IKE 分片 {1}，{2} 字节",
  "{0} of {1} bytes in {2} IKE fragments": "{1} 字节的 {0}，分为 {2} 个 IKE 分片",
  "{0} of {1} bytes, {2} IP fragment{3}": "{1} 字节的 {0}，{2} 个 IP 分片",
  ", which arrives": "（已到达）",
  "The size decides: no IKE packet of more than {0} bytes arrives, and those that are lost have {1} bytes or more. A smaller IKE fragment size gets through.":
    "取决于大小：没有大于 {0} 字节的 IKE 报文到达，而丢失的都不小于 {1} 字节。较小的 IKE 分片可以通过。",
  "{0} of {1} does not reach {2} ({3}): {4}": "{1} 的 {0} 没有到达 {2}（{3}）：{4}",
  "{0} has {1} from {2} to port {3} ({4}), and {5}, which was recording, has none of these packets.":
    "{0} 记录了 {2} 发往端口 {3} 的 {1}（{4}），而当时也在抓包的 {5} 中没有这些报文。",
  "{0}, at this place only": "{0}，只在此处出现",
  "what it answers": "它所响应的报文",
  "The answer is lost on its way back": "响应在返回途中丢失",
  "What should be answered never arrives": "应当被响应的报文没有到达",
  "They are lost on the way": "它们在途中丢失",
  "standard input": "标准输入",
  "{0} records what {1} sends": "{0} 记录了 {1} 发出的",
  "link {0}": "链路 {0}",
  "Link {0}": "链路 {0}",
  "the capture at {0}": "{0} 处的抓包",
  "The capture at {0}": "{0} 处的抓包",
  "the link towards {0}": "朝向 {0} 一侧的链路",
  "The link towards {0}": "朝向 {0} 一侧的链路",
  "the capture {0} hop{1} from {2}": "距 {2} {0} 跳处的抓包",
  "The capture {0} hop{1} from {2}": "距 {2} {0} 跳处的抓包",
  "{0} has a hole of {1} from {2} on: packets of {3} that {4} has must have passed there and were not recorded, so nothing that is missing there in that time is taken for lost.":
    "{0} 从 {2} 起有 {1} 的记录空缺：{4} 中 {3} 的报文必定经过该处，却未被记录，因此这段时间内该处缺少的报文均不视为丢失。",
};
