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
  "The first exchange succeeds, then the initiator's next message never comes":
    "首个交换成功，但发起方的下一个报文始终没有出现",
  "The answer to the first exchange was not asked for again, so it arrived; the message that must follow is not in this capture.":
    "首个交换的响应没有被再次请求，说明它已到达；而随后必须发送的报文不在抓包中。",
  "The first exchange is answered and not asked for again, yet the message that must follow is not in a capture that goes on for 5 s. If the capture ends sooner, it is one possibility; if nothing but port 500 was captured, it is not said.":
    "首个交换得到响应且没有重传，但在之后至少持续 5 s 的抓包中没有随后必须出现的报文。如果抓包更早结束，这只是一种可能；如果只抓了端口 500，则不作此结论。",
  "Capture at the initiator: does it send the next message, and on which port?":
    "在发起方抓包：它是否发送了下一个报文，从哪个端口发送？",
  "If it does: open UDP 4500 towards the responder, and check whether a large authentication message is lost as IP fragments.":
    "如果发送了：放行到响应方的 UDP 4500，并检查较大的认证报文是否因 IP 分片而丢失。",
  "It was one attempt, without NAT detection or vendor ID: a scanner sends the same and sets up no tunnel.":
    "只尝试了一次，且没有 NAT 探测载荷和 Vendor ID：扫描器也会这样，它并不想建立隧道。",
  "{0}; nothing follows": "{0}；此后没有后续报文",
  "the IKE_AUTH request": "IKE_AUTH 请求",
  "Main Mode 3": "主模式报文 3",
  "Main Mode 5": "主模式报文 5",
  "a capture that begins earlier: if this was the last of several attempts, each answered, the answers do not arrive":
    "更早开始的抓包：如果这是多次重传中的最后一次，且每次都有响应，则说明响应没有到达",
  "a capture at the initiator: it sends the next message on UDP 4500, unfragmented, again and again":
    "在发起方抓包：它在 UDP 4500 上不分片地反复发送下一个报文",
  "a capture at the initiator: the next message leaves in IP fragments":
    "在发起方抓包：下一个报文以 IP 分片形式发出",
  "how the capture was filtered: it holds nothing but UDP 500, as the filter 'udp port 500' leaves it":
    "抓包的过滤条件：抓包中只有 UDP 500，与过滤条件 'udp port 500' 的结果一致",
  "Captured near {0}: it received the answer and went no further, so its own log has the reason.":
    "抓包点靠近 {0}：它收到了响应但没有继续，原因在它自己的日志中。",
  "Captured near {0}: either {1} gave up, or its next message (usually on UDP 4500, often large) is lost on the way.":
    "抓包点靠近 {0}：要么 {1} 放弃了，要么它的下一个报文（通常使用 UDP 4500，且往往较大）在途中丢失。",
  "Seen at both ends: the initiator received the answer or gave up, so its own log has the reason.":
    "两端同时抓包：发起方收到了响应或放弃了，原因在它自己的日志中。",
  "Either the initiator gave up, or its next message (usually on UDP 4500, often large) is lost before this point.":
    "要么发起方放弃了，要么它的下一个报文（通常使用 UDP 4500，且往往较大）在到达抓包点之前丢失。",
  "The peer answers the first exchange, then never the authentication":
    "对端响应了首个交换，但始终不响应认证请求",
  "The first exchange worked over the same ports, so the path is open for small packets; the authentication request is repeated without any answer.":
    "首个交换在相同端口上成功，说明小报文的路径是通的；认证请求反复重传而没有任何响应。",
  "IKE_SA_INIT is answered, and IKE_AUTH (main mode 5 in IKEv1), small and unfragmented, repeats without an answer on ports on which the responder is heard.":
    "IKE_SA_INIT 得到响应，而 IKE_AUTH（IKEv1 为主模式报文 5）较小且未分片，在能收到响应方报文的端口上反复重传而没有响应。",
  "Read the responder's log first: it may have refused, crashed or waited for a backend (RADIUS, CRL, OCSP).":
    "先看响应方的日志：它可能拒绝了请求、进程崩溃，或在等待后端（RADIUS、CRL、OCSP）。",
  "Capture at the responder: does the request arrive there?": "在响应方抓包：请求是否到达？",
  "Compare sizes: if only larger packets are lost, look at the path's MTU.":
    "比较报文长度：如果只有较大的报文丢失，检查路径 MTU。",
  "{0} on UDP {1} never answered ({2}{3})": "UDP {1} 上的 {0} 始终没有响应（{2}{3}）",
  "The first exchange was answered, so packets pass both ways. Then {0} sent {1}":
    "首个交换得到了响应，说明报文可以双向通过。随后 {0} 发送 {1}",
  "to port {0} ({1}) and got nothing. The message is not fragmented ({2} bytes).":
    "到端口 {0}（{1}），没有得到任何响应。该报文没有分片（{2} 字节）。",
  "answer to the first exchange": "首个交换的响应",
  "{0}, unanswered": "{0}，无响应",
  "whether the answer is large: a fragmented answer that is lost looks the same near the initiator":
    "响应是否较大：在发起方附近看，丢失的分片响应与此现象相同",
  "The peer never answers the first IKE message": "对端始终不响应首个 IKE 报文",
  "The initiator repeats its first message and nothing comes back: either the message does not arrive, the peer ignores it, or its answer is lost.":
    "发起方反复重传首个报文而没有任何返回：要么报文没有到达，要么对端忽略了它，要么对端的响应丢失。",
  "The first message (IKE_SA_INIT, main mode 1, aggressive mode 1) is sent again, byte for byte, and the capture goes on without any packet of the responder and without an ICMP error about it. Not said of one attempt, nor if ESP or an answer in the other IKE version follows.":
    "首个报文（IKE_SA_INIT、主模式报文 1、野蛮模式报文 1）逐字节相同地重传，此后抓包继续，但没有响应方的任何报文，也没有与之相关的 ICMP 差错。只尝试一次时不作此结论；其后出现 ESP 或另一 IKE 版本的响应时也不作此结论。",
  "Capture at the responder at the same time: does the request arrive there (udp port 500)?":
    "同时在响应方抓包：请求是否到达（udp port 500）？",
  "If it does not arrive: open UDP 500 towards the responder in every firewall, NAT rule and cloud security group on the way.":
    "如果没有到达：在途中的每台防火墙、每条 NAT 规则和每个云安全组上放行到响应方的 UDP 500。",
  "If it arrives: check the responder's log and its configuration for this peer's address (strongSwan logs 'no IKE config found', Libreswan 'no connection has been authorized').":
    "如果到达了：检查响应方的日志以及针对该对端地址的配置（strongSwan 日志为 'no IKE config found'，Libreswan 为 'no connection has been authorized'）。",
  "Check that the responder's answer is routed back over the same path.":
    "检查响应方的响应是否沿同一路径返回。",
  "{0} sent {1} to {2} ({3});": "{0} 向 {2} 发送 {1}（{3}）；",
  "neither an IKE answer nor an ICMP error came back. {0}{1}{2}":
    "既没有 IKE 响应，也没有 ICMP 差错返回。{0}{1}{2}",
  "whether the responder answers other peers at the same time: then it ignores this one":
    "响应方是否同时在响应其他对端：如果是，则是它忽略了这一个",
  "a capture at the responder: it shows the request, and whether an answer leaves":
    "在响应方抓包：可以看到请求是否到达、响应是否发出",
  "The message itself cannot be read as its header says, and a responder drops such a one.":
    "该报文本身与其头部不符、无法解析，响应方会丢弃这样的报文。",
  "a capture at the initiator: whether the message is whole there, or was sent so":
    "在发起方抓包：看报文在那里是否完整，还是发送时就已损坏",
  "a capture whose filter keeps ICMP: a closed port or a firewall may have said so":
    "过滤条件包含 ICMP 的抓包：端口未打开或防火墙拒绝时可能已有 ICMP 说明",
  "Captured near {0}: the request leaves, and what becomes of it is beyond this point (the way there, the responder, or the way back).":
    "抓包点靠近 {0}：请求已发出，之后的情况（去程、响应方或回程）在抓包点之外。",
  "The log of {0} covers that time and has no line about them: they are lost on the way there, or that host drops them before its daemon (firewall rule, reverse path filter).":
    "{0} 的日志覆盖了这段时间，但没有这些报文的记录：报文在去程丢失，或被该主机在到达 IKE 进程之前丢弃（防火墙规则、反向路径过滤）。",
  "The log of {0} says that it received them: see what it says next, and whether its answer leaves.":
    "{0} 的日志显示已收到这些报文：请查看其后的日志，以及响应是否已发出。",
  "a capture at the responder: if the request is there, the host itself drops it":
    "在响应方抓包：如果能看到请求，就是该主机自己丢弃的",
  "Captured near {0}, so the request arrives there: its host or daemon does not answer it.":
    "抓包点靠近 {0}，请求已到达：是该主机或其 IKE 进程没有响应。",
  "The capture was taken between the peers: the request gets at least that far.":
    "抓包点在两端之间：请求至少到达了此处。",
  "Where the capture was taken cannot be told, so neither can the side that loses the packets.":
    "无法判断抓包点的位置，因此也无法判断报文在哪一侧丢失。",
  "{0} port {1}": "{0} 端口 {1}",
  "The answer is sent, but the other side never sees it": "响应已发出，但另一侧始终没有收到",
  "Request and response are both in the capture, yet the requester repeats its request and the same response is sent again: the response is lost after this point.":
    "请求和响应都在抓包中，但请求方仍重传请求，响应方也再次发送同样的响应：响应在此抓包点之后丢失。",
  "Request and response are both in the capture; after the response the same request comes at least twice more, and the same response with it; the requester does nothing that needs the response.":
    "请求和响应都在抓包中；响应之后同一请求至少又出现两次，同样的响应也随之出现；请求方没有做任何需要该响应的事情。",
  "Near the responder: follow the way back to the initiator (firewall state, routing, source address of the answer).":
    "靠近响应方：检查返回发起方的路径（防火墙会话状态、路由、响应的源地址）。",
  "Near the initiator: look at the host itself: INPUT rules ('nft list ruleset'), reverse path filter ('sysctl net.ipv4.conf.all.rp_filter'), wrong source address, checksum errors.":
    "靠近发起方：检查该主机自身：INPUT 规则（'nft list ruleset'）、反向路径过滤（'sysctl net.ipv4.conf.all.rp_filter'）、源地址错误、校验和错误。",
  "Check that the response leaves from the address and port that the request was sent to.":
    "检查响应的源地址和源端口是否就是请求的目的地址和目的端口。",
  "{0} arrives {1} times at {2}, which repeats its request all the same":
    "{0} 到达 {2} 共 {1} 次，但它仍重传请求",
  "{0}, the first of {1} in a row whose answer does not arrive": "{0}，连续 {1} 次响应未到达中的第一次",
  "{0} is sent {1} times but does not reach {2}": "{0} 已发送 {1} 次，但没有到达 {2}",
  "{0} sent {1} ({2}), and {3} answered {4} times.": "{0} 发送了 {1}（{2}），{3} 响应了 {4} 次。",
  "The requester goes on repeating, so its daemon does not get the answers.":
    "请求方继续重传，说明其 IKE 进程没有收到响应。",
  "the requester's log: it receives the answer and drops it as invalid":
    "请求方的日志：它收到了响应，但认为无效而丢弃",
  "It asked again after an answer, and then no more. The capture begins so late that these may be its last attempts: it gave up because no answer reached it.":
    "它在响应之后又请求了一次，然后不再请求。抓包开始得太晚，这些可能已是最后几次尝试：因为收不到响应，它放弃了。",
  "a capture that begins before the first attempt: if the requester stops repeating long before it gives up, the last answer arrived":
    "在首次尝试之前开始的抓包：如果请求方远早于放弃的时间就停止重传，则说明最后一个响应已到达",
  "The answers arrive at {0}: look at that host (firewall input, reverse path filter, checksum).":
    "响应已到达 {0}：检查该主机（防火墙入方向、反向路径过滤、校验和）。",
  "The answers leave {0}: they are lost on the way back.": "响应已离开 {0}：在返回途中丢失。",
  "The answers are in the file of {0}: they are lost on the way back, or {1} drops them.":
    "响应在 {0} 的文件中：在返回途中丢失，或被 {1} 丢弃。",
  "The answers pass the capture point and are lost between it and {0}.":
    "响应经过了抓包点，在抓包点与 {0} 之间丢失。",
  "The answers are lost after the capture point.": "响应在抓包点之后丢失。",
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
  "Packets pass one capture's place and never come to the next one's":
    "报文经过一个抓包点，但没有到达下一个抓包点",
  "Captures from two places on one way were read together. What the first one has and the second one has not was lost between them: this is seen, not concluded from silence.":
    "对同一路径上两个位置的抓包进行了合并分析。第一个有而第二个没有的报文，就是在两者之间丢失的：这是直接看到的，而不是由无响应推断的。",
  "Two files overlap in time and hold the same packets; TTLs, or which end a file was taken at, say which place comes first. Of an IKE message no try (two at least), or the same fragment of none, or of an ESP stream nothing, nothing from a moment on, nothing above a size, or by the sequence numbers only a part comes to the second place, whose file was recording by its clock and holds other packets of that kind.":
    "两个文件时间重叠并含有相同报文；由 TTL 或抓包所在的一端可知先后。某个 IKE 报文的所有尝试（至少两次）都没有到达第二个位置，或某条 ESP 流完全没有、从某一时刻起没有、超过某一长度的没有，或按序列号只有一部分到达，而第二个文件按其时钟当时正在抓包，且含有同类的其他报文。",
  "What lies between the two places: firewalls, NAT devices, provider routers, security groups. One of them drops these packets, in this direction.":
    "两个位置之间有什么：防火墙、NAT 设备、运营商路由器、安全组。其中某一台在这个方向上丢弃了这些报文。",
  "A third capture halfway tells in which half they are lost.": "在中间再抓一份包，可以判断丢失在哪一段。",
  "If they are large ones only, clamp the MSS or lower the MTU of the tunnel.":
    "如果只有大报文丢失，调小 TCP MSS 或降低隧道的 MTU。",
  "the counters of {0} over the same time ('ip -s xfrm state', the daemon's log): if they have these packets, they came by an interface that {1} was not taken on, or the sniffer lost them":
    "同一时间段内 {0} 的计数（'ip -s xfrm state'、IKE 进程日志）：如果它收到了这些报文，说明报文经由 {1} 没有抓取的接口到达，或者是抓包工具丢失了报文",
  "a capture at {0} itself: if the packets arrive there, they took a way past the place of {1}":
    "在 {0} 本机抓包：如果报文到达那里，说明它们绕过了 {1} 所在的位置",
  "UDP 500 works, UDP 4500 does not": "UDP 500 正常，UDP 4500 不通",
  "The first exchange on port 500 was answered. Then IKE moved to port 4500, as it must behind NAT, and nothing on that port is answered.":
    "端口 500 上的首个交换得到了响应。随后 IKE 切换到端口 4500（存在 NAT 时必须如此），而该端口上没有任何响应。",
  "The exchange on port 500 is answered, the next message leaves on port 4500 in one piece and is repeated, and the responder is never seen to send from 4500.":
    "端口 500 上的交换得到响应，下一个报文以未分片形式从端口 4500 发出并反复重传，而从未见到响应方从 4500 发送报文。",
  "Open UDP 4500 in both directions, on every firewall, NAT device and cloud security group between the peers.":
    "在两端之间的每台防火墙、NAT 设备和云安全组上双向放行 UDP 4500。",
  "On a responder behind NAT or a load balancer: forward 4500 as well as 500, to the same host.":
    "响应方位于 NAT 或负载均衡之后时：把 4500 与 500 一样映射到同一台主机。",
  "At the responder: 'tcpdump -n udp port 4500' shows whether the packets arrive; 'ss -lunp' shows whether the daemon listens on 4500.":
    "在响应方：用 'tcpdump -n udp port 4500' 查看报文是否到达；用 'ss -lunp' 查看 IKE 进程是否监听 4500。",
  "a capture at the responder: the message arrives there on 4500, and the daemon stays silent":
    "在响应方抓包：报文到达了 4500 端口，但 IKE 进程没有响应",
  "the responder's log: an IKEv1 daemon may drop a message that it cannot decrypt (wrong pre-shared key) without a word":
    "响应方的日志：IKEv1 进程可能会不作任何通知地丢弃无法解密的报文（预共享密钥错误）",
  "{0} on UDP 4500 never answered ({1}{2}); UDP 500 works":
    "UDP 4500 上的 {0} 始终没有响应（{1}{2}）；UDP 500 正常",
  "On UDP {0} the first exchange was answered. Then {1} moved to UDP 4500 and sent":
    "UDP {0} 上的首个交换得到了响应。随后 {1} 切换到 UDP 4500 并发送",
  "{0} ({1}); the responder never sent a packet from port 4500. {2}":
    "{0}（{1}）；响应方从未从端口 4500 发出报文。{2}",
  "{0} on UDP {1}": "UDP {1} 上的 {0}",
  "{0} on UDP 4500, unanswered": "UDP 4500 上的 {0}，无响应",
  "Captured near {0}: the packets leave there, and UDP 4500 is lost on the way to {1} or back.":
    "抓包点靠近 {0}：报文已从那里发出，UDP 4500 在去往 {1} 或返回的途中丢失。",
  "Captured near {0}: the packets arrive there, so look at its own firewall for UDP 4500 and at its daemon.":
    "抓包点靠近 {0}：报文已到达，请检查它自身的防火墙是否放行 UDP 4500，以及它的 IKE 进程。",
  "Seen between the peers: UDP 4500 of {0} gets as far as the capture point.":
    "抓包点在两端之间：{0} 的 UDP 4500 报文能到达抓包点。",
  "UDP 4500 leaves {0}; the capture does not show whether it gets any further.":
    "UDP 4500 从 {0} 发出；抓包不能说明它是否继续前行。",
  "Where the capture was taken cannot be told.": "无法判断抓包点的位置。",
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
  "Either the way from {0} or that peer itself failed, or it moved to another address and could not say so. Nobody asked by IKE, so the host behind it that answered may also be all that is gone.":
    "要么来自 {0} 的路径或该对端自身出现故障，要么它更换了地址而无法通知。没有任何一侧通过 IKE 询问过，因此也可能只是它后面负责应答的那台主机停机。",
  "last ESP packet of {0}; no IKE of it follows either": "{0} 的最后一个 ESP 报文；之后也没有它的 IKE 报文",
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
  "If it does not: read the initiator's log, it gave up (no credentials, no matching configuration, user cancelled).":
    "如果没有：看发起方的日志，是它放弃了（没有凭据、没有匹配的配置、用户取消）。",
  "{0} was delivered, but {1} never came (capture goes on for {2}{3})":
    "{0} 已送达，但 {1} 始终没有出现（其后抓包持续 {2}{3}）",
  "{0} answered the first exchange, and {1} did not ask again{2}, so the answer arrived. The message that must follow, {3}, is not in the capture. {4}{5}{6}":
    "{0} 响应了首个交换，{1} 没有再次请求{2}，说明响应已到达。随后必须发送的报文（{3}）不在抓包中。{4}{5}{6}",
  "{0}; {1} is not in it": "{0}；其中没有 {1}",
  "The message that must follow, {0}, is not in the capture: {1}; it may just have been stopped.":
    "随后必须发送的报文（{0}）不在抓包中：{1}；可能只是停止了抓包。",
  "after the last answer": "（在最后一个响应之后）",
  "The capture ends {0} after the answer: it may just have been stopped.":
    "抓包在响应之后 {0} 就结束了：可能只是停止了抓包。",
  "{0} on UDP 4500 never answered ({1})": "UDP 4500 上的 {0} 始终没有响应（{1}）",
  "{0} sent {1} to UDP 4500 ({2}), and no packet of {3} comes from that port.":
    "{0} 向 UDP 4500 发送 {1}（{2}），而 {3} 没有从该端口发出任何报文。",
  "The exchange before it is not in the capture; it was answered, for the message has the responder's SPI. {0}":
    "之前的交换不在抓包中；它得到了响应，因为该报文含有响应方的 SPI。{0}",
};
