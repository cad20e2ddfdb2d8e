import type { TextTable } from "../texts.js";

/** ESP packets that are lost, repeated or out of order, and counters that end or begin anew. */
export const ESP_SEQUENCE: TextTable = {
  "ESP arrives and is not decrypted": "ESP 到达但没有被解密",
  "On a Linux gateway a sniffer sees what comes in twice: as ESP, and once more in clear when it has been decrypted. Here the packets in clear are missing: the gateway receives ESP and drops it before or while it is decrypted.":
    "在 Linux 网关上，抓包会两次看到进来的报文：一次是 ESP，解密后再以明文出现一次。这里缺少明文报文：网关收到了 ESP，却在解密之前或解密时丢弃了它。",
  "ESP of one size comes to the capturing gateway; up to one moment a packet in clear follows nearly each of them, and six or more in 3 s or more have none, nor is there ESP of the gateway right behind these, which would answer them. Possible unless the inner network is seen to go on asking in clear.":
    "同样长度的 ESP 到达抓包的网关；在某一时刻之前，几乎每个 ESP 之后都有一个明文报文，之后在 3 秒或更长时间内有六个或更多没有，其后也没有该网关紧接着作出应答的 ESP。除非看到内网继续以明文询问，否则只是可能。",
  "At that gateway: 'cat /proc/net/xfrm_stat' twice while packets come: XfrmInNoStates (no SA of this SPI any more), XfrmInStateProtoError (the integrity check fails), XfrmInStateSeqError (replays) or XfrmInStateMismatch grows.":
    "在该网关上，趁报文到来时执行两次 'cat /proc/net/xfrm_stat'：增长的是 XfrmInNoStates（已没有该 SPI 的 SA）、XfrmInStateProtoError（完整性校验失败）、XfrmInStateSeqError（重放）还是 XfrmInStateMismatch。",
  "Compare the SPI in the finding with 'ip -s xfrm state': if the SA is missing, it was deleted or never installed at this side, and the other side still uses it.":
    "将结论中的 SPI 与 'ip -s xfrm state' 对照：如果没有该 SA，说明本侧已删除或从未安装它，而另一侧仍在使用。",
  "A firewall rule that drops protocol 50 or UDP 4500 on that gateway ('nft list ruleset', 'iptables -vnL INPUT') has the same effect: do its counters grow?":
    "该网关上丢弃协议 50 或 UDP 4500 的防火墙规则（'nft list ruleset'、'iptables -vnL INPUT'）效果相同：其计数是否增长？",
  "{0} receives {1} of {2} and no longer decrypts it (at least {3} packets in {4})":
    "{0} 收到 {2} 的 {1}，但不再解密（{4} 内至少 {3} 个报文）",
  "Up to one moment a packet in clear ({0} -> {1}) follows each {2} packet of {3}, as {4} decrypts it; behind it {5} of the same size goes on and none follows.":
    "在某一时刻之前，{3} 的每个 {2} 报文之后都有一个明文报文（{0} -> {1}），因为 {4} 解密了它；之后同样长度的 {5} 继续到来，却不再有明文报文。",
  "So {0} answers and the path is open: the packets of SPI {1} are dropped at {2}.":
    "因此 {0} 有应答且路径畅通：SPI {1} 的报文在 {2} 被丢弃。",
  "the last packet in clear behind its {0}": "紧跟其 {0} 的最后一个明文报文",
  "{0} of {1} still arrives": "{1} 的 {0} 仍在到达",
  "whether the capture filter lets all packets in clear pass; or the counters of {0}: if 'ip -s xfrm state' counts up for this SPI, it decrypts them":
    "抓包过滤器是否放行所有明文报文；或查看 {0} 的计数：若 'ip -s xfrm state' 中该 SPI 的计数增长，则它在解密",
  "Answers through the tunnel were missing for a time": "隧道中的应答曾中断一段时间",
  "One side sent on at its pace, and for some seconds nothing came back; then the answers went on as before. The tunnel stands again, but in that time it did not carry what it should, or the host that was asked was away.":
    "一方按原有节奏继续发送，却有若干秒没有任何报文返回；之后应答又恢复如常。隧道现已恢复，但那段时间它没有传送应传送的流量，或者被访问的主机不在线。",
  "Steady questions of one stream, nearly all answered, of which six or more in one time of 8 s or more have no answer; the answers' sequence numbers lack nothing. An explanation only where IKE of the silent side came meanwhile. Not said where the pace changes, as with TCP, or where other packets go beside them.":
    "某条流以稳定节奏询问，几乎全部有应答，其中有一段 8 秒或更长的时间里六个或更多询问没有应答；应答的序列号并无缺失。若沉默一侧的 IKE 在此期间到来，则只作说明。若节奏改变（如 TCP）或旁边还有其他报文，则不作判断。",
  "Compare that time with the logs of both peers, of routers and of the provider: fail-over, a route that changed, a link that was down.":
    "将该时间段与两端、路由器和运营商的日志对照：主备切换、路由变化、链路中断。",
  "Ask whether the host that was asked was away or restarted then: the tunnel does not show that.":
    "询问被访问的主机当时是否离线或重启：从隧道看不出这一点。",
  "If it comes again: capture at both ends at the same time; what is in one file only was lost on the way.":
    "如果再次出现：在两端同时抓包；只出现在一个文件中的报文就是在途中丢失的。",
  "no {0} of {1} for {2} from {3} on, while {4} went on asking ({5} packets); then it came back":
    "自 {3} 起 {2} 内没有 {1} 的 {0}，而 {4} 仍在询问（{5} 个报文）；之后恢复",
  "{0} sends {1} at a steady pace, and nearly each packet is answered at once; {2} in {3} are not.":
    "{0} 以稳定节奏发送 {1}，几乎每个报文都立即得到应答；{3} 内有 {2} 个没有应答。",
  "IKE of {0} came meanwhile, so the peer lived and the way was open for IKE.":
    "{0} 的 IKE 在此期间到来，因此该对端在线，且路径对 IKE 畅通。",
  "last {0} packet of {1} before": "中断前 {1} 的最后一个 {0} 报文",
  "first {0} packet of {1} after {2}": "{2} 后 {1} 的第一个 {0} 报文",
  "the uptime and the log of the host behind {0} that was asked: if it was away then, the tunnel worked all the time":
    "{0} 后面被访问主机的运行时间和日志：若它当时不在线，则隧道一直正常",
  "Captured near {0}: the packets arrive there and no answer leaves, so the path is not the cause.":
    "抓包点靠近 {0}：报文到达了那里，但没有应答发出，因此原因不在路径上。",
  "Captured near {0}: the packets leave; they or the answers were lost on the way, or {1} or the host behind it did not answer.":
    "抓包点靠近 {0}：报文已发出；它们或应答在途中丢失，或者 {1} 或其后面的主机没有应答。",
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
  "{0} anti-replay window of 32 takes them all": "{0}大小为 32 的抗重放窗口可全部接受",
  "{0} anti-replay window of {1} drops {2}": "{0}抗重放窗口为 {1} 会丢弃 {2} 个",
  "{0} drops {1}": "{0} 会丢弃 {1} 个",
  "{0}.": "{0}。",
  An: "",
  an: "",
};
