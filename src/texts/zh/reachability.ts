import type { TextTable } from "../texts.js";

export const REACHABILITY: TextTable = {
  "The responder ignores further setups: too many half-open ones from this address":
    "响应方忽略后续建立请求：来自该地址的半开 IKE SA 过多",
  "Many setups from one address were answered and not finished; then the responder, which limits half-open IKE SAs per address, answers no more.":
    "来自同一地址的多次建立得到了响应但没有完成；此后，对每个地址的半开 IKE SA 数量有限制的响应方不再响应。",
  "At least five setups of one address begin within 30 s, are answered and not finished; the responder may then ask for a cookie; further first messages of that address repeat without an answer.":
    "同一地址在 30 s 内发起至少五次建立，都得到响应但没有完成；之后响应方可能要求 COOKIE；该地址后续的首个报文不断重传而没有响应。",
  "Find out first why the setups before do not finish: the other findings on this tunnel say so.":
    "先查明之前的建立为什么没有完成：该隧道的其他结论会说明原因。",
  "If many clients stand behind one address (NAT, load balancer): raise the limit.":
    "如果多个客户端位于同一地址之后（NAT、负载均衡）：调大该限制。",
  "The log of the responder says it: 'per-IP half-open IKE_SA limit of 5 reached'.":
    "响应方的日志会写明：'per-IP half-open IKE_SA limit of 5 reached'。",
  "{0} times": "{0} 次",
  "{0} refuses setups of {1}: {2}": "{0} 拒绝 {1} 的建立请求：{2}",
  "the peer": "对端",
  "The daemon of {0} ignored a setup {1} and says why: {2}.{3} The first question is why the setups before do not finish.":
    "{0} 的 IKE 进程忽略了建立请求（{1}），并写明了原因：{2}。{3}首先要查明的是之前的建立为什么没有完成。",
  "It had {0} half-open IKE SAs when asked.": "查询时它有 {0} 个半开 IKE SA。",
  "{0} stops answering {1} after {2} unfinished setups in 30 s ({3} more unanswered)":
    "{1} 在 30 s 内有 {2} 次未完成的建立，之后 {0} 不再响应它（又有 {3} 次无响应）",
  "{0} setups of {1} were answered within 30 s and none of them was finished{2}.":
    "{1} 的 {0} 次建立在 30 s 内得到了响应，但没有一次完成{2}。",
  "; then came COOKIE": "；随后出现 COOKIE",
  "Of the {0} none is answered (the last: {1}). A responder that limits half-open IKE SAs per address does that.":
    "其后的{0}没有得到响应（最后一次：{1}）。对每个地址的半开 IKE SA 数量有限制的响应方就是这样处理的。",
  "next one": "一次建立",
  "next {0}": "{0} 次建立",
  "The first question is why the setups before do not finish.": "首先要查明的是之前的建立为什么没有完成。",
  "answered, not finished": "已响应，未完成",
  "the first request that is not answered any more": "第一个不再得到响应的请求",
  "IKE_SA_INIT request, unanswered": "IKE_SA_INIT 请求，无响应",
  "the responder's log: 'ignoring IKE_SA setup from ..., per-IP half-open IKE_SA limit reached', or nothing at all":
    "响应方的日志：'ignoring IKE_SA setup from ..., per-IP half-open IKE_SA limit reached'，或者没有任何记录",
  "A firewall refuses the packets": "报文被防火墙拒绝",
  "The device that sent the ICMP message says that a policy forbids this traffic.":
    "发出该 ICMP 报文的设备表明：策略禁止这一流量。",
  "ICMP type 3 code 9, 10 or 13 (ICMPv6 type 1 code 1) that quotes an IKE or ESP packet of these peers.":
    "ICMP 类型 3 代码 9、10 或 13（ICMPv6 类型 1 代码 1），其中引用了两端之间的 IKE 或 ESP 报文。",
  "Change the access list or firewall rule at the address that sent the ICMP message: allow UDP 500 and 4500 (and ESP, IP protocol 50) between the peers, both ways.":
    "在发出 ICMP 报文的设备上修改访问控制列表或防火墙策略：在两端之间双向放行 UDP 500 和 4500（以及 ESP，IP 协议号 50）。",
  "The peer cannot be reached by routing": "路由不可达：无法到达对端",
  "A router on the way says that it has no path to the peer, or that the packet went round too often.":
    "途中的路由器表明：它没有到达对端的路径，或者报文在环路中转发次数过多。",
  "ICMP type 3 code 0 or 1 (ICMPv6 type 1 code 0 or 3), or time exceeded in transit (type 11 code 0, ICMPv6 type 3 code 0), that quotes a packet of these peers.":
    "ICMP 类型 3 代码 0 或 1（ICMPv6 类型 1 代码 0 或 3），或传输中超时（类型 11 代码 0，ICMPv6 类型 3 代码 0），其中引用了两端之间的报文。",
  "Check routing at the address that sent the ICMP message: a route to the peer, and that the peer's host answers there (ARP or neighbour discovery).":
    "在发出 ICMP 报文的设备上检查路由：是否有到达对端的路由，对端主机在该网段是否响应（ARP 或邻居发现）。",
  "Time exceeded means a routing loop: follow it with traceroute.":
    "超时（time exceeded）意味着存在路由环路：用 traceroute 跟踪。",
  "Nothing listens on the IKE port": "IKE 端口没有被监听",
  "An ICMP port unreachable came back for the IKE packet: the host is there, but no daemon has the port open.":
    "IKE 报文收到了 ICMP 端口不可达：主机可达，但没有进程打开该端口。",
  "ICMP type 3 code 3 (ICMPv6 type 1 code 4) that quotes an IKE packet of these peers; its sender tells who has no daemon.":
    "ICMP 类型 3 代码 3（ICMPv6 类型 1 代码 4），其中引用了两端之间的 IKE 报文；由其发送者可知哪一侧没有运行 IKE 进程。",
  "Start the IKE daemon at the address that sent the ICMP message ('systemctl status strongswan ipsec').":
    "在发出 ICMP 报文的主机上启动 IKE 进程（'systemctl status strongswan ipsec'）。",
  "'ss -lunp | grep -E \":(500|4500)\"' there must show the daemon, on the right address.":
    "在该主机上执行 'ss -lunp | grep -E \":(500|4500)\"'，应当能看到 IKE 进程监听在正确的地址上。",
  "If the address that answered is not the VPN gateway: correct the peer address or the port forwarding.":
    "如果返回 ICMP 的地址不是 VPN 网关：更正对端地址或端口映射。",
  "The receiver of ESP has nothing that takes it": "ESP 的接收方不支持 ESP 协议",
  "The host that ESP is sent to answers that it does not know the protocol: its IPsec is not running, or was never set up in its kernel.":
    "ESP 的目的主机表示不认识该协议：它的 IPsec 没有运行，或者内核中从未配置。",
  "ICMP type 3 code 2 (ICMPv6 type 4 code 1, unrecognized next header) that quotes an ESP or AH packet of these peers.":
    "ICMP 类型 3 代码 2（ICMPv6 类型 4 代码 1，无法识别的下一头部），其中引用了两端之间的 ESP 或 AH 报文。",
  "At the host that sent the ICMP message: is IPsec loaded in its kernel (modules esp4, esp6, xfrm), and is the daemon running?":
    "在发出 ICMP 报文的主机上检查：内核是否加载了 IPsec（模块 esp4、esp6、xfrm），IKE 进程是否在运行？",
  "Is that host the VPN gateway at all? A NAT rule or a failover may send protocol 50 to another host than UDP 500.":
    "该主机确实是 VPN 网关吗？NAT 规则或主备切换可能把协议 50 送到与 UDP 500 不同的主机。",
  "Behind NAT use UDP encapsulation (NAT-T), so that ESP goes where IKE goes.":
    "在 NAT 之后应使用 UDP 封装（NAT-T，NAT 穿越），使 ESP 与 IKE 走同样的路径。",
  "{0} port {1}": "{0} 端口 {1}",
  "a normal answer": "正常的响应",
  "Several hosts behind one address answer the same client": "同一地址之后有多台主机响应同一客户端",
  "The first exchange is accepted and the next message with the same SPIs is answered with INVALID_IKE_SPI, or one first message is accepted twice under two SPIs: several hosts share the address, and the packets of one client reach different ones.":
    "首个交换被接受，而使用相同 SPI 的下一个报文却得到 INVALID_IKE_SPI；或者同一个首个报文以两个不同的 SPI 被接受了两次：多台主机共用该地址，同一客户端的报文到达了不同的主机。",
  "IKE_SA_INIT is accepted and IKE_AUTH with its SPIs is answered with INVALID_IKE_SPI in clear, with nothing normal after it. Or one IKE_SA_INIT request is accepted under two responder SPIs within 30 s, and the answers differ in TTL, alternate, or come too close for a restart. COOKIE and INVALID_KE_PAYLOAD do not count.":
    "IKE_SA_INIT 被接受，而使用其 SPI 的 IKE_AUTH 得到明文的 INVALID_IKE_SPI，此后没有正常报文。或者同一个 IKE_SA_INIT 请求在 30 s 内以两个不同的响应方 SPI 被接受，且两个响应的 TTL 不同、交替出现，或间隔短到不可能是重启。COOKIE 和 INVALID_KE_PAYLOAD 不计入。",
  "Load balancer or anycast: persistence by the client's address over UDP 500 and UDP 4500 (and ESP) together, not by port.":
    "负载均衡或任播：按客户端地址对 UDP 500、UDP 4500（及 ESP）一并做会话保持，而不要按端口。",
  "Behind NAT with port forwarding: forward 500 and 4500 to the same host.":
    "在 NAT 端口映射之后：把 500 和 4500 映射到同一台主机。",
  "The logs of the hosts: one has the IKE_SA_INIT, another the message for an unknown IKE SA.":
    "查看各主机的日志：一台有 IKE_SA_INIT，另一台收到了未知 IKE SA 的报文。",
  "{0} answers IKE_SA_INIT on UDP {1}, then does not know the IKE SA on UDP {2}: INVALID_IKE_SPI{3}":
    "{0} 在 UDP {1} 上响应了 IKE_SA_INIT，却在 UDP {2} 上不认识该 IKE SA：INVALID_IKE_SPI{3}",
  "{0} accepted IKE_SA_INIT and gave its SPI; {1} with that SPI is answered in clear with INVALID_IKE_SPI (the message claims so; it is not authenticated).":
    "{0} 接受了 IKE_SA_INIT 并给出自己的 SPI；使用该 SPI 的 {1} 却得到明文的 INVALID_IKE_SPI（该报文未经认证，内容不一定可信）。",
  "Several hosts behind one address, of which another gets the packets{0}, look like this{1}{2}.":
    "同一地址之后有多台主机，而报文{0}到达了另一台，就会是这种现象{1}{2}。",
  "to port {0}": "发往端口 {0} 时",
  "; the TTL of the two answers differs too ({0} and {1})": "；两个响应的 TTL 也不同（{0} 和 {1}）",
  "; the IP identifications of the answers from the two ports count up apart from one another":
    "；来自两个端口的响应的 IP 标识各自独立递增",
  "accepted on UDP {0}": "在 UDP {0} 上接受",
  "INVALID_IKE_SPI from UDP {0}": "来自 UDP {0} 的 INVALID_IKE_SPI",
  "whether the next attempt ends the same way: a daemon that restarted once knows that one":
    "下一次尝试是否同样结束：只重启过一次的进程会认识下一次的 IKE SA",
  "{0} accepts one IKE_SA_INIT twice, with the responder SPIs {1} and {2}{3}":
    "{0} 对同一个 IKE_SA_INIT 接受了两次，响应方 SPI 为 {1} 和 {2}{3}",
  "Two answers to the same IKE_SA_INIT request of {0} accept it, each under an SPI of its own ({1}, {2}).":
    "{0} 的同一个 IKE_SA_INIT 请求得到两个接受的响应，各有自己的 SPI（{1}、{2}）。",
  "One host gives the same answer to each attempt; two SPIs mean two hosts behind {0}: {1}.":
    "同一台主机对每次重传给出同样的响应；两个 SPI 说明 {0} 之后有两台主机：{1}。",
  "What follows has to reach the host whose SPI the initiator took.":
    "后续报文必须到达发起方所采用的 SPI 对应的那台主机。",
  "IKE_SA_INIT request": "IKE_SA_INIT 请求",
  "accepted with SPI {0}": "以 SPI {0} 接受",
  "the responder's log: a start of the daemon between the two answers":
    "响应方的日志：两个响应之间是否有进程启动",
  "Packets pass one capture point and never come to the next one":
    "报文经过一个抓包点，但没有到达下一个抓包点",
  "Captures from two places on one way were read together. What the first one has and the second one has not was lost between them: this is seen, not concluded from silence.":
    "对同一路径上两个位置的抓包进行了合并分析。第一个有而第二个没有的报文，就是在两者之间丢失的：这是直接看到的，而不是由无响应推断的。",
  "Two files overlap in time and hold the same packets; TTLs, or which end a file was taken at, say which place comes first. Of an IKE message no try (two at least), or the same fragment of none, or of an ESP stream nothing, nothing from a moment on, nothing above a size, or by the sequence numbers only a part comes to the second place, whose file was recording by its clock and holds other packets of that kind.":
    "两个文件时间重叠并含有相同报文；由 TTL 或抓包所在的一端可知先后。某个 IKE 报文的所有尝试（至少两次）都没有到达第二个位置，或某条 ESP 流完全没有、从某一时刻起没有、超过某一长度的没有，或按序列号只有一部分到达，而第二个文件按其时钟当时正在抓包，且含有同类的其他报文。",
  "What lies between the two capture points: firewalls, NAT devices, provider routers, security groups. One of them drops these packets, in this direction.":
    "两个位置之间有什么：防火墙、NAT 设备、运营商路由器、安全组。其中某一台在这个方向上丢弃了这些报文。",
  "What lies between the two capture points loses packets of both directions: rather a line or a device that was down for this time than a rule of a firewall. Compare the logs of routers and of the provider.":
    "两个抓包点之间的设备在两个方向上都丢失报文：更可能是某条线路或某台设备在这段时间中断，而不是防火墙规则。请比对路由器和运营商的日志。",
  "A third capture halfway tells in which half they are lost.": "在中间再抓一份包，可以判断丢失在哪一段。",
  "If they are large ones only, clamp the MSS or lower the MTU of the tunnel.":
    "如果只有大报文丢失，调小 TCP MSS 或降低隧道的 MTU。",
  "the counters of {0} over the same time ('ip -s xfrm state', the daemon's log): if they have these packets, they came by an interface that {1} was not taken on, or the sniffer lost them":
    "同一时间段内 {0} 的计数（'ip -s xfrm state'、IKE 进程日志）：如果它收到了这些报文，说明报文经由 {1} 没有抓取的接口到达，或者是抓包工具丢失了报文",
  "a capture at {0} itself: if the packets arrive there, they took a way past the place of {1}":
    "在 {0} 本机抓包：如果报文到达那里，说明它们绕过了 {1} 所在的位置",
  "The path to the peer, or the whole peer, failed at one moment": "到对端的路径或整个对端在某一时刻中断",
  "The tunnel worked and carried traffic; then all packets of the peer, ESP and IKE, stopped at once, while this side went on sending.":
    "隧道原本正常并承载流量；随后对端的所有报文（ESP 和 IKE）同时停止，而本端仍在发送。",
  "Steady ESP of one peer stops, IKE requests of the other side begun within a minute of that stay unanswered, and the other side's own ESP goes on for at least 5 s.":
    "一端持续的 ESP 停止，另一侧在一分钟内发起的 IKE 请求没有响应，而另一侧自己的 ESP 至少还持续 5 s。",
  "At that time: link and interface events, routing changes, provider outages and WAN fail-over on both sides.":
    "查看该时刻两侧的链路和接口事件、路由变化、运营商故障以及 WAN 切换。",
  "Ping or traceroute the peer's address outside of the tunnel: if it answers, only IPsec traffic is cut (a firewall state or policy change).":
    "在隧道外 ping 或 traceroute 对端地址：如果有响应，说明只有 IPsec 流量被阻断（防火墙会话状态或策略变化）。",
  "If the peer has a second line: MOBIKE or a second tunnel takes over if both ends support it.":
    "如果对端有第二条线路：在两端都支持的情况下，可由 MOBIKE 或第二条隧道接管。",
  "all packets of {0} stop at one moment, while {1} goes on sending for {2}":
    "{0} 的所有报文在某一时刻停止，而 {1} 又继续发送了 {2}",
  "The tunnel worked: packets of {0} answered those of {1} {2} times. After the last of them nothing comes any more, neither ESP nor IKE, while {3} goes on with packets of the same sizes (at least {4} in {5}).":
    "隧道原本正常：{0} 的报文响应了 {1} 的报文 {2} 次。最后一次之后再没有任何报文（ESP 和 IKE 都没有），而 {3} 仍在发送同样长度的报文（{5} 内至少 {4} 个）。",
  "Either the way from {0} or that peer itself failed, or it moved to another address and could not say so.":
    "要么来自 {0} 的路径或该对端自身出现故障，要么它更换了地址而无法通知。",
  "Nobody asked by IKE, so the host behind it that answered may also be all that is gone.":
    "没有任何一侧通过 IKE 询问过，因此也可能只是它后面负责应答的那台主机停机。",
  "What {0} asks by IKE later has no answer either ({1}).": "{0} 之后通过 IKE 的询问也没有得到响应（{1}）。",
  "last ESP packet of {0}; no IKE of it follows either": "{0} 的最后一个 ESP 报文；之后也没有它的 IKE 报文",
  "a small ping through the tunnel: all packets behind that moment have {0} bytes or more, and if the ping is answered, only packets so large are lost":
    "经隧道发一个小的 ping：该时刻之后的报文都不小于 {0} 字节；若 ping 有响应，则只有这样大的报文丢失",
  "{0} still sends ESP": "{0} 仍在发送 ESP",
  "a liveness check, or a ping to another host behind {0}: if that is answered, only the host that was asked is silent":
    "DPD 探测，或 ping {0} 之后的另一台主机：如果有响应，说明只是被访问的那台主机没有应答",
  "the log of {0}: whether its address changed at that moment": "{0} 的日志：它的地址在那一时刻是否发生变化",
  "a second capture: whether the sniffer still sees both directions of other peers after that moment":
    "再抓一份包：看那一时刻之后抓包工具是否仍能看到其他对端的双向报文",
  "The tunnel worked: {0} had sent {1} ESP packets without a pause. After the last of them nothing comes any more, neither ESP nor an answer to {2} ({3}), while {4} still sends ESP.":
    "隧道原本正常：{0} 不间断地发送了 {1} 个 ESP 报文。最后一个之后再没有任何报文，既没有 ESP，也没有对 {2}（{3}）的响应，而 {4} 仍在发送 ESP。",
  "ESP and IKE do not fail together unless the path or the whole peer does. {0}":
    "除非路径或整个对端故障，否则 ESP 和 IKE 不会同时中断。{0}",
  "last ESP packet of {0}": "{0} 的最后一个 ESP 报文",
  "whether {0} was up at that moment (its log, its uptime): if it was not, the peer failed and not the path":
    "{0} 在那一时刻是否在运行（日志、运行时间）：如果没有，则是对端故障而不是路径故障",
  'the log of {0} at that moment, when {1} port {2} came up: whether it forgot this client because both use one identity ("INITIAL_CONTACT", "uniqueness policy")':
    "{0} 在那一时刻（{1} 端口 {2} 建立时）的日志：是否因为两者使用同一身份而丢弃了该客户端（“INITIAL_CONTACT”、“uniqueness policy”）",
  "The responder answers other peers, but not this one": "响应方响应其他对端，唯独不响应这一个",
  "The same responder answers the first message of other peers in this capture, so it runs and is reachable; this peer's first message gets no answer.":
    "同一响应方在本抓包中响应了其他对端的首个报文，说明它在运行且可达；而这一对端的首个报文没有得到响应。",
  "The first message of one peer repeats without an answer, while the same responder answers the first message of another peer within a minute of it.":
    "某一对端的首个报文反复重传而没有响应，而同一响应方在一分钟之内响应了另一对端的首个报文。",
  "At the responder: a configuration for this peer's address, and the address that it really comes from (NAT).":
    "在响应方检查：是否有针对该对端地址的配置，以及它实际的来源地址（NAT）。",
  "Access lists and security groups that name peers by address, on the way and at the responder.":
    "检查途中和响应方上按地址指定对端的访问控制列表和安全组。",
  "Capture at the responder: does this peer's request arrive?": "在响应方抓包：这一对端的请求是否到达？",
  "{0} never answers {1} of {2} ({3}{4}), but answers other peers":
    "{0} 始终不响应 {2} 的 {1}（{3}{4}），却响应其他对端",
  "{0} sends {1} ({2}) and gets nothing, while {3} answers the first message of {4} at the same time.":
    "{0} 发送 {1}（{2}）而没有得到任何响应，同时 {3} 却响应了 {4} 的首个报文。",
  "So the daemon runs and its port is open: it ignores this peer, or a rule on the way drops its packets.":
    "因此 IKE 进程在运行且端口已打开：要么它忽略了这一对端，要么途中有规则丢弃了其报文。",
  "answer to {0}": "对 {0} 的响应",
  "a capture at the responder: whether this peer's request arrives there":
    "在响应方抓包：看这一对端的请求是否到达",
  "The responder demands a puzzle before it goes on": "响应方在继续之前要求求解 puzzle",
  "The responder takes itself to be under attack and makes clients compute before it answers (RFC 8019). Clients that do not know puzzles are served late or not at all.":
    "响应方认为自己正受到攻击，要求客户端先完成计算再响应（RFC 8019）。不支持 puzzle 的客户端会被延后处理或得不到处理。",
  "The answer to IKE_SA_INIT holds PUZZLE beside COOKIE.": "IKE_SA_INIT 的响应中同时含有 PUZZLE 和 COOKIE。",
  "At the responder: is there an attack, or are the limits of half-open IKE SAs too low for the number of clients?":
    "在响应方检查：是否真有攻击，还是半开 IKE SA 的限制相对于客户端数量过低？",
  "At the client: an implementation that supports puzzles; otherwise wait.":
    "在客户端：使用支持 puzzle 的实现，或者耐心等待。",
  "{0} demands a puzzle of {1}{2}": "{0} 要求 {1} 求解 puzzle{2}",
  ", which was solved or ignored": "，已求解或被略过",
  "{0} answers IKE_SA_INIT with PUZZLE beside COOKIE, as a responder does that is under attack or takes itself to be.":
    "{0} 对 IKE_SA_INIT 的响应同时含有 PUZZLE 和 COOKIE，正在或自认为受到攻击的响应方就会这样做。",
  "The setup went on all the same.": "建立仍然继续进行。",
  "{0} has not gone on: it is still working, or it does not know puzzles and has to wait until the responder is less busy.":
    "{0} 没有继续：它仍在计算，或者不支持 puzzle 而必须等到响应方不那么繁忙。",
  "COOKIE and PUZZLE": "COOKIE 和 PUZZLE",
  once: "一次",
  "the responder's log: it need not answer aggressive mode from an identity (group name) that it does not know":
    "响应方的日志：对于不认识的身份（组名），它可以不应答野蛮模式",
  "an attempt in main mode: if that is answered, the responder does not take aggressive mode":
    "用主模式尝试一次：若有应答，则响应方不接受野蛮模式",
  "an attempt with IKEv1: if that is answered, the responder ignores IKEv2":
    "用 IKEv1 尝试一次：若有应答，则响应方忽略 IKEv2",
  "an attempt with IKEv2: if that is answered, the responder ignores IKEv1":
    "用 IKEv2 尝试一次：若有应答，则响应方忽略 IKEv1",
  "the responder's log: some daemons (racoon) drop an IKEv1 offer that they refuse without a word":
    "响应方的日志：有些 IKE 进程（racoon）会不作任何应答地丢弃它拒绝的 IKEv1 提议",
  "For {0} after the last of them packets to {1} are not refused any more, and not answered either.":
    "在最后一个之后的 {0} 内，发往 {1} 的报文不再被拒绝，但也没有得到响应。",
  "So {0} takes them again, and no longer knows this tunnel.": "说明 {0} 又开始接收报文，但已不认识此隧道。",
  "The log of {0} shows a start of the daemon after the first of them.":
    "{0} 的日志显示守护进程在首个拒绝之后启动。",
  "The log of {0} shows a start of the daemon before them, and no end.":
    "{0} 的日志显示守护进程在此之前已启动，且没有停止的记录。",
  "Set the tunnel up anew at the peer that still uses the old one; dead peer detection with a start action does that by itself.":
    "在仍使用旧隧道的一端重新建立隧道；带启动动作的失效对端检测（DPD）会自动完成。",
  "It no longer refuses, so nothing has to be started. The log of {0} at that time: why its daemon was not there (restart, update, crash).":
    "它已不再拒绝，因此无需启动任何服务。查看 {0} 当时的日志：守护进程为何不在（重启、升级、崩溃）。",
  "It no longer refuses. What was changed at {0} at that time: rules, routes, interfaces.":
    "它已不再拒绝。查看 {0} 当时有何变更：规则、路由、接口。",
  "The daemon was started: 'ss -lunp | grep -E \":(500|4500)\"' there must show it, on the right address; its log says why not (socket error, a crash).":
    "守护进程已启动：在该处执行 'ss -lunp | grep -E \":(500|4500)\"' 必须能看到它，且地址正确；否则其日志会说明原因（套接字错误、崩溃）。",
  "; then no longer refused, and not answered": "；之后不再被拒绝，但也没有响应",
};
