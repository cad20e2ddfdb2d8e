import type { TextTable } from "../texts.js";

export const ESP: TextTable = {
  "ESP without encryption": "ESP 没有加密",
  "The Child SA uses NULL encryption: it proves who sent a packet, perhaps, but everyone on the way can read it.":
    "Child SA 使用 NULL 加密：或许能证明报文由谁发送，但途中任何人都能读取。",
  "Behind the ESP header stands an IP packet of the right length and checksum, in four of five of the packets that were looked into, two at least. In transport mode: UDP, TCP, ICMP echo or GRE whose header fits, with their number and right padding before the ICV.":
    "ESP 头之后是长度和校验和都正确的 IP 报文，在所检查的报文中占五分之四，至少两个。传输模式下：头部相符的 UDP、TCP、ICMP echo 或 GRE，且 ICV 之前有其协议号和正确的填充。",
  "If that is not wanted: take NULL out of the ESP proposals at both ends.":
    "如果不希望如此：在两端的 ESP 提议中去掉 NULL。",
  "the content of a packet in transport mode": "传输模式报文的内容",
  "an IP packet": "IP 报文",
  "its next header and padding where the trailer belongs, and a header of that kind that fits":
    "尾部位置有其下一头部和填充，且有相应类型的头部",
  "with the right length and checksum": "长度和校验和都正确",
  "ESP between {0} and {1} is not encrypted: the packets inside can be read":
    "{0} 与 {1} 之间的 ESP 没有加密：可以读取其中的报文",
  "Behind the ESP header ({0}SPI {1}) stands {2} in clear, {3}, in {4} of the {5} packets that were looked into{6}.":
    "ESP 头（{0}SPI {1}）之后是明文的 {2}，{3}，所检查的 {5} 个报文中有 {4} 个如此{6}。",
  "in UDP,": "UDP 封装，",
  ", in both directions": "，两个方向都是",
  "The Child SA uses NULL encryption: packets are authenticated perhaps, but anybody on the way can read them.":
    "Child SA 使用 NULL 加密：报文或许经过认证，但途中任何人都能读取。",
  "content in clear after the ESP header, SPI {0}": "ESP 头之后为明文内容，SPI {0}",
  "ESP is sent to an SA that is gone": "ESP 发往已不存在的 SA",
  "One side still encrypts into an SA that the other side has deleted or lost in a restart. The receiver knows no key for it and drops every packet.":
    "一侧仍用另一侧已删除或重启后丢失的 SA 加密。接收方没有对应的密钥，丢弃每个报文。",
  "ESP goes on for seconds to an SPI whose IKE SA was deleted (by the length of the message), or whose Child SA was rekeyed and then deleted, or whose receiver began a new IKE SA and sends in new SPIs, or says INVALID_SPI in clear, while the other direction of that SA has ended.":
    "ESP 持续数秒发往某个 SPI，而其 IKE SA 已被删除（由报文长度判断），或其 Child SA 已重新协商密钥且随后被删除，或其接收方已建立新的 IKE SA 并使用新的 SPI，或以明文通知 INVALID_SPI，同时该 SA 的另一方向已结束。",
  "At the sending side: remove the old SAs and set the tunnel up anew.":
    "在发送的一侧：删除旧的 SA 并重新建立隧道。",
  "Switch on dead peer detection at the sending side, so that it notices by itself.":
    "在发送的一侧启用 DPD，使其能自行发现。",
  "With devices in a cluster: synchronise SAs between the nodes, or let the survivor announce itself (INITIAL_CONTACT).":
    "设备为集群时：在节点之间同步 SA，或让接管的节点主动声明（INITIAL_CONTACT）。",
  "a capture that goes on: whether {0} stops, or moves to a new SPI":
    "继续抓包：看 {0} 是否停止，或转用新的 SPI",
  "the SAs at {0} ('ip xfrm state'): if it still has SPI {1}, it receives and does not answer; otherwise XfrmInNoStates counts up there":
    "{0} 上的 SA（'ip xfrm state'）：如果仍有 SPI {1}，说明它收到了但没有应答；否则那里的 XfrmInNoStates 会增长",
  "{0} still sends ESP to SPI {1} of {2}, {3} after {4}": "{0} 在 {4} 之后 {3} 仍向 {2} 的 SPI {1} 发送 ESP",
  "{0} sends ESP with SPI {1} to {2} (at least {3} packets in {4}) although {5}.":
    "{0} 以 SPI {1} 向 {2} 发送 ESP（{4} 内至少 {3} 个报文），尽管 {5}。",
  "The message is not authenticated, but no answer in ESP contradicts it.":
    "该报文没有经过认证，但没有 ESP 应答与之矛盾。",
  "{0} sends nothing on its side of that SA any more.": "{0} 在该 SA 的自己一侧不再发送任何报文。",
  "What is sent there is dropped; {0} does not know that the SA is gone.":
    "发往那里的报文被丢弃；{0} 不知道该 SA 已不存在。",
  "Meanwhile {0} uses a new SPI too.": "与此同时 {0} 也在使用新的 SPI。",
  "ESP still to SPI {0}": "ESP 仍发往 SPI {0}",
  "ESP whose negotiation is not in the capture": "协商过程不在抓包中的 ESP",
  "The SA was made before the capture began, or on another path. How it was negotiated cannot be said; whether its packets come in order can.":
    "该 SA 在抓包开始之前建立，或经由其他路径建立。无法说明它是如何协商的，但可以判断其报文是否有序。",
  "An SPI that carries ESP before any exchange of the capture that makes a Child SA, or begins in the middle of its numbers.":
    "某个 SPI 在抓包中任何建立 Child SA 的交换之前就承载 ESP，或其序列号从中间开始。",
  "To see the negotiation, keep the capture running and set the tunnel up anew, or wait for the next rekey.":
    "要看到协商过程，保持抓包并重新建立隧道，或等待下一次重协商。",
  "an SPI": "一个 SPI",
  "{0} SPIs": "{0} 个 SPI",
  "{0} on {1} whose negotiation is not in the capture": "{1} 上的 {0}，其协商过程不在抓包中",
  "{0} flows on {1} ({2}{3}) of which the capture has no whole exchange that makes it: the capture began later, its filter left IKE out, or messages of that exchange are missing. How the SA was negotiated cannot be judged from it.":
    "{1}（{2}{3}）上有 {0}，但抓包中没有建立它的完整交换：抓包开始得较晚、过滤条件排除了 IKE，或缺少该交换的部分报文。无法据此判断该 SA 是如何协商的。",
  "SPI {0} is in use, sequence number {1}": "SPI {0} 正在使用，序列号 {1}",
  "Several Child SAs carry traffic at once": "多个 Child SA 同时承载流量",
  "A pair of SAs for each processor (RFC 9611), or one for each pair of subnets. An answer may then come in another pair than its question.":
    "每个处理器一对 SA（RFC 9611），或每一对子网一对。此时应答可能使用与请求不同的一对。",
  "Three and more SPIs in each direction carry traffic for most of the same time, and none takes over from another.":
    "每个方向有三个或更多 SPI 在大部分相同时间内承载流量，且没有哪一个取代另一个。",
  "Nothing to do. The SAs at either end tell which of the two it is: by their selectors.":
    "无需处理。可通过任意一端的 SA 的流量选择器判断是哪一种。",
  "{0} ESP SAs from {1} and {2} from {3} carry traffic at the same time":
    "{1} 的 {0} 个和 {3} 的 {2} 个 ESP SA 同时承载流量",
  "{0} ESP SAs from {1} and {2} from {3} carry traffic at the same time, and none takes over from another: a pair for each processor (RFC 9611), or one for each pair of subnets. That an answer comes in another pair than its request is no fault then.":
    "{1} 的 {0} 个和 {3} 的 {2} 个 ESP SA 同时承载流量，且没有哪一个取代另一个：每个处理器一对（RFC 9611），或每一对子网一对。此时应答使用与请求不同的一对并不是故障。",
  "first packet of one of the SAs from {0}": "{0} 的其中一个 SA 的首个报文",
  "the SAs at either end: for processors and duplicates their selectors are equal, for subnets they differ":
    "任意一端的 SA：按处理器建立的或重复的，其流量选择器相同；按子网建立的则不同",
  "Packets for the tunnel leave in clear": "应进入隧道的报文以明文发出",
  "Packets between private networks leave the gateway without ESP, over the same link and towards the same next hop as its ESP did. They are lost at the next router at best; anybody on the way can read them.":
    "私网之间的报文没有经过 ESP 就离开网关，与其 ESP 使用同一链路和同一下一跳。最好的情况是在下一台路由器丢弃；途中任何人都能读取。",
  "Packets between private addresses with the MAC addresses and VLAN of a public gateway's IKE or ESP: while its tunnel is up and it sends no ESP, within a minute after its last ESP, or as replies to what is decrypted. Not what comes within 5 ms of an ESP packet; not in cooked captures of version 1, nor between private gateways.":
    "私有地址之间的报文，其 MAC 地址和 VLAN 与某公网网关的 IKE 或 ESP 相同：在其隧道建立而没有发送 ESP 期间、在其最后一个 ESP 之后一分钟内，或作为对已解密报文的应答。ESP 报文 5 ms 之内的报文不计；版本 1 的 cooked 抓包和私网网关之间不作此结论。",
  "Keep them from leaving when the tunnel is down: a trap policy, or a blocking route to the other network.":
    "在隧道中断时阻止它们发出：使用 trap 策略，或为对端网络配置阻断路由。",
  "Exempt the tunnel's traffic from NAT, before the masquerading rule.":
    "在源 NAT（masquerade）规则之前，将隧道的流量从 NAT 中排除。",
  "Compare the inner addresses in the finding with the selectors of the Child SA: what does not match is not encrypted.":
    "把结论中的内部地址与 Child SA 的流量选择器比较：不匹配的不会被加密。",
  "{0} more such flows are there.": "另有 {0} 条这样的流。",
  "a packet from {0} to {1} leaves {2} in clear": "{0} 发往 {1} 的一个报文以明文离开 {2}",
  "A packet from {0} to {1} leaves in clear, over the same link and towards the same next hop as IKE and ESP of {2}. {3}{4}":
    "{0} 发往 {1} 的一个报文以明文发出，与 {2} 的 IKE 和 ESP 使用同一链路和同一下一跳。{3}{4}",
  "{0} packets from {1} to {2} leave {3} in clear": "{1} 发往 {2} 的 {0} 个报文以明文离开 {3}",
  "{0} packets from {1} to {2}{3} leave in clear, over the same link and towards the same next hop as IKE and ESP of {4}. {5}{6}":
    "{1} 发往 {2} 的 {0} 个报文{3}，以明文发出，与 {4} 的 IKE 和 ESP 使用同一链路和同一下一跳。{5}{6}",
  "Later ESP flows again, so it was for a time only.": "之后又有 ESP，说明只是暂时的。",
  "first packet in clear, {0} -> {1}, IP protocol {2}": "首个明文报文，{0} -> {1}，IP 协议 {2}",
  "a capture on the next router: what is in clear there was sent in clear":
    "在下一台路由器抓包：那里的明文就是以明文发出的",
  "The capture of the other end shows packets between these addresses that came out of the tunnel (decrypted from ESP, frame of the first: {0}), so these belong into it.":
    "另一端的抓包显示，这些地址之间有从隧道中出来的报文（由 ESP 解密，首帧：{0}），因此这些报文本应进入隧道。",
  "Packets of the opposite direction come out of the tunnel (decrypted from ESP, frame of the first: {0}), so these belong into it.":
    "反方向的报文是从隧道中解密出来的（首个的帧为 {0}），因此这些报文应当进入隧道。",
  "The tunnel is up and {0} has sent no ESP at all: what should be encrypted is not.":
    "隧道已建立，而 {0} 完全没有发送 ESP：应当加密的没有加密。",
  "They begin {0} after the last ESP packet of {1}, and no ESP of it passes meanwhile: without a tunnel the same traffic goes out in clear.":
    "它们在 {1} 的最后一个 ESP 报文之后 {0} 开始，其间没有该主机的 ESP：没有隧道时，同样的流量以明文发出。",
  "ESP of {0} flows at the same time, so other traffic is encrypted; whether these addresses belong into the tunnel is not known.":
    "同一时间有 {0} 的 ESP，说明其他流量被加密；这些地址是否应当进入隧道则无法得知。",
  "Decrypted packets are shown beside their ESP": "解密后的报文与其 ESP 一同显示",
  "On a Linux gateway a sniffer sees what comes in twice: as ESP, and once more in clear when it has been decrypted. The packets in clear were never on the wire.":
    "在 Linux 网关上，抓包工具会看到两次进入的报文：一次为 ESP，一次为解密后的明文。明文报文并没有在线路上传输。",
  "Packets in clear with a private address that each come within 5 ms after an ESP packet on the same link, in the same direction.":
    "带私有地址的明文报文，在同一链路、同一方向上均出现在某个 ESP 报文之后 5 ms 之内。",
  "Nothing to do: it is no leak. A capture on the next router shows ESP only.":
    "无需处理：这不是泄漏。在下一台路由器上抓包只会看到 ESP。",
  "{0} decrypted packets are shown beside their {1}": "{0} 个解密后的报文与其 {1} 一同显示",
  "{0} packets in clear ({1} -> {2}{3}) each come within 5 ms after an {4} packet on the same link: the capturing host shows what it has decrypted. They were not on the wire in clear.":
    "{0} 个明文报文（{1} -> {2}{3}）均出现在同一链路上某个 {4} 报文之后 5 ms 之内：抓包主机显示了它解密的内容。它们并没有以明文在线路上传输。",
  "and others": "等",
  "in clear right after {0}, {1} -> {2}": "紧随 {0} 的明文，{1} -> {2}",
  "ESP packets fail their integrity check": "ESP 报文完整性校验失败",
  "The ICV at the end of ESP packets does not fit their content, so the receiver drops them: they were damaged on the way, or the two ends compute the ICV in different ways.":
    "ESP 报文末尾的 ICV 与其内容不符，接收方因此丢弃：报文在途中损坏，或两端计算 ICV 的方式不同。",
  "With keys (`--keys`): packets of a stream whose ICV is wrong under the key that opens others of it, or an ICV of another length than the state says. With `ip -s xfrm state` of the receiver (`--with`): its counter `failed` of an inbound SPI of the capture is not 0. Critical from half of the packets on.":
    "有密钥（`--keys`）时：某条流中，用能解密其他报文的密钥校验时 ICV 错误的报文，或 ICV 长度与状态不符。有接收方的 `ip -s xfrm state`（`--with`）时：抓包中某个入方向 SPI 的 `failed` 计数不为 0。达到报文的一半时为严重。",
  "If only some fail: look for what changes packets on the way: a device that rewrites them, a faulty interface or its offload (ethtool -K DEV gro off, tso off, esp-hw-offload off), a link with bit errors.":
    "如果只有一部分失败：查找途中改变报文的原因：改写报文的设备、有故障的接口或其卸载功能（ethtool -K DEV gro off、tso off、esp-hw-offload off）、有误码的链路。",
  "If all fail: compare the algorithms of both states. HMAC-SHA2-256 with 96 bits (Linux before 2.6.33, old Android and Cisco) does not fit 128 bits: sha256_96=yes at the modern end, or another algorithm.":
    "如果全部失败：比较两端状态的算法。96 位的 HMAC-SHA2-256（2.6.33 之前的 Linux、旧版 Android 和 Cisco）与 128 位的不兼容：在较新的一端设置 sha256_96=yes，或改用其他算法。",
  "nstat -az | grep XfrmInStateProtoError, twice: does it grow?":
    "执行两次 nstat -az | grep XfrmInStateProtoError：计数是否增长？",
  "A receiver with that state cuts the packet at the wrong place and drops every one of them.":
    "使用该状态的接收方会在错误的位置截取报文，并丢弃每一个报文。",
  "ESP, wrong ICV": "ESP，ICV 错误",
  "They were changed after the ICV was computed; a receiver drops them and counts XfrmInStateProtoError. If the capture was taken at the sender, that sender's interface or the capture itself changed them.":
    "它们在加密封装之后被改变；接收方会丢弃并计入 XfrmInStateProtoError。如果抓包是在发送方进行的，则是该发送方的接口或抓包本身改变了它们。",
  "None was right: the two ends compute the ICV in different ways, or have different keys.":
    "没有一个正确：两端计算 ICV 的方式不同，或密钥不同。",
  "So the keys are right, and packets are damaged on the way or by an interface.":
    "因此密钥是正确的，报文在途中或被接口损坏。",
  "With `ip xfrm state` as `--keys` ikescope tells which of the packets here they are.":
    "以 `ip xfrm state` 作为 `--keys` 时，ikescope 可指出是这里的哪些报文。",
  "{0} sends ICVs of {1} bits, the state says {2} (SPI {3})":
    "{0} 发送 {1} 位的 ICV，而状态为 {2} 位（SPI {3}）",
  "The packets of SPI {0} from {1} carry an HMAC-SHA2-256 of {2} bits; the source of the keys ({3}) says {4} bits.":
    "{1} 的 SPI {0} 的报文带有 {2} 位的 HMAC-SHA2-256；密钥来源（{3}）为 {4} 位。",
  "ICV of {0} bits": "{0} 位的 ICV",
  "{0} of {1} ESP packets tried have a wrong ICV ({2} to {3}, SPI {4})":
    "所验证的 {1} 个 ESP 报文中，{0} 个的 ICV 错误（{2} 到 {3}，SPI {4}）",
  "The key of {0} opens {1} packets of SPI {2}; of {3} that were tried {4} have another ICV.":
    "{0} 的密钥解密了 SPI {2} 的 {1} 个报文；所验证的 {3} 个中，{4} 个的 ICV 不符。",
  "{0} dropped {1} of {2} ESP packets for a wrong ICV (SPI {3})":
    "{0} 因 ICV 错误丢弃了 {2} 个 ESP 报文中的 {1} 个（SPI {3}）",
  "The state of SPI {0} at {1} has counted {2} packets whose ICV was wrong, and {3} that were right, since it was made.":
    "{1} 上 SPI {0} 的状态自建立以来，计有 {2} 个 ICV 错误的报文和 {3} 个正确的报文。",
  "state {0}: failed {1}": "状态 {0}：failed {1}",
  "The sequence numbers of {0} from {1} to {2} leave out {3} of {4} ({5}), in {6}, the largest of {7}{8}; none of them came late.":
    "{1} 发往 {2} 的 {0} 序列号中，{4} 个缺失 {3} 个（{5}），共 {6}，最大一处为 {7} 个{8}；没有一个是迟到的。",
  ", the first at {0}, the last at {1}": "，第一处在 {0}，最后一处在 {1}",
  throughout: "贯穿始终",
  "until {0}": "直到 {0}",
  "in one gap at {0}": "集中在 {0} 的一处",
  "in one gap between {0} and {1}": "集中在 {0} 与 {1} 之间的一处",
  "from {0} to {1}": "从 {0} 到 {1}",
  "a longer capture: packets come up to {0} behind here, so those that are missing at its ends may lie outside of it":
    "更长的抓包：这里的报文最多落后 {0} 个，因此在抓包首尾缺失的报文可能落在抓包之外",
  "The counters of the hosts say that what {0} sends does not come to {1}.":
    "两端主机的计数显示 {0} 发送的报文没有到达 {1}。",
};
