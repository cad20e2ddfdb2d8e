import type { TextTable } from "../texts.js";

export const HOST: TextTable = {
  "The daemon reads its packets late: it hung": "IKE 进程很晚才读取报文：进程曾停滞",
  "Messages reached the host in time, and its daemon took note of them seconds later, several at once.":
    "报文及时到达主机，而 IKE 进程在数秒之后才一次处理多个。",
  "By a clock found from what the daemon sent, lines 'received packet' stand more than a second behind their frames; two of them, or one with lines about repeats that were already being processed; not said if other messages are read or sent in time meanwhile.":
    "按照由进程所发报文得出的时钟，'received packet' 日志行比对应的帧晚一秒以上；两行如此，或一行如此且有关于正在处理的重传的日志；若其间有其他报文及时读取或发送，则不报告。",
  "What did the daemon wait for? journalctl of that time, a slow DNS server, CRL or OCSP fetch, RADIUS, a plugin; strongSwan: swanctl --stats, threads idle 0.":
    "进程当时在等待什么？查看当时的 journalctl、缓慢的 DNS 服务器、CRL 或 OCSP 获取、RADIUS、某个插件；strongSwan：swanctl --stats，空闲线程为 0。",
  "Was the host itself short: CPU steal, swap, a virtual machine that was paused?":
    "主机自身资源是否不足：CPU steal、swap、被暂停的虚拟机？",
  "already processing": "正在处理",
  "the daemon of {0} takes note of messages {1} late": "{0} 的 IKE 进程晚 {1} 才处理报文",
  "The capture shows messages at {0} that its daemon read {1} later{2}, while what it sends agrees with the capture. The packets waited in its socket: the daemon hung.":
    "抓包显示到达 {0} 的报文，其 IKE 进程晚 {1} 才读取{2}，而它发送的报文与抓包一致。报文在其套接字中等待：进程曾停滞。",
  ", with {0} repeats at once": "，一次有 {0} 个重传",
  "read late": "读取较晚",
  "The daemon has lost track of the kernel's answers": "IKE 进程与内核的应答失去对应",
  "The daemon gets answers of the kernel that it did not ask for any more; threads that wait for the right ones never come back.":
    "进程收到了它已不再等待的内核应答；等待正确应答的线程一直不返回。",
  "At least two lines 'received unknown netlink seq'. Certain if the daemon's statistics show that no worker thread is idle.":
    "至少两行 'received unknown netlink seq'。如果进程的统计表明没有空闲的工作线程，则为确定。",
  "Restart the daemon; then find what slowed the kernel: thousands of states or policies, a flush, too small a receive buffer (net.core.rmem_max).":
    "重启进程；然后查明是什么拖慢了内核：成千上万的状态或策略、flush 操作、过小的接收缓冲区（net.core.rmem_max）。",
  "strongSwan: charon.plugins.kernel-netlink.timeout, retries, receive_buffer_size; more threads (charon.threads).":
    "strongSwan：charon.plugins.kernel-netlink.timeout、retries、receive_buffer_size；更多线程（charon.threads）。",
  "the daemon of {0} gets {1} answers of the kernel that it no longer knows":
    "{0} 的 IKE 进程收到 {1} 个它已不认识的内核应答",
  "{0} times the daemon of {1} ignored an answer of the kernel ('unknown netlink seq'){2}.":
    "{1} 的 IKE 进程忽略了内核的应答 {0} 次（'unknown netlink seq'）{2}。",
  ", and none of its worker threads is idle: they wait for answers that do not come":
    "，且没有空闲的工作线程：它们在等待不会到来的应答",
  "The host drops ESP packets before IPsec sees them": "主机在 IPsec 处理之前丢弃了 ESP 报文",
  "More ESP packets of an SPI come to the host than its state has counted, refused as repeats or as wrong: they are dropped in between.":
    "到达主机的某个 SPI 的 ESP 报文，多于其状态所计数的（含因重放或错误而拒绝的）：它们在两者之间被丢弃。",
  "In a capture at the host, packets of an inbound SPI exceed packets + replay + failed of its state by more than 3 and 5%, while the states of the other direction have counted all that the capture shows. Not said with hardware offload, if packets are there twice, and if the dump is older than the packets: its states that send lack packets too.":
    "在主机上的抓包中，某个入方向 SPI 的报文比其状态的 packets + replay + failed 多出 3 个以上且超过 5%，而反方向的状态与抓包相符。使用硬件卸载、报文出现两份，或转储早于报文（发送方向的状态也缺少报文）时，不作此结论。",
  "On that host: iptables -vnL INPUT and nft list ruleset: is protocol 50 (or UDP 4500) let in?":
    "在该主机上：执行 iptables -vnL INPUT 和 nft list ruleset，协议 50（或 UDP 4500）是否被放行？",
  "nstat -az: IpReversePathFilter, IpInHdrErrors, UdpInErrors; sysctl net.ipv4.conf.all.rp_filter.":
    "nstat -az：IpReversePathFilter、IpInHdrErrors、UdpInErrors；sysctl net.ipv4.conf.all.rp_filter。",
  "ip -s link: drops of the interface; ip -s xfrm state again, to see whether its counters move.":
    "ip -s link：接口丢包；再次执行 ip -s xfrm state，看其计数是否变化。",
  "{0} of {1} ESP packets (SPI {2}) reach {3} and not its IPsec":
    "{1} 个 ESP 报文（SPI {2}）中有 {0} 个到达了 {3}，但没有到达其 IPsec",
  "The capture shows {0} ESP packets of SPI {1} at {2}; its state has counted {3}, and refused {4}. {5} of them were dropped before IPsec: a firewall rule, the reverse path filter.{6}":
    "抓包显示 SPI {1} 有 {0} 个 ESP 报文到达 {2}；其状态计数为 {3}，拒绝 {4}。其中 {5} 个在 IPsec 之前被丢弃：防火墙规则或反向路径过滤。{6}",
  "Or the dump is older than the packets.": "或者转储早于这些报文。",
  "state {0} has counted {1} packets, the capture shows {2}": "状态 {0} 计数为 {1} 个报文，抓包显示 {2} 个",
  "the first packet of that SPI": "该 SPI 的首个报文",
  "the last one": "最后一个",
  "The clock of a log cannot be told": "无法确定日志的时钟",
  "No verdict that needs the time of a log's lines is made.": "不作任何需要日志时间的结论。",
  "The log has no times, or fewer than two messages in common with the capture. Or its messages are alike those of the capture only with another difference of the clocks, and nothing proves it: no SPI of a Child SA in both, no whole zone, no many messages at intervals of their own, or several differences that join as many. If it has no message at all, both clocks are taken to be right, and what follows says so.":
    "日志没有时间，或与抓包共有的报文少于两个。或者只有在时钟相差另一个值时，其报文才与抓包的相似，而没有任何证据：两者没有共同的子 SA 的 SPI，相差的不是整个时区，没有以自身间隔出现的许多报文，或有几个差值都能对上同样多的报文。如果日志完全没有报文，则认为两者的时钟都正确，并在后文说明。",
  "Take log and capture of the same attempt, with the clock of the host set by NTP.":
    "对同一次尝试取日志和抓包，并用 NTP 校准主机的时钟。",
  "Write times with milliseconds: strongSwan filelog time_format = %b %e %T and time_add_ms = yes; and the packets: net = 1.":
    "以毫秒记录时间：strongSwan filelog 的 time_format = %b %e %T 和 time_add_ms = yes；并记录报文：net = 1。",
  "ip xfrm monitor": "ip xfrm monitor",
  "Nothing in it says at which end of a tunnel the host is, so that no verdict rests on it: --with ADDRESS=FILE says so.":
    "其中没有任何内容说明该主机在隧道的哪一端，因此没有结论以它为依据：可用 --with ADDRESS=FILE 说明。",
  "has no times; {0} of its messages are in the capture in the same order":
    "没有时间；它的 {0} 个报文以相同顺序出现在抓包中",
  "has no message in common with the capture; its clock is taken to be right":
    "与抓包没有共有的报文；认为其时钟正确",
  "has times without a date; {0} of its messages are in the capture in the same order":
    "的时间没有日期；它的 {0} 个报文以相同顺序出现在抓包中",
  "has too few messages in common with the capture; none of its lines is used":
    "与抓包共有的报文太少；没有使用它的任何一行",
  "{0} of its messages are alike those of the capture, as those of another setup may be":
    "它的 {0} 个报文与抓包的相似，但另一次建立的报文也可能如此",
  "fits the capture at {0} places of its time, and nothing tells which one it is; none of its lines is used":
    "在其时间的 {0} 处都与抓包相符，无法确定是哪一处；没有使用它的任何一行",
  "has no dates: {0}; none of its lines is used": "没有日期：{0}；没有使用它的任何一行",
  "fits the capture only if its clock is {0} ahead: {1}; none of its lines is used":
    "只有在其时钟快 {0} 时才与抓包相符：{1}；没有使用它的任何一行",
  "fits the capture only if its clock is {0} behind: {1}; none of its lines is used":
    "只有在其时钟慢 {0} 时才与抓包相符：{1}；没有使用它的任何一行",
  "The clock of a log differs from that of the capture": "日志的时钟与抓包的时钟不同",
  "Lines of the log are compared with the capture at times that are moved by the difference of the two clocks.":
    "把日志的行与抓包比较时，其时间按两者时钟之差移动。",
  "Messages that log and capture both have are more than a second apart, by more than the step of the log's times; the difference is proven.":
    "日志和抓包共有的报文相差一秒以上，且超过日志时间的精度；该差值有证据。",
  "Set the clocks of both hosts by NTP; write times with their zone.":
    "用 NTP 校准两台主机的时钟；记录时间时带上时区。",
  "by messages that both have": "依据两者共有的报文",
  "by messages that both have, and the SPI of a Child SA": "依据两者共有的报文和一个子 SA 的 SPI",
  "by messages that both have: another time zone": "依据两者共有的报文：时区不同",
  "by messages that the host sent, which its log has at no other time":
    "依据该主机发出的报文：日志在其他时间没有这些报文",
  "by many messages at the same intervals": "依据间隔相同的许多报文",
  "{0} ahead of": "快 {0}",
  "{0} behind": "慢 {0}",
  "the clock of {0} is {1} that of the capture": "{0} 的时钟比抓包的时钟{1}",
  "The clock of the log of {0} is {1} that of the capture, {2}. Its lines are shown with their own times.":
    "{0} 的日志的时钟比抓包的时钟{1}，{2}。其各行按自身的时间显示。",
  "none of its SPIs is in the capture": "抓包中没有它的任何 SPI",
  "none of its addresses ({0}) is in the capture": "抓包中没有它的任何地址（{0}）",
  "none of its addresses ({0}) is in the capture, and {1} of its messages are too few, or of several peers there: behind which address it is cannot be told":
    "抓包中没有它的任何地址（{0}），与抓包相符的 {1} 个报文太少，或属于其中的多个对端：无法判断它位于哪个地址之后",
  'The log of {0} says "{1}"; several clients share the address, and it may be about another one.':
    "{0} 的日志写道“{1}”；多个客户端共用该地址，它可能说的是另一个客户端。",
  "of {0} messages of the capture in the time of the log {1} are in it":
    "抓包在日志时间内的 {0} 个报文中，有 {1} 个在日志中",
  "Its log says so {0} more times outside this capture.": "其日志在本次抓包以外还有 {0} 次这样说。",
  "time in the log": "日志中的时间",
  "the clock of {0} cannot be told": "无法确定 {0} 的时钟",
  "The log of {0} {1}.": "{0} 的日志{1}。",
  "A log or dump was taken or read in part": "日志或转储只有一部分，或只读取了一部分",
  "What such a log or dump lacks proves nothing.": "这样的日志或转储中缺少的内容不能说明什么。",
  "The log begins after the first IKE message of its host in the capture, or ends before the last one; or it has no lines about packets at all (group NET); or the journal dropped lines. Or the files of the host hold more events or entries than are kept.":
    "日志开始于抓包中该主机的首个 IKE 报文之后，或结束于最后一个之前；或完全没有关于报文的行（NET 组）；或 journal 丢弃了行。或者该主机的文件中的事件或条目多于所保留的数量。",
  "Take the whole log, of all groups: not grep, and the rotated files with it.":
    "取完整的日志，包括所有组：不要用 grep，并连同轮转的文件。",
  "the oldest {0} events of its logs": "其日志中最早的 {0} 个事件",
  "the last {0} entries of its dumps": "其转储中最后的 {0} 个条目",
  "the files of {0} are judged in part": "{0} 的文件只判断了一部分",
  "The files of {0} hold more than is kept: {1} are left out. Nothing is concluded from what is missing there; give the lines around the fault only.":
    "{0} 的文件内容多于所保留的数量：{1}被略去。不会从其中缺少的内容得出结论；请只提供故障前后的行。",
  "charon log": "charon log",
  "has no lines about packets": "没有关于报文的行",
  "lacks lines that the journal dropped": "缺少 journal 丢弃的行",
  "begins after the first message of the capture": "开始于抓包的首个报文之后",
  "ends before the last message of the capture": "结束于抓包的最后一个报文之前",
  "the log of {0} covers a part of the capture": "{0} 的日志只覆盖抓包的一部分",
  "The log of {0} {1}. Nothing is concluded from what it lacks there.":
    "{0} 的日志{1}。不会从其中缺少的内容得出结论。",
  "A log that does not belong to this capture": "日志与本次抓包不对应",
  "What a log says and what the capture shows are not the same event, so nothing was concluded from the log.":
    "日志所记与抓包所示不是同一事件，因此没有从日志得出任何结论。",
  "None of the log's own addresses is in the capture, or less than half of the messages that both have of one time are in both, whatever the difference of the clocks. Or none of the states of a dump has an SPI of the capture.":
    "日志自身的地址没有一个出现在抓包中；或者无论时钟相差多少，两者同一时间的报文只有不到一半是共有的。或者转储的状态中没有一个 SPI 出现在抓包中。",
  "Take log and capture of the same attempt: start both, make one attempt, then copy both.":
    "对同一次尝试取日志和抓包：两者都在运行时尝试一次，然后都复制。",
  "the texts of {0} do not belong to this capture": "{0} 的文本与本次抓包不对应",
  "The texts of {0} are not used: {1}.": "没有使用 {0} 的文本：{1}。",
  "The host drops what comes to it before its daemon sees it": "主机在 IKE 进程看到之前就丢弃了到达的报文",
  "IKE messages reach the host's interface, and the daemon's log has no line about them.":
    "IKE 报文到达主机的接口，而 IKE 进程的日志中没有关于它们的行。",
  "At least two IKE messages to the host in a capture taken there, and its log, which covers that time and tells of packets, has no 'received packet' about them, and no line near it that it ignored one. Not said if the log lacks packets (group NET), was thinned by the journal, or ends; nor of an IKE SA that was set up before the last start of the daemon, or that its log does not name.":
    "在主机上的抓包中至少有两个发给它的 IKE 报文，而其覆盖该时间且记录报文的日志中没有关于它们的 'received packet'，附近也没有表明忽略的行。日志不含报文（NET 组）、被 journal 精简或已结束时，不作此结论；IKE SA 在守护进程最近一次启动之前建立，或日志中没有提到该 IKE SA 时，也不作此结论。",
  "On that host: iptables -vnL INPUT and nft list ruleset, look for counters that grow with the packets.":
    "在该主机上：执行 iptables -vnL INPUT 和 nft list ruleset，查找随报文增长的计数。",
  "sysctl net.ipv4.conf.all.rp_filter and nstat -az IpReversePathFilter: a packet that would not go back the same way is dropped.":
    "sysctl net.ipv4.conf.all.rp_filter 和 nstat -az IpReversePathFilter：如果回程不走同一路径，报文会被丢弃。",
  "ss -ulpn: does the daemon listen on that address and port?": "ss -ulpn：IKE 进程是否监听该地址和端口？",
  "{0} messages come to {1} and not to its daemon": "{0} 个报文到达了 {1}，但没有到达其 IKE 进程",
  "{0} of {1} messages that the capture shows at {2} are not in the log of its daemon, which covers that time and tells of packets. They are dropped on that host, in front of the daemon: a firewall rule (INPUT), the reverse path filter, or nobody listens.{3}":
    "抓包显示到达 {2} 的 {1} 个报文中，{0} 个不在其 IKE 进程的日志中，而该日志覆盖这段时间且记录报文。它们在该主机上、在进程之前被丢弃：防火墙规则（INPUT）、反向路径过滤，或没有进程监听。{3}",
  "The log shares no message with the capture, so its clock is taken to be right.":
    "日志与抓包没有共有的报文，因此认为其时钟正确。",
  "no line in the log": "日志中没有对应的行",
  "the clocks of host and capture compared": "比较主机与抓包的时钟",
  "The host itself drops what its daemon sends": "主机自身丢弃了 IKE 进程发送的报文",
  "The daemon's log says that it sent IKE messages, and they never came out of the host.":
    "IKE 进程的日志表明它发送了 IKE 报文，而它们从未离开主机。",
  "The log says 'sending packet' and the kernel refuses it ('error writing to socket: Operation not permitted'); or at least two sent messages, within the time of log and capture, are in no frame of a capture taken at that host, while others are, and nothing that came back shows that the peer has them. Also, with less certainty: the capture holds nothing at all.":
    "日志有 'sending packet'，而内核拒绝发送（'error writing to socket: Operation not permitted'）；或者在日志和抓包共同覆盖的时间内，至少两个已发送的报文不在该主机上的抓包的任何帧中，而其他报文在，且收到的报文没有表明对端已收到它们。另外，抓包中什么也没有时，把握较小。",
  "On that host: iptables -vnL OUTPUT and nft list ruleset, look for counters that grow while the daemon sends.":
    "在该主机上：执行 iptables -vnL OUTPUT 和 nft list ruleset，查找进程发送时增长的计数。",
  "Without an error in the log: tc -s qdisc (drops), ip route get PEER (another interface), ip rule.":
    "日志中没有错误时：tc -s qdisc（丢弃）、ip route get PEER（另一接口）、ip rule。",
  "Was the capture taken on the interface that the route names? tcpdump -i any tells.":
    "抓包是否在路由所指的接口上进行？可用 tcpdump -i any 确认。",
  "{0} refuses to send its own packets ({1})": "{0} 拒绝发送自己的报文（{1}）",
  "The kernel of {0} refused {1} what the daemon sent: a firewall rule on that host (OUTPUT) drops it. Nothing of it can come to the peer.":
    "{0} 的内核拒绝了 IKE 进程发送的内容（{1}）：该主机上的防火墙规则（OUTPUT）将其丢弃。对端不可能收到任何报文。",
  "{0} messages that {1} sent never left it": "{1} 发送的 {0} 个报文从未离开该主机",
  "The log of {0} says that it sent {1} messages while the capture at that host ran; none of them is in it, and others are. The daemon got no error: they were lost in a queue, or left by another interface.":
    "{0} 的日志表明，在该主机上抓包期间它发送了 {1} 个报文；它们都不在抓包中，而其他报文在。进程没有得到错误：它们在队列中丢失，或从另一个接口离开。",
  "a second capture with a larger buffer": "使用更大缓冲区的第二次抓包",
  "{0} sent {1} messages, and the capture holds no packet at all":
    "{0} 发送了 {1} 个报文，而抓包中没有任何报文",
  "The log of {0} says that it sent {1} messages and got no answer; the capture is empty. If it was taken on that host, on the right interface, and ran at that time, then the host drops what its daemon sends (no error came: a queue, another interface, a route).":
    "{0} 的日志表明它发送了 {1} 个报文而没有响应；抓包为空。如果抓包是在该主机的正确接口上、在该时间进行的，则是主机丢弃了 IKE 进程发送的报文（没有报错：队列、另一接口、路由）。",
  "whether the capture ran on that interface while the daemon sent": "IKE 进程发送时，该接口上是否正在抓包",
  "Daemon and kernel do not have the same Child SAs": "IKE 进程与内核的 Child SA 不一致",
  "The daemon lists a Child SA as installed of which the kernel lacks a state.":
    "IKE 进程列出某个 Child SA 为已安装，而内核缺少其状态。",
  "A status of the daemon names an installed Child SA with an SPI that the dump of states, which has others of the same host, lacks. A rekey between the two dumps looks alike.":
    "IKE 进程的状态输出中有一个已安装的 Child SA，其 SPI 不在状态转储中，而转储中有同一主机的其他状态。两次转储之间的重协商也会如此。",
  "Take both again, one right after the other: swanctl --list-sas; ip -s xfrm state.":
    "再次先后取两者：swanctl --list-sas；ip -s xfrm state。",
  "If they still differ, set the Child SA up again, and find out who changes the kernel's states: ip xfrm monitor.":
    "如果仍不一致，重新建立该 Child SA，并查明是谁改变了内核状态：ip xfrm monitor。",
  'the daemon of {0} lists SPI {1} of "{2}", and the kernel has no such state':
    "{0} 的 IKE 进程列出“{2}”的 SPI {1}，而内核没有该状态",
  'The daemon of {0} lists "{1}" as installed with SPI {2}; the dump of states lacks it. Either another program removed it, or a rekey lies between the two dumps.':
    "{0} 的 IKE 进程列出“{1}”为已安装，SPI 为 {2}；状态转储中没有它。要么它被其他程序删除，要么两次转储之间发生了重协商。",
  '"{0}" installed, {1}': "“{0}”已安装，{1}",
  "The kernel did not take what was negotiated": "内核没有接受协商结果",
  "The exchange succeeded, and the daemon could not install its states or policies in the kernel.":
    "交换成功，但 IKE 进程无法在内核中安装其状态或策略。",
  "The log says 'unable to add SAD entry', 'unable to install ... in kernel', that the same policy exists for another reqid, or a netlink error, and no Child SA comes up after it.":
    "日志中有 'unable to add SAD entry'、'unable to install ... in kernel'、同一策略已存在于另一个 reqid，或 netlink 错误，其后没有 Child SA 建立。",
  "Are the modules there: xfrm_user, esp4, esp6, and the algorithm (grep NAME /proc/crypto)?":
    "是否有这些模块：xfrm_user、esp4、esp6，以及该算法（grep NAME /proc/crypto）？",
  "'the same policy ... exists': two connections with the same selectors; make them differ, or remove one.":
    "'the same policy ... exists'：两个连接的流量选择器相同；使其不同，或删除一个。",
  "A container needs CAP_NET_ADMIN in the network namespace of its states.":
    "容器需要在其状态所在的网络命名空间中具有 CAP_NET_ADMIN。",
  "the kernel of {0} refuses what was negotiated: {1}": "{0} 的内核拒绝了协商结果：{1}",
  "The daemon of {0} could not install what it had negotiated: {1}.{2}":
    "{0} 的 IKE 进程无法安装它协商的结果：{1}。{2}",
  "A later Child SA came up.": "之后有一个 Child SA 建立成功。",
  "The host has no connection for this peer": "主机没有针对该对端的连接",
  "The daemon looked for a connection for the peer's addresses, identities and authentication, and has none that fits.":
    "IKE 进程按对端的地址、身份标识和认证方式查找连接，没有匹配的。",
  "The log says 'no matching peer config found', 'no IKE config found', or 'no connection has been authorized', and no IKE SA comes up after it.":
    "日志中有 'no matching peer config found'、'no IKE config found' 或 'no connection has been authorized'，其后没有 IKE SA 建立。",
  "Compare, on both ends: addresses (local_addrs, remote_addrs; left, right), identities (local.id, remote.id; leftid, rightid), and the way to authenticate.":
    "在两端比较：地址（local_addrs、remote_addrs；left、right）、身份标识（local.id、remote.id；leftid、rightid）以及认证方式。",
  "Is the connection loaded? swanctl --list-conns; ipsec status.":
    "连接是否已加载？swanctl --list-conns；ipsec status。",
  "looking for peer configs": "looking for peer configs",
  "{0} has no connection for this peer": "{0} 没有针对该对端的连接",
  "The daemon of {0} says: {1}.{2}": "{0} 的 IKE 进程记录：{1}。{2}",
  "It was {0}.": "当时正在{0}。",
  'The daemon of {0} was told so: "{1}".': "{0} 的 IKE 进程被对端告知：“{1}”。",
  'The daemon of {0} names the cause: "{1}".': "{0} 的 IKE 进程说明了原因：“{1}”。",
  "It says so {0} times.": "日志中共出现 {0} 次。",
  "{0}, before the line of the log": "{0}，在日志的该行之前",
  "{0}, after the line of the log": "{0}，在日志的该行之后",
};
