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
  "The two sides have different lifetimes": "两侧的生存周期不同",
  "IKEv1 negotiates lifetimes, and the two sides offer different ones. Daemons treat that differently.":
    "IKEv1 会协商生存周期，而两侧提出的不同。各种实现对此的处理不一。",
  "IKEv1: the lifetimes in the SA payloads that the two sides send as initiators differ.":
    "IKEv1：两侧作为发起方发送的 SA 载荷中的生存周期不同。",
  "Configure the same phase 1 and phase 2 lifetimes at both sides.":
    "在两侧配置相同的第一阶段和第二阶段生存周期。",
  "the peers offer different IKE lifetimes ({0}: {1} s, {2}: {3} s)":
    "两端提出的 IKE 生存周期不同（{0}：{1} s，{2}：{3} s）",
  "{0} offers a phase 1 lifetime of {1} s and {2} one of {3} s. Some daemons take the shorter one, others refuse a longer one than their own, or keep an SA that the other side has already removed.":
    "{0} 提出的第一阶段生存周期为 {1} s，{2} 的为 {3} s。有的实现取较短者，有的拒绝长于自己的值，有的则保留另一侧已删除的 SA。",
  "offer with a lifetime of {0} s": "生存周期为 {0} s 的提议",
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
  "INVALID_IKE_SPI in clear answers on an established IKE SA, or the peer begins a new IKE SA while the old one is in use, and the old one is never answered again.":
    "有效的 IKE SA 收到明文的 INVALID_IKE_SPI；或者对端在旧 IKE SA 使用期间建立新的，而旧的不再得到响应。",
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
  "{0} says that it does not know the IKE SA any more (INVALID_IKE_SPI)":
    "{0} 表示不再认识该 IKE SA（INVALID_IKE_SPI）",
  "The IKE SA was in use, and {0} answers a request on it in clear with INVALID_IKE_SPI{1}. The message claims that the SA is gone there: a restart, or a fail-over without state. It is not authenticated, so the other side may go on until its own liveness check fails.":
    "该 IKE SA 正在使用，而 {0} 以明文对其上的请求响应 INVALID_IKE_SPI{1}。报文自称那里已没有该 SA：重启，或没有状态的切换。它没有经过认证，因此另一侧可能会继续，直到自己的 DPD 探测失败。",
  "request on the IKE SA": "该 IKE SA 上的请求",
  "INVALID_IKE_SPI in clear": "明文的 INVALID_IKE_SPI",
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
  "Traffic stops at each re-authentication": "每次重认证时流量中断",
  "The old tunnel is closed before the new one is there, so nothing passes for a while.":
    "新隧道建立之前旧隧道已关闭，因此有一段时间没有流量。",
  "Several whole setups replace a working IKE SA, and at each of them traffic that flowed pauses.":
    "数次完整的建立替换了正常的 IKE SA，每次都使原有的流量停顿。",
  "Make before break: let the initiator set up the new tunnel before it closes the old one, or rekey without re-authentication.":
    "先建后拆：让发起方在关闭旧隧道之前建立新隧道，或只重协商而不重认证。",
  "traffic stops for up to {0} at each of {1} re-authentications": "{1} 次重认证中，每次流量最长停顿 {0}",
  "The peers set up a whole new tunnel {0} times, about every {1}, and each time no ESP passes for up to {2}: the old tunnel is closed before the new one is there.":
    "两端约每 {1} 重新建立一次完整隧道，共 {0} 次，每次最长有 {2} 没有 ESP：新隧道建立之前旧隧道已关闭。",
  "re-authentication with a gap in the traffic": "重认证，流量有间断",
  "the log of the side that begins: whether it re-authenticates on purpose (lifetime) or lost the SA":
    "发起一侧的日志：它是有意重认证（生存周期），还是丢失了 SA",
  "Both sides rekey at the same time": "双方同时重协商",
  "Rekeys of both sides cross. The protocol solves that: the SA that is too much is deleted, and that is only told. Not every daemon does it well: both SAs stay, or traffic stops.":
    "双方的重协商交叉。协议可以解决：多余的 SA 被删除，此时只作提示。但并非每种实现都处理得好：两个 SA 都保留，或者流量中断。",
  "CREATE_CHILD_SA requests of both sides cross: each is sent before the other one's is answered. A warning if no two deletes follow, if both SAs carry traffic, or if traffic pauses.":
    "双方的 CREATE_CHILD_SA 请求交叉：每一个都在另一个得到响应之前发出。如果之后没有两次删除、两个 SA 都承载流量，或流量停顿，则为警告。",
  "Give the sides different lifetimes, or more jitter.": "为两侧配置不同的生存周期，或加大随机抖动。",
  "both sides rekey at the same time ({0})": "双方同时重协商（{0}）",
  "CREATE_CHILD_SA of one side was sent before that of the other was answered ({0}). {1}":
    "一侧的 CREATE_CHILD_SA 在另一侧的得到响应之前发出（{0}）。{1}",
  "CREATE_CHILD_SA request of one side": "一侧的 CREATE_CHILD_SA 请求",
  "CREATE_CHILD_SA request of the other side, before the answer": "另一侧的 CREATE_CHILD_SA 请求，在响应之前",
  "Both new SAs stay, and both carry traffic.": "两个新的 SA 都保留，且都承载流量。",
  "Traffic that was under way stops with it.": "原有的流量随之停止。",
  "One side put the other off with a short answer": "一侧以短响应推迟了另一侧的请求",
  "The old SA and the one that was too much were deleted": "旧的 SA 和多余的 SA 都已删除",
  "Both new SAs stay: none is deleted.": "两个新的 SA 都保留：没有一个被删除。",
  "{0}, as the protocol requires, and traffic was not interrupted.": "{0}，符合协议的要求，流量没有受影响。",
  "The capture does not show how the peers solved that.": "抓包中看不到两端如何解决。",
  "{0} The protocol solves such collisions, but not every daemon does it well.":
    "{0}协议可以解决这种冲突，但并非每种实现都处理得好。",
  "The peer refuses a rekey or a further Child SA": "对端拒绝重协商或新增 Child SA",
  "CREATE_CHILD_SA, or in IKEv1 a later Quick Mode, is answered with an error. If it was a rekey, the tunnel works until the old SA reaches its lifetime, then it drops; if it asked for a further Child SA, its subnets have no tunnel.":
    "CREATE_CHILD_SA（IKEv1 中为之后的 Quick Mode）得到错误响应。如果是重协商，隧道会工作到旧 SA 的生存周期结束，然后中断；如果是请求新增 Child SA，则其子网没有隧道。",
  "IKEv2: a CREATE_CHILD_SA is answered with a message that has room for one notify only, and none succeeds after it. IKEv1: while ESP flows, a Quick Mode 1 of the length of an accepted one is answered with an INFORMATIONAL instead of Quick Mode 2, more than 5 s after the accepted one. Possible after one refusal, until no new attempt follows; critical if the traffic then stops, and no more than suspected after one refusal without what may be a Delete.":
    "IKEv2：CREATE_CHILD_SA 的响应只容得下一个通知，且之后没有一次成功。IKEv1：ESP 流动期间，与已接受的请求长度相同的 Quick Mode 1 在其 5 秒之后得到 INFORMATIONAL 而不是 Quick Mode 2。一次拒绝之后为“可能”，直到没有新的尝试；如果流量随后停止，则为严重；只有一次拒绝且没有看似 Delete 的报文时，最多为疑似。",
  "Compare the PFS group of the ESP proposals: the first child needs none, so a mismatch shows at the first rekey only.":
    "比较 ESP 提议的 PFS 组：首个 Child SA 不需要它，因此不一致只在首次重协商时才表现出来。",
  "The refusing side's log names the reason: NO_PROPOSAL_CHOSEN, INVALID_KE_PAYLOAD, TS_UNACCEPTABLE.":
    "拒绝一侧的日志会写明原因：NO_PROPOSAL_CHOSEN、INVALID_KE_PAYLOAD、TS_UNACCEPTABLE。",
  "Compare the proposals of the IKE SA too: its rekey negotiates them anew.":
    "也比较 IKE SA 的提议：其重协商会重新协商提议。",
  "an attempt that succeeds": "成功的尝试",
  "{0} refuses CREATE_CHILD_SA {1} ({2}){3}": "{0} 拒绝 CREATE_CHILD_SA {1}（{2}）{3}",
  ", then traffic stops": "，随后流量停止",
  "{0} asked with CREATE_CHILD_SA {1}, and the answer of {2} {3}":
    "{0} 发送 CREATE_CHILD_SA {1}，{2} 的响应{3}",
  "({0} bytes) has room for one error only, not for a new SA.":
    "（{0} 字节）只容得下一个错误，容不下新的 SA。",
  "is {0} ({1}).": "为 {0}（{1}）。",
  "No ESP follows any more: the old SA has reached its lifetime and there is no new one.":
    "此后不再有 ESP：旧 SA 的生存周期已到，而没有新的 SA。",
  "When the old SA reaches its lifetime, the tunnel drops, unless a later attempt succeeds.":
    "旧 SA 的生存周期结束时隧道会中断，除非之后的尝试成功。",
  "A setup that works and a rekey that does not point at the PFS group: the first child uses the key exchange of the IKE SA, a rekey its own.":
    "建立成功而重协商失败，说明与 PFS 组有关：首个 Child SA 使用 IKE SA 的密钥交换，重协商则使用自己的。",
  "answer of {0} bytes: one notify": "{0} 字节的响应：一个通知",
  "CREATE_CHILD_SA request again": "再次的 CREATE_CHILD_SA 请求",
  "the requester's log or the decrypted request: whether it has REKEY_SA in it, or asks for a further child (other subnets)":
    "请求方的日志或解密后的请求：其中是否有 REKEY_SA，还是请求新增 Child SA（其他子网）",
  "the decrypted answer: TEMPORARY_FAILURE, because the other side rekeys or deletes at the same time":
    "解密后的响应：TEMPORARY_FAILURE，因为另一侧同时在重协商或删除",
  "{0} refuses {1} like the one that it accepted {2} before{3}":
    "{0} 拒绝{1}，而它在 {2} 前接受过同样的请求{3}",
  "a Quick Mode": "一次 Quick Mode",
  "{0} Quick Modes": "{0} 次 Quick Mode",
  ", then traffic stops and no Child SA follows": "，随后流量停止，也没有新的 Child SA",
  "{0} asks with Quick Mode 1 of {1} bytes, as long as the one that {2} accepted {3} before, and an INFORMATIONAL comes instead of Quick Mode 2: a rekey that is refused, by its time and length.":
    "{0} 发送 {1} 字节的 Quick Mode 1，与 {2} 在 {3} 前接受的那一条一样长，得到的却是 INFORMATIONAL 而不是 Quick Mode 2：从时间和长度看，这是被拒绝的重协商。",
  "The one before worked, so the subnets were accepted: the ESP proposals, the PFS group or another part of the configuration of one side changed since then.":
    "前一次成功，说明子网是被接受的：此后某一侧的 ESP 提议、PFS 组或其他配置有了变化。",
  "The old Child SA has ended: no ESP follows any more, and nothing replaced it.":
    "旧的 Child SA 已经结束：之后不再有 ESP，也没有新的 Child SA 取代它。",
  "Quick Mode 1 of the same length, refused": "相同长度的 Quick Mode 1，被拒绝",
  "last ESP packet": "最后一个 ESP 报文",
  "Compare the ESP proposals of both sides, with PFS group, as they are configured now: which side changed in the {0} before the refusal.":
    "比较两侧现在配置的 ESP 提议，包括 PFS 组：拒绝之前的 {0} 内哪一侧改了配置。",
  "The log of {0} names the reason: NO_PROPOSAL_CHOSEN, or INVALID_ID_INFORMATION if the subnets changed.":
    "{0} 的日志会写明原因：NO_PROPOSAL_CHOSEN；如果是子网变了，则为 INVALID_ID_INFORMATION。",
  "the requester's log: whether it rekeys, or asks for a further Child SA with other subnets":
    "请求方的日志：是重协商，还是为其他子网请求新的 Child SA",
  "{0}: {1} IKE SAs in a row end so": "{0}：连续 {1} 个 IKE SA 都这样结束",
  "{0} IKE SAs end so one after the other: each time the tunnel is given up and set up anew, and the next check has no answer either.":
    "连续 {0} 个 IKE SA 都这样结束：每次隧道被放弃并重新建立，下一次检测同样没有响应。",
  "unanswered in an IKE SA before": "之前的 IKE SA 中没有得到响应",
  "The last ESP of the silent side came in {0} after the first of them.":
    "没有响应的一侧的最后一个 ESP 在第一次检测之后 {0} 到达。",
  "A rekey is never answered": "重协商始终没有响应",
  "CREATE_CHILD_SA repeats and no answer comes. The requester gives up and closes the IKE SA, and the tunnel goes down.":
    "CREATE_CHILD_SA 反复重传而没有响应。请求方放弃并关闭 IKE SA，隧道随之中断。",
  "CREATE_CHILD_SA is sent at least three times and given up without an answer.":
    "CREATE_CHILD_SA 至少发送三次，没有响应而放弃。",
  "The peer's log at that time: does the request arrive? If it does not, the path loses it; if it does, the log says why the peer does not answer.":
    "当时对端的日志：请求是否到达？如果没有，是路径丢失的；如果到达了，日志会说明为什么没有响应。",
  "If the tunnel was idle before: a firewall or NAT device on the path has deleted its UDP state; lengthen its UDP timeout.":
    "如果此前隧道空闲：途中的防火墙或 NAT 设备删除了其 UDP 会话；调大其 UDP 老化时间。",
  "If the request is larger than about 1200 bytes: switch on IKE fragmentation at both ends.":
    "如果请求大于约 1200 字节：在两端启用 IKE 分片。",
  "whether {0} answers anything at that time: if not even a liveness check (an empty INFORMATIONAL) is answered, the rekey is not the cause":
    "{0} 当时是否响应任何报文：如果连 DPD 探测（空的 INFORMATIONAL）也没有响应，则原因不是重协商",
  "a capture at {0}: whether all IP fragments of the request ({1} bytes) arrive there":
    "在 {0} 抓包：该请求（{1} 字节）的所有 IP 分片是否到达",
  "rekey request (CREATE_CHILD_SA) of {0} never answered ({1})":
    "{0} 的重协商请求（CREATE_CHILD_SA）始终没有响应（{1}）",
  "{0} sent CREATE_CHILD_SA {1}({2}), and {3} did not answer.":
    "{0} 发送 CREATE_CHILD_SA {1}（{2}），{3} 没有响应。",
  "{0} after the setup": "（建立后 {0}）",
  "The capture ends while it is still repeated.": "抓包结束时仍在重传。",
  "Then it was given up.": "随后被放弃。",
  "ESP of {0} still comes in, so it is alive and only IKE fails.":
    "{0} 的 ESP 仍在到达，说明它存活，只有 IKE 失败。",
  "No ESP of the silent side follows either.": "没有响应的一侧此后也没有 ESP。",
  "CREATE_CHILD_SA request, unanswered": "CREATE_CHILD_SA 请求，无响应",
  "The peer takes seconds to answer": "对端需要数秒才响应",
  "Answers come, but seconds after the request, without packet loss. Setups may time out under load.":
    "响应会到达，但在请求之后数秒，且没有丢包。负载较高时建立可能超时。",
  "At least two answers of one side come 2 s or more after a request that was sent once (near the answering side: after its first attempt); rounds of EAP do not count.":
    "一侧至少有两个响应在只发送一次的请求之后 2 s 或更久才到达（靠近响应一侧时：在其首次尝试之后）；EAP 的各轮不计。",
  "At the slow side: load of the host, and what the daemon waits for (RADIUS, CRL and OCSP servers, DNS).":
    "在较慢的一侧：主机负载，以及 IKE 进程在等待什么（RADIUS、CRL 和 OCSP 服务器、DNS）。",
  "If all workers of the daemon are busy, give it more (strongSwan: 'charon.threads'), and let it cache CRLs.":
    "如果 IKE 进程的所有工作线程都忙，增加线程（strongSwan：'charon.threads'），并让它缓存 CRL。",
  "{0} takes up to {1} to answer ({2} of {3} answers are slow)":
    "{0} 最长需要 {1} 才响应（{3} 个响应中 {2} 个较慢）",
  "{0} of {1} answers of {2} came {3} or more after the only request, the slowest after {4}. Nothing was lost: the answering side, or what it asks in turn (RADIUS, CRL, OCSP, DNS), is slow.":
    "{2} 的 {1} 个响应中，{0} 个在唯一一次请求之后 {3} 或更久才到达，最慢的为 {4}。没有丢包：是响应的一侧，或它所查询的服务（RADIUS、CRL、OCSP、DNS）较慢。",
  "{0} after {1}": "{0}，{1} 之后",
  "a capture at {0}: whether the answer leaves as late there, or whether requests arrive that were not seen here":
    "在 {0} 抓包：响应在那里是否同样迟才发出，或者是否有此处没有看到的请求到达",
  "Messages had to be sent more than once": "报文需要多次发送",
  "The exchanges were answered, but only after repeats: packets are lost or answers are slow.":
    "交换得到了响应，但是在重传之后：存在丢包或响应较慢。",
  "At least three requests were sent again before an answer came. Fewer are told as information.":
    "至少三个请求在得到响应之前重传。更少时只作提示。",
  "Look for packet loss on the path (mtr, interface error counters).":
    "检查路径上的丢包（mtr、接口错误计数）。",
  "Slow answers without loss point at the responder: load, RADIUS, CRL or OCSP look-ups, DNS.":
    "没有丢包而响应较慢，说明是响应方的问题：负载、RADIUS、CRL 或 OCSP 查询、DNS。",
  "{0} of {1} exchanges were answered only after repeats": "{1} 个交换中 {0} 个在重传之后才得到响应",
  "{0} request{1} sent again in {2} of {3} exchanges before going on.":
    "{3} 个交换中有 {2} 个在继续之前重传了请求，共 {0} 个。",
  "s were": "s were",
  "Answers were repeated too, so at least some of them were lost after this point.":
    "响应也被重发，因此至少有一部分在此抓包点之后丢失。",
  "Each was answered once: the requests, or the first answers, were lost before this point, or the answer was slow.":
    "每个只得到一次响应：要么请求或最初的响应在到达抓包点之前丢失，要么响应较慢。",
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
  "IKE and ESP over TCP": "IKE 和 ESP 通过 TCP 传输",
  "The peers use TCP instead of UDP, as they do if UDP is blocked. It works, but packets in a tunnel in TCP wait for one another; if the connection fails, the tunnel has no other path.":
    "两端使用 TCP 而不是 UDP，在 UDP 被阻断时会这样。它可以工作，但 TCP 中隧道的报文会互相等待；如果该连接失败，隧道没有其他路径。",
  "A TCP stream that begins with IKETCP. Critical if RST, FIN or silence takes the place of an answer during the setup.":
    "以 IKETCP 开头的 TCP 流。如果建立期间出现的是 RST、FIN 或没有响应，而不是响应，则为严重。",
  "If it works: use UDP 500 and 4500 if the network allows it; TCP costs throughput and delay.":
    "如果正常：在网络允许时改用 UDP 500 和 4500；TCP 会降低吞吐并增加时延。",
  "If the connection is not answered: open the TCP port (4500, or the one configured) in every firewall and cloud security group on the way.":
    "如果连接没有响应：在途中的每台防火墙和云安全组上放行该 TCP 端口（4500 或所配置的端口）。",
  "If it is refused or reset: check that the gateway listens on that TCP port ('ss -ltnp') and speaks IKE there; a proxy or load balancer on 443 may end connections that are not TLS.":
    "如果被拒绝或重置：检查网关是否监听该 TCP 端口（'ss -ltnp'）并在其上提供 IKE；443 上的代理或负载均衡可能会结束不是 TLS 的连接。",
  "one connection": "一个连接",
  "{0} connections": "{0} 个连接",
  "IKE and ESP travel in TCP, port {0}": "IKE 和 ESP 通过 TCP 端口 {0} 传输",
  "{0} opened {1} to TCP port {2} for IKE and ESP ({3} packets in all).":
    "{0} 为 IKE 和 ESP 建立了 {1}，TCP 端口 {2}（共 {3} 个报文）。",
  "TCP repeats what is lost, so there are no IKE retransmissions, and ESP waits for each lost segment.":
    "TCP 会重传丢失的内容，因此没有 IKE 重传，而 ESP 会在每个丢失的分段之后等待。",
  "first bytes from the end that opened the TCP connection": "打开 TCP 连接的一端的首批数据",
  "first bytes from the other end": "另一端的首批数据",
  "TCP connection to {0} port {1}": "到 {0} 端口 {1} 的 TCP 连接",
  "{0} {1} a {2} for IKE (RFC 9329). {3}": "{0} {1} 用于 IKE 的 {2}（RFC 9329）。{3}",
  "tried to open": "尝试打开",
  "The peers have a working tunnel all the same.": "尽管如此，两端有一条正常工作的隧道。",
  "refused by RST": "被 RST 拒绝",
  "Its SYN was answered by RST: no daemon listens there, or a firewall refuses it.":
    "其 SYN 得到 RST：那里没有进程监听，或被防火墙拒绝。",
  "{0} SYNs": "{0} 个 SYN",
  "never answered ({0})": "始终没有响应（{0}）",
  "Nothing answered {0}: the packets, or the answers to them, are dropped on the way.":
    "{0} 没有得到响应：报文或其响应在途中被丢弃。",
  "first bytes, with the IKETCP prefix": "带 IKETCP 前缀的首批数据",
  "closed by {0} instead of an answer": "以 {0} 关闭，而不是响应",
  "The connection opened, but what IKE sent was answered by {0}: what listens there does not speak IKE, does not accept this peer, or a device on the way ended the connection.":
    "连接已打开，但 IKE 发送的内容得到 {0}：监听者不是 IKE，或不接受该对端，或途中设备结束了连接。",
  "open, but IKE is not answered for {0}": "已打开，但 IKE 在 {0} 内没有响应",
  "The connection opened and the peer's TCP acknowledges, but no IKE answer came: what listens there is no IKE daemon, or it ignores this peer.":
    "连接已打开，对端的 TCP 有确认，但没有 IKE 响应：监听者不是 IKE 进程，或它忽略了该对端。",
  "The connection opened, but from the first IKE bytes on nothing came back, not even an acknowledgement: a device on the way drops them.":
    "连接已打开，但从首批 IKE 数据起没有任何返回，连确认也没有：途中设备丢弃了它们。",
  "last bytes sent": "最后发送的数据",
  "reset during the setup": "在建立期间被重置",
  "{0} (or a device in its name) sent RST before the IKE SA was up.":
    "{0}（或冒用其地址的设备）在 IKE SA 建立之前发送了 RST。",
  "first bytes": "首批数据",
  "works, but {0} is not answered for {1}": "正常，但 {0} 在 {1} 内没有响应",
  "Answers came over it before, but none came to {0}.": "此前曾经由它得到响应，但 {0} 没有响应。",
  opened: "打开了",
  and: "和",
};
