import type { TextTable } from "../texts.js";

/** Messages of a setup without an answer, and answers that are lost. */
export const UNANSWERED: TextTable = {
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
  "a capture at the initiator: the next message leaves in IP fragments, if it is large, for IKE_SA_INIT does not announce IKE fragmentation from both sides":
    "在发起方抓包：如果下一个报文较大，它会以 IP 分片发出，因为 IKE_SA_INIT 中双方没有都通告支持 IKE 分片",
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
  "IKE_SA_INIT is answered, and IKE_AUTH (in IKEv1 main mode 5, or aggressive mode 3, behind which the responder repeats message 2), small and unfragmented, repeats without an answer on ports on which the responder is heard.":
    "IKE_SA_INIT 得到响应，而 IKE_AUTH（IKEv1 为主模式报文 5，或野蛮模式报文 3，其后响应方重复报文 2）较小且未分片，在能收到响应方报文的端口上反复重传而没有响应。",
  "the responder's log: whether Aggressive Mode 3 arrives there, and what it does not accept in it":
    "响应方的日志：野蛮模式报文 3 是否到达，以及它不接受其中的什么内容",
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
  "At the responder's host, where the requests are seen to arrive: does its daemon run and listen on this address and port, and do the counters of its firewall rules grow with each attempt?":
    "在响应方主机上（可见请求到达了那里）：其守护进程是否在运行并监听该地址和端口，其防火墙规则的计数是否随每次尝试增长？",
  "the log of {0}: whether its daemon receives the requests that come to the host":
    "{0} 的日志：其守护进程是否收到了到达主机的请求",
  "Check that the responder's answer is routed back over the same path.":
    "检查响应方的响应是否沿同一路径返回。",
  "{0} sent {1} to {2} ({3});": "{0} 向 {2} 发送 {1}（{3}）；",
  "neither an IKE answer nor an ICMP error came back.": "既没有 IKE 响应，也没有 ICMP 差错返回。",
  "no IKE answer came back; this capture holds nothing but IPsec, so a filter may have left out an ICMP error.":
    "没有 IKE 响应返回；本抓包中只有 IPsec 报文，ICMP 差错可能被抓包过滤器排除在外。",
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
  "The log of {0} says that it received them and sent answers ({1}); none of these comes to {2}.{3} So they are lost on the way back: behind the daemon of {4}, or between it and this capture point.":
    "{0} 的日志表明它收到了这些请求并发送了响应（{1} 个）；但没有一个到达 {2}。{3}因此响应丢失在返回途中：在 {4} 的守护进程之后，或在它与此抓包点之间。",
  "The log of {0} says that it received them and sent answers ({1}); none of these comes to the capture point.{2} So they are lost behind the daemon of {3}, or on the way from there.":
    "{0} 的日志表明它收到了这些请求并发送了响应（{1} 个）；但没有一个到达抓包点。{2}因此响应丢失在 {3} 的守护进程之后，或从那里出来的途中。",
  "The log of {0} has none of them either.": "{0} 的日志中也没有。",
  "; the log of {0} says that it answers": "；但 {0} 的日志表明它有响应",
  "At the side that answers: 'tcpdump -n udp port 500 or udp port 4500' shows whether its answers leave the host; if not, its own firewall (OUTPUT) or route drops them.":
    "在响应的一端：用 'tcpdump -n udp port 500 or udp port 4500' 查看响应是否离开主机；如果没有，是其自身防火墙（OUTPUT）或路由丢弃了它们。",
  "If they leave: follow them on each device on the way back (firewall, NAT, asymmetric route).":
    "如果离开了：在返回路径的每台设备上跟踪它们（防火墙、NAT、不对称路由）。",
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
  "The answer is sent, but the other side never sees it": "响应已发出，但另一侧始终没有收到",
  "Request and response are both in the capture, yet the requester repeats its request and the same response is sent again: the response is lost after the capture point, or the requester's host drops it.":
    "请求和响应都在抓包中，但请求方仍重传请求，响应方也再次发送同样的响应：响应在抓包点之后丢失，或被请求方的主机丢弃。",
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
  "IKEv1 with a pre-shared key: compare the keys of both sides. A daemon that cannot decrypt Main Mode 5 may say nothing but Main Mode 4 again (pluto, racoon, SoftEther).":
    "使用预共享密钥的 IKEv1：比较两端的密钥。守护进程无法解密主模式报文 5 时，可能只是再次发送主模式报文 4 而不作其他回应（pluto、racoon、SoftEther）。",
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
  "At the responder: 'nft list ruleset' shows whether its own firewall drops UDP 4500; 'ss -lunp' shows whether the daemon listens on 4500.":
    "在响应方：用 'nft list ruleset' 查看其自身防火墙是否丢弃 UDP 4500；用 'ss -lunp' 查看 IKE 进程是否监听 4500。",
  "The responder's log at that time: a daemon that waits for a revocation list, a RADIUS server or a name server answers late or never.":
    "响应方当时的日志：等待吊销列表、RADIUS 服务器或域名服务器的进程会响应很晚，或始终不响应。",
  "the responder's log: whether its daemon got the message, which arrives at that host, and stays silent":
    "响应方的日志：报文已到达该主机，其 IKE 进程是否收到而没有响应",
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
  "Meanwhile {0} repeats Aggressive Mode 2, which that message answers: it does not arrive there.":
    "与此同时，{0} 不断重复野蛮模式报文 2，而该报文正是对它的应答：该报文没有到达那里。",
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
  "The first answer of {0} is not in the capture; it came, for the message has the responder's SPI. {1}":
    "{0} 的首个响应不在抓包中；但它到达过，因为该报文含有响应方的 SPI。{1}",
  "a capture of both directions: it holds no packet of {0}, so an answer to the last attempt would not be in it":
    "双向的抓包：此抓包中没有 {0} 的任何报文，因此即使最后一次尝试得到了响应也不会出现",
  "No packet of {0} is in the capture, which may show one direction only; but an answer that reached {1} would have ended the repeats.":
    "抓包中没有 {0} 的任何报文，可能只抓到了一个方向；但如果有响应到达 {1}，就不会继续重传。",
  "a capture of both directions of IKE: it holds ESP of {0} and no IKE message, so an answer to the last attempt would not be in it if it took another way":
    "IKE 双向的抓包：此抓包中有 {0} 的 ESP，但没有它的 IKE 消息，因此如果最后一次尝试的响应走了其他路径，也不会出现在抓包中",
  "No IKE message of {0} is in the capture, which may show one direction of IKE only; but an answer that reached {1} would have ended the repeats.":
    "抓包中没有 {0} 的任何 IKE 消息，可能只抓到了 IKE 的一个方向；但如果有响应到达 {1}，就不会继续重传。",
  "Meanwhile {0} sends a request of its own, which is answered: both ends have the IKE SA, and only requests of {1}, or the answers to them, are lost or ignored.":
    "同时 {0} 自己发出的请求得到了响应：两端都有该 IKE SA，只有 {1} 的请求或对它们的响应丢失或被忽略。",
};
