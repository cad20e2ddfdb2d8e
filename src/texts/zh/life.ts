import type { TextTable } from "../texts.js";

export const LIFE: TextTable = {
  "The peer no longer answers liveness checks (dead peer detection)":
    "对端不再响应 DPD 探测（Dead Peer Detection）",
  "The tunnel was up, and one side's checks whether the other is alive are no longer answered. It gives the tunnel up when they have failed; if ESP still comes in, only IKE is cut.":
    "隧道原本正常，一侧检测对端是否存活的探测不再得到响应。探测失败后它会放弃隧道；如果 ESP 仍在到达，则只有 IKE 被阻断。",
  "An INFORMATIONAL of an established IKE SA is sent at least three times without an answer, and nothing of the other side shows that it was received; in IKEv1 one that looks like R-U-THERE.":
    "有效的 IKE SA 的 INFORMATIONAL 至少发送三次而没有响应，且没有另一侧的任何报文表明已收到；IKEv1 中为形似 R-U-THERE 的报文。",
  "Is the silent peer up (ping, its console, its log at that time)? A reboot, a fail-over or an address change answers nothing on the old SA.":
    "没有响应的对端是否在运行（ping、控制台、当时的日志）？重启、切换或地址变化都会使旧 SA 得不到响应。",
  "Look for a firewall or NAT on the way that deletes the UDP state while the tunnel is idle: keepalives must come more often than its timeout.":
    "检查途中是否有防火墙或 NAT 在隧道空闲时删除了 UDP 会话：保活间隔必须小于其老化时间。",
  "If ESP still comes in but IKE does not: a rule or rate limit for UDP 500 or 4500 alone, often at the silent side.":
    "如果 ESP 仍在到达而 IKE 没有：是只针对 UDP 500 或 4500 的规则或限速，往往在没有响应的一侧。",
  "Capture at the silent side: the checks arrive and no answer leaves (host), or they do not arrive (path).":
    "在没有响应的一侧抓包：探测到达了而没有响应发出（主机问题），还是没有到达（路径问题）。",
  "At the host of the silent peer, where the checks arrive: does its daemon still list the IKE SA, and do the counters of its firewall rules grow with each check?":
    "在没有响应的对端主机上（探测到达了那里）：其守护进程是否仍列出该 IKE SA，其防火墙规则的计数是否随每次探测增长？",
  "the log of {0}: whether its daemon started anew before the checks came; it answers a new IKE SA later":
    "{0} 的日志：其守护进程是否在探测到来之前重新启动；之后它应答了新的 IKE SA",
  "the log of {0}: whether its daemon receives the checks that come to the host":
    "{0} 的日志：其守护进程是否收到了到达主机的探测",
  "liveness check (short INFORMATIONAL request), unanswered": "DPD 探测（短的 INFORMATIONAL 请求），无响应",
  "the log of {0}: whether it had removed the SA before, so that it ignores the checks":
    "{0} 的日志：它是否在此之前已删除该 SA，因而忽略探测",
  "a capture at {0}: whether the checks arrive there, and answers leave":
    "在 {0} 抓包：探测是否到达，响应是否发出",
  "{0} stops answering liveness checks on IKE ({1}), while its ESP still comes in":
    "{0} 不再响应 IKE 上的 DPD 探测（{1}），而其 ESP 仍在到达",
  "{0} no longer answers DPD of {1} ({2})": "{0} 不再响应 {1} 的 DPD（{2}）",
  "Delete of a Child SA (by its length), unanswered": "Child SA 的 Delete（由长度判断），无响应",
  "{0} never acknowledges the Delete of a Child SA on IKE ({1}), while its ESP still comes in":
    "{0} 始终不确认 IKE 上对 Child SA 的 Delete（{1}），而其 ESP 仍在到达",
  "{0} never acknowledges the Delete of a Child SA of {1} ({2})":
    "{0} 始终不确认 {1} 对 Child SA 的 Delete（{2}）",
  "The tunnel was up. {0} tells {1} that a Child SA is deleted ({2}), as after a rekey, and no answer comes":
    "隧道原本正常。{0} 通知 {1} 某个 Child SA 已删除（{2}），例如在重协商之后，没有响应",
  "The tunnel was up. {0} asks whether {1} is alive ({2}), and no answer comes":
    "隧道原本正常。{0} 探测 {1} 是否存活（{2}），没有响应",
  "; the last IKE message of {0} was {1} before": "；{0} 的最后一个 IKE 报文在此之前 {1}",
  "ESP of the silent side still comes in, so the peer is up and only IKE is lost; the tunnel is torn down when the checks give up.":
    "没有响应的一侧的 ESP 仍在到达，说明对端在运行，只有 IKE 丢失；探测放弃后隧道会被拆除。",
  "No ESP of the silent side comes in either.": "没有响应的一侧也没有 ESP 到达。",
  "No ESP comes in on the ports of this IKE SA either: what still comes from {0} uses other ports, as another client behind its NAT device does.":
    "该 IKE SA 的端口上也没有 ESP 到达：{0} 仍在发送的 ESP 使用其他端口，如同其 NAT 设备之后的另一客户端。",
  "The capture ends while the checks go on.": "抓包结束时探测仍在继续。",
  "A new IKE SA begins at that address from other ports of its NAT device: the same peer again, or another client behind it.":
    "该地址以其 NAT 设备的另一个端口开始了新的 IKE SA：是同一对端，或其后的另一个客户端。",
  "the responder's log: whether the identity of the new IKE SA is that of the silent one":
    "响应方的日志：新 IKE SA 的身份标识是否就是没有响应的那一个",
  "Two clients with one identity replace each other": "身份标识相同的两个客户端互相顶替",
  "The responder keeps one IKE SA per identity, and two clients use the same.":
    "响应方对每个身份标识只保留一个 IKE SA，而两个客户端使用了同一个。",
  "Setups from two addresses or ports alternate, and within 2 s of each the responder ends the other client's IKE SA, at least three times.":
    "来自两个地址或端口的建立交替出现，每次建立后 2 s 内响应方结束另一个客户端的 IKE SA，至少三次。",
  "Give each client an identity of its own.": "为每个客户端配置各自的身份标识。",
  "Or allow several clients with one identity.": "或者允许多个客户端使用同一身份标识。",
  "{0} and {1} replace each other at {2} ({3} times)": "{0} 和 {1} 在 {2} 上互相顶替（{3} 次）",
  "{0} times {1} ended the IKE SA of {2} within moments of a successful setup from {3}, and {4} came back. Both probably use one identity, which has to be unique at the responder.":
    "{1} 在 {3} 成功建立后立即结束 {2} 的 IKE SA，共 {0} 次，而 {4} 又重新连接。两者可能使用同一身份标识，而响应方要求它唯一。",
  "{0} sets up": "{0} 建立",
  "the responder ends the other IKE SA": "响应方结束另一个 IKE SA",
  'the responder\'s log: it names the duplicate identity ("deleting duplicate IKE_SA ... due to uniqueness policy") if that is the reason':
    '响应方的日志：如果原因如此，会写明身份标识重复（"deleting duplicate IKE_SA ... due to uniqueness policy"）',
  "The Message IDs of the two sides no longer fit": "两侧的 Message ID 不再匹配",
  "A request has a Message ID that its receiver does not wait for, so it is ignored, and so is every one that follows.":
    "某个请求的 Message ID 不是接收方所期待的，因此被忽略，其后的每个请求也是如此。",
  "A request whose Message ID lies beyond the one that has to follow is repeated and never answered.":
    "某个请求的 Message ID 超出了应有的下一个值，反复重传而始终没有响应。",
  "In a cluster: check that the nodes synchronise the IKE counters, and that both sides support it.":
    "在集群中：检查各节点是否同步 IKE 计数，以及双方是否支持。",
  "Restart the IKE SA.": "重新建立 IKE SA。",
  "whether the capture lost packets: if the {0} requests between were sent and answered, the peer is simply gone":
    "抓包是否丢包：如果中间的 {0} 个请求曾发送并得到响应，则对端只是已离线",
  "{0} uses Message ID {1} but {2} waits for {3}, and gets no answer ({4})":
    "{0} 使用 Message ID {1}，而 {2} 期待的是 {3}，没有响应（{4}）",
  "The last request of {0} that was answered had Message ID {1}; the next one in the capture has {2}. A receiver ignores what is outside its window, so no further request is answered. A cluster node that took over without the counters of the other looks like that.":
    "{0} 最后一个得到响应的请求的 Message ID 为 {1}；抓包中的下一个为 {2}。接收方忽略其窗口之外的请求，因此之后的请求都不会得到响应。没有继承另一节点计数就接管的集群节点就是这种现象。",
  "request with Message ID {0}, unanswered": "Message ID 为 {0} 的请求，无响应",
  "A peer changed its address, and the other side does not follow": "某一端更换了地址，而另一侧没有跟随",
  "The IKE SA goes on from a new address, and no answer comes to it, so the tunnel keeps the old one.":
    "IKE SA 从新地址继续，但没有响应发往那里，因此隧道仍使用旧地址。",
  "Requests of an IKE SA come from another address than before, are repeated, and no answer goes there.":
    "某个 IKE SA 的请求来自与之前不同的地址，反复重传，而没有响应发往那里。",
  "Does the other side support MOBIKE?": "另一侧是否支持 MOBIKE？",
  "Does its firewall let the new address in on UDP 4500?": "它的防火墙是否允许新地址访问 UDP 4500？",
  "If the address changes for good: set the tunnel up again.": "如果地址永久改变：重新建立隧道。",
  "the log of {0}: whether its own address changed, or a NAT device gave it another one":
    "{0} 的日志：是它自己的地址改变，还是 NAT 设备为它分配了另一个",
  "{0} moved to {1}, and its requests from there are never answered ({2})":
    "{0} 改用 {1}，它从那里发出的请求始终没有响应（{2}）",
  "The IKE SA belongs to {0}; its INFORMATIONAL now comes from {1} ({2}), and {3} does not answer.":
    "该 IKE SA 属于 {0}；它的 INFORMATIONAL 现在来自 {1}（{2}），而 {3} 没有响应。",
  "ESP of {0} still goes to the old address.": "{0} 的 ESP 仍发往旧地址。",
  "INFORMATIONAL from {0}, unanswered": "来自 {0} 的 INFORMATIONAL，无响应",
  "ESP still goes to {0}": "ESP 仍发往 {0}",
  "The peer lost the state of the tunnel": "对端丢失了隧道的状态",
  "One side no longer knows the IKE SA that the other still uses: it was restarted, or another node took over without its state.":
    "一侧不再认识另一侧仍在使用的 IKE SA：它重启过，或另一节点在没有状态的情况下接管。",
  "INVALID_IKE_SPI (IKEv1: INVALID-COOKIE) in clear answers on an established IKE SA, or the peer begins a new IKE SA while the old one is in use, and the old one is never answered again. Or requests on an IKE SA, or ESP, have no answer, and the log of the silent side has a start of its daemon since that SA was made. Critical if that notify comes and the ESP of that side has stopped.":
    "有效的 IKE SA 收到明文的 INVALID_IKE_SPI（IKEv1：INVALID-COOKIE）；或者对端在旧 IKE SA 使用期间建立新的，而旧的不再得到响应。或者 IKE SA 上的请求或 ESP 没有应答，而无响应一侧的日志显示其守护进程在该 SA 建立之后启动过。如果收到该通知且该侧的 ESP 已停止，则为严重。",
  "The peer's log: a start of the daemon or a fail-over at that time; find out why.":
    "对端的日志：当时是否有进程启动或切换；查明原因。",
  "Let the other side notice sooner: dead peer detection with a short delay, and start actions that set the tunnel up again.":
    "让另一侧更早发现：较短间隔的 DPD，以及重新建立隧道的启动动作。",
  "In a cluster: synchronise the state, or keep a peer on one node.":
    "在集群中：同步状态，或让同一对端固定在一个节点上。",
  "{0} ignored the old IKE SA and began a new one: it restarted or lost its state":
    "{0} 忽略旧的 IKE SA 并建立了新的：它重启过或丢失了状态",
  "The IKE SA was up for {0}, but {1} no longer answered on it and began a new setup itself. It has lost the old SA: a restart of daemon or host, or a fail-over without state.":
    "该 IKE SA 已建立 {0}，但 {1} 不再在其上响应，并自己发起了新的建立。它已没有旧的 SA：进程或主机重启，或没有状态的切换。",
  "request on the old IKE SA, unanswered": "旧 IKE SA 上的请求，无响应",
  "the log of {0}: a start of the daemon at that time, or a liveness check of its own that failed":
    "{0} 的日志：当时是否有进程启动，或它自己的 DPD 探测失败",
  "{0} began a new tunnel although the old one was up and not deleted: it restarted or lost its state":
    "{0} 在没有被删除的有效隧道之外又建立了新的：它重启过或丢失了状态",
  "The tunnel was up and in use, begun by {0}. Then {1} began a new one, which took over the traffic at once, and the old one was never deleted on the wire. Whoever still knows the old SA deletes it, so {2} had probably forgotten it.":
    "隧道已建立且在使用，由 {0} 发起。随后 {1} 建立了新的，流量立即转移到新的上，而旧的始终没有在线路上被删除。仍有旧 SA 的一方会删除它，因此 {2} 可能已经丢失了它。",
  "the old IKE SA comes up": "旧的 IKE SA 建立",
  "the log of {0}: a start of the daemon at that time, or a re-authentication":
    "{0} 的日志：当时是否有进程启动，或重认证",
  ", {0} after the setup": "，建立后 {0}",
  "{0} says that it does not know the IKE SA any more ({1}){2}": "{0} 表示不再认识该 IKE SA（{1}）{2}",
  ", and its ESP has stopped": "，且其 ESP 已停止",
  "No ESP of {0} comes any more either, while {1} goes on for {2}: the Child SA is gone with it.":
    "{0} 也不再有 ESP 到来，而 {1} 仍继续发送了 {2}：Child SA 也随之消失。",
  "The IKE SA was in use, and {0} answers a request on it in clear with {1}{2}.":
    "该 IKE SA 正在使用，而 {0} 以明文对其上的请求响应 {1}{2}。",
  "The message claims that the SA is gone there: a restart, or a fail-over without state. It is not authenticated, so the other side may go on until its own liveness check fails.":
    "报文自称那里已没有该 SA：重启，或没有状态的切换。它没有经过认证，因此另一侧可能会继续，直到自己的 DPD 探测失败。",
  "request on the IKE SA": "该 IKE SA 上的请求",
  "{0} in clear": "明文的 {0}",
  "the logs of all nodes behind that address: whether another one still holds the SA":
    "该地址之后所有节点的日志：是否有另一节点仍持有该 SA",
  "The tunnel drops at a constant period": "隧道以固定周期中断",
  "Setups follow one another at equal intervals, each after an outage.":
    "建立以相等间隔相继出现，每次都在中断之后。",
  "At least four setups at intervals that differ by no more than 3 %, a minute or longer, each after an unanswered request or 8 s without traffic.":
    "至少四次建立，间隔相差不超过 3 %，长一分钟或以上，每次都在请求无响应或 8 s 没有流量之后。",
  "Find the timer of that length: IKE and ESP lifetimes of both sides, idle and session timeouts, a NAT or firewall on the way.":
    "查找周期与之相同的定时器：两侧的 IKE 和 ESP 生存周期、空闲和会话超时、途中的 NAT 或防火墙。",
  "Make the lifetimes equal, or let the side that initiates rekey first (shorter lifetime).":
    "使两侧生存周期相同，或让发起的一侧先重协商（更短的生存周期）。",
  "the tunnel drops and is set up anew every {0} ({1} setups)": "隧道每 {0} 中断并重新建立一次（{1} 次建立）",
  "{0} setups follow one another every {1}, each after an outage. A constant period points at a timer: a lifetime of that length (IKE or ESP) that the two sides treat differently, or a session timeout of a device on the way.":
    "{0} 次建立相继出现，间隔 {1}，每次都在中断之后。固定的周期说明与定时器有关：两侧处理不同的生存周期（IKE 或 ESP），或途中设备的会话超时。",
  "a new setup after an outage": "中断之后的新建立",
  "the configuration of both sides: which lifetime is about {0}": "两侧的配置：哪个生存周期约为 {0}",
  "{0}: {1} IKE SAs in a row end so": "{0}：连续 {1} 个 IKE SA 都这样结束",
  "{0} IKE SAs end so one after the other: each time the tunnel is given up and set up anew, and the next check has no answer either.":
    "连续 {0} 个 IKE SA 都这样结束：每次隧道被放弃并重新建立，下一次检测同样没有响应。",
  "unanswered in an IKE SA before": "之前的 IKE SA 中没有得到响应",
  "The last ESP of the silent side came in {0} after the first of them.":
    "没有响应的一侧的最后一个 ESP 在第一次检测之后 {0} 到达。",
  "Answers take seconds to come": "响应需要数秒才到达",
  "Answers come, but seconds after the request, without packet loss. Setups may time out under load.":
    "响应会到达，但在请求之后数秒，且没有丢包。负载较高时建立可能超时。",
  "At least two answers of one side come 2 s or more after a request that was sent once, or each attempt of which is answered (near the answering side: after its first attempt); rounds of EAP, and XAUTH, do not count.":
    "一侧至少有两个响应在只发送一次、或每次尝试都得到响应的请求之后 2 s 或更久才到达（靠近响应一侧时：在其首次尝试之后）；EAP 的各轮和 XAUTH 不计。",
  "At the slow side: load of the host, and what the daemon waits for (RADIUS, CRL and OCSP servers, DNS).":
    "在较慢的一侧：主机负载，以及 IKE 进程在等待什么（RADIUS、CRL 和 OCSP 服务器、DNS）。",
  "If all workers of the daemon are busy, give it more (strongSwan: 'charon.threads'), and let it cache CRLs.":
    "如果 IKE 进程的所有工作线程都忙，增加线程（strongSwan：'charon.threads'），并让它缓存 CRL。",
  "{0} takes up to {1} to answer ({2} of {3} answers are slow)":
    "{0} 最长需要 {1} 才响应（{3} 个响应中 {2} 个较慢）",
  "{0} of {1} answers of {2} came {3} or more after the request, the slowest after {4}. {5}":
    "{2} 的 {1} 个响应中，{0} 个在请求之后 {3} 或更久才到达，最慢的为 {4}。{5}",
  "Captured near {0}: the requests arrive and the answers leave as late, so that side, or what it asks in turn (RADIUS, CRL, OCSP, DNS), is slow.":
    "抓包点靠近 {0}：请求到达后响应同样迟才发出，因此是该侧，或它所查询的服务（RADIUS、CRL、OCSP、DNS）较慢。",
  "Nothing was lost: the answering side, what it asks in turn (RADIUS, CRL, OCSP, DNS), or the path is slow.":
    "没有丢包：是响应的一侧、它所查询的服务（RADIUS、CRL、OCSP、DNS）或路径较慢。",
  "answers of {0} take up to {1} on the way ({2} of {3} answers are slow)":
    "{0} 的响应在途中最长需要 {1}（{3} 个响应中 {2} 个较慢）",
  "{0} of {1} answers of {2} come {3} or more after the request, the slowest after {4}. The captures of both ends show where: {5} itself answers within {6}, and the way there and back takes the rest.":
    "{2} 的 {1} 个响应中，{0} 个在请求之后 {3} 或更久才到达，最慢的为 {4}。两端的抓包表明原因所在：{5} 自身在 {6} 之内响应，其余时间花在往返的途中。",
  "Measure the round trip outside the tunnel (ping, mtr): a full queue, a satellite or mobile link, or shaping of UDP delays it.":
    "在隧道之外测量往返时间（ping、mtr）：队列拥塞、卫星或移动链路、对 UDP 的限速都会造成延迟。",
  "If the path has to stay so: lengthen the retransmission timeout of IKE at both ends.":
    "如果路径只能如此：在两端延长 IKE 的重传超时。",
  "{0} after {1}": "{0}，{1} 之后",
  "a capture at {0}: whether the answer leaves as late there, or whether requests arrive that were not seen here":
    "在 {0} 抓包：响应在那里是否同样迟才发出，或者是否有此处没有看到的请求到达",
  "Messages had to be sent more than once": "报文需要多次发送",
  "The exchanges were answered, but only after repeats: packets are lost or answers are slow.":
    "交换得到了响应，但是在重传之后：存在丢包或响应较慢。",
  "Requests were sent again, three times at least, before an answer came. Fewer are told as information.":
    "至少三个请求在得到响应之前重传。更少时只作提示。",
  "Look for packet loss on the path (mtr, interface error counters).":
    "检查路径上的丢包（mtr、接口错误计数）。",
  "Slow answers without loss point at the responder: load, RADIUS, CRL or OCSP look-ups, DNS.":
    "没有丢包而响应较慢，说明是响应方的问题：负载、RADIUS、CRL 或 OCSP 查询、DNS。",
  "{0} of {1} exchanges {2} answered only after repeats": "{1} 个交换中 {0} 个在重传之后才得到响应",
  "Of {0} request{1} {2} {3} answered only after being sent again, {4} time{5} in all.":
    "{0} 个请求中有 {2} 个在重传之后才得到响应，共重传 {4} 次。",
  "s were": "s were",
  "Captured near {0}: answers were repeated too and arrive there, so they came late, or that host dropped the first ones.":
    "抓包点靠近 {0}：响应也被重发并到达了那里，因此响应来得太晚，或该主机丢弃了最初的响应。",
  "Captured near {0}: the repeats leave there and one answer comes back, so requests or answers were lost on the way, or {1} was slow.":
    "抓包点靠近 {0}：重传从那里发出，只返回一个响应，因此请求或响应在途中丢失，或 {1} 响应较慢。",
  "Captured near {0}: answers were repeated too and leave there, so they were lost on the way to {1}, or came late.":
    "抓包点靠近 {0}：响应也被重发并从那里发出，因此它们在前往 {1} 的途中丢失，或来得太晚。",
  "Captured near {0}: the repeats arrive there and one answer leaves, so {1} was slow, or its host dropped the first ones.":
    "抓包点靠近 {0}：重传到达了那里，只发出一个响应，因此 {1} 响应较慢，或其主机丢弃了最初的请求。",
  "Requests or answers were lost between the two ends, or the answers were slow.":
    "请求或响应在两端之间丢失，或响应较慢。",
  "Answers were repeated too and pass the capture point, so they were lost between it and {0}, or came late.":
    "响应也被重发并经过了抓包点，因此它们在抓包点与 {0} 之间丢失，或来得太晚。",
  "The repeats pass the capture point and one answer comes back, so requests or answers were lost between it and {0}, or {1} was slow.":
    "重传经过了抓包点，只返回一个响应，因此请求或响应在抓包点与 {0} 之间丢失，或 {1} 响应较慢。",
  "The tunnel was ended in order": "隧道被正常关闭",
  "One side deleted the IKE SA and the other acknowledged it. That is an explanation, no fault.":
    "一侧删除了 IKE SA，另一侧已确认。这是说明，不是故障。",
  "An INFORMATIONAL with the length of a delete, acknowledged, after which neither IKE nor ESP of that IKE SA follows.":
    "长度与删除相符并已得到确认的 INFORMATIONAL，其后该 IKE SA 既没有 IKE 也没有 ESP。",
  "The log of the side that deleted it says why: idle timeout, reload, an operator, a policy of the number of logins.":
    "删除一侧的日志会说明原因：空闲超时、重新加载、人工操作、登录数量策略。",
  "{0} deleted the IKE SA{1}": "{0} 删除了 IKE SA{1}",
  "{0} sent an INFORMATIONAL of exactly the length of a delete{1}, {2} acknowledged it, and {3}.":
    "{0} 发送了长度恰与删除相符的 INFORMATIONAL{1}，{2} 已确认，{3}。",
  "Under this cipher a liveness check is as long, but none ends a tunnel.":
    "在该加密算法下 DPD 探测的长度相同，但探测不会结束隧道。",
  "The tunnel was ended in order: an idle timeout, a reload, an operator, or a rule of {0}; its log has the reason.":
    "隧道被正常关闭：空闲超时、重新加载、人工操作，或 {0} 的某条规则；原因在它的日志中。",
  "INFORMATIONAL request of the length of Delete(IKE)": "长度与 Delete(IKE) 相符的 INFORMATIONAL 请求",
  "its acknowledgement; nothing follows": "对它的确认；此后没有后续报文",
  "nothing of either side follows": "此后双方都没有任何报文",
  "all traffic stops with it": "所有流量随之停止",
  "the messages that had come in steady rhythm until then stop with it on both sides":
    "在此之前一直有规律的报文在两侧都随之停止",
  "The tunnel is set up again and again": "隧道反复建立",
  "Setups succeed and are replaced seconds later. Another finding beside it may name the cause.":
    "建立成功，但数秒后就被替换。同时给出的其他结论可能说明原因。",
  "At least four whole setups of the same peers follow one another within 30 s each, and each ends the one before; or at least six that are refused.":
    "同一对端之间至少四次完整的建立在 30 s 内相继出现，每次都结束前一个；或至少六次被拒绝。",
  "The log of both sides between two setups: who deletes or gives up the SA, and why.":
    "查看两次建立之间双方的日志：谁删除或放弃了 SA，为什么。",
  "Look for a second client with the same identity, start and close actions at both ends that work against each other (let one side only initiate), and a liveness check that fails.":
    "检查是否有身份标识相同的另一个客户端、两端互相冲突的启动和关闭动作（只让一侧发起），以及失败的 DPD 探测。",
  "{0} setups are refused, about one every {1}": "{0} 次建立被拒绝，约每 {1} 一次",
  "{0} setups in a row ended with a refusal of the authentication, and after about {1} the next one followed. Trying again does not help, and fills logs and half-open limits.":
    "连续 {0} 次建立都以认证被拒绝结束，约 {1} 之后又开始下一次。重试没有用，只会填满日志并占用半开 IKE SA 的名额。",
  "a new setup begins": "新的建立开始",
  "the tunnel is set up {0} times, about every {1}": "隧道共建立 {0} 次，约每 {1} 一次",
  "another setup": "另一次建立",
  "Each of {0} setups succeeded, its tunnel ended, and after about {1} the next one followed{2}. {3}One side does not keep what was agreed; if another finding stands beside this one, it names the cause.":
    "{0} 次建立都成功，其隧道结束后约 {1} 又开始下一次{2}。{3}有一侧没有保持已协商的结果；同时给出的其他结论会说明原因。",
  "; then it stayed up": "；随后保持建立",
  "Both sides begin setups.": "双方都发起建立。",
  "Always {0} begins.": "总是由 {0} 发起。",
  "the responder's log: whether another client with the same identity replaces this one":
    "响应方的日志：是否有身份标识相同的另一个客户端替换了它",
  "the initiator's log: whether it drops the SA right after the last answer":
    "发起方的日志：它是否在最后一个响应之后立即放弃 SA",
  "the SAs at both ends: gateways with several connections set up several tunnels in a row and keep them":
    "两端的 SA：有多个连接的网关会连续建立多条隧道并保留它们",
  "Both sides set the tunnel up at the same time": "双方同时建立隧道",
  "Two setups cross and both succeed: two IKE SAs, and perhaps doubled children.":
    "两次建立交叉且都成功：有两个 IKE SA，可能还有重复的 Child SA。",
  "Each side opens an IKE SA before the other one's is up, and both come up.":
    "每一侧都在另一侧的 IKE SA 建立之前发起自己的，且都建立成功。",
  "Let one side only initiate.": "只让一侧发起。",
  "both sides began a setup at the same time, and both came up{0}": "双方同时开始建立，且都成功{0}",
  ": the tunnel is there twice": "：隧道有两条",
  "{0} and {1} each began a setup before the other's was done, and both succeeded: two IKE SAs between the same peers. {2}":
    "{0} 和 {1} 都在对方完成之前开始建立，且都成功：同一对端之间有两个 IKE SA。{2}",
  "Several pairs of SPIs carry traffic at the same time, so requests and answers may take different ones.":
    "多对 SPI 同时承载流量，因此请求和应答可能使用不同的一对。",
  "One of them was deleted soon, as it should be.": "其中一个很快被删除，这是正确的。",
  "Each has children of its own; if both stay, requests and answers may take different ones.":
    "每个都有自己的 Child SA；如果两者都保留，请求和应答可能使用不同的一对。",
  "a setup begins": "一次建立开始",
};
