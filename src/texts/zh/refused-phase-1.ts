import type { TextTable } from "../texts.js";

export const REFUSED_PHASE_1: TextTable = {
  "Compare identities first, type and value: what the initiator sends as its ID must be what the responder expects, and the reverse.":
    "先比较身份标识的类型和值：发起方发送的 ID 必须与响应方期望的一致，反之亦然。",
  "Then the pre-shared key: the same on both sides, without stray blanks, and selected by the right addresses or identities.":
    "再检查预共享密钥：两侧相同、没有多余空格，并由正确的地址或身份标识选中。",
  "With certificates: the chain, the CA at the side that refuses, validity, and subjectAltName against the ID.":
    "使用证书时：检查证书链、拒绝一侧的 CA、有效期，以及 subjectAltName 与 ID 是否一致。",
  "The log of the side that refused names the reason; the wire does not show it.":
    "拒绝一侧的日志会写明原因；在报文中看不到。",
  "Then the authentication method: does the responder require a login by XAUTH? The initiator offers none.":
    "再检查认证方法：响应方是否要求 XAUTH 登录？发起方没有提供。",
  "{0} rejects the authentication ({1}): {2} is answered with INFORMATIONAL{3} instead of {4} ({5}{6})":
    "{0} 拒绝认证（{1}）：{2} 得到的是 INFORMATIONAL{3}，而不是{4}（{5}{6}）",
  "PSK or ID": "预共享密钥或身份标识",
  "certificate or ID": "证书或身份标识",
  "ID, PSK or certificate": "身份标识、预共享密钥或证书",
  "Then identities, type and value: what the initiator sends as its ID must be what the responder expects, and the reverse.":
    "然后比较身份标识的类型和值：发起方发送的 ID 必须与响应方期望的一致，反之亦然。",
  "Compare the pre-shared key: the same on both sides, without stray blanks, and selected by the right addresses or identities.":
    "比较预共享密钥：两侧必须相同，没有多余的空格，并按正确的地址或身份标识选中。",
  "Compare certificates: the chain, the CA at the side that refuses, validity, and subjectAltName against the ID.":
    "比较证书：证书链、拒绝一侧的 CA、有效期，以及 subjectAltName 与 ID 是否一致。",
  "Check the validity of the certificates at both sides, with those of their CAs, and the clocks of both hosts.":
    "检查两侧证书及其 CA 证书的有效期，以及两台主机的时钟。",
  "With a certificate that does not hold, or a wrong identity, {0} refuses it.":
    "证书无效或身份标识错误时，{0} 会拒绝它。",
  "{0} answered the IKE_AUTH request with an encrypted message of {1} bytes.":
    "{0} 以一个 {1} 字节的加密报文响应 IKE_AUTH 请求。",
  "Under {0} a message of that size holds one error notify, and no IDr, AUTH and SA payloads: almost always AUTHENTICATION_FAILED.":
    "按 {0} 计算，这样长度的报文只能容纳一个错误通知，容纳不下 IDr、AUTH 和 SA 载荷：几乎总是 AUTHENTICATION_FAILED。",
  "{0} refuses {1}: the message claims {2}{3}": "{0} 拒绝 {1}：报文称 {2}{3}",
  "{0} answers {1} of {2} with {3} in clear. The message is not authenticated,":
    "{0} 对 {2} 的 {1} 以明文响应 {3}。该报文没有经过认证，",
  "so it claims no more; no other answer contradicts it. The responder is the side that refused: it does not know the identity, or has no key or policy for it.":
    "因此只是自称如此；没有其他响应与之矛盾。拒绝的一侧是响应方：它不认识该身份标识，或没有对应的密钥或策略。",
  "the responder's log: it does not allow Aggressive Mode, or not with a pre-shared key":
    "响应方的日志：它不允许野蛮模式，或不允许以预共享密钥使用野蛮模式",
  "the responder's log: some products report a missing policy for the peer or its proposal this way":
    "响应方的日志：有些产品用这种方式表示没有针对该对端或其提议的策略",
  "{0} is answered with INFORMATIONAL{1} instead of {2} ({3}{4})":
    "{0} 得到的是 INFORMATIONAL{1}，而不是{2}（{3}{4}）",
  "the next message": "下一个报文",
  "{0} never answered ({1}{2}) on a path that works": "路径通畅，但 {0} 始终没有响应（{1}{2}）",
  "Main Mode 1 to 4 went through, so algorithms and path are right.":
    "主模式报文 1 至 4 已通过，说明算法和路径没有问题。",
  "Main Mode 5, the first message under the new keys,": "主模式报文 5 是新密钥下的首个报文，",
  "{0}, with which {1} authenticates itself under the new keys,": "{0} 是 {1} 用新密钥证明自身身份的报文，",
  "Main Mode 6 or Quick Mode": "主模式报文 6 或快速模式",
  "is answered with {0} INFORMATIONAL message{1}{2}.": "得到 {0} 个 INFORMATIONAL 报文{2}。",
  "is repeated and not answered.": "反复重传而没有响应。",
  "With a pre-shared key that differs {0} cannot decrypt it; with a wrong identity it refuses it.":
    "预共享密钥不一致时，{0} 无法解密该报文；身份标识错误时，{0} 会拒绝它。",
  "INFORMATIONAL from the responder": "响应方的 INFORMATIONAL",
  "INFORMATIONAL from {0}": "{0} 的 INFORMATIONAL",
  "the responder's log: it names a decryption or identity error, or shows that the message never came":
    "响应方的日志：会写明解密或身份标识错误，或者表明该报文从未到达",
  "{0} does not accept Aggressive Mode 2{1}{2}": "{0} 不接受野蛮模式报文 2{1}{2}",
  "and sends INFORMATIONAL": "，并发送 INFORMATIONAL",
  "{0} answered with Aggressive Mode 2, which carries its identity and proof. {1}":
    "{0} 以野蛮模式报文 2 响应，其中含有它的身份标识和认证数据。{1}",
  "answers with INFORMATIONAL instead of": "发送的是 INFORMATIONAL，而不是",
  "never sends": "始终没有发送",
  "a capture at the initiator: whether Aggressive Mode 3 leaves there for UDP 4500":
    "在发起方抓包：野蛮模式报文 3 是否从那里发往 UDP 4500",
  "Its program has ended since: copies of Aggressive Mode 2 meet a closed port.":
    "此后它的程序已经退出：野蛮模式报文 2 的重发到达时端口已关闭。",
  "Aggressive Mode 3: it does not accept the proof (pre-shared key) or the identity. The initiator is the side that refused.":
    "野蛮模式报文 3：它不接受认证数据（预共享密钥）或身份标识。拒绝的一侧是发起方。",
  "INFORMATIONAL from the initiator": "发起方的 INFORMATIONAL",
  "{0} does not accept {1} and sends INFORMATIONAL{2}": "{0} 不接受 {1}，并发送 INFORMATIONAL{2}",
  "{0} accepted {1} and sent {2}, which carries its own proof.":
    "{0} 接受了 {1}，并发送了 {2}，其中含有自己的认证数据。",
  "An INFORMATIONAL comes back at once, before anything else was asked, and phase 1 is not used after it. The responder is the side that refused: it does not accept the initiator's certificate, key or identity.":
    "在没有其他请求之前，立即返回 INFORMATIONAL，此后该第一阶段不再使用。拒绝的一侧是响应方：它不接受发起方的证书、密钥或身份标识。",
  "Quick Mode or XAUTH": "快速模式或 XAUTH",
  "a capture at the initiator: whether Aggressive Mode 2 arrives there":
    "在发起方抓包：看野蛮模式报文 2 是否到达",
};
