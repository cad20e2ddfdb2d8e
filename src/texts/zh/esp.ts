import type { TextTable } from "../texts.js";

export const ESP: TextTable = {
  "The tunnel is up and carries nothing": "隧道已建立，但没有流量",
  "The IKE SA is up, its liveness checks are answered, and no ESP packet passes in either direction for a long time. For a backup line that is normal; if traffic is expected, it takes another path.":
    "IKE SA 有效，DPD 探测得到响应，但长时间内两个方向都没有 ESP 报文。对备用线路来说这是正常的；如果本应有流量，则流量走了别处。",
  "An IKEv2 SA that was set up in the capture, liveness checks answered ten minutes later, and no ESP either way, though the capture would hold it: IKE is on port 4500, or other packets prove that no filter was on.":
    "抓包中建立的 IKEv2 SA，十分钟后 DPD 探测仍得到响应，而两个方向都没有 ESP，且抓包本应包含 ESP：IKE 使用端口 4500，或其他报文证明没有设置过滤条件。",
  "At both ends: does traffic match the selectors, and do the counters of the policies move?":
    "在两端检查：流量是否匹配流量选择器（感兴趣流），策略计数是否增长？",
  "Look at the route to the other network, with the inner source address, and for a NAT rule that changes addresses before IPsec sees them.":
    "检查到对端网络的路由及其内部源地址，以及是否有 NAT 规则在 IPsec 之前改变了地址。",
  "the SA between {0} and {1} is up for {2} and carries no ESP either way":
    "{0} 与 {1} 之间的 SA 已建立 {2}，两个方向都没有 ESP",
  "The tunnel came up, liveness checks are answered ({0} times, the last one {1} after the setup), and not one ESP packet passes in either direction. Nobody has anything to send, or what should go into the tunnel does not match its selectors, or the route leads elsewhere.":
    "隧道已建立，DPD 探测得到响应（{0} 次，最后一次在建立后 {1}），但两个方向没有一个 ESP 报文。要么没有任何一方需要发送，要么应进入隧道的流量不匹配感兴趣流，要么路由指向别处。",
  "the SA comes up": "SA 建立",
  "still alive; the capture goes on for {0}": "仍然存活；此后抓包持续 {0}",
  "a capture of the inner side: whether there is traffic for the other network at all, and where it goes":
    "在内网侧抓包：是否真有去往对端网络的流量，以及它去了哪里",
  "Requests and replies use different pairs of SAs": "请求与应答使用了不同的 SA 对",
  "Two Child SAs for the same traffic are up, one end sends in the first and the other answers in the second. If the SAs have different policies (reqid, selectors, marks), the receiver decrypts the packet and drops it because it came in the wrong SA.":
    "针对同一流量建立了两个 Child SA，一端用第一个发送，另一端用第二个应答。如果两者的策略不同（reqid、流量选择器、mark），接收方会在解密后因其来自错误的 SA 而丢弃。",
  "Packets of two SPIs took turns, a second pair was made, and since then replies come in the new SPI while requests stay in the old one: likely after two minutes, possible after one minute, or two seconds if the second pair was in use for itself. Not said with more than two SAs at once in a direction, or if each carries DSCP values of its own; a warning in IKEv1.":
    "两个 SPI 的报文曾交替出现，之后建立了第二对；此后应答使用新的 SPI，而请求仍使用旧的：持续两分钟为“很可能”，一分钟为“可能”，第二对曾单独使用时两秒即可。某一方向同时有两个以上 SA，或各自带有不同的 DSCP 值时不作此结论；IKEv1 中为警告。",
  "Remove the duplicate: let one side only initiate, and make both ends replace an older SA of the same peer.":
    "消除重复：只由一侧发起，并让两端在同一对端建立新 SA 时替换旧 SA。",
  "Put all subnets into one child, or give each pair of subnets exactly one child on both ends.":
    "把所有子网放入一个 Child SA，或在两端让每一对子网恰好对应一个 Child SA。",
  "Linux: XfrmInTmplMismatch in /proc/net/xfrm_stat counts the packets that are dropped for it, and the state shows the reqid of each SA.":
    "Linux：/proc/net/xfrm_stat 中的 XfrmInTmplMismatch 统计因此被丢弃的报文，xfrm state 中可看到每个 SA 的 reqid。",
  "the SAs at both ends ('ip -s xfrm state', 'ip xfrm policy'): whether both pairs have the same selectors and reqid, and whether XfrmInTmplMismatch in /proc/net/xfrm_stat counts up":
    "两端的 SA（'ip -s xfrm state'、'ip xfrm policy'）：两对的流量选择器和 reqid 是否相同，/proc/net/xfrm_stat 中的 XfrmInTmplMismatch 是否增长",
  "{0} sends in SPI {1}, and {2} answers in {3} of another pair instead of {4}":
    "{0} 用 SPI {1} 发送，{2} 却用另一对的 {3} 应答，而不是 {4}",
  "Two pairs of ESP SAs are live. {0} sends in SPI {1}, which belongs to {2} of the other direction: their packets took turns until the second pair was made.":
    "有两对 ESP SA 同时有效。{0} 用 SPI {1} 发送，它与反方向的 {2} 成对：在第二对建立之前，两者的报文一直交替出现。",
  "Since then the answers come in {0} ({1} turns in {2}), while the requests stay where they were, for longer than a rekey overlaps.":
    "此后应答使用 {0}（{2} 内交替 {1} 次），而请求仍在原来的 SA 上，持续时间超过了重协商的重叠期。",
  "Each end prefers another one of its Child SAs. If the two have different selectors or policies, the receiver drops the answers after decryption.":
    "两端各自优先使用不同的 Child SA。如果两者的流量选择器或策略不同，接收方会在解密后丢弃应答。",
  "requests in SPI {0}": "SPI {0} 中的请求",
  "last packet in SPI {0}, of the same pair": "SPI {0} 中的最后一个报文，属于同一对",
  "SPI {0} of another pair begins": "另一对的 SPI {0} 开始",
  "requests still in SPI {0}": "仍在 SPI {0} 中的请求",
  "a capture that goes on: in a rekey the requests move to the new pair, or the old pair is deleted":
    "继续抓包：如果是重协商，请求会转到新的一对，或旧的一对被删除",
  "still answered in SPI {0}": "仍以 SPI {0} 应答",
  "ESP as IP protocol 50 is blocked": "IP 协议 50 的 ESP 被阻断",
  "The SA is up and IKE over UDP passes both ways, but ESP, which travels as an IP protocol of its own without NAT, leaves and none ever comes. Firewalls, home routers and mobile networks often pass UDP and drop protocol 50.":
    "SA 已建立，UDP 上的 IKE 双向通畅，但在没有 NAT 时作为独立 IP 协议传输的 ESP 只有发出、从未收到。防火墙、家用路由器和移动网络常常放行 UDP 而丢弃协议 50。",
  "ESP as protocol 50 on a new SA from one side only, at intervals of pings or of TCP repeats, none from the other side since the setup, and an IKE exchange that is answered meanwhile. Not said near the receiver, nor where a capture of the receiver holds it. Other traffic, which may need no answer, makes it possible; it is a warning where that goes on for more than 30 packets or 30 s, and an explanation if it has many sizes, as log messages have.":
    "新 SA 上协议 50 的 ESP 只来自一侧，间隔与 ping 或 TCP 重传相符，建立以来没有另一侧的，而其间有 IKE 交换得到响应。靠近接收方，或接收方的抓包中有这些 ESP 时，不作此结论。其他可能无需应答的流量使其只是“可能”；若持续超过 30 个报文或 30 秒则为警告，如果像日志消息那样长度多样，则只作提示。",
  "Allow IP protocol 50 in both directions on every firewall between the peers, cloud security groups included.":
    "在两端之间的每台防火墙（包括云安全组）上双向放行 IP 协议 50。",
  "Or force ESP into UDP 4500 at both ends.": "或者在两端强制把 ESP 封装到 UDP 4500。",
  "Look at the counters of the SA at the other end: zero bytes in means that nothing arrives.":
    "查看另一端 SA 的计数：入方向为 0 字节说明没有任何报文到达。",
  "ESP (protocol 50) leaves {0} ({1} packets in {2}) and none ever comes, while IKE over UDP is answered":
    "{0} 发出 ESP（协议 50，{2} 内 {1} 个报文），从未收到回程，而 UDP 上的 IKE 得到响应",
  "The SA is up and both sides answer IKE over UDP. {0} sends ESP as IP protocol 50 to {1}, {2} packets in {3}, and not one ESP packet of {4} has come since the setup.":
    "SA 已建立，两侧都响应 UDP 上的 IKE。{0} 以 IP 协议 50 向 {1} 发送 ESP，{3} 内 {2} 个报文，而建立以来没有收到 {4} 的一个 ESP 报文。",
  "Firewalls and home routers that pass UDP 500 often drop protocol 50, in one direction or in both.":
    "放行 UDP 500 的防火墙和家用路由器常常单向或双向丢弃协议 50。",
  "first ESP packet {0} -> {1}, protocol 50": "首个 ESP 报文 {0} -> {1}，协议 50",
  "IKE is exchanged meanwhile": "其间有 IKE 交互",
  "last of {0} ESP packets, none of the other direction": "{0} 个 ESP 报文中的最后一个，反方向没有",
  "the counters of the SA at {0}: bytes in that grow mean that ESP arrives and the answers fail; zero means that it is blocked on the way":
    "{0} 上 SA 的计数：入方向字节数增长说明 ESP 已到达而应答有问题；为 0 说明在途中被阻断",
  "ESP packets come twice": "ESP 报文重复出现",
  "The same sequence number comes again on the same SA. A sender never does that, so a device on the way copies packets; receivers drop the copies as replays, but links and logs carry them.":
    "同一 SA 上再次出现相同的序列号。发送方绝不会这样做，因此是途中的设备复制了报文；接收方会把副本当作重放丢弃，但链路和日志要承担其开销。",
  "Sequence numbers of a stream that come again, three at least, with the same TTL, in a capture whose IKE has no copies. If nearly every packet is there twice, the capture made the copies. Or the receiver's kernel has accepted all sequence numbers and refused further packets as replays.":
    "某条流的序列号再次出现，至少三次，TTL 相同，且抓包中的 IKE 没有副本。如果几乎每个报文都出现两次，则副本是抓包造成的。或者：接收方内核已接收全部序列号，并把另外的报文当作重放拒绝。",
  "Look for a loop between switches or a bridge that floods, and for a redundancy protocol that sends on two links (PRP, bonding in broadcast mode).":
    "检查交换机之间是否有环路、网桥泛洪，以及在两条链路上同时发送的冗余协议（PRP、广播模式的 bonding）。",
  "Check the counter of replays at the receiver (Linux: XfrmInStateSeqError in /proc/net/xfrm_stat): if it does not grow, the copies were made for the sniffer only.":
    "查看接收方的重放计数（Linux：/proc/net/xfrm_stat 中的 XfrmInStateSeqError）：如果不增长，说明副本只是为抓包产生的。",
  "{0} of {1} {2} packets from {3} to {4} came twice": "{3} 发往 {4} 的 {1} 个 {2} 报文中，{0} 个重复出现",
  "Of {0} {1} packets from {2} to {3} (SPI {4}) {5} have a sequence number that was there before.":
    "{2} 发往 {3} 的 {0} 个 {1} 报文（SPI {4}）中，{5} 个的序列号此前已经出现过。",
  "A sender never uses a number twice, so something on the way sent them again; the receiver drops them as replays and counts them.":
    "发送方绝不会重复使用序列号，因此是途中的设备再次发送了它们；接收方把它们当作重放丢弃并计数。",
  "the first packet whose sequence number was there before": "首个序列号已出现过的报文",
  "{0} {1} packets from {2} to {3} came twice to {4}":
    "{2} 发往 {3} 的报文中，有 {0} 个 {1} 报文重复到达 {4}",
  "The state of SPI {0} on {1} has accepted each sequence number from 1 to {2} and refused {3} packets as replays: those are copies.":
    "{1} 上 SPI {0} 的状态已接收 1 到 {2} 的每个序列号，并把 {3} 个报文当作重放拒绝：这些报文是副本。",
  "This capture shows each packet once, so they were copied between the capture and that host.":
    "本抓包中每个报文只出现一次，因此复制发生在抓包点与该主机之间。",
  "the last packet of this SA": "该 SA 的最后一个报文",
  "state {0}: {1} packets accepted, the newest has number {2}, {3} refused as replays":
    "状态 {0}：已接收 {1} 个报文，最新序列号为 {2}，{3} 个被当作重放拒绝",
  "by here {0} came twice": "到此为止有 {0} 个重复出现",
  "the receiver's counter of replays (XfrmInStateSeqError in /proc/net/xfrm_stat): if it does not count them, the copies were made for the sniffer (mirror port)":
    "接收方的重放计数（/proc/net/xfrm_stat 中的 XfrmInStateSeqError）：如果没有计数，说明副本是为抓包产生的（镜像端口）",
  "ESP packets are lost": "ESP 报文丢失",
  "Each ESP packet carries a number that grows by one. Numbers that never come are packets that were sent and lost before this place. TCP in the tunnel slows down with a loss of one in a hundred, speech suffers with less.":
    "每个 ESP 报文都带有逐一递增的序列号。始终没有出现的序列号，就是已发送但在到达此处之前丢失的报文。隧道中的 TCP 在百分之一的丢包下就会变慢，语音在更低的丢包下就受影响。",
  "Sequence numbers of a direction that are never seen, five and one in a hundred at least; fewer, or near the sender, as information. Not said if the capture says that it dropped packets itself or one of its files is missing, nor of a counter that jumps ahead or of a pause between two files.":
    "某一方向始终没有出现的序列号，至少五个且不少于百分之一；更少时或靠近发送方时只作提示。抓包自身声明有丢包或缺少其中一个文件时、计数跳跃时或位于两个文件之间的间隔时，不作此结论。",
  "Find where: capture at both ends at the same time and compare the missing numbers, or ping along the path outside the tunnel with packets of the same size.":
    "定位位置：同时在两端抓包并比较缺失的序列号，或在隧道外用同样长度的报文沿路径 ping。",
  "Look for a policer, a full link, or a CPU at its limit: loss that grows with the load.":
    "检查是否有限速、链路拥塞或 CPU 达到上限：丢包会随负载增加。",
  "If only large packets are missing, it is the size: lower the MSS of what goes into the tunnel.":
    "如果只缺少较大的报文，则是长度问题：调小进入隧道的流量的 TCP MSS。",
  "Let the sniffer prove that it did not lose them itself: a larger buffer, its count of dropped packets at the end.":
    "让抓包工具证明自己没有丢包：加大缓冲区，并查看结束时的丢包计数。",
  "{0} of {1} {2} packets from {3} to {4} are missing ({5})":
    "{3} 发往 {4} 的 {1} 个 {2} 报文中缺失 {0} 个（{5}）",
  "The sequence numbers of {0} from {1} to {2} leave out {3} of {4} ({5}), in {6}, the largest of {7}; none of them came late.":
    "{1} 发往 {2} 的 {0} 序列号中，{4} 个缺失 {3} 个（{5}），共 {6}，最大一处为 {7} 个；没有一个是迟到的。",
  "one gap": "一处",
  "{0} gaps": "{0} 处",
  "In the other direction {0} are missing ({1}).": "反方向缺失 {0} 个（{1}）。",
  "SPI {0}: sequence numbers are left out before this packet, {1} in a row":
    "SPI {0}：此报文之前有序列号缺失，连续 {1} 个",
  "by here {0} numbers of this SPI were never seen": "到此为止，该 SPI 有 {0} 个序列号始终没有出现",
  "the receiver's own counters over the same time ('ip -s xfrm state', bytes and packets of the SPI): if they have what is missing here, the sniffer lost it":
    "同一时间段内接收方自己的计数（'ip -s xfrm state'，该 SPI 的字节数和报文数）：如果它收到了此处缺失的报文，则是抓包工具丢失的",
  "In the same time nothing of the other direction was recorded either, though it went on: rather the recording has a hole there (a file of a ring is missing, a sniffer stood still).":
    "同一时间段内，反方向虽在继续却也没有任何记录：更可能是抓包本身有缺口（缺少循环文件中的一个，或抓包工具停顿）。",
  "Of the packets of {0}, near the sniffer, as many are missing, which nothing on the path can have lost: rather the sniffer loses packets.":
    "抓包点附近的 {0} 的报文也缺失同样多，而这不可能是路径丢失的：更可能是抓包工具丢包。",
  "IKE messages are missing too that must have passed, for they were answered, or followed by the next: rather the sniffer loses packets.":
    "也缺失了必然经过此处的 IKE 报文（它们得到了响应，或之后有后续报文）：更可能是抓包工具丢包。",
  "Seen near the sender: the sniffer or the sender's own queue lost them, not the path.":
    "在发送方附近看到：是抓包工具或发送方自己的队列丢失的，而不是路径。",
  "Seen near the receiver: they were lost on the way, or by the sniffer.":
    "在接收方附近看到：是在途中丢失的，或是抓包工具丢失的。",
  "They were lost between the sender and this place, or by the sniffer.":
    "它们在发送方与抓包点之间丢失，或是抓包工具丢失的。",
  "the sizes: the largest that came is {0} bytes; pings of growing size through the tunnel ('ping -M do -s') tell whether only large packets are lost":
    "长度：到达的最大报文为 {0} 字节；在隧道内用逐步增大的 ping（'ping -M do -s'）可判断是否只有大报文丢失",
  "ESP without encryption": "ESP 没有加密",
  "The Child SA uses NULL encryption: it proves who sent a packet, perhaps, but everyone on the way can read it.":
    "Child SA 使用 NULL 加密：或许能证明报文由谁发送，但途中任何人都能读取。",
  "Behind the ESP header stands an IP packet of the right length and checksum, in four of five of the packets that were looked into, two at least. In transport mode: UDP, TCP, ICMP echo or GRE whose header fits, with their number and right padding before the ICV.":
    "ESP 头之后是长度和校验和都正确的 IP 报文，在所检查的报文中占五分之四，至少两个。传输模式下：头部相符的 UDP、TCP、ICMP echo 或 GRE，且 ICV 之前有其协议号和正确的填充。",
  "If that is not wanted: take NULL out of the ESP proposals at both ends.":
    "如果不希望如此：在两端的 ESP 提议中去掉 NULL。",
  "the content of a packet in transport mode": "传输模式报文的内容",
  "an IP packet": "IP 报文",
  "its next header and padding where the trailer belongs, and a header of that kind that fits":
    "尾部位置有其下一头部和填充，且有相应类型的头部",
  "with the right length and checksum": "长度和校验和都正确",
  "ESP between {0} and {1} is not encrypted: the packets inside can be read":
    "{0} 与 {1} 之间的 ESP 没有加密：可以读取其中的报文",
  "Behind the ESP header ({0}SPI {1}) stands {2} in clear, {3}, in {4} of the {5} packets that were looked into{6}.":
    "ESP 头（{0}SPI {1}）之后是明文的 {2}，{3}，所检查的 {5} 个报文中有 {4} 个如此{6}。",
  "in UDP,": "UDP 封装，",
  ", in both directions": "，两个方向都是",
  "The Child SA uses NULL encryption: packets are authenticated perhaps, but anybody on the way can read them.":
    "Child SA 使用 NULL 加密：报文或许经过认证，但途中任何人都能读取。",
  "content in clear after the ESP header, SPI {0}": "ESP 头之后为明文内容，SPI {0}",
  "Encrypted traffic flows in one direction only": "加密流量只有单向",
  "One side sends ESP packets and none comes back, although both sides' IKE messages are seen here.":
    "一侧发送 ESP 报文，没有任何返回，而此处能看到两侧的 IKE 报文。",
  "At the silent side: do the packets arrive and get decrypted ('ip -s xfrm state', 'swanctl --list-sas': bytes in)? If not: a firewall on the way drops ESP or UDP 4500 data.":
    "在没有应答的一侧：报文是否到达并被解密（'ip -s xfrm state'、'swanctl --list-sas' 的入方向字节数）？如果没有：途中的防火墙丢弃了 ESP 或 UDP 4500 的数据。",
  "If they are decrypted there: routing behind the silent side, its firewall towards the inner network, and a NAT rule that catches the replies before IPsec.":
    "如果在那里已解密：检查该侧之后的路由、它面向内网的防火墙，以及在 IPsec 之前截获应答的 NAT 规则。",
  "Compare the selectors: replies must match the Child SA's traffic selectors to be encrypted.":
    "比较感兴趣流：应答必须匹配 Child SA 的流量选择器才会被加密。",
  "since the rekey {0} flows from {1} to {2} only ({3} packets in {4}, none back)":
    "重协商之后只有 {1} 到 {2} 方向有 {0} 报文（{4} 内 {3} 个报文，没有回程）",
  "{0} flows from {1} to {2} only ({3} packets in {4}, none back)":
    "只有 {1} 到 {2} 方向有 {0} 报文（{4} 内 {3} 个报文，没有回程）",
  "{0} sent {1} {2} packets to {3} in {4} and not one came back, while IKE":
    "{0} 在 {4} 内向 {3} 发送了 {1} 个 {2} 报文，没有一个返回，而此处能看到",
  "messages of {0} are seen here. {1}": "{0} 的 IKE 报文。{1}",
  "first {0} packet {1} -> {2}": "首个 {0} 报文 {1} -> {2}",
  "last of {0} {1} packets, none in the other direction": "{0} 个 {1} 报文中的最后一个，反方向没有",
  "last of {0} ESP packets, none in the other direction": "{0} 个 ESP 报文中的最后一个，反方向没有",
  "a ping to the inner address of {0} itself or to another host behind it: if that is answered, the tunnel works and only the host that was asked is silent (its own firewall, or it is off)":
    "ping {0} 自己的内部地址或其后的另一台主机：如果有响应，说明隧道正常，只是被访问的那台主机没有应答（它自己的防火墙，或已关机）",
  "whether the traffic needs answers at all (syslog, flow export): then one direction is normal; a ping through the tunnel tells":
    "该流量是否需要应答（syslog、流量导出）：如果不需要，单向是正常的；在隧道内 ping 可判断",
  "a capture at {0}: whether the replies leave in clear": "在 {0} 抓包：看应答是否以明文发出",
  "a capture that goes on: whether {0} answers after all ({1} packets without an answer in {2} so far)":
    "继续抓包：看 {0} 最终是否应答（目前 {2} 内有 {1} 个报文没有应答）",
  "a ping to another host behind {0}: if that is answered, the tunnel works and the host that was asked is silent":
    "ping {0} 之后的另一台主机：如果有响应，说明隧道正常，只是被访问的那台主机没有应答",
  "a capture at {0}: whether its answers leave, and to which address and port":
    "在 {0} 抓包：看它的应答是否发出，发往哪个地址和端口",
  "{0} of {1} stops, while {2} goes on for {3}{4}": "{1} 的 {0} 停止，而 {2} 又继续了 {3}{4}",
  "and its IKE still comes": "，且其 IKE 报文仍然到来",
  "and its IKE comes in a new IKE SA only": "，且其 IKE 报文只出现在新的 IKE SA 中",
  "IKE of {0} comes in a new IKE SA only: the peer lives, and may have forgotten the old one.":
    "{0} 的 IKE 报文只出现在新的 IKE SA 中：对端在线，但可能已丢失旧的 IKE SA。",
  "the log of {0}: a start of the daemon at that time, or whether it still has the old IKE SA":
    "{0} 的日志：该时刻守护进程是否启动过，或是否仍有旧的 IKE SA",
  "Traffic took turns (answers of {0}: {1}), then {2} of {3} ends while {4} goes on with packets of the same sizes (at least {5} in {6}).":
    "流量原本交替出现（{0} 应答 {1} 次），随后 {3} 的 {2} 结束，而 {4} 仍在发送同样长度的报文（{6} 内至少 {5} 个）。",
  "IKE of {0} still comes, so the peer lives and the path for IKE is open.":
    "仍有 {0} 的 IKE，说明对端存活且 IKE 的路径是通的。",
  "an IKE message of {0} later": "之后 {0} 的一个 IKE 报文",
  "last {0} packet of {1}": "{1} 的最后一个 {0} 报文",
  "{0} of {1} goes on": "{1} 的 {0} 继续",
  "a liveness check, or a longer capture: whether IKE of the silent side still comes":
    "DPD 探测，或更长的抓包：看没有应答的一侧是否仍有 IKE",
  "Captured near the sender: its packets leave. First check at {0} whether they arrive and are decrypted; if they do not arrive, the path loses them.":
    "抓包点靠近发送方：其报文已发出。先在 {0} 检查报文是否到达并被解密；如果没有到达，则是在路径上丢失。",
  "Captured near the receiver: the packets arrive there and no answer leaves. First check {0}: its decryption counters, its firewall and the route to the network behind it.":
    "抓包点靠近接收方：报文到达了那里，但没有应答发出。先检查 {0}：其解密计数、防火墙以及到其后网络的路由。",
  "Captured near the receiver: the packets arrive there and are decrypted, for they are shown in clear ({0} -> {1}) right after their ESP, and no answer leaves. First check behind the decryption at {2}: the firewall and the host {3}, the route back to {4}, and the IPsec policy for the answers.":
    "抓包点靠近接收方：报文到达了那里并已解密，因为它们紧跟在各自的 ESP 之后以明文显示（{0} -> {1}），但没有应答发出。先检查 {2} 解密之后的部分：防火墙和主机 {3}、返回 {4} 的路由，以及用于应答的 IPsec 策略。",
  "Captured at both ends: the packets arrive at {0}, for they are in {1} too, and no answer leaves there. First check {2}: its decryption counters, its firewall and the route to the network behind it.":
    "在两端抓包：报文到达了 {0}，因为 {1} 中也有它们，而那里没有发出应答。先检查 {2}：其解密计数、防火墙以及通往其后网络的路由。",
  "This capture point does not show where the answers are lost. First check at {0} whether the packets arrive and are decrypted.":
    "从这个抓包点看不出应答在哪里丢失。先在 {0} 检查报文是否到达并被解密。",
  "ESP packets come out of order": "ESP 报文乱序",
  "Packets change their order on the way. A receiver keeps only so many sequence numbers below the highest (its anti-replay window); a packet with a lower number is dropped as a replay, though it is genuine.":
    "报文在途中先后顺序改变。接收方只记录最高序列号以下有限个序列号（抗重放窗口）；序列号低于这一范围的报文即使是真实的，也会被当作重放丢弃。",
  "Packets that come after a higher sequence number and were not seen before; a warning if a window of 32 would have dropped three or more and the capturing host does not show them decrypted. Not said of files that overlap in time.":
    "序列号低于已出现的最高序列号、且此前没有出现过的报文；如果大小为 32 的抗重放窗口会丢弃三个或更多，且抓包主机没有显示其解密后的内容，则为警告。时间重叠的文件不作此结论。",
  "Enlarge the anti-replay window at the receiver to the number in the finding.":
    "在接收方把抗重放窗口扩大到结论中给出的数值。",
  "If queues by class put packets of one SA out of order: one SA for each class, or the same class for all packets of the tunnel.":
    "如果是按类别的队列打乱了同一 SA 的报文：每个类别使用一个 SA，或让隧道的所有报文使用同一类别。",
  "If several links or processors do it: keep one tunnel on one path (hash by addresses and SPI).":
    "如果是多条链路或多个处理器造成的：让一条隧道固定在一条路径上（按地址和 SPI 哈希）。",
  "1 packet came late": "1 个报文迟到",
  "{0} packets came late": "{0} 个报文迟到",
  "{0} of {1} {2} packets from {3} to {4}, up to {5} behind: {6}":
    "{3} 发往 {4} 的 {1} 个 {2} 报文中，{0}，最多落后 {5}：{6}",
  "{0} of {1} {2} packets from {3} to {4}, up to {5} behind":
    "{3} 发往 {4} 的 {1} 个 {2} 报文中，{0}，最多落后 {5}",
  "Of {0} {1} packets from {2} to {3} (SPI {4}) {5}, up to {6} behind the highest sequence number.":
    "{2} 发往 {3} 的 {0} 个 {1} 报文（SPI {4}）中，{5}，最多比最高序列号落后 {6}。",
  "The packets carry {0} different DSCP values ({1}), so queues that favour some of them may be what puts them out of order.":
    "这些报文带有 {0} 个不同的 DSCP 值（{1}），因此可能是优先转发其中一部分的队列造成乱序。",
  "All carry the same DSCP value, so rather several paths or several processors than queues by class.":
    "所有报文的 DSCP 值相同，因此更可能是多条路径或多个处理器，而不是按类别的队列。",
  "the first packet that comes after a later one": "首个迟于后续报文的报文",
  "by here {0} came late": "到此为止有 {0} 个迟到",
  "a capture on one interface with one queue: sniffers that read several queues or interfaces put packets out of order themselves":
    "在只有一个队列的单个接口上抓包：读取多个队列或接口的抓包工具自身会造成乱序",
  "The capturing host shows them decrypted as well, so its window took them.":
    "抓包主机也显示了这些报文解密后的内容，因此它的窗口接受了它们。",
  "and no window up to 4096 takes all": "而 4096 以内的窗口都不能全部接受",
  "{0} none": "{0} 则不丢弃",
  "The sequence numbers of an SA run out": "SA 的序列号即将用尽",
  "Without extended sequence numbers an SA carries 2^32 - 1 packets and must then be replaced. A lifetime by time alone can be too long for a fast link.":
    "没有扩展序列号（ESN）时，一个 SA 最多承载 2^32 - 1 个报文，之后必须更换。对高速链路来说，只按时间的生存周期可能太长。",
  "The sequence number of an SPI is in the last sixteenth before 2^32, and at the rate that is seen it gets there within eight hours, the longest usual time to a rekey. An explanation with the date if three quarters are used and the rest lasts less than a year, or if at the rate of a minute and more it lasts less than a day. Not said if the number has wrapped: then it is an extended one.":
    "某个 SPI 的序列号已进入 2^32 之前的最后十六分之一，且按当前速率将在八小时（重协商常见的最长时间）内用尽。已用四分之三且剩余部分不足一年，或按一分钟以上的速率剩余不足一天时，作为提示给出日期。序列号已回绕时不作此结论：那说明使用了扩展序列号。",
  "Rekey by packets or bytes too.": "同时按报文数或字节数触发重协商。",
  "Negotiate extended sequence numbers if both ends support them.": "在两端都支持时协商扩展序列号（ESN）。",
  "at {0}": "将于 {0}",
  "on {0}": "将于 {0}",
  "{0} days": "{0} 天",
  "sequence numbers of SPI {0} from {1} run out {2}, at {3} packets a second":
    "{1} 的 SPI {0} 的序列号{2} 用尽（每秒 {3} 个报文）",
  "sequence numbers of SPI {0} from {1} have run out: {2} was sent":
    "{1} 的 SPI {0} 的序列号已用尽：已发送 {2}",
  "{0} from {1} to {2} on SPI {3} has sent sequence number {4}, the last one before 2^32.":
    "{1} 发往 {2} 的 {0}（SPI {3}）已发送序列号 {4}，即 2^32 之前的最后一个。",
  "{0} from {1} to {2} on SPI {3} is at sequence number {4}; {5} are left before 2^32, and at the present {6} packets a second they run out {7} ({8}).":
    "{1} 发往 {2} 的 {0}（SPI {3}）序列号已到 {4}；距 2^32 还剩 {5} 个，按目前每秒 {6} 个报文，{7} 用尽（{8}）。",
  "Without extended sequence numbers the sender must stop there (RFC 4303 section 3.3.3) unless a rekey comes before. Whether they were negotiated is encrypted: the SA at either end tells ('esn' in 'ip xfrm state'); with them the number just wraps.":
    "没有扩展序列号时，除非此前重协商，否则发送方到那里必须停止（RFC 4303 第 3.3.3 节）。是否协商了扩展序列号是加密的：可查看任意一端的 SA（'ip xfrm state' 中的 'esn'）；如果启用了，序列号只是回绕。",
  "sequence number {0}": "序列号 {0}",
  "The sequence numbers of an SA begin anew": "SA 的序列号重新开始",
  "A sender counts up for the whole life of an SA. Here the numbers fall back to the bottom on the same SPI; a receiver that checks for replays drops all packets until they pass the old number.":
    "发送方在一个 SA 的整个存续期内递增序列号。这里同一 SPI 的序列号回落到最小值；检查重放的接收方会丢弃所有报文，直到超过旧的序列号。",
  "Three packets in a row with low sequence numbers, far below the highest of the same SPI, and no exchange in between that could have made a new SA. A warning if the other side goes on answering.":
    "连续三个报文的序列号很小，远低于同一 SPI 的最高值，且其间没有可能建立新 SA 的交换。如果另一侧仍在应答，则为警告。",
  "In a cluster: synchronise the counters between the nodes, or set up the SAs anew after a fail-over.":
    "在集群中：在节点之间同步计数，或在切换后重新建立 SA。",
  "Set the tunnel up anew: new SAs begin at 1 with a new SPI.":
    "重新建立隧道：新的 SA 使用新的 SPI 并从 1 开始。",
  "With manual keys: do not load the same SA again after a restart.":
    "使用手工密钥时：重启后不要再次加载同一个 SA。",
  "sequence numbers of SPI {0} from {1} fall from {2} to the beginning":
    "{1} 的 SPI {0} 的序列号从 {2} 回落到起点",
  ", and nothing answers any more": "，且不再有任何应答",
  "{0} from {1} to {2} on SPI {3} had reached sequence number {4}, then began anew at the bottom{5}.":
    "{1} 发往 {2} 的 {0}（SPI {3}）序列号已到 {4}，随后又从最小值重新开始{5}。",
  "No sender may use numbers twice on one SA (RFC 4303 section 3.3.3); it has forgotten how far it was, as after a fail-over without synchronised counters.":
    "发送方不得在同一 SA 上重复使用序列号（RFC 4303 第 3.3.3 节）；它丢失了自己的计数，例如在没有同步计数的切换之后。",
  "The other side still answers, so it does not check for replays, or it has new SAs too.":
    "另一侧仍在应答，因此它不检查重放，或者也建立了新的 SA。",
  "A receiver with anti-replay drops all that comes until the old number is passed.":
    "启用抗重放的接收方会丢弃所有报文，直到超过旧的序列号。",
  "first packet of the SPI that was seen, sequence number {0}": "所见该 SPI 的首个报文，序列号 {0}",
  "the numbers begin anew, after {0}": "序列号在 {0} 之后重新开始",
  "the last one has {0}": "最后一个为 {0}",
  "the log of {0}: a fail-over or a restart with manual keys; or a new SA that got the same SPI by chance":
    "{0} 的日志：是否发生切换，或使用手工密钥重启；或者新的 SA 碰巧使用了相同的 SPI",
  "ESP is sent to an SA that is gone": "ESP 发往已不存在的 SA",
  "One side still encrypts into an SA that the other side has deleted or lost in a restart. The receiver knows no key for it and drops every packet.":
    "一侧仍用另一侧已删除或重启后丢失的 SA 加密。接收方没有对应的密钥，丢弃每个报文。",
  "ESP goes on for seconds to an SPI whose IKE SA was deleted (by the length of the message), or whose receiver began a new IKE SA and sends in new SPIs, or says INVALID_SPI in clear, while the other direction of that SA has ended.":
    "ESP 持续数秒发往某个 SPI，而其 IKE SA 已被删除（由报文长度判断），或其接收方已建立新的 IKE SA 并使用新的 SPI，或以明文通知 INVALID_SPI，同时该 SA 的另一方向已结束。",
  "At the sending side: remove the old SAs and set the tunnel up anew.":
    "在发送的一侧：删除旧的 SA 并重新建立隧道。",
  "Switch on dead peer detection at the sending side, so that it notices by itself.":
    "在发送的一侧启用 DPD，使其能自行发现。",
  "With devices in a cluster: synchronise SAs between the nodes, or let the survivor announce itself (INITIAL_CONTACT).":
    "设备为集群时：在节点之间同步 SA，或让接管的节点主动声明（INITIAL_CONTACT）。",
  "a capture that goes on: whether {0} stops, or moves to a new SPI":
    "继续抓包：看 {0} 是否停止，或转用新的 SPI",
  "the SAs at {0} ('ip xfrm state'): if it still has SPI {1}, it receives and does not answer; otherwise XfrmInNoStates counts up there":
    "{0} 上的 SA（'ip xfrm state'）：如果仍有 SPI {1}，说明它收到了但没有应答；否则那里的 XfrmInNoStates 会增长",
  "{0} still sends ESP to SPI {1} of {2}, {3} after {4}": "{0} 在 {4} 之后 {3} 仍向 {2} 的 SPI {1} 发送 ESP",
  "{0} sends ESP with SPI {1} to {2} (at least {3} packets in {4}) although {5}.":
    "{0} 以 SPI {1} 向 {2} 发送 ESP（{4} 内至少 {3} 个报文），尽管 {5}。",
  "The message is not authenticated, but no answer in ESP contradicts it.":
    "该报文没有经过认证，但没有 ESP 应答与之矛盾。",
  "{0} sends nothing on its side of that SA any more.": "{0} 在该 SA 的自己一侧不再发送任何报文。",
  "What is sent there is dropped; {0} does not know that the SA is gone.":
    "发往那里的报文被丢弃；{0} 不知道该 SA 已不存在。",
  "Meanwhile {0} uses a new SPI too.": "与此同时 {0} 也在使用新的 SPI。",
  "ESP still to SPI {0}": "ESP 仍发往 SPI {0}",
  "ESP whose negotiation is not in the capture": "协商过程不在抓包中的 ESP",
  "The SA was made before the capture began, or on another path. How it was negotiated cannot be said; whether its packets come in order can.":
    "该 SA 在抓包开始之前建立，或经由其他路径建立。无法说明它是如何协商的，但可以判断其报文是否有序。",
  "An SPI that carries ESP before any exchange of the capture that makes a Child SA, or begins in the middle of its numbers.":
    "某个 SPI 在抓包中任何建立 Child SA 的交换之前就承载 ESP，或其序列号从中间开始。",
  "To see the negotiation, keep the capture running and set the tunnel up anew, or wait for the next rekey.":
    "要看到协商过程，保持抓包并重新建立隧道，或等待下一次重协商。",
  "an SPI": "一个 SPI",
  "{0} SPIs": "{0} 个 SPI",
  "{0} on {1} whose negotiation is not in the capture": "{1} 上的 {0}，其协商过程不在抓包中",
  "{0} flows on {1} ({2}{3}) of which the capture has no whole exchange that makes it: the capture began later, its filter left IKE out, or messages of that exchange are missing. How the SA was negotiated cannot be judged from it.":
    "{1}（{2}{3}）上有 {0}，但抓包中没有建立它的完整交换：抓包开始得较晚、过滤条件排除了 IKE，或缺少该交换的部分报文。无法据此判断该 SA 是如何协商的。",
  "SPI {0} is in use, sequence number {1}": "SPI {0} 正在使用，序列号 {1}",
  "Several Child SAs carry traffic at once": "多个 Child SA 同时承载流量",
  "A pair of SAs for each processor (RFC 9611), or one for each pair of subnets. An answer may then come in another pair than its question.":
    "每个处理器一对 SA（RFC 9611），或每一对子网一对。此时应答可能使用与请求不同的一对。",
  "Three and more SPIs in each direction carry traffic for most of the same time, and none takes over from another.":
    "每个方向有三个或更多 SPI 在大部分相同时间内承载流量，且没有哪一个取代另一个。",
  "Nothing to do. The SAs at either end tell which of the two it is: by their selectors.":
    "无需处理。可通过任意一端的 SA 的流量选择器判断是哪一种。",
  "{0} ESP SAs from {1} and {2} from {3} carry traffic at the same time":
    "{1} 的 {0} 个和 {3} 的 {2} 个 ESP SA 同时承载流量",
  "{0} ESP SAs from {1} and {2} from {3} carry traffic at the same time, and none takes over from another: a pair for each processor (RFC 9611), or one for each pair of subnets. That an answer comes in another pair than its request is no fault then.":
    "{1} 的 {0} 个和 {3} 的 {2} 个 ESP SA 同时承载流量，且没有哪一个取代另一个：每个处理器一对（RFC 9611），或每一对子网一对。此时应答使用与请求不同的一对并不是故障。",
  "first packet of one of the SAs from {0}": "{0} 的其中一个 SA 的首个报文",
  "the SAs at either end: for processors and duplicates their selectors are equal, for subnets they differ":
    "任意一端的 SA：按处理器建立的或重复的，其流量选择器相同；按子网建立的则不同",
  "Packets for the tunnel leave in clear": "应进入隧道的报文以明文发出",
  "Packets between private networks leave the gateway without ESP, over the same link and towards the same next hop as its ESP did. They are lost at the next router at best; anybody on the way can read them.":
    "私网之间的报文没有经过 ESP 就离开网关，与其 ESP 使用同一链路和同一下一跳。最好的情况是在下一台路由器丢弃；途中任何人都能读取。",
  "Packets between private addresses with the MAC addresses and VLAN of a public gateway's IKE or ESP: while its tunnel is up and it sends no ESP, within a minute after its last ESP, or as replies to what is decrypted. Not what comes within 5 ms of an ESP packet; not in cooked captures of version 1, nor between private gateways.":
    "私有地址之间的报文，其 MAC 地址和 VLAN 与某公网网关的 IKE 或 ESP 相同：在其隧道建立而没有发送 ESP 期间、在其最后一个 ESP 之后一分钟内，或作为对已解密报文的应答。ESP 报文 5 ms 之内的报文不计；版本 1 的 cooked 抓包和私网网关之间不作此结论。",
  "Keep them from leaving when the tunnel is down: a trap policy, or a blocking route to the other network.":
    "在隧道中断时阻止它们发出：使用 trap 策略，或为对端网络配置阻断路由。",
  "Exempt the tunnel's traffic from NAT, before the masquerading rule.":
    "在源 NAT（masquerade）规则之前，将隧道的流量从 NAT 中排除。",
  "Compare the inner addresses in the finding with the selectors of the Child SA: what does not match is not encrypted.":
    "把结论中的内部地址与 Child SA 的流量选择器比较：不匹配的不会被加密。",
  "{0} more such flows are there.": "另有 {0} 条这样的流。",
  "a packet from {0} to {1} leaves {2} in clear": "{0} 发往 {1} 的一个报文以明文离开 {2}",
  "A packet from {0} to {1} leaves in clear, over the same link and towards the same next hop as IKE and ESP of {2}. {3}{4}":
    "{0} 发往 {1} 的一个报文以明文发出，与 {2} 的 IKE 和 ESP 使用同一链路和同一下一跳。{3}{4}",
  "{0} packets from {1} to {2} leave {3} in clear": "{1} 发往 {2} 的 {0} 个报文以明文离开 {3}",
  "{0} packets from {1} to {2}{3} leave in clear, over the same link and towards the same next hop as IKE and ESP of {4}. {5}{6}":
    "{1} 发往 {2} 的 {0} 个报文{3}，以明文发出，与 {4} 的 IKE 和 ESP 使用同一链路和同一下一跳。{5}{6}",
  "Later ESP flows again, so it was for a time only.": "之后又有 ESP，说明只是暂时的。",
  "first packet in clear, {0} -> {1}, IP protocol {2}": "首个明文报文，{0} -> {1}，IP 协议 {2}",
  "a capture on the next router: what is in clear there was sent in clear":
    "在下一台路由器抓包：那里的明文就是以明文发出的",
  "Packets of the opposite direction come out of the tunnel (decrypted from ESP, frame of the first: {0}), so these belong into it.":
    "反方向的报文是从隧道中解密出来的（首个的帧为 {0}），因此这些报文应当进入隧道。",
  "The tunnel is up and {0} has sent no ESP at all: what should be encrypted is not.":
    "隧道已建立，而 {0} 完全没有发送 ESP：应当加密的没有加密。",
  "They begin {0} after the last ESP packet of {1}, and no ESP of it passes meanwhile: without a tunnel the same traffic goes out in clear.":
    "它们在 {1} 的最后一个 ESP 报文之后 {0} 开始，其间没有该主机的 ESP：没有隧道时，同样的流量以明文发出。",
  "ESP of {0} flows at the same time, so other traffic is encrypted; whether these addresses belong into the tunnel is not known.":
    "同一时间有 {0} 的 ESP，说明其他流量被加密；这些地址是否应当进入隧道则无法得知。",
  "Decrypted packets are shown beside their ESP": "解密后的报文与其 ESP 一同显示",
  "On a Linux gateway a sniffer sees what comes in twice: as ESP, and once more in clear when it has been decrypted. The packets in clear were never on the wire.":
    "在 Linux 网关上，抓包工具会看到两次进入的报文：一次为 ESP，一次为解密后的明文。明文报文并没有在线路上传输。",
  "Packets in clear with a private address that each come within 5 ms after an ESP packet on the same link, in the same direction.":
    "带私有地址的明文报文，在同一链路、同一方向上均出现在某个 ESP 报文之后 5 ms 之内。",
  "Nothing to do: it is no leak. A capture on the next router shows ESP only.":
    "无需处理：这不是泄漏。在下一台路由器上抓包只会看到 ESP。",
  "{0} decrypted packets are shown beside their {1}": "{0} 个解密后的报文与其 {1} 一同显示",
  "{0} packets in clear ({1} -> {2}{3}) each come within 5 ms after an {4} packet on the same link: the capturing host shows what it has decrypted. They were not on the wire in clear.":
    "{0} 个明文报文（{1} -> {2}{3}）均出现在同一链路上某个 {4} 报文之后 5 ms 之内：抓包主机显示了它解密的内容。它们并没有以明文在线路上传输。",
  "and others": "等",
  "in clear right after {0}, {1} -> {2}": "紧随 {0} 的明文，{1} -> {2}",
  "{0} anti-replay window of 32 takes them all": "{0}大小为 32 的抗重放窗口可全部接受",
  "{0} anti-replay window of {1} drops {2}": "{0}抗重放窗口为 {1} 会丢弃 {2} 个",
  "{0} drops {1}": "{0} 会丢弃 {1} 个",
  "{0}.": "{0}。",
  An: "",
  an: "",
  "a ping through this Child SA to the inner address of {0} itself: if that is answered, the Child SA works and only the host that was asked is silent":
    "经此 Child SA ping {0} 自身的内网地址：若有响应，则该 Child SA 正常，只是被访问的主机没有响应",
  "the counters of each SA at {0}: whether the replies leave in another Child SA":
    "{0} 上各 SA 的计数器：回复报文是否从另一个 Child SA 发出",
  "one Child SA is never answered: SPI {0} from {1} to {2} ({3} packets in {4}, none back)":
    "有一个 Child SA 始终没有应答：{1} 发往 {2} 的 SPI {0}（{4} 内 {3} 个报文，没有回程）",
  "{0} sent {1} ESP packets with SPI {2} in {3}, and no packet of that Child SA came back, while another Child SA of the same peers has packets both ways.":
    "{0} 在 {3} 内以 SPI {2} 发送了 {1} 个 ESP 报文，该 Child SA 没有一个报文返回，而同一对端的另一个 Child SA 双向都有报文。",
  "So this capture holds both directions, and the path for ESP is open.":
    "因此本抓包包含两个方向，且 ESP 的路径是通的。",
  "first ESP packet of SPI {0}": "SPI {0} 的首个 ESP 报文",
  "ESP of {0} in another Child SA": "另一个 Child SA 中 {0} 的 ESP",
  "ESP of one side counts up and none of the other side comes, though both sides' IKE messages are seen here: on a new SA at intervals of pings, or repeated as TCP does. Other traffic on a new SA, and pings on an older one or without an end, make it a possible warning; packets of many sizes, as log messages have, an explanation. Or one of several Child SAs is never answered (possible). Or packets took turns, and then one direction stops while the other goes on with the same sizes and IKE still comes.":
    "一侧的 ESP 不断增加，而另一侧没有，但此处能看到两侧的 IKE 报文：在新 SA 上间隔与 ping 相符，或像 TCP 那样重传。新 SA 上的其他流量，以及旧 SA 上或没有结束的 ping，使其成为“可能”的警告；如果像日志消息那样长度多样，则只作提示。或者多个 Child SA 中有一个始终没有应答（可能）。或者报文原本交替出现，随后一个方向停止，而另一方向以同样长度继续，且仍有 IKE。",
  "ESP packets fail their integrity check": "ESP 报文完整性校验失败",
  "The ICV at the end of ESP packets does not fit their content, so the receiver drops them: they were damaged on the way, or the two ends compute the ICV in different ways.":
    "ESP 报文末尾的 ICV 与其内容不符，接收方因此丢弃：报文在途中损坏，或两端计算 ICV 的方式不同。",
  "With keys (`--keys`): packets of a stream whose ICV is wrong under the key that opens others of it, or an ICV of another length than the state says. With `ip -s xfrm state` of the receiver (`--with`): its counter `failed` of an inbound SPI of the capture is not 0. Critical from half of the packets on.":
    "有密钥（`--keys`）时：某条流中，用能解密其他报文的密钥校验时 ICV 错误的报文，或 ICV 长度与状态不符。有接收方的 `ip -s xfrm state`（`--with`）时：抓包中某个入方向 SPI 的 `failed` 计数不为 0。达到报文的一半时为严重。",
  "If only some fail: look for what changes packets on the way: a device that rewrites them, a faulty interface or its offload (ethtool -K DEV gro off, tso off, esp-hw-offload off), a link with bit errors.":
    "如果只有一部分失败：查找途中改变报文的原因：改写报文的设备、有故障的接口或其卸载功能（ethtool -K DEV gro off、tso off、esp-hw-offload off）、有误码的链路。",
  "If all fail: compare the algorithms of both states. HMAC-SHA2-256 with 96 bits (Linux before 2.6.33, old Android and Cisco) does not fit 128 bits: sha256_96=yes at the modern end, or another algorithm.":
    "如果全部失败：比较两端状态的算法。96 位的 HMAC-SHA2-256（2.6.33 之前的 Linux、旧版 Android 和 Cisco）与 128 位的不兼容：在较新的一端设置 sha256_96=yes，或改用其他算法。",
  "nstat -az | grep XfrmInStateProtoError, twice: does it grow?":
    "执行两次 nstat -az | grep XfrmInStateProtoError：计数是否增长？",
  "A receiver with that state cuts the packet at the wrong place and drops every one of them.":
    "使用该状态的接收方会在错误的位置截取报文，并丢弃每一个报文。",
  "ESP, wrong ICV": "ESP，ICV 错误",
  "They were changed after the ICV was computed; a receiver drops them and counts XfrmInStateProtoError. If the capture was taken at the sender, that sender's interface or the capture itself changed them.":
    "它们在加密封装之后被改变；接收方会丢弃并计入 XfrmInStateProtoError。如果抓包是在发送方进行的，则是该发送方的接口或抓包本身改变了它们。",
  "None was right: the two ends compute the ICV in different ways, or have different keys.":
    "没有一个正确：两端计算 ICV 的方式不同，或密钥不同。",
  "So the keys are right, and packets are damaged on the way or by an interface.":
    "因此密钥是正确的，报文在途中或被接口损坏。",
  "With `ip xfrm state` as `--keys` ikescope tells which of the packets here they are.":
    "以 `ip xfrm state` 作为 `--keys` 时，ikescope 可指出是这里的哪些报文。",
  "{0} sends ICVs of {1} bits, the state says {2} (SPI {3})":
    "{0} 发送 {1} 位的 ICV，而状态为 {2} 位（SPI {3}）",
  "The packets of SPI {0} from {1} carry an HMAC-SHA2-256 of {2} bits; the source of the keys ({3}) says {4} bits.":
    "{1} 的 SPI {0} 的报文带有 {2} 位的 HMAC-SHA2-256；密钥来源（{3}）为 {4} 位。",
  "ICV of {0} bits": "{0} 位的 ICV",
  "{0} of {1} ESP packets tried have a wrong ICV ({2} to {3}, SPI {4})":
    "所验证的 {1} 个 ESP 报文中，{0} 个的 ICV 错误（{2} 到 {3}，SPI {4}）",
  "The key of {0} opens {1} packets of SPI {2}; of {3} that were tried {4} have another ICV.":
    "{0} 的密钥解密了 SPI {2} 的 {1} 个报文；所验证的 {3} 个中，{4} 个的 ICV 不符。",
  "{0} dropped {1} of {2} ESP packets for a wrong ICV (SPI {3})":
    "{0} 因 ICV 错误丢弃了 {2} 个 ESP 报文中的 {1} 个（SPI {3}）",
  "The state of SPI {0} at {1} has counted {2} packets whose ICV was wrong, and {3} that were right, since it was made.":
    "{1} 上 SPI {0} 的状态自建立以来，计有 {2} 个 ICV 错误的报文和 {3} 个正确的报文。",
  "state {0}: failed {1}": "状态 {0}：failed {1}",
};
