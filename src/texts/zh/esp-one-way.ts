import type { TextTable } from "../texts.js";

/** ESP of which one direction or both are missing. */
export const ESP_ONE_WAY: TextTable = {
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
  "{0} sent {1} {2} packets to {3} in {4} and not one came back{5}":
    "{0} 在 {4} 内向 {3} 发送了 {1} 个 {2} 报文，没有一个返回{5}",
  ", while IKE messages of {0} are seen here.": "，而此处能看到 {0} 的 IKE 报文。",
  "; IKE messages of {0} are seen here {1} after the last of them.":
    "；在最后一个报文之后 {1} 才能看到 {0} 的 IKE 报文。",
  "At the silent side, where the packets arrive: are they decrypted ('ip -s xfrm state', 'swanctl --list-sas': bytes in)? If not: a firewall of that host drops them, it has no SA of this SPI any more, or they fail its integrity check ('cat /proc/net/xfrm_stat': XfrmInStateProtoError), as where one side still cuts HMAC-SHA2-256 to 96 bits.":
    "在没有应答的一侧（报文到达了那里）：报文是否被解密（'ip -s xfrm state'、'swanctl --list-sas' 的入方向字节数）？如果没有：该主机的防火墙丢弃了它们，或它已没有该 SPI 的 SA，或它们未通过完整性校验（'cat /proc/net/xfrm_stat'：XfrmInStateProtoError），例如有一方仍把 HMAC-SHA2-256 截断为 96 位。",
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
  "{0} asks again after a pause of {1}, and no {2} of {3} comes back for {4}":
    "{0} 停顿 {1} 后再次发送，而 {3} 的 {2} 在 {4} 内始终没有返回",
  "Traffic took turns (answers of {0}: {1}). After a pause of {2} {3} sends packets of the same sizes again (at least {4} in {5}), and nothing comes back.":
    "流量曾一来一往（{0} 的应答：{1} 个）。停顿 {2} 后，{3} 又发送同样长度的报文（{5} 内至少 {4} 个），但没有任何报文返回。",
  "a capture at {0}: whether the packets arrive and answers leave; if answers leave, a firewall or NAT device on the way has forgotten the connection in the pause of {1}":
    "在 {0} 处抓包：看这些报文是否到达、应答是否发出；若应答已发出，则途中的防火墙或 NAT 设备在 {1} 的停顿中丢掉了该连接的状态",
  "{0} of {1} stops, while {2} goes on for {3}{4}": "{1} 的 {0} 停止，而 {2} 又继续了 {3}{4}",
  "and its IKE still comes": "，且其 IKE 报文仍然到来",
  "and its IKE comes in a new IKE SA only": "，且其 IKE 报文只出现在新的 IKE SA 中",
  "IKE of {0} comes in a new IKE SA only: the peer lives, and may have forgotten the old one.":
    "{0} 的 IKE 报文只出现在新的 IKE SA 中：对端在线，但可能已丢失旧的 IKE SA。",
  "the log of {0}: a start of the daemon at that time, or whether it still has the old IKE SA":
    "{0} 的日志：该时刻守护进程是否启动过，或是否仍有旧的 IKE SA",
  "Traffic took turns (answers of {0}: {1}), then {2} of {3} ends while {4} goes on with packets of the same sizes (at least {5} in {6}).":
    "流量原本交替出现（{0} 应答 {1} 次），随后 {3} 的 {2} 结束，而 {4} 仍在发送同样长度的报文（{6} 内至少 {5} 个）。",
  "at that moment": "在那一刻",
  "{0} later": "在 {0} 之后",
  "{0} sent an INFORMATIONAL {1}, which nothing answers: it may be the Delete of the Child SA, whose lifetime ended there and not at {2}. What {3} sends then goes to an SA that is gone.":
    "{0} {1}发送了一个 INFORMATIONAL，没有任何响应：它可能是对该 Child SA 的 Delete，其生存周期在那里已结束，而在 {2} 尚未结束。此后 {3} 发送的内容进入一个已不存在的 SA。",
  "the log of {0} at that time: whether it deleted the Child SA, and the phase 2 lifetimes of both sides":
    "{0} 当时的日志：它是否删除了该 Child SA；以及双方第二阶段的生存周期",
  "Compare the phase 2 lifetimes of both sides, in time and in volume, and switch on dead peer detection at the side that goes on sending.":
    "比较双方第二阶段的生存周期（时间和流量），并在继续发送的一侧启用 DPD。",
  "What {0} asks by IKE after that has no answer ({1}): its packets of both kinds may be lost on the way to {2}.":
    "此后 {0} 通过 IKE 的询问没有响应（{1}）：它的两类报文可能都在前往 {2} 的途中丢失。",
  "IKE of {0} still comes, so the peer lives and its way to {1} is open for IKE.":
    "仍有 {0} 的 IKE，说明对端存活，且它到 {1} 的 IKE 路径是通的。",
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
  "Captured at both ends: the packets arrive at {0} and are decrypted, for {1} shows them in clear ({2} -> {3}), and no answer leaves there. First check behind the decryption at {4}: the firewall and the host {5}, the route back to {6}, and the IPsec policy for the answers.":
    "在两端抓包：报文到达了 {0} 并已解密，因为 {1} 以明文显示了它们（{2} -> {3}），而那里没有发出应答。先检查 {4} 解密之后的部分：防火墙和主机 {5}、返回 {6} 的路由，以及用于应答的 IPsec 策略。",
  "This capture point does not show where the answers are lost. First check at {0} whether the packets arrive and are decrypted.":
    "从这个抓包点看不出应答在哪里丢失。先在 {0} 检查报文是否到达并被解密。",
  "a ping through this Child SA to the inner address of {0} itself: if that is answered, the Child SA works and only the host that was asked is silent":
    "经此 Child SA ping {0} 自身的内网地址：若有响应，则该 Child SA 正常，只是被访问的主机没有响应",
  "the counters of each SA at {0}: whether the replies leave in another Child SA":
    "{0} 上各 SA 的计数器：回复报文是否从另一个 Child SA 发出",
  "one Child SA is never answered: SPI {0} from {1} to {2} ({3} packets in {4}, none back)":
    "有一个 Child SA 始终没有应答：{1} 发往 {2} 的 SPI {0}（{4} 内 {3} 个报文，没有回程）",
  "{0} sent {1} ESP packets with SPI {2} in {3}, and no packet of that Child SA came back, while another Child SA of the same peers has packets both ways.":
    "{0} 在 {3} 内以 SPI {2} 发送了 {1} 个 ESP 报文，该 Child SA 没有一个报文返回，而同一对端的另一个 Child SA 双向都有报文。",
  "one Child SA is no longer answered: SPI {0} from {1} to {2} (at least {3} packets in {4})":
    "有一个 Child SA 不再有应答：{1} 发往 {2} 的 SPI {0}（{4} 内至少 {3} 个报文）",
  "Traffic of that Child SA took turns (answers of {0}: {1}), then its answers end while {2} goes on with packets of the same sizes. Another Child SA of the same peers has packets both ways meanwhile, so the path for ESP is open.":
    "该 Child SA 的流量原本交替出现（{0} 应答 {1} 次），随后应答结束，而 {2} 仍在发送同样长度的报文。同一对端的另一个 Child SA 此时双向都有报文，因此 ESP 的路径是通的。",
  "last ESP packet of {0} in that Child SA": "{0} 在该 Child SA 中的最后一个 ESP 报文",
  "ESP of {0} goes on in it": "{0} 的 ESP 仍在其中继续",
  "So this capture holds both directions, and the path for ESP is open.":
    "因此本抓包包含两个方向，且 ESP 的路径是通的。",
  "first ESP packet of SPI {0}": "SPI {0} 的首个 ESP 报文",
  "ESP of {0} in another Child SA": "另一个 Child SA 中 {0} 的 ESP",
  "ESP of one side counts up and none of the other side comes, though both sides' IKE messages are seen here: on a new SA at intervals of pings, or repeated as TCP does. Other traffic on a new SA, and pings on an older one or without an end, make it a possible warning; packets of many sizes, as log messages have, an explanation. Or one of several Child SAs is never answered, or no longer (possible). Or packets took turns, and then one direction stops while the other goes on with the same sizes and IKE still comes. Or counters of both directions of a Child SA ('swanctl --list-sas', 'ip -s xfrm state') say that its receiver has none of what was sent (certain), or has decrypted it and sent nothing back (a warning).":
    "一侧的 ESP 不断增加，而另一侧没有，但此处能看到两侧的 IKE 报文：在新 SA 上间隔与 ping 相符，或像 TCP 那样重传。新 SA 上的其他流量，以及旧 SA 上或没有结束的 ping，使其成为“可能”的警告；如果像日志消息那样长度多样，则只作提示。或者多个 Child SA 中有一个始终没有应答，或不再有应答（可能）。或者报文原本交替出现，随后一个方向停止，而另一方向以同样长度继续，且仍有 IKE。或者一个 Child SA 两个方向的计数（'swanctl --list-sas'、'ip -s xfrm state'）表明接收方没有收到任何已发送的报文（“确定”），或已解密但没有回送任何报文（警告）。",
};
