import type { TextTable } from "../texts.js";

export const CHILD: TextTable = {
  "The Child SA is refused: no common proposal": "Child SA 被拒绝：没有共同的提议",
  "The responder accepts none of the ESP proposals that it is offered for the Child SA.":
    "响应方不接受为 Child SA 提出的任何一个 ESP 提议。",
  "Compare the ESP proposals on both sides, with PFS group.": "比较两侧的 ESP 提议，包括 PFS 组。",
  "the responder's log or the decrypted message: TS_UNACCEPTABLE (IKEv1: INVALID-ID-INFORMATION)":
    "响应方的日志或解密后的报文：TS_UNACCEPTABLE（IKEv1 为 INVALID-ID-INFORMATION）",
  "the responder's log or the decrypted message: NO_PROPOSAL_CHOSEN":
    "响应方的日志或解密后的报文：NO_PROPOSAL_CHOSEN",
  "{0} refuses {1} of {2} Child SAs after the setup; {3} accepted":
    "{0} 在建立后拒绝 {2} 个 Child SA 中的 {1} 个；{3} 个被接受",
  "{0} asks for further Child SAs right after the setup, and {1} answers {2} CREATE_CHILD_SA of them with {3} bytes, which is room for one error notify only.":
    "{0} 在建立后立即请求更多的 Child SA，{1} 对其中 {2} 个 CREATE_CHILD_SA 以 {3} 字节响应，只容得下一个错误通知。",
  "{0} Child SAs are accepted, by requests of the same length too: algorithms and PFS group are right, unless each Child SA has its own; most likely the subnets differ.":
    "{0} 个 Child SA 被接受，其中有相同长度的请求：除非各 Child SA 的配置各不相同，算法和 PFS 组是对的；最可能是子网不一致。",
  "{0} Child SAs are accepted.": "{0} 个 Child SA 被接受。",
  "Find the Child SAs that are not up at either side, and compare their subnets: one side's local must be the other side's remote.":
    "在两侧找出没有建立的 Child SA，比较它们的子网：一侧的本地子网必须是另一侧的远端子网。",
  "Compare the ESP proposals of these Child SAs, where each has its own.":
    "如果各 Child SA 有各自的 ESP 提议，比较这些 Child SA 的提议。",
  "The peers authenticate, but the Child SA is refused": "认证成功，但 Child SA 被拒绝",
  "The IKE SA comes up, yet the SA that would carry traffic does not: its proposal or its traffic selectors are not accepted, or the responder has no inner address for a client that needs one.":
    "IKE SA 已建立，但用于承载流量的 SA 没有建立：其提议或流量选择器（感兴趣流）没有被接受，或者响应方没有内部地址可分配给需要它的客户端。",
  "If the initiator is a client: whether the responder's address pool is used up (INTERNAL_ADDRESS_FAILURE), or the client asks for no address (FAILED_CP_REQUIRED).":
    "如果发起方是客户端：检查响应方的地址池是否用尽（INTERNAL_ADDRESS_FAILURE），或者客户端没有请求地址（FAILED_CP_REQUIRED）。",
  "The log of the side that refuses says which it was: TS_UNACCEPTABLE, NO_PROPOSAL_CHOSEN or these.":
    "拒绝方的日志会说明是哪一种：TS_UNACCEPTABLE、NO_PROPOSAL_CHOSEN 或上述两种。",
  "IKEv2: the answer to IKE_AUTH is too long for one notify and too short for SA, TSi and TSr under the negotiated suite, and neither ESP nor another child follows; or the initiator deletes the Child SA right after that answer, before any ESP, and keeps the IKE SA. IKEv1: quick mode 1 is answered with an INFORMATIONAL instead of quick mode 2; or (suspected) one side deletes both phases within half a second of Quick Mode 3, before any ESP. The log of either end (`--with`) says it where no internal address was given.":
    "IKEv2：在协商出的套件下，IKE_AUTH 的响应比一个通知长，但容不下 SA、TSi 和 TSr，此后既没有 ESP 也没有另一个 Child SA；或者发起方在收到该响应后、尚无任何 ESP 时立即删除 Child SA，而保留 IKE SA。IKEv1：快速模式报文 1 得到的是 INFORMATIONAL，而不是快速模式报文 2；或者（怀疑）一方在快速模式报文 3 之后半秒内、尚无任何 ESP 时删除两个阶段。没有分配到内部地址时，任一端的日志（`--with`）会说明。",
  "Compare the subnets on both sides: one side's local must be the other side's remote.":
    "比较两侧的子网（感兴趣流）：一侧的本端子网必须是另一侧的对端子网，即互为镜像。",
  "Compare the subnets on both sides, where one side's local must be the other side's remote, and the mode: tunnel or transport.":
    "比较两侧的子网（一侧的本端必须是另一侧的对端）和模式：隧道模式或传输模式。",
  "Compare the ESP proposals, with PFS group.": "比较 ESP 提议，包括 PFS 组。",
  "The log of the side that refuses says which it was: TS_UNACCEPTABLE or NO_PROPOSAL_CHOSEN.":
    "拒绝方的日志会说明是哪一种：TS_UNACCEPTABLE 或 NO_PROPOSAL_CHOSEN。",
  "{0} authenticates but refuses the Child SA (answer of {1} bytes, no ESP)":
    "{0} 认证成功但拒绝 Child SA（响应为 {1} 字节，没有 ESP）",
  "The IKE_AUTH response of {0} bytes is too long for a bare error and too short to hold SA, TSi and TSr beside the":
    "{0} 字节的 IKE_AUTH 响应比一个单独的错误通知长，但除认证数据外容不下 SA、TSi 和 TSr，",
  "CREATE_CHILD_SA, which asks for it again, is refused too ({0}).":
    "再次请求它的 CREATE_CHILD_SA 也被拒绝（{0}）。",
  "answer to CREATE_CHILD_SA, one error notify": "对 CREATE_CHILD_SA 的响应，一个错误通知",
  "authentication, and no ESP of it follows. The IKE SA is up{0}, the Child SA was refused by {1}.":
    "此后也没有它的 ESP。IKE SA 已建立{0}，Child SA 被 {1} 拒绝。",
  "and alive": "且仍然存活",
  "IKE_AUTH response, {0} bytes: no room for SA, TSi, TSr": "IKE_AUTH 响应，{0} 字节：容不下 SA、TSi、TSr",
  "{0} deletes the first Child SA {1} after {2} made it, and keeps the IKE SA":
    "{2} 建立首个 Child SA 后 {1}，{0} 将其删除，但保留 IKE SA",
  "{0} answered IKE_AUTH with a Child SA, and {1} later {2} sent an INFORMATIONAL of exactly the length of Delete of one Child SA, answered with the same.":
    "{0} 在 IKE_AUTH 的响应中建立了 Child SA，{1} 后 {2} 发送了一个 INFORMATIONAL，长度恰好等于删除一个 Child SA，其响应长度相同。",
  "No ESP came of it. {0} does not accept what {1} chose: tunnel mode instead of transport mode, or traffic selectors that are narrower than it needs.":
    "此后没有它的 ESP。{0} 不接受 {1} 的选择：用隧道模式代替了传输模式，或流量选择器（感兴趣流）比它需要的窄。",
  "{0} deletes the tunnel {1} after Quick Mode 3, before any ESP":
    "快速模式报文 3 之后 {1}，尚无任何 ESP，{0} 就删除了隧道",
  "Both phases succeed. {0} after Quick Mode 3 {1} sends two INFORMATIONAL messages right behind each other, as Delete of the IPsec SAs and of the ISAKMP SA are, and nothing follows.":
    "两个阶段都成功。快速模式报文 3 之后 {0}，{1} 紧接着发送了两个 INFORMATIONAL，如同删除 IPsec SA 和 ISAKMP SA 的报文，此后再无报文。",
  "{0} does not accept the outcome, or fails to install it, or what uses the tunnel there (L2TP) gives up at once; {1} accepted everything.":
    "{0} 不接受协商结果，或未能安装它，或那里使用隧道的程序（L2TP）立即放弃；{1} 接受了全部内容。",
  "INFORMATIONAL, as a delete; nothing follows": "INFORMATIONAL，如同删除；此后再无报文",
  "the log of {0}: whether somebody ended the tunnel on purpose": "{0} 的日志：是否有人有意结束了隧道",
  "The log of the side that deletes says why it does not keep the tunnel.":
    "删除隧道的一方的日志会说明它为何不保留隧道。",
  "With L2TP: whether the L2TP daemon of the other side runs and listens on UDP 1701.":
    "使用 L2TP 时：对端的 L2TP 进程是否在运行并监听 UDP 1701。",
  "IKE_AUTH response with the Child SA": "建立 Child SA 的 IKE_AUTH 响应",
  "INFORMATIONAL of the length of Delete of one Child SA": "长度等于删除一个 Child SA 的 INFORMATIONAL",
  "its answer, of the same length": "其响应，长度相同",
  "the log of {0}: whether it wants other traffic selectors, or another mode, than {1} chose":
    "{0} 的日志：它要求的流量选择器或模式是否与 {1} 选择的不同",
  "{0} refuses the first Child SA (CREATE_CHILD_SA answered with {1} bytes: one error notify)":
    "{0} 拒绝首个 Child SA（CREATE_CHILD_SA 的响应为 {1} 字节：一个错误通知）",
  "The IKE SA was set up without a Child SA. {0} then asked for one with CREATE_CHILD_SA, and the answer of":
    "IKE SA 建立时没有 Child SA。随后 {0} 通过 CREATE_CHILD_SA 请求一个，而",
  "{0} ({1} bytes) has room for one error notify only.": "{0} 的响应（{1} 字节）只容得下一个错误通知。",
  "CREATE_CHILD_SA request": "CREATE_CHILD_SA 请求",
  "answer of {0} bytes: one error notify": "{0} 字节的响应：一个错误通知",
  "{0} is refused with INFORMATIONAL{1}": "{0} 被 INFORMATIONAL 拒绝{1}",
  "Phase 1 is up. The first quick mode message is answered with a short INFORMATIONAL from the other side instead of Quick Mode 2:":
    "第一阶段已建立。首个快速模式报文得到的是另一侧短的 INFORMATIONAL，而不是快速模式报文 2：",
  "it does not accept the proposal or the proxy IDs.": "它不接受提议或感兴趣流（proxy ID）。",
  "INFORMATIONAL instead of Quick Mode 2": "INFORMATIONAL（应为快速模式报文 2）",
  "Quick Mode 2": "快速模式报文 2",
  "The responder narrows the traffic selectors": "响应方缩小了流量选择器（感兴趣流）的范围",
  "The Child SA is for fewer addresses than the initiator asked for: traffic of the rest finds no tunnel, or asks for another one.":
    "Child SA 的地址范围小于发起方请求的范围：其余流量没有隧道可用，或会另外请求一个。",
  "The traffic selectors of an answer to IKE_AUTH or CREATE_CHILD_SA, opened with keys, hold fewer addresses, ports or protocols than those of the request.":
    "对 IKE_AUTH 或 CREATE_CHILD_SA 的响应中（用密钥解密），流量选择器的地址、端口或协议少于请求中的。",
  "If a host outside of the narrower range cannot be reached: make the subnets the same on both sides.":
    "如果缩小后范围之外的主机不可达：把两侧的子网配置为一致。",
  "If the initiator is a client that asks for everything, this is how it gets its part: nothing to do.":
    "如果发起方是请求全部地址的客户端，这就是它获得自己那一部分的方式：无需处理。",
  "{0} narrows the Child SA to {1}; {2} was asked for": "{0} 把 Child SA 缩小为 {1}；请求的是 {2}",
  "{0} asks for {1}, and {2} grants {3} ({4}). What lies outside is not in this tunnel.":
    "{0} 请求 {1}，{2} 给予 {3}（{4}）。范围之外的流量不在该隧道中。",
  "The Child SA is refused: traffic selectors": "Child SA 被拒绝：流量选择器（感兴趣流）",
  "The responder accepts none of the traffic selectors that it is offered for the Child SA.":
    "响应方不接受为 Child SA 提出的任何一个流量选择器。",
  "Phase 1 is up, but quick mode is never answered": "第一阶段已建立，但快速模式始终没有响应",
  "The first quick mode message is repeated and no second one comes back.":
    "首个快速模式报文反复重传，而第二个没有返回。",
  "Quick mode 1 repeats on an IKE SA that is up, and neither quick mode 2 nor an INFORMATIONAL comes back. A warning beside a Child SA that works, if it is sent at least three times and other packets of that side follow.":
    "快速模式报文 1 在已建立的 IKE SA 上反复重传，既没有快速模式报文 2 也没有 INFORMATIONAL 返回。如果另有 Child SA 正常工作，该报文至少发送三次，且之后仍有对方的其他报文，则为警告。",
  "Compare proxy IDs (subnets), ESP proposal and PFS group: many IKEv1 responders say nothing when they do not match.":
    "比较感兴趣流（proxy ID，即子网）、ESP 提议和 PFS 组：不匹配时，许多 IKEv1 响应方不作任何响应。",
  "The responder's log names the mismatch.": "响应方的日志会写明哪一项不匹配。",
  "{0} never answered ({1})": "{0} 始终没有响应（{1}）",
  "Phase 1 is up. {0} was sent {1}, and nothing came back. Many IKEv1 responders stay silent when proxy IDs, ESP proposal or PFS group do not match.":
    "第一阶段已建立。{0} 已发送（{1}），没有任何返回。感兴趣流、ESP 提议或 PFS 组不匹配时，许多 IKEv1 响应方不作响应。",
  "{0} never answers a further Quick Mode of {1} ({2}{3})":
    "{0} 始终不响应 {1} 的又一个快速模式请求（{2}{3}）",
  ", {0} requests": "，{0} 个请求",
  "The tunnel has a Child SA. {0} asks for another one by Quick Mode 1 ({1}), and {2}, whose packets still come, does not answer.":
    "该隧道已有 Child SA。{0} 用快速模式报文 1（{1}）请求另一个，而 {2} 不作响应，尽管它的报文仍然到来。",
  "Many IKEv1 responders stay silent when proxy IDs, ESP proposal or PFS group do not match. If it asks for further subnets, these have no tunnel; if it is a rekey, the tunnel drops when the old SA reaches its lifetime.":
    "感兴趣流、ESP 提议或 PFS 组不匹配时，许多 IKEv1 响应方不作响应。如果请求的是其他子网，则这些子网没有隧道；如果是重协商，则旧 SA 的生存周期结束时隧道中断。",
  "Quick Mode 1, unanswered": "快速模式报文 1，没有响应",
  "the log of {0}: whether it rekeys, or asks for a Child SA of other subnets":
    "{0} 的日志：它是在重协商，还是在请求其他子网的 Child SA",
  "a capture at the responder: whether Quick Mode 2 leaves there": "在响应方抓包：看快速模式报文 2 是否发出",
  "Quick mode stops before its third message": "快速模式停在第三个报文之前",
  "The second quick mode message arrives and is repeated, and the third never comes: the answering side does not install the SA.":
    "第二个快速模式报文已到达并反复重传，而第三个始终没有出现：响应的一侧没有安装 SA。",
  "Quick mode 1 is not repeated, quick mode 2 is, at least three times, and quick mode 3 never comes; or it comes each time and has no effect: the requester sends ESP and the answering side none.":
    "快速模式报文 1 没有重传，报文 2 至少重传三次，而报文 3 始终没有出现；或者每次都出现但没有效果：请求方发送 ESP，响应的一侧没有。",
  "The asking side's log: whether it accepts Quick Mode 2 and sends Quick Mode 3.":
    "请求一侧的日志：它是否接受快速模式报文 2 并发送报文 3。",
  "If it does: that packet is lost on the way; capture at the answering side.":
    "如果发送了：该报文在途中丢失；在响应的一侧抓包。",
  "Quick Mode 2 was sent {0}": "快速模式报文 2 已发送 {0}",
  "Quick Mode 3 of {0} never came ({1})": "{0} 的快速模式报文 3 始终没有出现（{1}）",
  "Quick Mode 3 of {0} has no effect ({1})": "{0} 的快速模式报文 3 没有作用（{1}）",
  "{0} asked with Quick Mode 1 once, so it received the answer; {1} sent Quick Mode 2 again and again ({2}),":
    "{0} 只发送了一次快速模式报文 1，说明它收到了响应；{1} 反复发送快速模式报文 2（{2}），",
  "because its daemon does not get Quick Mode 3. {0} does not install the SA before it: what {1} encrypts is dropped there.":
    "因为其 IKE 进程没有收到快速模式报文 3。在此之前 {0} 不会安装 SA：{1} 加密的报文在那里被丢弃。",
  "Captured near {0}: Quick Mode 3 leaves there ({1}), so it is lost on the way to {2}, or refused there.":
    "抓包点靠近 {0}：快速模式报文 3 从那里发出（{1}），因此它在前往 {2} 的途中丢失，或在那里被拒绝。",
  "Captured near {0}: Quick Mode 3 arrives there ({1}), so that host drops it, or its daemon refuses it.":
    "抓包点靠近 {0}：快速模式报文 3 到达了那里（{1}），因此该主机丢弃了它，或其 IKE 进程拒绝了它。",
  "Quick Mode 3 passes this point ({0}), so it is lost between here and {1}, or refused there.":
    "快速模式报文 3 经过了抓包点（{0}），因此它在此处与 {1} 之间丢失，或在那里被拒绝。",
  "Quick Mode 2, Quick Mode 3 does not follow": "快速模式报文 2，此后没有报文 3",
  "Quick Mode 3": "快速模式报文 3",
  "the log of {0}: it received Quick Mode 2 and does not accept what is in it":
    "{0} 的日志：它收到了快速模式报文 2，但不接受其内容",
  "a capture at {0}: whether Quick Mode 2 arrives, and Quick Mode 3 leaves":
    "在 {0} 抓包：看快速模式报文 2 是否到达、报文 3 是否发出",
  "Captured near {0}: it does not send Quick Mode 3 at all, so its own log has the reason.":
    "抓包点靠近 {0}：它根本没有发送快速模式报文 3，原因在它自己的日志中。",
  "Captured near {0}: either {1} does not send it, or it is lost on the way.":
    "抓包点靠近 {0}：要么 {1} 没有发送，要么在途中丢失。",
  "Either {0} does not send it, or it is lost before this point.":
    "要么 {0} 没有发送，要么在到达抓包点之前丢失。",
  "as much as SA, TSi and TSr take, and no ESP of it follows. Beside certificates and notifies of other lengths it may be whole, so the lengths alone do not prove it.":
    "恰好相当于 SA、TSi 和 TSr 的长度，之后没有它的 ESP。旁边的证书和通知长度不同时它也可能是完整的，因此仅凭长度不能证明。",
  "{0} authenticates but seems to refuse the Child SA (answer of {1} bytes, another of {2})":
    "{0} 认证成功，但看来拒绝了 Child SA（响应为 {1} 字节，另一次为 {2} 字节）",
  "The IKE_AUTH response of {0} bytes is {1} bytes shorter than the one to a request of the same length in another setup of these peers,":
    "{0} 字节的 IKE_AUTH 响应，比同一对端另一次建立中对相同长度请求的响应短 {1} 字节，",
  "The IKE_AUTH response of {0} bytes is {1} bytes shorter than the one that {2}, whose tunnel carries traffic, gets for a request of the same length,":
    "{0} 字节的 IKE_AUTH 响应比 {2}（其隧道正在承载流量）对同样长度的请求所得到的响应短 {1} 字节，",
  "IKE_AUTH response to {0}, {1} bytes": "给 {0} 的 IKE_AUTH 响应，{1} 字节",
  "a capture of UDP 500 and 4500 with whole packets, which holds the algorithms: the client may authenticate in another way, or get no virtual address":
    "完整抓取 UDP 500 和 4500 的报文，其中有算法：该客户端可能使用其他认证方式，或不获取虚拟地址",
  "as much as SA, TSi and TSr take, and no ESP of it follows. The capture does not hold the algorithms, so the lengths alone do not prove it.":
    "正好是 SA、TSi 和 TSr 所占的长度，此后也没有它的 ESP。抓包中没有算法，因此仅凭长度不能证明。",
  "IKE_AUTH response, {0} bytes": "IKE_AUTH 响应，{0} 字节",
  "NO_PROPOSAL_CHOSEN in the answer to IKE_AUTH, CREATE_CHILD_SA or quick mode. The notify is encrypted: with keys (`--keys`) it is read, with the log of either end (`--with`) the daemon says it; without both `child-rejected` says that the Child SA was refused, and not why.":
    "IKE_AUTH、CREATE_CHILD_SA 或快速模式的响应中为 NO_PROPOSAL_CHOSEN。该通知是加密的：有密钥（`--keys`）时可以读取，有任意一端的日志（`--with`）时由 IKE 进程说明；两者都没有时，`child-rejected` 只说明 Child SA 被拒绝，不说明原因。",
  "TS_UNACCEPTABLE (IKEv1: INVALID-ID-INFORMATION) in the answer to IKE_AUTH, CREATE_CHILD_SA or quick mode. The notify is encrypted: with keys (`--keys`) it is read, with the log of either end (`--with`) the daemon says it; without both `child-rejected` says that the Child SA was refused, and not why.":
    "IKE_AUTH、CREATE_CHILD_SA 或快速模式的响应中为 TS_UNACCEPTABLE（IKEv1 为 INVALID-ID-INFORMATION）。该通知是加密的：有密钥（`--keys`）时可以读取，有任意一端的日志（`--with`）时由 IKE 进程说明；两者都没有时，`child-rejected` 只说明 Child SA 被拒绝，不说明原因。",
};
