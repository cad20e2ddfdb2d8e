import type { TextTable } from "../texts.js";

export const FACTS: TextTable = {
  "at least {0}": "至少 {0}",
  "AES-GCM-16 or ChaCha20-Poly1305": "AES-GCM-16 或 ChaCha20-Poly1305",
  "NULL with a 96-bit HMAC": "NULL + 96 位 HMAC",
  "NULL with SHA2-256": "NULL + SHA2-256",
  "AES-CBC with a 96-bit HMAC": "AES-CBC + 96 位 HMAC",
  "AES-CBC with SHA2-256": "AES-CBC + SHA2-256",
  "AES-CBC with SHA2-384": "AES-CBC + SHA2-384",
  "AES-CBC with SHA2-512": "AES-CBC + SHA2-512",
  "3DES with a 96-bit HMAC": "3DES + 96 位 HMAC",
  "3DES with SHA2-256": "3DES + SHA2-256",
  "{0} - {1} (outer IPv{2}){3} - {4} (ESP header) -": "{0} - {1}（外层 IPv{2}）{3} - {4}（ESP 头）-",
  "{0} (IV) - {1} (ICV) = {2}, in blocks of {3} less {4} (trailer) = {5} bytes for the inner packet;":
    "{0}（IV）- {1}（ICV）= {2}，按 {3} 字节分组取整，再减去 {4}（ESP 尾）= 内层报文 {5} 字节；",
  "less 40 (IPv4 and TCP headers) = {0}, less 60 (IPv6 and TCP) = {1}; for {2}{3}":
    "减去 40（IPv4 和 TCP 头）= {0}，减去 60（IPv6 和 TCP 头）= {1}；按 {2} 计算{3}",
  ", AES-GCM leaves a little more": "，AES-GCM 可用空间略大",
  "administratively prohibited": "管理性禁止",
  "An IKE SA of these peers was accepted {0} before: the key or an identity was changed since then.":
    "两端的 IKE SA 在 {0} 前被接受过：此后密钥或身份标识被改动。",
  "An IKE SA of these peers was accepted {0} before: a certificate expired since then, or something was changed.":
    "两端的 IKE SA 在 {0} 前被接受过：此后证书过期，或有配置被改动。",
  "An IKE SA of these peers was accepted {0} before: something expired or was changed since then.":
    "两端的 IKE SA 在 {0} 前被接受过：此后有东西过期或被改动。",
  "An IKE SA of these peers was accepted {0} before and its ESP goes on: the one that is refused may be another connection between the same addresses, with an identity, key or certificate of its own; or something expired or was changed since then.":
    "两端的 IKE SA 在 {0} 前被接受过，且其 ESP 仍在继续：被拒绝的可能是相同地址之间的另一个连接，有自己的身份标识、密钥或证书；也可能是此后有东西过期或被改动。",
  "time exceeded in transit": "传输超时（TTL 耗尽）",
  "The peer {0} itself": "对端 {0} 自身",
  "{0}, a device on the path,": "路径上的设备 {0}",
  "{0} at {1} refused by ICMP {2} from {3}": "发往 {1} 的 {0} 被 {3} 以 ICMP {2} 拒绝",
  "{0} answered {1} from": "{0} 对 {1} 返回了 ICMP 差错：",
  "a packet": "报文",
  "{0} to {1} ({2}) with ICMP {3}.": "由 {0} 发往 {1}（{2}），ICMP {3}。",
  "Later packets were answered, so the fault healed.": "之后的报文得到了响应，说明故障已恢复。",
  "Nothing else answered afterwards.": "此后没有任何响应。",
  "ICMP {0} from {1}, quotes {2} -> {3}": "ICMP {0}，来自 {1}，引用的报文为 {2} -> {3}",
  "another group (not named)": "另一个 DH 组（未指明）",
  "The largest packet that got through has {0} bytes with the outer headers, the smallest that did not at most {1}.":
    "通过的最大报文含外层头为 {0} 字节，未能通过的最小报文至多 {1} 字节。",
  "{0} (IPv6 in the tunnel: {1}), for {2}": "{0}（隧道内为 IPv6 时为 {1}），依据 {2}",
  "{0}MSS that is safe by what was seen: {1}; the path may carry more, a ping of growing size tells.":
    "{0}根据已观察到的现象，安全的 MSS 为 {1}；路径实际可能支持更大的值，可用逐步增大的 ping 测量。",
  "{0}What lies between is not known: measure it by a ping of growing size, or begin with the MSS for an MTU of {1} bytes: {2}.":
    "{0}两者之间的情况未知：可用逐步增大的 ping 测量，或先采用按 {1} 字节得出的 MSS：{2}。",
  "{0}'s NAT detection hashes: {1} for its own address, {2} for its peer's":
    "{0} 的 NAT 探测哈希：本端地址为 {1}，对端地址为 {2}",
  "an IKE message of {0} is seen here": "此处看到 {0} 的 IKE 报文",
  "{0} still sends ESP to other clients behind {1}, so neither it nor the path failed as a whole: it no longer knows this client, or a device drops what this client's port sends or gets.":
    "{0} 仍向 {1} 之后的其他客户端发送 ESP，因此它和路径都没有整体失效：它已不认识这个客户端，或某个设备丢弃该客户端端口收发的报文。",
  'the log of {0}: whether it removed this IKE SA because another client with the same identity came up ("uniqueness policy")':
    "{0} 的日志：它是否因为另一个相同身份的客户端上线而删除了该 IKE SA（“uniqueness policy”）",
  "ESP of {0} to another client behind {1} is seen here": "此处看到 {0} 发往 {1} 之后另一个客户端的 ESP",
  "phase 2": "第二阶段",
  "round {0}": "第 {0} 轮",
  "not encrypted with the key of {0}": "不是用 {0} 的密钥加密的",
  "the responder's log: whether it knows the PPK identity that the initiator named, and has the same PPK for it":
    "响应方的日志：是否认识发起方给出的 PPK 标识，以及该标识的 PPK 是否相同",
  "a capture at the initiator: whether {0} arrives there at all": "在发起方抓包：{0} 究竟有没有到达",
  "INVALID_SPI in clear": "明文的 INVALID_SPI",
  "{0} says INVALID_SPI {1} in clear": "{0} 以明文通知 INVALID_SPI {1}",
  "{0} deleted the IKE SA": "{0} 删除了 IKE SA",
  "{0} replaced the Child SA and deleted the old one": "{0} 更换了 Child SA 并删除了旧的",
  "INFORMATIONAL of the length of Delete of a Child SA, acknowledged":
    "长度与 Child SA 的 Delete 相符的 INFORMATIONAL，已确认",
  "INFORMATIONAL right behind the rekey, as the Delete of the old Child SA is, acknowledged":
    "紧跟重新协商之后的 INFORMATIONAL，与旧 Child SA 的 Delete 一致，已确认",
  "INFORMATIONAL of the length of Delete(IKE), acknowledged; the last of its IKE SA":
    "长度与 Delete(IKE) 相符的 INFORMATIONAL，已确认；是该 IKE SA 的最后一个报文",
  "{0} began anew and uses other SPIs": "{0} 重新建立并使用新的 SPI",
  "{0} begins a new IKE SA": "{0} 开始建立新的 IKE SA",
  "their TTLs differ ({0} and {1})": "两者的 TTL 不同（{0} 和 {1}）",
  "the first SPI comes again after the second": "第一个 SPI 在第二个之后再次出现",
  "no daemon restarts between the two": "两者间隔太短，IKE 进程来不及重启",
  "it happens in {0} attempts": "{0} 次尝试中都出现这一现象",
  "INFORMATIONAL of the length of R-U-THERE, not acknowledged":
    "长度与 R-U-THERE 相符的 INFORMATIONAL，未确认",
  "Dead Peer Detection": "DPD（Dead Peer Detection）",
  "a capture that goes on: whether {0} answers one of the next attempts ({1} attempts in {2} so far)":
    "继续抓包：看 {0} 是否响应后续尝试（目前 {2} 内已尝试 {1} 次）",
  "Captured near {0}: the requests leave; they or the answers are lost on the way, or {1} is down.":
    "抓包点靠近 {0}：请求已发出；请求或响应在途中丢失，或者 {1} 已停机。",
  "Captured near {0}: the requests leave; they or the answers are lost on the way, or the daemon of {1} does not answer.":
    "抓包点靠近 {0}：请求已发出；请求或响应在途中丢失，或者 {1} 的 IKE 进程没有响应。",
  "Captured near {0}: the requests arrive there and no answer leaves, so look at that host and its daemon.":
    "抓包点靠近 {0}：请求已到达，但没有响应发出，请检查该主机及其 IKE 进程。",
  "Whether the path or {0} itself is at fault cannot be told from this capture point.":
    "从这个抓包点无法判断是路径故障，还是 {0} 自身故障。",
  ", 1 IP fragment, not complete": "，1 个 IP 分片，不完整",
  ", {0} IP fragments, not complete": "，{0} 个 IP 分片，不完整",
  ", in {0} IP fragments": "，分为 {0} 个 IP 分片",
  ", IKE fragment {0}": "，IKE 分片 {0}",
  "1 attempt": "尝试 1 次",
  "{0} attempts in {1}": "{1} 内尝试 {0} 次",
  ", {0} setups": "，{0} 次建立",
  "{0} of capture after the deciding message (this one ends {1} after it): whether {2} follows":
    "在决定性报文之后再抓 {0}（本次抓包在其后 {1} 结束）：看是否出现 {2}",
  "a capture that goes on: whether one of the next attempts is answered ({0} attempts in {1} so far)":
    "继续抓包：看后续尝试是否得到响应（目前 {1} 内已尝试 {0} 次）",
  "IKEv{0} was up, then deleted": "IKEv{0} 曾建立，随后被删除",
  "IKEv{0} was up, {1} flowed both ways, then the IKE SA was deleted":
    "IKEv{0} 曾建立，{1} 曾双向有流量，随后 IKE SA 被删除",
  "the capture ends with {0}": "抓包到 {0} 为止",
  "the capture ends {0} after {1}": "抓包在 {1} 之后 {0} 就结束了",
  "another tunnel of {0} tells": "由 {0} 的另一条隧道得知",
  "no IKE message tells the initiator": "没有 IKE 报文可以说明谁是发起方",
  "packets were seen before and after address translation": "报文在地址转换之前和之后都出现过",
  "packets were seen before and after a router": "报文在路由器之前和之后都出现过",
  "the capturing host received and sent on the same packets": "抓包主机收到并转发了同一批报文",
  "neither side's packets have passed a router": "两侧的报文都没有经过路由器",
  "the capturing host sent the packets of {0}": "抓包主机发出了 {0} 的报文",
  "the TTL of {0} is still the initial value": "{0} 的 TTL 仍为初始值",
  "no IKE message that is whole tells its TTL": "没有完整的 IKE 报文可以给出 TTL",
  "{0} is {1} and {2} {3} hops away by TTL": "按 TTL 推算，{0} 距此 {1} 跳，{2} 距此 {3} 跳",
  "only IKE messages of one side, which passed a router, are there": "只有一侧的 IKE 报文，且已经过路由器",
  "IKE_AUTH request": "IKE_AUTH 请求",
  "{0} request": "{0} 请求",
  "{0} response": "{0} 响应",
  "{0} {1}, {2}": "{0} {1}，{2}",
  "{0} {1}: {2}": "{0} {1}：{2}",
  nothing: "无",
  offer: "提议",
  "{0} with {1}": "{0} + {1}",
  "received proposals:": "收到的提议：",
  "configured proposals:": "配置的提议：",
  "On that host: journalctl and the kernel's log of that time say why the daemon was started anew (a crash, out of memory, an update, a fail-over).":
    "在该主机上：当时的 journalctl 和内核日志会说明守护进程为何重新启动（崩溃、内存不足、升级、切换）。",
  "the daemon of {0} was restarted and does not know the IKE SA of {1} any more":
    "{0} 的守护进程重新启动过，已不认识 {1} 的 IKE SA",
  "The log of {0} has a start of its daemon after the IKE SA was set up.":
    "{0} 的日志显示其守护进程在该 IKE SA 建立之后启动过。",
  "The log of {0} has a start of its daemon, and no IKE SA that came up between that and the first message of this one.":
    "{0} 的日志显示其守护进程启动过，从启动到此 IKE SA 的首个报文之间没有建立任何 IKE SA。",
  "The process that runs since does not know the IKE SA, so it does not answer what {0} asks on it ({1}); most daemons write nothing about such messages.":
    "此后运行的进程不认识该 IKE SA，因此不应答 {0} 在其上的请求（{1}）；多数守护进程不会记录这类报文。",
  "request of {0} on the IKE SA of the process before, unanswered":
    "{0} 在先前进程的 IKE SA 上的请求，无应答",
  "the daemon of {0} was restarted, and {1} still sends in the Child SA from before":
    "{0} 的守护进程重新启动过，而 {1} 仍在先前的 Child SA 中发送",
  "The log of {0} has a start of its daemon after the Child SA was made.":
    "{0} 的日志显示其守护进程在该 Child SA 建立之后启动过。",
  "last ESP packet of SPI {0}, which the new process does not have":
    "SPI {0} 的最后一个 ESP 报文，新进程没有该 SPI",
  "ESP of {0} in SPI {1} (at least {2} packets since) has no answer either: {3} sends none in the SPIs from before its start.":
    "{0} 在 SPI {1} 中的 ESP（此后至少 {2} 个报文）也没有应答：{3} 在其启动之前的 SPI 中不再发送。",
  "{0} has counted {1} ESP packets that it sent in SPI {2}":
    "{0} 的计数显示它在 SPI {2} 中发送了 {1} 个 ESP 报文",
  "The capture shows {0} ESP packets of {1} in SPI {2}": "抓包中有 {1} 在 SPI {2} 中的 {0} 个 ESP 报文",
  "{0} ESP packets of {1} reach {2}, and its IPsec has counted none":
    "{1} 的 {0} 个 ESP 报文到达 {2}，而其 IPsec 一个也没有计数",
  "ESP of {0} is lost on the way: {1} has counted none of {2} packet{3}":
    "{0} 的 ESP 在途中丢失：{2} 个报文中 {1} 一个也没有计数",
  "{0}, and {1} has counted none as received, at a time at which it had sent itself.":
    "{0}，而 {1} 的接收计数为零，并且读取计数时它自己已发送过报文。",
  "They are dropped on that host, in front of its IPsec: a firewall rule (INPUT), the reverse path filter, or a port on which nobody takes them.":
    "它们在该主机上、进入 IPsec 之前被丢弃：防火墙规则（INPUT）、反向路径过滤，或端口上没有进程接收。",
  "The capture near {0} has none of them either: they are lost on the way from {1}, or dropped there behind its IPsec.":
    "在 {0} 附近的抓包中也没有它们：它们在从 {1} 来的途中丢失，或在那里离开 IPsec 之后被丢弃。",
  "They are lost on the way from {0} to {1}, or dropped there in front of its IPsec.":
    "它们在从 {0} 到 {1} 的途中丢失，或在 {1} 进入 IPsec 之前被丢弃。",
  "({0} packets)": "（{0} 个报文）",
  "ESP of {0} is lost on the way: it counts what it sends{1}, and none comes to {2}":
    "{0} 的 ESP 在途中丢失：它的发送计数在增加{1}，而没有一个到达 {2}",
  "{0} has counted what it decrypted, and what it sent back in SPI {1}{2}. The capture near {3}, which has this Child SA from its beginning, shows none of that.":
    "{0} 的计数显示它解密了报文，并在 SPI {1} 中回送了报文{2}。{3} 附近的抓包从该 Child SA 开始时就在记录，其中一个也没有。",
  "So it is lost on the way from {0} to {1}, or dropped at {2} behind its IPsec.":
    "因此它在从 {0} 到 {1} 的途中丢失，或在 {2} 离开 IPsec 之后被丢弃。",
  "{0} decrypts the ESP of {1}{2} and has nothing to send back: no answer comes to it from behind":
    "{0} 解密了 {1} 的 ESP{2}，但没有可回送的内容：其后方没有应答到达",
  "The counters of {0} say that it has received and decrypted the packets in SPI {1}{2} and has sent none in that Child SA.":
    "{0} 的计数显示它接收并解密了 SPI {1} 中的报文{2}，而在该 Child SA 中没有发送任何报文。",
  "So the tunnel works from {0} to {1}, and no answer got as far as the IPsec of {2}: the host that was asked does not answer, its answers take another route, or a rule of {3} keeps them out of the tunnel.":
    "因此隧道从 {0} 到 {1} 工作正常，而没有应答到达 {2} 的 IPsec：被访问的主机不应答，或应答走了其他路由，或 {3} 的规则使应答不进入隧道。",
  "At {0}, on the interface towards the inner network: do the decrypted packets leave there, and does an answer come back (tcpdump)?":
    "在 {0} 面向内网的接口上（tcpdump）：解密后的报文是否从那里发出，是否有应答返回？",
  "If no answer comes: the firewall of the inner host (ping is often blocked), and its route back, which must lead to {0}.":
    "如果没有应答：检查内网主机的防火墙（常常屏蔽 ping）及其回程路由，该路由必须指向 {0}。",
  "If an answer comes: forwarding rules of {0}, a NAT rule that changes the answer before IPsec, and selectors that do not hold its addresses.":
    "如果有应答：检查 {0} 的转发规则、在 IPsec 之前改变应答的 NAT 规则，以及不包含其地址的流量选择器。",
  "Capture at {0}: do the packets leave? If not, its own firewall (OUTPUT) drops them.":
    "在 {0} 抓包：报文是否发出？如果没有，是它自己的防火墙（OUTPUT）丢弃了它们。",
  "Capture at the receiver, and on each device on the way: the last one that shows the packets (protocol 50, or UDP 4500) drops them; look at its firewall, NAT and cloud security groups.":
    "在接收方以及途中每台设备上抓包：最后一台能看到这些报文（协议 50 或 UDP 4500）的设备丢弃了它们；检查其防火墙、NAT 和云安全组。",
  "At the receiver: iptables -vnL INPUT and nft list ruleset: is protocol 50 (or UDP 4500) let in? sysctl net.ipv4.conf.all.rp_filter.":
    "在接收方：执行 iptables -vnL INPUT 和 nft list ruleset：是否放行协议 50（或 UDP 4500）？并检查 sysctl net.ipv4.conf.all.rp_filter。",
  "ip -s xfrm state there, twice: does the counter of the SPI stay 0, and do replay and failed?":
    "在该处两次执行 ip -s xfrm state：该 SPI 的计数是否一直为 0，replay 和 failed 是否也是？",
  "ESP of {0}, the other direction": "{0} 的 ESP，另一方向",
  "first ESP packet of {0} in that SPI": "{0} 在该 SPI 中的第一个 ESP 报文",
  "state {0} has counted {1} packets": "状态 {0} 的计数为 {1} 个报文",
  '"{0}" has counted {1} in, {2} out': "“{0}”的计数：入 {1}，出 {2}",
  "INFORMATIONAL request with a Delete (by a log), unanswered":
    "带有 Delete 的 INFORMATIONAL 请求（据日志），无响应",
  "INFORMATIONAL request, unanswered": "INFORMATIONAL 请求，无响应",
  "{0} never acknowledges a Delete on IKE ({1}), while its ESP still comes in":
    "{0} 始终没有在 IKE 上确认 Delete（{1}），而其 ESP 仍在到达",
  "{0} never acknowledges a Delete of {1} ({2})": "{0} 始终没有确认 {1} 的 Delete（{2}）",
  "{0} stops answering INFORMATIONAL requests ({1}), while its ESP still comes in":
    "{0} 不再应答 INFORMATIONAL 请求（{1}），而其 ESP 仍在到达",
  "{0} no longer answers INFORMATIONAL requests of {1} ({2})":
    "{0} 不再应答 {1} 的 INFORMATIONAL 请求（{2}）",
  "The tunnel was up. {0} tells {1} that it deletes an SA ({2}; a log says that the request holds a Delete, so it is no liveness check), and no answer comes":
    "隧道曾已建立。{0} 告知 {1} 它删除了一个 SA（{2}；日志显示该请求带有 Delete，因此不是 DPD 探测），没有应答",
  "The tunnel was up. {0} sends {1} an INFORMATIONAL request ({2}), and no answer comes":
    "隧道曾已建立。{0} 向 {1} 发送 INFORMATIONAL 请求（{2}），没有应答",
};
