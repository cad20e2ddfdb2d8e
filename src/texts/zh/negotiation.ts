import type { TextTable } from "../texts.js";

export const NEGOTIATION: TextTable = {
  "IKE_INTERMEDIATE is never answered": "IKE_INTERMEDIATE 始终没有响应",
  "Both sides agreed to exchange more keys (post-quantum methods) in IKE_INTERMEDIATE before the authentication; that message is large, and it or its answer does not arrive.":
    "双方商定在认证之前通过 IKE_INTERMEDIATE 进行额外的密钥交换（后量子算法）；该报文较大，它或它的响应没有到达。",
  "Both sides announce INTERMEDIATE_EXCHANGE_SUPPORTED, and IKE_INTERMEDIATE (exchange type 43) repeats without an answer, in fragments or on a port on which the responder is heard.":
    "双方都通告了 INTERMEDIATE_EXCHANGE_SUPPORTED，而 IKE_INTERMEDIATE（交换类型 43）以分片形式，或在能收到响应方报文的端口上，反复重传而没有响应。",
  "Switch IKE fragmentation on at both ends (RFC 7383), so that the message needs no IP fragments, and lower the fragment size if fragments are lost.":
    "在两端启用 IKE 分片（RFC 7383），使报文无需 IP 分片；如果分片丢失，调小分片长度。",
  "Try once without additional key exchanges: if that works, the path or the implementation of IKE_INTERMEDIATE is at fault; update both.":
    "先不用额外密钥交换试一次：如果成功，则是路径或 IKE_INTERMEDIATE 的实现有问题；升级两端。",
  "Capture at the responder: do all fragments arrive?": "在响应方抓包：所有分片都到达了吗？",
  "as {0} bytes in IP fragments": "{0} 字节，IP 分片",
  "in {0} IKE fragments": "分为 {0} 个 IKE 分片",
  "as {0} bytes in one piece": "{0} 字节，未分片",
  "IKE_INTERMEDIATE {0} never answered ({1}{2})": "IKE_INTERMEDIATE {0} 始终没有响应（{1}{2}）",
  "Both sides announced IKE_INTERMEDIATE{0}, and IKE_SA_INIT was answered.":
    "双方都通告了 IKE_INTERMEDIATE{0}，且 IKE_SA_INIT 得到了响应。",
  ", and agreed on {0} for it": "，并商定使用 {0}",
  "Then {0} sends IKE_INTERMEDIATE {1}, {2}, and nothing comes back.":
    "随后 {0} 发送 IKE_INTERMEDIATE（{1}，{2}），没有任何返回。",
  "The message is small enough for the path: the responder does not answer it, or its answer, which is as large, is lost.":
    "该报文的长度足以通过路径：要么响应方没有响应，要么同样大的响应丢失。",
  "Key material of post-quantum methods does not fit one packet, and what is fragmented is lost on many paths.":
    "后量子算法的密钥材料放不进一个报文，而在许多路径上分片会丢失。",
  "INTERMEDIATE_EXCHANGE_SUPPORTED, agreed": "INTERMEDIATE_EXCHANGE_SUPPORTED，双方商定",
  "IKE_INTERMEDIATE request, unanswered": "IKE_INTERMEDIATE 请求，无响应",
  "a setup without additional key exchanges: if it works, IKE_INTERMEDIATE is at fault, else the responder":
    "不用额外密钥交换的一次建立：如果成功，则是 IKE_INTERMEDIATE 的问题，否则是响应方的问题",
  "a capture at the responder: with all fragments there, the daemon is at fault; without some, the path is":
    "在响应方抓包：如果所有分片都到了，是 IKE 进程的问题；如果缺少分片，是路径的问题",
  "The peers do not find a common key exchange group": "两端没有共同的密钥交换组（DH 组）",
  "The responder asks again and again for another group (INVALID_KE_PAYLOAD), or for one that the initiator never offered.":
    "响应方一再要求使用另一个组（INVALID_KE_PAYLOAD），或者要求发起方从未提议过的组。",
  "INVALID_KE_PAYLOAD answers more than one IKE_SA_INIT of a setup, or each repeat of one, or asks for a group that the offer does not have.":
    "一次建立中有不止一个 IKE_SA_INIT 得到 INVALID_KE_PAYLOAD，或其每次重传都得到，或者要求的组不在提议之中。",
  "Offer the requested group at the initiator, and put it first.": "在发起方提议所要求的组，并放在第一位。",
  "Remove groups at the responder that it does not really accept.": "在响应方删除实际并不接受的组。",
  "Where it asks for another group each time: are several gateways behind its address? Give them the same proposals, and each client to one of them.":
    "如果每次要求的组都不同：该地址后面是否有多台网关？为它们配置相同的提议，并让每个客户端固定到其中一台。",
  "{0} asks for group {1} in turn (INVALID_KE_PAYLOAD, {2} times)":
    "{0} 轮流要求组 {1}（INVALID_KE_PAYLOAD，{2} 次）",
  "{0} answers IKE_SA_INIT with INVALID_KE_PAYLOAD each time: it asks for a group, refuses that when it comes, and asks for another one. So it is not one gateway with one configuration: several with different proposals behind one address look like this.":
    "{0} 每次都以 INVALID_KE_PAYLOAD 应答 IKE_SA_INIT：它要求一个组，收到后又拒绝，再要求另一个组。因此它不是配置单一的一台网关：同一地址后面提议不同的多台网关就是这样。",
  "{0} asks for group {1} again and again (INVALID_KE_PAYLOAD, {2} times)":
    "{0} 一再要求使用组 {1}（INVALID_KE_PAYLOAD，{2} 次）",
  "{0} asks for group {1}, {2} (INVALID_KE_PAYLOAD)": "{0} 要求使用组 {1}，{2}（INVALID_KE_PAYLOAD）",
  "and {0} repeats its request unchanged": "而 {0} 原样重发请求",
  "which {0} does not offer": "而 {0} 没有提议该组",
  "{0} answers IKE_SA_INIT with INVALID_KE_PAYLOAD and asks for {1}. {2}":
    "{0} 以 INVALID_KE_PAYLOAD 响应 IKE_SA_INIT，要求使用 {1}。{2}",
  "The initiator offered that group but does not go on with it{0}.": "发起方提议过该组，但没有用它继续{0}。",
  ": it repeats the same request": "：它重发同一请求",
  "{0} never offered that group, so it cannot go on.": "{0} 从未提议过该组，因此无法继续。",
  "IKE_SA_INIT with group {0}": "IKE_SA_INIT，组 {0}",
  "INVALID_KE_PAYLOAD, asks for {0}": "INVALID_KE_PAYLOAD，要求 {0}",
  "One extra round trip: the initiator guessed another key exchange group":
    "多一次往返：发起方猜错了密钥交换组",
  "The responder asked once for another group and the initiator went on with it. That is normal operation.":
    "响应方要求了一次另一个组，发起方用该组继续。这属于正常过程。",
  "INVALID_KE_PAYLOAD answers one IKE_SA_INIT, and the next one, with the group that was asked for, is accepted.":
    "一个 IKE_SA_INIT 得到 INVALID_KE_PAYLOAD，下一个使用所要求的组并被接受。",
  "Put the group that the responder asks for first in the initiator's proposal to save the round trip.":
    "在发起方的提议中把响应方要求的组放在第一位，可省去这次往返。",
  "the initiator guessed group {0}, the responder asked for {1}: one more round trip":
    "猜测的组为 {0}，要求的组为 {1}：多一次往返",
  "The initiator's first IKE_SA_INIT carried a key for {0}; the responder asked for {1}, and the setup went on with it.":
    "发起方的首个 IKE_SA_INIT 携带 {0} 的密钥；响应方要求 {1}，协商用该组继续。",
  "An IKE message cannot be read as its header says": "IKE 报文与其头部不符，无法解析",
  "A length in the message points beyond it, or its payloads do not follow one another. The capture holds the whole packet, so it was sent so or was changed on the way.":
    "报文中的某个长度超出了报文末尾，或者其载荷不能依次衔接。抓包中有完整的报文，因此它发出时就是这样，或在途中被修改。",
  "A datagram with an IKE header whose length, or the length of a payload, points beyond its end; neither the snap length nor a missing fragment explains it.":
    "带 IKE 头的数据报，其长度或某个载荷的长度超出末尾；截断长度（snaplen）和缺少分片都不能解释。",
  "Capture at the sender too: if the message is whole there, a device on the way changes it; switch off IPsec helpers (ALG, 'IPsec passthrough', inspection of IKE) on routers and firewalls between.":
    "也在发送方抓包：如果报文在那里是完整的，说明途中有设备修改了它；在路由器和防火墙上关闭 IPsec 辅助功能（ALG、IPsec passthrough、IKE 检测）。",
  "If it is broken at the sender: update that implementation, and check that the packets are really IKE.":
    "如果在发送方就已损坏：升级该实现，并确认这些报文确实是 IKE。",
  "{0} IKE message{1} from {2} cannot be read as the header says":
    "来自 {2} 的 {0} 个 IKE 报文与其头部不符，无法解析",
  "{0} sent an IKE message whose lengths do not agree: {1}.": "{0} 发送的 IKE 报文长度不一致：{1}。",
  "The capture holds all of the packet, so it was sent so or changed on the way; the receiver drops such a message, or answers INVALID_SYNTAX.":
    "抓包中有完整的报文，因此它发出时就是这样，或在途中被修改；接收方会丢弃这样的报文，或响应 INVALID_SYNTAX。",
  "a capture at the sender: whole there and broken here means that a device on the way (an ALG) changes it":
    "在发送方抓包：那里完整而此处损坏，说明途中有设备（ALG）修改了它",
  "The peers use different IKEv1 modes": "两端使用不同的 IKEv1 模式",
  "One side opens with main mode and the other expects aggressive mode, or the reverse; the message is refused or not answered.":
    "一侧以主模式发起，另一侧要求野蛮模式，或者相反；报文被拒绝或被忽略。",
  "IKEv1: the first message of one mode is refused with INVALID-EXCHANGE-TYPE or UNSUPPORTED-EXCHANGE-TYPE in clear, or repeats without an answer while the same responder answers the other mode of the same peer.":
    "IKEv1：某一模式的首个报文得到明文的 INVALID-EXCHANGE-TYPE 或 UNSUPPORTED-EXCHANGE-TYPE，或者反复重传而没有响应，而同一响应方却响应同一对端的另一模式。",
  "Configure the same mode at both ends.": "在两端配置相同的模式。",
  "Prefer main mode, or better IKEv2: aggressive mode shows identity and a hash over the pre-shared key in clear.":
    "优先使用主模式，最好使用 IKEv2：野蛮模式会以明文暴露身份标识和基于预共享密钥的哈希。",
  "{0} does not take {1} ({2}{3}){4}": "{0} 不接受 {1}（{2}{3}）{4}",
  ", but answers {0}": "，但响应 {0}",
  "{0} opens with {1} and gets no answer, while {2} answers {3} of the same peer: the path is open, and the mode is what it ignores.":
    "{0} 以 {1} 发起，没有得到响应，而 {2} 响应了同一对端的 {3}：路径是通的，被忽略的是该模式。",
  "{0} opens with {1}, and {2} refuses that exchange type (the message claims so; it is not authenticated).":
    "{0} 以 {1} 发起，{2} 拒绝该交换类型（该报文未经认证，内容不一定可信）。",
  "refused as exchange type": "以交换类型为由拒绝",
  "{0} is answered": "{0}得到响应",
  "a capture at the responder: whether {0} arrives there at all": "在响应方抓包：看 {0} 究竟有没有到达",
  "Aggressive Mode": "野蛮模式",
  "Main Mode": "主模式",
  "The responder accepts none of the offered IKE proposals": "响应方不接受任何一个 IKE 提议",
  "The responder answered with NO_PROPOSAL_CHOSEN: no offered combination of encryption, integrity, PRF and key exchange group is allowed there, or it has no configuration for this peer.":
    "响应方返回 NO_PROPOSAL_CHOSEN：提议中的加密、完整性、PRF 和密钥交换组的组合没有一个被允许，或者它没有针对该对端的配置。",
  "The first message is answered with NO_PROPOSAL_CHOSEN in clear (in IKEv1 by an INFORMATIONAL), and no normal answer overrides it. A client that goes through its offers within seconds until one is accepted is only noted.":
    "首个报文得到明文的 NO_PROPOSAL_CHOSEN（IKEv1 中为 INFORMATIONAL），之后也没有正常的响应。客户端在几秒之内逐个尝试其提议、直到其中一个被接受时，仅作提示。",
  "Compare the initiator's offer with the responder's configuration and align encryption, integrity, PRF and group on one side.":
    "把发起方的提议与响应方的配置比较，在其中一侧调整加密、完整性、PRF 和 DH 组，使两端一致。",
  "a capture that holds the message that is refused: a single notify in clear, which is not authenticated, may be old or forged":
    "包含被拒绝报文的抓包：单个明文通知未经认证，可能是旧报文或伪造的报文",
  "The responder's log prints what it received and what it is configured with.":
    "响应方的日志会列出它收到的提议和它自己的配置。",
  "Check at the responder that a connection exists for this peer's address and IKE version at all: some implementations answer so when there is none.":
    "在响应方检查是否存在针对该对端地址和 IKE 版本的连接：有些实现在没有匹配配置时也这样响应。",
  "{0} refuses the offer: NO_PROPOSAL_CHOSEN{1}": "{0} 拒绝提议：NO_PROPOSAL_CHOSEN{1}",
  "the first message": "第一个报文",
  "{0} answers {1} of {2} with NO_PROPOSAL_CHOSEN (the message claims so; it is not authenticated).":
    "{0} 对 {2} 的 {1} 响应 NO_PROPOSAL_CHOSEN（该报文未经认证，内容不一定可信）。",
  "The offer itself is not in the capture.": "提议本身不在抓包中。",
  "Offered: {0}{1}.": "提议为：{0}{1}。",
  "{0} goes through its offers: the next one is accepted {1} later.":
    "{0} 逐个尝试其提议：{1} 后下一个提议被接受。",
  "{0} with the offer": "{0}，含提议",
  "the responder's log: without any configuration for this peer some daemons answer the same ('no IKE config found')":
    "响应方的日志：没有针对该对端的任何配置时，有些 IKE 进程也这样响应（'no IKE config found'）",
  "A peer refuses the setup with an error in clear": "一端以明文错误拒绝协商",
  "A message of the setup is answered with an error notify, and nothing normal follows. The notify names what the refusing side objects to; its log says more.":
    "协商中的一个报文得到错误通知，之后没有正常的响应。通知指明拒绝的一侧反对什么；其日志有更多说明。",
  "The last message of a setup is answered in clear with an error that no other finding stands for, such as INVALID_SYNTAX, AUTHENTICATION_FAILED in IKE_SA_INIT, PAYLOAD-MALFORMED or BAD-PROPOSAL-SYNTAX (in IKEv1 by an INFORMATIONAL). Possible where the capture does not hold the message that is refused, or the error is one that passes.":
    "协商的最后一个报文得到明文错误，且没有其他结论对应该错误，例如 INVALID_SYNTAX、IKE_SA_INIT 中的 AUTHENTICATION_FAILED、PAYLOAD-MALFORMED 或 BAD-PROPOSAL-SYNTAX（IKEv1 中为 INFORMATIONAL）。如果抓包中没有被拒绝的报文，或者该错误会自行消失，则仅为可能。",
  "Read the refusing side's log at this time: it names the payload, the field or the connection that it objects to.":
    "查看拒绝的一侧在此时刻的日志：其中指明它反对的载荷、字段或连接。",
  "Check at the refusing side that a connection exists for this peer's address, IKE version and exchange mode.":
    "在拒绝的一侧检查是否存在针对该对端地址、IKE 版本和交换模式的连接。",
  "If the client logs in with a user name and password (EAP, in IKE_AUTH without AUTH): the gateway may know no EAP, as Libreswan, or not for this connection. Let the client use the certificate or pre-shared key that the gateway asks for.":
    "如果客户端用用户名和密码登录（EAP，IKE_AUTH 中没有 AUTH）：网关可能不支持 EAP（如 Libreswan），或该连接未启用 EAP。请让客户端使用网关要求的证书或预共享密钥。",
  "INVALID_SYNTAX, PAYLOAD-MALFORMED and the like: capture at both ends and compare the message byte for byte; a device on the way may change it, or one implementation builds what the other cannot read. Offer fewer algorithms and extensions, and update both.":
    "INVALID_SYNTAX、PAYLOAD-MALFORMED 等：在两端同时抓包，逐字节比较该报文；途中的设备可能改动了它，或者一种实现生成的报文另一种无法读取。减少提议的算法和扩展，并升级两端。",
  "a message": "一个报文",
  "{0} refuses {1} of {2}: {3}{4}": "{0} 拒绝 {2} 的 {1}：{3}{4}",
  "{0} answers {1} of {2} with {3} in clear (the message claims so; it is not authenticated), and nothing normal follows in this capture.":
    "{0} 对 {2} 的 {1} 以明文响应 {3}（该报文未经认证，内容不一定可信），在本抓包中之后没有正常的响应。",
  "The responder does not understand an extension that the initiator asks for":
    "响应方不支持发起方要求的扩展",
  "The responder refuses the request itself, not the algorithms: it holds a payload or transform that the responder's implementation does not know, such as additional key exchanges or a post-quantum pre-shared key.":
    "响应方拒绝的是请求本身，而不是算法：请求中含有响应方的实现不认识的载荷或 transform，例如额外密钥交换或后量子预共享密钥。",
  "IKE_SA_INIT is answered with UNSUPPORTED_CRITICAL_PAYLOAD, or with INVALID_SYNTAX if the request holds additional key exchanges, USE_PPK or INTERMEDIATE_EXCHANGE_SUPPORTED; no normal answer follows.":
    "IKE_SA_INIT 得到 UNSUPPORTED_CRITICAL_PAYLOAD；或者请求中含有额外密钥交换、USE_PPK 或 INTERMEDIATE_EXCHANGE_SUPPORTED 时得到 INVALID_SYNTAX；之后没有正常的响应。",
  "Switch the extension off for this peer: additional key exchanges, PPK, IKE_INTERMEDIATE.":
    "对该对端关闭这一扩展：额外密钥交换、PPK、IKE_INTERMEDIATE。",
  "Or update the responder to a version that knows it.": "或者把响应方升级到支持它的版本。",
  "a payload of this request": "该请求中的某个载荷",
  "{0} does not take {1}: {2}{3}": "{0} 不接受 {1}：{2}{3}",
  "{0} answers IKE_SA_INIT of {1} with {2} (the message claims so; it is not authenticated).":
    "{0} 对 {1} 的 IKE_SA_INIT 响应 {2}（该报文未经认证，内容不一定可信）。",
  "{0}, which that implementation does not know.": "{0}，而该实现不认识它。",
  "The request asks for {0}": "请求中要求 {0}",
  "The request has a payload that is marked critical": "请求中有标记为 critical 的载荷",
  "IKE_SA_INIT request with {0}": "IKE_SA_INIT 请求，含 {0}",
  "one attempt without the extension: if it is answered, it was the extension; if it is refused again, the message is changed on the way or is built wrong":
    "不用该扩展试一次：如果得到响应，则是该扩展的问题；如果仍被拒绝，则是报文在途中被修改或构造错误",
  "payload {0}": "载荷 {0}",
  "additional key exchanges (ADDKE)": "额外密钥交换（ADDKE）",
  "The peers speak different IKE versions": "两端使用不同的 IKE 版本",
  "One side uses IKEv1 and the other expects IKEv2, or the reverse.":
    "一侧使用 IKEv1，另一侧要求 IKEv2，或者相反。",
  "A message of one major version is answered with INVALID_MAJOR_VERSION or in the other version, or the initiator tries both versions in turn and only one is answered.":
    "某一主版本的报文得到 INVALID_MAJOR_VERSION 或另一版本的响应；或者发起方轮流尝试两个版本，只有一个得到响应。",
  "Configure the same version at both ends, IKEv2 if both support it.":
    "在两端配置相同的版本，两端都支持时使用 IKEv2。",
  "opens with IKEv{0}": "以 IKEv{0} 发起",
  "answered with IKEv{0}": "以 IKEv{0} 响应",
  "{0} does not take IKEv{1}": "{0} 不接受 IKEv{1}",
  "{0} opens with IKEv{1}, and {2} answers that it does not speak that version (the message claims so; it is not authenticated).":
    "{0} 以 IKEv{1} 发起，{2} 表示不支持该版本（该报文未经认证，内容不一定可信）。",
  "The gateway answered the first message, or IKE_AUTH, with REDIRECT: it is full or in maintenance, or it only distributes clients. The client goes on with the gateway that is named.":
    "网关以 REDIRECT 响应首个报文或 IKE_AUTH：它已满载或在维护，或者只负责分配客户端。客户端转向所指定的网关继续。",
  "The answer to IKE_SA_INIT holds REDIRECT in clear; the gateway that it names is in the notify. Or the client ends the IKE SA after IKE_AUTH and begins another one with another gateway, and says there in REDIRECTED_FROM which one sent it.":
    "IKE_SA_INIT 的响应中含有明文的 REDIRECT；它指定的网关在该通知中。或者客户端在 IKE_AUTH 之后结束 IKE SA，并与另一个网关建立新的 IKE SA，在其中的 REDIRECTED_FROM 里说明是哪个网关让它转向的。",
  "{0} begins an IKE SA with {1} after the answer to IKE_AUTH, and says in REDIRECTED_FROM that {2} sent it there: that answer, which is encrypted, holds REDIRECT and no Child SA. What happens at {3} is another tunnel.":
    "{0} 在收到 IKE_AUTH 的响应之后与 {1} 建立 IKE SA，并在 REDIRECTED_FROM 中说明是 {2} 让它转向的：该响应已加密，其中含有 REDIRECT，没有 Child SA。在 {3} 上发生的事属于另一条隧道。",
  "IKE_AUTH response": "IKE_AUTH 响应",
  "IKE_SA_INIT request with REDIRECTED_FROM": "带有 REDIRECTED_FROM 的 IKE_SA_INIT 请求",
  "a capture at the client: whether it then begins an IKE SA with another gateway, with REDIRECTED_FROM in it":
    "在客户端抓包：它随后是否与另一个网关建立带有 REDIRECTED_FROM 的 IKE SA",
  "The IKE SA is protected with weak algorithms": "IKE SA 使用了弱算法",
  "The chosen suite has an algorithm that the RFCs forbid or advise against: DES, 3DES, MD5, SHA1 as integrity, Diffie-Hellman groups of 1024 bits and less, or no encryption. As information it also names what is ageing, what is only offered, and aggressive mode with a pre-shared key, whose hash can be guessed offline.":
    "选定的套件中含有 RFC 禁止或不建议的算法：DES、3DES、MD5、用作完整性的 SHA1、1024 位及以下的 Diffie-Hellman 组，或不加密。同时以提示形式列出逐渐过时的算法、只提议而未选用的算法，以及使用预共享密钥的野蛮模式（其哈希可被离线猜测）。",
  "The accepted proposal of the IKE SA has an algorithm that RFC 8247 forbids, or 3DES, NULL, HMAC-SHA1 as integrity, or a MODP group of 1024 bits and less; in IKEv1 also DES, IDEA, Blowfish, RC5, CAST and MD5. What an RFC only advises against, what was offered and not chosen, and aggressive mode with a pre-shared key are information.":
    "IKE SA 被接受的提议中含有 RFC 8247 禁止的算法，或 3DES、NULL、用作完整性的 HMAC-SHA1、1024 位及以下的 MODP 组；IKEv1 中还包括 DES、IDEA、Blowfish、RC5、CAST 和 MD5。RFC 只是不建议的、提议而未选用的，以及使用预共享密钥的野蛮模式，只作提示。",
  "Configure AES-GCM (or AES-CBC with SHA2-256) and group 19, 20, 31 or 14 at both ends.":
    "在两端配置 AES-GCM（或 AES-CBC 加 SHA2-256）以及组 19、20、31 或 14。",
  "Put the strong proposal first at both ends, then remove the weak one, so that no tunnel is lost in between.":
    "先在两端把强算法的提议放在第一位，再删除弱算法的提议，以免中途隧道中断。",
  "Use main mode, or better IKEv2, instead of aggressive mode with a pre-shared key.":
    "用主模式，最好用 IKEv2，代替使用预共享密钥的野蛮模式。",
  "the peers chose {0}": "双方选用了 {0}",
  "{0} offered, but not chosen": "提议了 {0}，但没有选用",
  "{0} chose {1} for the IKE SA out of what {2} offered. {3}": "{0} 从 {2} 的提议中为 IKE SA 选用了 {1}。{3}",
  "{0} offers {1} beside better algorithms; the peers did not choose it. Whoever does not need it should not offer it.":
    "{0} 在更好的算法之外还提议了 {1}；双方没有选用。如果不需要，就不应提议。",
  "No setup fails for it, but the protection is below what the RFCs on IKE algorithms allow or recommend.":
    "这不会使建立失败，但保护强度低于 IKE 算法相关 RFC 所允许或建议的水平。",
  "That works and is not known to be broken; the RFCs advise something newer.":
    "它可以工作，目前也未被攻破；RFC 建议使用更新的算法。",
  "{0}: the offer": "{0}：提议",
  "aggressive mode with a pre-shared key": "使用预共享密钥的野蛮模式",
  "Aggressive Mode 1": "野蛮模式报文 1",
  "Main Mode 1": "主模式报文 1",
};
