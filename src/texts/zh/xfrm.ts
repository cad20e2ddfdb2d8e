import type { TextTable } from "../texts.js";

/** The counters, states and policies of XFRM. */
export const XFRM: TextTable = {
  "The kernel has a state, and no policy that uses it": "内核中有状态，但没有使用它的策略",
  "A policy of a Child SA is missing in one direction: outbound, its packets leave in clear; inbound, they are dropped after decryption.":
    "Child SA 在一个方向上缺少策略：出方向的报文以明文发出；入方向的在解密后被丢弃。",
  "A state with keys in tunnel mode, without interface ID and mark, whose reqid no policy of its direction names, while a policy of the other direction does.":
    "隧道模式下带密钥、没有接口 ID 和 mark 的状态，其 reqid 没有被本方向的任何策略引用，而反方向有策略引用。",
  "Who removed it? ip xfrm monitor while it happens; scripts that flush policies, a second IPsec daemon.":
    "是谁删除的？发生时用 ip xfrm monitor 查看；清空策略的脚本、第二个 IPsec 进程。",
  "Set the Child SA up again; until then a firewall rule that drops clear traffic to the peer's networks.":
    "重新建立该 Child SA；在此之前，用防火墙规则丢弃发往对端网络的明文流量。",
  "{0} has no policy {1} for reqid {2} (SPI {3})": "{0} 没有 reqid {2}（SPI {3}）的 {1} 策略",
  "State {0} (reqid {1}) of {2} is there, and no policy {3} names its reqid. {4}":
    "{2} 的状态 {0}（reqid {1}）存在，但没有 {3} 策略引用其 reqid。{4}",
  "What comes in it is decrypted and dropped.": "由它进入的报文在解密后被丢弃。",
  "What should go in it leaves in clear, or by another route.":
    "应由它发出的报文以明文发出，或走了另一条路由。",
  "state {0}, reqid {1}": "状态 {0}，reqid {1}",
  "policy {0} {1} to {2}: reqid {3}": "策略 {0} {1} 到 {2}：reqid {3}",
  "The kernel lacks a state that its traffic needs": "内核缺少流量所需的状态",
  "The Child SA was made, and one of its two states is no longer in the kernel: one direction is dropped.":
    "Child SA 曾建立，但其两个状态之一已不在内核中：一个方向被丢弃。",
  "Packets come for an SPI that the dump of states lacks, no later SPI took its place or a reqid has a state that sends and none that receives, the dump has the newest SPI that sends, and XfrmInNoStates is not zero. Or a policy's template names a reqid of which there is no state that sends, though one that receives, and packets ask for it: a state without keys, XfrmOutNoStates, or 'unable to acquire' in the log.":
    "到达的报文的 SPI 不在状态转储中，没有更新的 SPI 取代它，或某 reqid 有发送状态而没有接收状态，转储中有最新的发送 SPI，且 XfrmInNoStates 不为 0。或者策略模板引用的 reqid 有接收状态而没有发送状态，且有报文需要它：没有密钥的状态、XfrmOutNoStates，或日志中的 'unable to acquire'。",
  "Who removed it? ip xfrm monitor while it happens; scripts that flush (ip xfrm state flush), a second IPsec daemon.":
    "是谁删除的？发生时用 ip xfrm monitor 查看；清空状态的脚本（ip xfrm state flush）、第二个 IPsec 进程。",
  "Set the Child SA up again: swanctl --terminate --child NAME, then --initiate; ipsec auto --down and --up.":
    "重新建立该 Child SA：swanctl --terminate --child NAME，然后 --initiate；ipsec auto --down 和 --up。",
  "{0} has no state for SPI {1}, in which {2} packets come": "{0} 没有 SPI {1} 的状态，而有 {2} 个报文使用它",
  "{0} packets come to {1} in SPI {2}, and its kernel has no such state (XfrmInNoStates counts them). It drops all of them.":
    "{0} 个 SPI {2} 的报文到达 {1}，而其内核没有该状态（由 XfrmInNoStates 计数），全部丢弃。",
  "the states begin here; {0} is not among them": "状态列表从这里开始；其中没有 {0}",
  "{0} has no state to send {1} to {2} with (reqid {3})": "{0} 没有用于 {1} 到 {2} 的发送状态（reqid {3}）",
  "The policy of {0} for {1} to {2} names reqid {3}{4}, and there is no such state, while the one that receives is there. Packets ask for it and are dropped.":
    "{0} 针对 {1} 到 {2} 的策略引用 reqid {3}{4}，但没有该状态，而接收方向的状态存在。需要它的报文被丢弃。",
  "and SPI {0}": "和 SPI {0}",
  "policy out {0} to {1}: reqid {2}": "出方向策略 {0} 到 {1}：reqid {2}",
  "a state without keys, which waits for the daemon": "没有密钥的状态，正在等待 IKE 进程",
  "Packets run in the wrong one of two Child SAs, and are dropped after decryption":
    "报文进入了两个 Child SA 中错误的一个，解密后被丢弃",
  "Of two Child SAs between the same peers, traffic of one runs in the other. The receiver decrypts it, finds that its policy requires the other one (reqid), and drops it.":
    "同一对端之间有两个 Child SA，其中一个的流量进入了另一个。接收方解密后发现其策略要求的是另一个（reqid），于是丢弃。",
  "A policy sends into one reqid what the policy of the way back expects from another. Or XfrmInTmplMismatch grew (or is not zero) while, of two pairs of states, one has more out than in and another more in than out.":
    "某条策略发往一个 reqid，而回程的策略期待的是另一个。或者 XfrmInTmplMismatch 增长（或不为 0），同时两对状态中一对出多进少、另一对进多出少。",
  "On the host that sends into the wrong one: ip xfrm policy; the policy of each direction must name the same reqid as its pair. Reload the connection (swanctl --terminate and --initiate, ipsec auto --replace), and remove policies set by hand.":
    "在发送到错误 SA 的主机上：ip xfrm policy；每个方向的策略必须引用与其成对的同一 reqid。重新加载连接（swanctl --terminate 和 --initiate、ipsec auto --replace），并删除手工设置的策略。",
  "Give both networks one Child SA with two selectors (IKEv2), or make the selectors of the two disjoint.":
    "让两个网络使用带两个流量选择器的一个 Child SA（IKEv2），或使两者的流量选择器不重叠。",
  "Libreswan: leftsubnets with rightsubnet makes a Child SA each; check that both ends list the same pairs.":
    "Libreswan：leftsubnets 与 rightsubnet 会各建立一个 Child SA；检查两端列出的子网对是否相同。",
  "{0} sends {1} to {2} into reqid {3}, and its pair is reqid {4}":
    "{0} 把 {1} 到 {2} 发往 reqid {3}，而与之成对的是 reqid {4}",
  "On {0} the policy for {1} to {2} sends into reqid {3}{4}, while the way back belongs to reqid {5}{6}. The peer decrypts these packets and drops them (XfrmInTmplMismatch there).":
    "在 {0} 上，{1} 到 {2} 的策略发往 reqid {3}{4}，而回程属于 reqid {5}{6}。对端解密后丢弃这些报文（那里的 XfrmInTmplMismatch）。",
  "policy in {0} to {1}: reqid {2}": "入方向策略 {0} 到 {1}：reqid {2}",
  "is {0} since boot": "自启动以来为 {0}",
  "grew by {0}": "增长了 {0}",
  "answers to reqid {0} come to {1} in reqid {2} and are dropped":
    "对 reqid {0} 的应答以 reqid {2} 到达 {1} 并被丢弃",
  "XfrmInTmplMismatch of {0} {1} (one packet can count twice). Pair reqid {2}{3} has sent {4} packets more than came back; in pair reqid {5}{6} (SPI {7}) came {8} more than were sent. The peer answers in the wrong Child SA.":
    "{0} 的 XfrmInTmplMismatch {1}（一个报文可能计数两次）。reqid {2}{3} 这一对发送的比返回的多 {4} 个；reqid {5}{6}（SPI {7}）这一对收到的比发送的多 {8} 个。对端用错误的 Child SA 应答。",
  "XfrmInTmplMismatch {0}": "XfrmInTmplMismatch {0}",
  "state {0}, reqid {1}: {2} packets": "状态 {0}，reqid {1}：{2} 个报文",
  "The kernel drops packets for a reason that no other finding explains":
    "内核丢弃报文，其原因没有其他结论可以解释",
  "A counter of /proc/net/xfrm_stat says that IPsec in the kernel dropped packets, and why. It counts for the whole host: which tunnel they belong to, it does not say.":
    "/proc/net/xfrm_stat 的计数器表明内核的 IPsec 丢弃了报文及其原因。它针对整个主机计数，不说明属于哪条隧道。",
  "A counter grew by at least 3 from one reading to the next, and none of the findings that explain it is told of any tunnel. Only a note for less, for packets that a policy blocks, and for a single reading: that counts since the host was started. Not said for counters that stand still.":
    "某计数器在两次读数之间至少增长 3，且任何隧道都没有能解释它的结论。增长更少、报文由策略阻止，或只有一次读数（自主机启动起计数）时，仅作提示。计数器不变时不作此结论。",
  "Read it twice while traffic flows, and give both: cat /proc/net/xfrm_stat; sleep 10; cat /proc/net/xfrm_stat.":
    "在有流量时读取两次并都提供：cat /proc/net/xfrm_stat; sleep 10; cat /proc/net/xfrm_stat。",
  "Give the other dumps of the host too: ip -s xfrm state nokeys, ip xfrm policy, and the daemon's log.":
    "同时提供该主机的其他转储：ip -s xfrm state nokeys、ip xfrm policy 和 IKE 进程的日志。",
  "Which packets? perf record -e skb:kfree_skb -ag, or dropwatch, while the counter grows.":
    "是哪些报文？在计数器增长时执行 perf record -e skb:kfree_skb -ag 或 dropwatch。",
  "{0} +{1}": "{0} +{1}",
  "{0} {1}: packets {2}": "{0} {1}：{2}的报文",
  "the kernel of {0} drops packets that nothing here explains: {1}":
    "{0} 的内核丢弃报文，此处没有可解释的原因：{1}",
  "the kernel of {0} has dropped packets since it was started: {1}": "{0} 的内核自启动以来丢弃过报文：{1}",
  "From one reading to the next the kernel of {0} counted drops that no other finding explains. {1}.":
    "在两次读数之间，{0} 的内核计入了其他结论无法解释的丢弃。{1}。",
  "There is one reading, so these may be from long ago. {0}.":
    "只有一次读数，因此这些可能是很久以前的。{0}。",
  "{0} {1}, {2} more than before": "{0} {1}，比之前多 {2}",
  "refused on the way in for another reason than those below": "入方向因其他原因被拒绝",
  "for which the kernel had no memory": "内核没有内存可用",
  "whose ESP or AH header is damaged": "ESP 或 AH 头部损坏",
  "in an SPI for which the kernel has no state": "SPI 在内核中没有状态",
  "whose ICV is wrong, or that were decrypted to nonsense": "ICV 错误或解密结果无意义",
  "of another mode (tunnel, transport) than their state": "模式（隧道、传输）与状态不同",
  "repeated, or older than the replay window": "重复或早于抗重放窗口",
  "in a state whose lifetime is over": "所用状态的生存周期已过",
  "with UDP encapsulation although their state has none, or the reverse": "UDP 封装与状态不一致",
  "in a state that is being deleted": "所用状态正在被删除",
  "that were decrypted, or came in clear, and are not what their policy requires":
    "已解密或以明文到达、但不符合策略要求",
  "that were decrypted, and that no policy lets in": "已解密但没有策略放行",
  "that a policy blocks on the way in": "入方向被策略阻止",
  "whose policy on the way in is in error": "入方向策略有错",
  "refused on the way out for another reason than those below": "出方向因其他原因被拒绝",
  "for which no chain of states could be made": "无法组成状态链",
  "whose chain of states is out of date": "状态链已过时",
  "whose policy finds no state to send them with": "策略找不到可用于发送的状态",
  "that could not be encrypted": "无法加密",
  "too large for the path, or of another mode than their state": "对路径而言过大，或模式与状态不同",
  "for which no sequence number was left": "没有剩余序列号",
  "for a state whose lifetime is over": "需要的状态的生存周期已过",
  "that a policy blocks on the way out": "出方向被策略阻止",
  "whose policy was being deleted": "策略正在被删除",
  "whose policy on the way out is in error": "出方向策略有错",
  "to be forwarded whose header is damaged": "待转发而头部损坏",
  "for a state that is being deleted": "需要的状态正在被删除",
  "for which no daemon could be asked for a state": "没有 IKE 进程可以请求状态",
  "for a state that is for the way in": "使用了入方向的状态",
  "in a state that is for the way out": "使用了出方向的状态",
  "whose IP-TFS content is damaged": "IP-TFS 内容损坏",
  "for which a queue had no room": "队列没有空间",
  "of a kind that is not known here": "此处未知种类",
  "state {0}, reqid {1}: sends, and none receives": "状态 {0}，reqid {1}：只发送，没有接收状态",
};
