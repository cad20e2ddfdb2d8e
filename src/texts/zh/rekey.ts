import type { TextTable } from "../texts.js";

/** Rekeys, re-authentication and lifetimes. */
export const REKEY: TextTable = {
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
  "CREATE_CHILD_SA requests of both sides cross: each is sent before the other one's is answered. A warning if no two deletes follow, if both SAs carry traffic, or if traffic pauses, of both sides or of one.":
    "双方的 CREATE_CHILD_SA 请求交叉：每一个都在另一个得到响应之前发出。如果之后没有两次删除、两个 SA 都承载流量，或双方或一方的流量停顿，则为警告。",
  "Give the sides different lifetimes, or more jitter.": "为两侧配置不同的生存周期，或加大随机抖动。",
  "both sides rekey at the same time ({0})": "双方同时重协商（{0}）",
  "CREATE_CHILD_SA of one side was sent before that of the other was answered ({0}). {1}":
    "一侧的 CREATE_CHILD_SA 在另一侧的得到响应之前发出（{0}）。{1}",
  "CREATE_CHILD_SA request of one side": "一侧的 CREATE_CHILD_SA 请求",
  "CREATE_CHILD_SA request of the other side, before the answer": "另一侧的 CREATE_CHILD_SA 请求，在响应之前",
  "Both new SAs stay, and both carry traffic.": "两个新的 SA 都保留，且都承载流量。",
  "Traffic that was under way stops with it.": "原有的流量随之停止。",
  "ESP of one side pauses with it, while that of the other side goes on.":
    "一侧的 ESP 随之中断，另一侧的 ESP 继续。",
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
  "{0} refuses CREATE_CHILD_SA {1}": "{0} 拒绝 CREATE_CHILD_SA {1}",
  "{0} refuses CREATE_CHILD_SA of {1} {2}, and {3} that of {4} {5}":
    "{0} 拒绝 {1} 的 CREATE_CHILD_SA {2}，{3} 拒绝 {4} 的 {5}",
  ", then traffic stops": "，随后流量停止",
  "{0} asked with CREATE_CHILD_SA {1}, and the answer of {2}": "{0} 发送 CREATE_CHILD_SA {1}，{2} 的响应",
  "Each side refuses what the other one asks for: CREATE_CHILD_SA of {0} is refused {1}, that of {2} {3}. The last answer":
    "每一侧都拒绝另一侧的请求：{0} 的 CREATE_CHILD_SA 被拒绝 {1}，{2} 的被拒绝 {3}。最后一个响应",
  "({0} bytes) has room for one error only, not for a new SA.":
    "（{0} 字节）只容得下一个错误，容不下新的 SA。",
  "is {0} ({1}).": "为 {0}（{1}）。",
  "No ESP follows any more: the old SA has reached its lifetime and there is no new one.":
    "此后不再有 ESP：旧 SA 的生存周期已到，而没有新的 SA。",
  "If it was a rekey, the tunnel drops when the old SA reaches its lifetime, unless a later attempt succeeds; if it asked for a further Child SA, its subnets have no tunnel.":
    "如果是重协商，旧 SA 到达生存周期时隧道将中断，除非之后的尝试成功；如果请求的是另一个 Child SA，则其子网没有隧道。",
  "When the old SA reaches its lifetime, the tunnel drops, unless a later attempt succeeds.":
    "旧 SA 的生存周期结束时隧道会中断，除非之后的尝试成功。",
  "A setup that works and a rekey that does not point at the PFS group: the first child uses the key exchange of the IKE SA, a rekey its own.":
    "建立成功而重协商失败，说明与 PFS 组有关：首个 Child SA 使用 IKE SA 的密钥交换，重协商则使用自己的。",
  "Where both sides refuse, PFS is set at one of them only, or they have no proposal in common.":
    "双方都拒绝时，要么只有一侧配置了 PFS，要么两侧没有共同的提议。",
  "CREATE_CHILD_SA request of {0}": "{0} 的 CREATE_CHILD_SA 请求",
  "CREATE_CHILD_SA request of {0} again": "{0} 再次的 CREATE_CHILD_SA 请求",
  "answer of {0}, {1} bytes: one notify": "{0} 的响应，{1} 字节：一个通知",
  "the requester's log or the decrypted request: whether it has REKEY_SA in it, or asks for a further child (other subnets)":
    "请求方的日志或解密后的请求：其中是否有 REKEY_SA，还是请求新增 Child SA（其他子网）",
  "the decrypted answer: TEMPORARY_FAILURE, because the other side rekeys or deletes at the same time":
    "解密后的响应：TEMPORARY_FAILURE，因为另一侧同时在重协商或删除",
  "{0} refuses {1} like the one that it accepted {2} before{3}":
    "{0} 拒绝{1}，而它在 {2} 前接受过同样的请求{3}",
  "a Quick Mode": "一次 Quick Mode",
  "{0} Quick Modes": "{0} 次 Quick Mode",
  ", then traffic stops and no Child SA follows": "，随后流量停止，也没有新的 Child SA",
  ", and accepts one later": "，之后又接受了一个",
  "One that came later was accepted; where the old SA had ended before it, the tunnel carried nothing in between.":
    "后来的一个被接受；如果旧 SA 在此之前已经结束，则隧道在其间没有传送任何流量。",
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
  "A rekey is never answered": "重协商始终没有响应",
  "CREATE_CHILD_SA, or in IKEv1 a later Quick Mode, repeats and no answer comes. The requester gives up and closes the IKE SA, and the tunnel goes down.":
    "CREATE_CHILD_SA（IKEv1 中为之后的快速模式）反复重传而没有响应。请求方放弃并关闭 IKE SA，隧道随之中断。",
  "CREATE_CHILD_SA is sent at least three times and given up without an answer. IKEv1: so is Quick Mode 1 on an IKE SA that has a Child SA, and nothing else of that side comes since, neither IKE nor ESP.":
    "CREATE_CHILD_SA 至少发送三次，没有响应而放弃。IKEv1：在已有 Child SA 的 IKE SA 上，快速模式报文 1 也是如此，且此后该侧没有任何报文，既无 IKE 也无 ESP。",
  "The peer's log at that time: does the request arrive? If it does not, the path loses it; if it does, the log says why the peer does not answer.":
    "当时对端的日志：请求是否到达？如果没有，是路径丢失的；如果到达了，日志会说明为什么没有响应。",
  "If the tunnel was idle before: a firewall or NAT device on the path has deleted its UDP state; lengthen its UDP timeout.":
    "如果此前隧道空闲：途中的防火墙或 NAT 设备删除了其 UDP 会话；调大其 UDP 老化时间。",
  "If the request is larger than about 1200 bytes: switch on IKE fragmentation at both ends.":
    "如果请求大于约 1200 字节：在两端启用 IKE 分片。",
  "whether {0} answers anything at that time: if not even a liveness check is answered, the rekey is not the cause":
    "{0} 当时是否响应任何报文：如果连 DPD 探测也没有响应，则原因不是重协商",
  "a capture at {0}: whether all IP fragments of the request ({1} bytes) arrive there":
    "在 {0} 抓包：该请求（{1} 字节）的所有 IP 分片是否到达",
  "rekey request ({0}) of {1} never answered ({2})": "{1} 的重协商请求（{0}）始终没有响应（{2}）",
  "{0} sent {1} {2}({3}), and {4} did not answer.": "{0} 发送 {1} {2}（{3}），{4} 没有响应。",
  "{0} after the setup": "（建立后 {0}）",
  "The capture ends while it is still repeated.": "抓包结束时仍在重传。",
  "Then it was given up.": "随后被放弃。",
  "ESP of {0} still comes in, so it is alive and only IKE fails.":
    "{0} 的 ESP 仍在到达，说明它存活，只有 IKE 失败。",
  "CREATE_CHILD_SA request, unanswered": "CREATE_CHILD_SA 请求，无响应",
};
