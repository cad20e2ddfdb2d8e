import type { TextTable } from "../texts.js";

export const NAT: TextTable = {
  "AH cannot pass NAT": "AH 无法穿越 NAT",
  "AH protects the IP addresses themselves. A NAT device changes them, so every packet fails its check at the receiver.":
    "AH 保护 IP 地址本身。NAT 设备会改变地址，因此每个报文在接收方都校验失败。",
  "NAT is proven by the hashes, and AH packets go one way without any coming back.":
    "哈希证明存在 NAT，且 AH 报文只有单向，没有回程。",
  "Use ESP (with UDP encapsulation) instead of AH, or remove the NAT between the peers.":
    "用 ESP（UDP 封装）代替 AH，或去掉两端之间的 NAT。",
  "the initiator": "发起方",
  "the responder": "响应方",
  "AH from {0} through NAT ({1} packets, none back)": "{0} 的 AH 经过 NAT（{1} 个报文，没有回程）",
  "The NAT detection hashes prove that {0} is behind NAT, and {1} sends AH (IP protocol 51). AH protects the IP addresses that the NAT device changes,":
    "NAT 探测哈希证明 {0} 位于 NAT 之后，而 {1} 发送 AH（IP 协议 51）。AH 所保护的 IP 地址会被 NAT 设备改变，",
  "so every packet fails its check at {0}, and nothing comes back.":
    "因此每个报文在 {0} 都校验失败，没有任何返回。",
  "NAT detection hashes": "NAT 探测哈希",
  "first AH packet {0} -> {1}": "首个 AH 报文 {0} -> {1}",
  "last of {0} AH packets, none in the other direction": "{0} 个 AH 报文中的最后一个，反方向没有",
  "the counters at {0}: AH that fails its check (XfrmInStateProtoError) or AH that is taken and not answered":
    "{0} 的计数：AH 校验失败（XfrmInStateProtoError），还是 AH 被接受但没有应答",
  "One side sends ESP in UDP, the other as IP protocol 50":
    "一侧以 UDP 封装发送 ESP，另一侧以 IP 协议 50 发送",
  "The two directions of the tunnel are encapsulated differently. The standard asks receivers to take both, but Linux and many others accept only what they send themselves and drop the rest.":
    "隧道两个方向的封装不同。标准要求接收方两种都接受，但 Linux 等许多实现只接受自己所用的那一种，其余丢弃。",
  "At the same time one direction of the tunnel is IP protocol 50 and the other ESP in UDP 4500, neither of them brisk enough to show that it is accepted.":
    "同一时间隧道的一个方向为 IP 协议 50，另一个方向为 UDP 4500 封装的 ESP，且两者的流量都不足以证明已被接受。",
  "Force UDP encapsulation at both ends.": "在两端强制使用 UDP 封装。",
  "On Linux 'ip -s xfrm state' shows what each end expects ('encap type espinudp'), and XfrmInStateMismatch in /proc/net/xfrm_stat counts what was dropped.":
    "在 Linux 上，'ip -s xfrm state' 显示每一端期望的封装（'encap type espinudp'），/proc/net/xfrm_stat 中的 XfrmInStateMismatch 统计被丢弃的报文。",
  "{0} sends ESP as protocol 50, {1} sends it in UDP": "{0} 以协议 50 发送 ESP，{1} 以 UDP 封装发送",
  "{0} sends ESP as IP protocol 50 ({1} packets) while {2} sends it in UDP 4500 ({3} packets).":
    "{0} 以 IP 协议 50 发送 ESP（{1} 个报文），而 {2} 以 UDP 4500 封装发送（{3} 个报文）。",
  "{0}, so both receivers seem to take it.": "{0}，因此两个接收方看来都接受。",
  "Traffic is brisk both ways": "双向流量都很活跃",
  "Both begin and end together, as question and answer do": "两个方向同时开始和结束，如同请求与应答",
  "The standard lets each side choose, but Linux and many others take only the encapsulation that they send themselves and drop the rest. Force UDP encapsulation at both.":
    "标准允许每一侧自行选择，但 Linux 等许多实现只接受自己发送时所用的封装，其余丢弃。请在两端强制使用 UDP 封装。",
  "ESP as protocol 50, {0} -> {1}": "协议 50 的 ESP，{0} -> {1}",
  "ESP in UDP, {0} -> {1}": "UDP 封装的 ESP，{0} -> {1}",
  "still as protocol 50": "仍为协议 50",
  "still in UDP": "仍为 UDP 封装",
  "the receivers' counters: 'ip -s xfrm state' and XfrmInStateMismatch in /proc/net/xfrm_stat tell whether the packets are taken or dropped for their encapsulation":
    "接收方的计数：'ip -s xfrm state' 和 /proc/net/xfrm_stat 中的 XfrmInStateMismatch 可说明报文是被接受还是因封装被丢弃",
  "Two clients behind one address displace each other": "同一地址之后的两个客户端互相顶替",
  "Two clients come from one outer address. Since the second one connected, the gateway sends nothing to the first, which goes on sending: to the gateway both look the same.":
    "两个客户端来自同一个外部地址。第二个连接之后，网关不再向第一个发送任何报文，而第一个仍在发送：在网关看来两者相同。",
  "Two clients come from one address; since the second one is up, the gateway sends ESP to it alone, while the first goes on sending.":
    "两个客户端来自同一地址；第二个建立之后，网关只向它发送 ESP，而第一个仍在发送。",
  "Give every client an inner address of its own: tunnel mode with a virtual IP from a pool, not transport mode (L2TP over IPsec) from one address.":
    "为每个客户端分配各自的内部地址：使用隧道模式和地址池中的虚拟 IP，而不要从同一地址使用传输模式（L2TP over IPsec）。",
  "Give every client an identity of its own; two clients with one identity replace each other.":
    "为每个客户端配置各自的身份标识；身份标识相同的两个客户端会互相顶替。",
  "two clients behind {0}: since the second one connected (port {1}), the first (port {2}) gets nothing":
    "{0} 之后有两个客户端：第二个连接（端口 {1}）之后，第一个（端口 {2}）收不到任何报文",
  "Two clients come from {0}, from ports {1} and {2}. When the second one was up, {3} stopped sending ESP to the first, which still sends:":
    "两个客户端来自 {0}，端口分别为 {1} 和 {2}。第二个建立后，{3} 不再向第一个发送 ESP，而第一个仍在发送：",
  "the gateway takes both for one (same identity, same inner address, or transport mode towards one outer address).":
    "网关把两者当成同一个（身份标识相同、内部地址相同，或对同一外部地址使用传输模式）。",
  "last ESP packet to the first client, port {0}": "发给第一个客户端的最后一个 ESP 报文，端口 {0}",
  "ESP to the second client, port {0}": "发给第二个客户端的 ESP，端口 {0}",
  "the first client still sends": "第一个客户端仍在发送",
  "the second client is served": "第二个客户端得到服务",
  "the gateway's list of SAs: two clients with one identity or one inner address collide; one client that connected anew has stopped using its old port":
    "网关的 SA 列表：如果有两个客户端的身份标识或内部地址相同，就是冲突；如果是同一客户端重新连接，则它已不再使用旧端口",
  "A NAT device is between the peers": "两端之间有 NAT 设备",
  "{0} is behind NAT; {1} forces UDP encapsulation": "{0}位于 NAT 之后；{1}强制 UDP 封装",
  "{0} is behind NAT; {1} forces UDP encapsulation, or is behind NAT too":
    "{0}位于 NAT 之后；{1}强制 UDP 封装，或也位于 NAT 之后",
  "The NAT detection hashes do not match the addresses on the wire: {0} is behind NAT.":
    "NAT 检测哈希与链路上的地址不符：{0}位于 NAT 之后。",
  "The hash that {0} sent of its own address is wrong, that of {1} for it is right:":
    "{0}对自身地址发送的哈希是错的，{1}对它的哈希是对的：",
  "The hash that {0} sent of its own address is wrong too, and that of {1} for it, which would tell more, is not in the capture:":
    "{0}对自身地址发送的哈希也是错的，而{1}对它的哈希（本可进一步判断）不在抓包中：",
  "{0} is set to send ESP in UDP even without NAT, for its hash is wrong already where it leaves.":
    "{0}被设置为即使没有 NAT 也以 UDP 发送 ESP，因为它的哈希在发出处就已经是错的。",
  "{0} is set to send ESP in UDP even without NAT, or is behind NAT too.":
    "{0}被设置为即使没有 NAT 也以 UDP 发送 ESP，或也位于 NAT 之后。",
  "The NAT detection hashes do not match the addresses and ports on the wire, so a NAT device changes them between the peers.":
    "NAT 探测哈希与报文中的地址和端口不符，说明两端之间有 NAT 设备改变了它们。",
  "NAT detection hashes (NAT_DETECTION_*_IP, in IKEv1 NAT-D), recomputed for the addresses and ports on the wire, differ for one side, and not in the way that forced encapsulation shows.":
    "按报文中的地址和端口重新计算 NAT 探测哈希（NAT_DETECTION_*_IP，IKEv1 中为 NAT-D），其中一侧不符，且不是强制封装所表现的方式。",
  "Nothing to do: with UDP 4500 open and keepalives on, this is normal operation.":
    "无需处理：只要放行 UDP 4500 并启用保活，就属于正常情况。",
  "the initiator and the responder are behind NAT": "发起方和响应方都位于 NAT 之后",
  "{0} is behind NAT": "{0} 位于 NAT 之后",
  "TCP carries IKE and ESP through it.": "IKE 和 ESP 由 TCP 承载穿越 NAT。",
  "IKE and ESP must use UDP 4500.": "IKE 和 ESP 必须使用 UDP 4500。",
  "{0} is behind NAT, or forces UDP encapsulation": "{0} 位于 NAT 之后，或强制使用 UDP 封装",
  "The NAT detection hash that {0} sent of its own address is wrong. NAT does that, and so does a side that forces UDP encapsulation; the other side's hashes, which would tell, are not in the capture. {1}":
    "{0} 对自身地址发送的 NAT 探测哈希不符。NAT 会造成这种情况，强制 UDP 封装也会；用于区分二者的对端哈希不在抓包中。{1}",
  "The NAT detection hashes do not match the addresses on the wire: {0}. {1}":
    "NAT 探测哈希与报文中的地址不符：{0}。{1}",
  "ESP comes from another port than IKE": "ESP 与 IKE 使用了不同的端口",
  "IKE and ESP in UDP of one peer must share one pair of ports, so that the NAT device has one mapping for both. Here a device gives ESP a port of its own, and replies go to the port of IKE.":
    "同一端的 IKE 和 UDP 封装的 ESP 必须使用同一对端口，这样 NAT 设备才只有一个映射。而这里某台设备为 ESP 分配了单独的端口，回程报文却发往 IKE 的端口。",
  "ESP in UDP of one peer comes from another source port than its IKE on 4500, from its first packet on, and IKE never moves there.":
    "某一端 UDP 封装的 ESP 从首个报文起，源端口就与其 4500 上的 IKE 不同，且 IKE 始终没有改用该端口。",
  "Look for a device that treats IPsec specially: switch 'IPsec passthrough', 'VPN passthrough' or the IPsec ALG off on the router of that side.":
    "查找对 IPsec 作特殊处理的设备：在该侧的路由器上关闭“IPsec passthrough”“VPN passthrough”或 IPsec ALG。",
  "Cloud and carrier NAT: check that one rule, not two, translates UDP 4500.":
    "云和运营商 NAT：检查转换 UDP 4500 的是一条规则，而不是两条。",
  "ESP of {0} comes from port {1}, its IKE from port {2}": "{0} 的 ESP 来自端口 {1}，其 IKE 来自端口 {2}",
  "IKE messages of {0} come from UDP port {1}, ESP in UDP from port {2} ({3} packets). Both must share one port; a device on the side of {4} gives ESP a mapping of its own.":
    "{0} 的 IKE 报文来自 UDP 端口 {1}，UDP 封装的 ESP 来自端口 {2}（{3} 个报文）。两者必须共用一个端口；{4} 一侧有设备为 ESP 建立了单独的映射。",
  "The other side answers to the port of ESP, so traffic passes for now.":
    "另一侧按 ESP 的端口应答，因此目前流量可以通过。",
  "{0} sends no ESP back.": "{0} 没有返回 ESP。",
  "{0} answers to port {1}, which is not where ESP comes from.":
    "{0} 向端口 {1} 应答，而 ESP 并不来自该端口。",
  "IKE from port {0}": "IKE，来自端口 {0}",
  "ESP in UDP from port {0}": "UDP 封装的 ESP，来自端口 {0}",
  "ESP back to port {0}": "返回的 ESP，发往端口 {0}",
  "still from port {0}": "仍来自端口 {0}",
  "the next IKE message of that side: from the port of ESP too, the whole mapping has changed":
    "该侧的下一个 IKE 报文：如果也来自 ESP 的端口，说明整个映射已改变",
  "UDP encapsulation is forced": "强制使用 UDP 封装",
  "In the setup each peer sends a hash of its own address and port. If the hash does not match the packet that brings it, a NAT device changed the packet, and ESP is sent in UDP port 4500. A peer can be set to send a hash that never matches: then ESP is sent in UDP without any NAT. That is no fault.":
    "建立隧道时，每一端都会发送自身地址和端口的哈希。如果哈希与承载它的报文不符，说明 NAT 设备改动了报文，ESP 就改用 UDP 4500 端口传输。也可以配置某一端发送永远不符的哈希：这样即使没有 NAT，ESP 也用 UDP 传输。这不是故障。",
  "Each peer's hash of its own address is wrong, and its hash of the other's address is right: a single NAT device cannot cause that. The peer where the capture was taken does it by a setting; the other one by a setting, too, or a NAT device stands before it.":
    "每一端对自身地址的哈希都错误，而对另一端地址的哈希都正确：单个 NAT 设备不会造成这种情况。抓包所在的一端是由于配置；另一端同样由于配置，或者其前面有 NAT 设备。",
  "Nothing to do: it is a setting.": "无需处理：这是一项配置。",
  "both sides force UDP encapsulation": "两侧都强制使用 UDP 封装",
  "{0} forces UDP encapsulation": "{0} 强制使用 UDP 封装",
  "{0} is set to send ESP in UDP even without NAT: to detect NAT it sends a hash of its own address, and that hash is wrong already where it leaves. The hash of {1} does not match its address here either: {2} has the same setting, or is behind NAT. This is no fault.":
    "{0} 被配置为没有 NAT 也用 UDP 传输 ESP：它为探测 NAT 而发送自身地址的哈希，而该哈希在发出处就已经错误。{1} 的哈希在此处也与其地址不符：{2} 有同样的配置，或者位于 NAT 之后。这不是故障。",
  "Both peers are set to send ESP in UDP even without NAT: to detect NAT each sends a hash of its own address, and that hash is wrong already where it leaves. This is no fault.":
    "两端都被配置为没有 NAT 也用 UDP 传输 ESP：每一端为探测 NAT 而发送自身地址的哈希，而该哈希在发出处就已经错误。这不是故障。",
  "both sides force UDP encapsulation, or are behind NAT": "两侧都强制使用 UDP 封装，或者位于 NAT 之后",
  "To detect NAT each peer sends a hash of its own address and one of the other's. Both hashes of the own address are wrong, both of the other's are right, and a single NAT device cannot cause that. Each peer is set to send ESP in UDP even without NAT, or is behind NAT. The setting is no fault.":
    "每一端为探测 NAT 都发送自身地址和对端地址的哈希。两个自身地址的哈希都错误，两个对端地址的哈希都正确，单个 NAT 设备不会造成这种情况。每一端或者被配置为没有 NAT 也用 UDP 传输 ESP，或者位于 NAT 之后。该配置不是故障。",
  "a capture at the other end: with real NAT the addresses or ports differ there":
    "在另一端抓包：如果确有 NAT，那里的地址或端口会不同",
  "The NAT device handles IPsec itself, for one client only": "NAT 设备自行处理 IPsec，只支持一个客户端",
  'The NAT device keeps source port 500 and passes ESP as IP protocol 50 ("IPsec passthrough"). That works for one client; the next one behind it gets no answer.':
    "NAT 设备保留源端口 500 并以 IP 协议 50 转发 ESP（“IPsec passthrough”）。这只对一个客户端有效；其后的下一个客户端得不到响应。",
  "NAT is proven by the hashes while source port 500 is kept and ESP is native; one client works, and first messages of another from the same address repeat without an answer.":
    "哈希证明存在 NAT，但源端口保持为 500，ESP 为原生格式；一个客户端正常，而同一地址的另一个客户端的首个报文反复重传没有响应。",
  "Switch 'IPsec passthrough' or the IKE ALG off on the NAT device, so that NAT traversal (UDP 4500) is used instead.":
    "在 NAT 设备上关闭“IPsec passthrough”或 IKE ALG，改用 NAT 穿越（UDP 4500）。",
  "Enable NAT traversal at both peers and open UDP 4500.": "在两端启用 NAT 穿越，并放行 UDP 4500。",
  "a second client behind {0} is never answered ({1}{2}) while the first one works on port 500":
    "{0} 之后的第二个客户端始终没有响应（{1}{2}），而第一个在端口 500 上正常",
  "The NAT detection hashes prove a NAT device at {0}, yet the source port stays 500 and ESP is IP protocol 50: the NAT device handles IPsec itself.":
    "NAT 探测哈希证明 {0} 处有 NAT 设备，但源端口仍为 500，ESP 为 IP 协议 50：NAT 设备自行处理 IPsec。",
  "That serves one client. Another one, whose first message differs, sends from the same address and port and gets no answer while the first client's traffic goes on.":
    "这样只能支持一个客户端。另一个客户端（首个报文不同）从同一地址和端口发送，没有得到响应，而第一个客户端的流量仍在继续。",
  "the first client, from port 500": "第一个客户端，来自端口 500",
  "the second client, from port 500 too, unanswered": "第二个客户端，也来自端口 500，无响应",
  "ESP of the first client goes on as protocol 50": "第一个客户端的 ESP 继续以协议 50 传输",
  "and back": "及其回程",
  "a capture at {0} and its log: whether the second client's messages arrive there, and whether its answers leave":
    "在 {0} 抓包并看其日志：第二个客户端的报文是否到达，响应是否发出",
  "NAT between the peers, but NAT traversal is not used": "两端之间有 NAT，但没有使用 NAT 穿越",
  "A NAT device is between the peers, yet they stay on UDP 500 and send ESP as IP protocol 50. ESP has no ports, so the NAT device cannot assign replies to a client.":
    "两端之间有 NAT 设备，但双方停留在 UDP 500 并以 IP 协议 50 发送 ESP。ESP 没有端口，NAT 设备无法把回程报文对应到客户端。",
  "NAT is proven by the hashes, the peers stay on port 500, and ESP goes as IP protocol 50 in one direction only.":
    "哈希证明存在 NAT，双方停留在端口 500，且 IP 协议 50 的 ESP 只有单向。",
  "Enable NAT traversal at the side that the finding names; a Windows client of a server behind NAT needs a registry value for it.":
    "在结论所指的一侧启用 NAT 穿越；Windows 客户端访问位于 NAT 之后的服务器时，需要设置一个注册表值。",
  "Open UDP 4500 on the firewalls between the peers.": "在两端之间的防火墙上放行 UDP 4500。",
  "{0} behind NAT, but NAT traversal is not used: ESP as protocol 50 from {1} only ({2} packets in {3}, none back)":
    "{0} 位于 NAT 之后，但没有使用 NAT 穿越：只有 {1} 发出协议 50 的 ESP（{3} 内 {2} 个报文，没有回程）",
  "The NAT detection hashes prove a NAT device ({0} behind it), yet IKE stayed on UDP 500 and ESP goes as IP protocol 50,":
    "NAT 探测哈希证明存在 NAT 设备（{0} 位于其后），但 IKE 停留在 UDP 500，ESP 以 IP 协议 50 传输，",
  "which has no ports to translate. {0} sent {1} ESP packets and none came back. {2}":
    "而它没有可供转换的端口。{0} 发送了 {1} 个 ESP 报文，没有一个返回。{2}",
  "first ESP packet as protocol 50, {0} -> {1}": "首个协议 50 的 ESP 报文，{0} -> {1}",
  "a capture at {0}: ESP from {1} arrives there and is decrypted, so the NAT device passes it":
    "在 {0} 抓包：如果 {1} 的 ESP 到达那里并被解密，说明 NAT 设备放行了它",
  "{0} behind NAT, and ESP passes it as protocol 50": "{0} 位于 NAT 之后，ESP 以协议 50 通过",
  "The NAT detection hashes prove a NAT device, yet IKE stayed on UDP 500 and ESP goes as IP protocol 50, both ways. That works if the NAT device maps one address to one other, or serves a single client.":
    "NAT 探测哈希证明存在 NAT 设备，但 IKE 停留在 UDP 500，ESP 以 IP 协议 50 双向传输。在 NAT 设备一对一映射地址或只服务一个客户端时，这样可以工作。",
  "ESP as protocol 50": "协议 50 的 ESP",
  "ESP as protocol 50, back": "协议 50 的 ESP，回程",
  "both peers are": "两端都",
  "the initiator is": "发起方",
  "the responder is": "响应方",
  "NAT detection hashes: own address {0}, peer's address {1}": "NAT 探测哈希：本端地址为 {0}，对端地址为 {1}",
  "The responder {0} sent no NAT detection: enable NAT traversal there.":
    "响应方 {0} 没有发送 NAT 探测：请在那里启用 NAT 穿越。",
  "The initiator {0} sent no NAT detection: enable NAT traversal there.":
    "发起方 {0} 没有发送 NAT 探测：请在那里启用 NAT 穿越。",
  "Both sides sent NAT detection, so the initiator {0} should have moved to UDP 4500: look at its NAT traversal setting.":
    "双方都发送了 NAT 探测，因此发起方 {0} 本应切换到 UDP 4500：检查其 NAT 穿越配置。",
};
