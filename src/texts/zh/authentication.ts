import type { TextTable } from "../texts.js";

export const AUTHENTICATION: TextTable = {
  "Authentication fails": "认证失败",
  "The peers agree on algorithms, then the one that checks the other's identity and credentials refuses it.":
    "双方已就算法达成一致，随后验证对方身份和凭据的一侧拒绝了对方。",
  "the first round": "第一轮",
  "whatever suite was chosen": "（无论选用哪个套件）",
  "{0} rejects the authentication ({1}){2}": "{0} 拒绝认证（{1}）{2}",
  "each side rejects the authentication of the other one ({0}){1}": "双方都拒绝对方的认证（{0}）{1}",
  "Both sides begin setups, and each is refused by the other one: what each of them has does not fit the other side's configuration.":
    "双方都发起建立，且都被对方拒绝：双方各自的参数都与对方的配置不符。",
  "The responder is the side that refused.": "拒绝的一侧是响应方。",
  "IKE_AUTH response, {0} bytes: one notify at most": "IKE_AUTH 响应，{0} 字节：最多容纳一个通知",
  "the log of either end: the initiator objects to the answer, so it may be NO_PROPOSAL_CHOSEN or TS_UNACCEPTABLE alone, for the Child SA":
    "任一端的日志：发起方对该响应提出了异议，因此它可能只是针对 Child SA 的 NO_PROPOSAL_CHOSEN 或 TS_UNACCEPTABLE",
  "the responder's log: INVALID_SYNTAX or UNSUPPORTED_CRITICAL_PAYLOAD have the same length":
    "响应方的日志：INVALID_SYNTAX 或 UNSUPPORTED_CRITICAL_PAYLOAD 的长度相同",
  "a capture at {0}: whether the TRANSACTION arrives there, and an answer leaves":
    "在 {0} 抓包：TRANSACTION 是否到达，响应是否发出",
  "The initiator refuses the responder's authentication": "发起方拒绝响应方的认证",
  "The responder accepted and sent a whole IKE_AUTH response; the initiator answers it at once with one notify or delete, or with nothing, and drops the IKE SA.":
    "响应方已接受并发送了完整的 IKE_AUTH 响应；发起方立即回以一个通知或删除，或者不作任何回应，并放弃该 IKE SA。",
  "The responder's answer to IKE_AUTH is long enough for identity, AUTH and a Child SA; the initiator's next message is an INFORMATIONAL of one notify or delete at once, and no ESP follows. Or (possible) it leaves such answers without a word, uses none of these IKE SAs and begins anew: three setups in a row with equal requests on a back-off, or three with certificates in the answer, within two minutes each, or five without, within 30 s each; behind NAT three with equal requests, within two minutes each; or one alone with certificates in the answer and no room for any in the request, as with EAP, if nothing follows for 30 s where ESP would be seen. Or, in IKEv1, it meets each copy of Main Mode 6 with an INFORMATIONAL.":
    "响应方对 IKE_AUTH 的响应长度足以容纳身份标识、AUTH 和 Child SA；发起方的下一个报文立即就是含一个通知或删除的 INFORMATIONAL，此后没有 ESP。或者（“可能”）发起方对这样的响应不作任何回应，不使用这些 IKE SA 并重新开始：以同样的请求按退避间隔连续三次建立；或响应中有证书时连续三次，间隔不超过两分钟；没有证书时连续五次，间隔不超过 30 秒；在 NAT 之后以同样的请求连续三次，间隔不超过两分钟；或者单独一次：响应中有证书而请求容不下证书（如 EAP），并且在能看到 ESP 的抓包中 30 秒内没有后续。或者在 IKEv1 中，它对主模式报文 6 的每一份都以 INFORMATIONAL 回应。",
  "{0} does not go on after the IKE_AUTH response, in {1} setups":
    "{0} 收到 IKE_AUTH 响应后不再继续，共 {1} 次建立",
  "{0} answers IKE_AUTH each time, the last time with {1} bytes. {2} does not ask again, so the answer arrives; it sends nothing more on that IKE SA, neither a message nor a delete nor ESP, and begins another one after about {3}, in {4} setups.":
    "{0} 每次都响应 IKE_AUTH，最后一次为 {1} 字节。{2} 没有重传请求，说明响应已到达；它在该 IKE SA 上再也不发送任何内容（没有报文、没有删除，也没有 ESP），约 {3} 后又开始另一个，共 {4} 次建立。",
  "The answer has room for certificates: a client that does not trust the gateway's certificate, or misses its own name for the gateway in it, stops without a word (Windows: error 13801; Libreswan: a certificate that has expired or whose CA it does not know). One that waits for its user, or does not know the EAP method, looks the same.":
    "该响应容得下证书：客户端如果不信任网关的证书，或证书中没有它所用的网关名称，就会不作任何回应地停止（Windows：错误 13801；Libreswan：证书已过期或其 CA 未知）。等待用户输入或不支持该 EAP 方法的客户端看起来也一样。",
  "It does not accept something in the answer: the responder's identity, its authentication, or what it chose for the Child SA. A gateway that begins EAP and sends no certificate looks the same: iOS does not ask for one and needs it (strongSwan: send_cert = always).":
    "它不接受响应中的某项内容：响应方的身份标识、其认证，或它为 Child SA 所选的参数。启动 EAP 却不发送证书的网关看起来也一样：iOS 不请求证书，却需要它（strongSwan：send_cert = always）。",
  "{0} does not go on after the IKE_AUTH response (capture goes on for {1})":
    "{0} 收到 IKE_AUTH 响应后不再继续（其后抓包还持续了 {1}）",
  "{0} answers IKE_AUTH with {1} bytes, room for certificates; the request of {2} has room for none, as that of a client that authenticates itself by EAP, whose next round follows at once. Nothing of {3} follows, neither a message nor ESP.":
    "{0} 以 {1} 字节响应 IKE_AUTH，容得下证书；{2} 的请求容不下证书，与用 EAP 认证的客户端一样，这种客户端会立即发出下一轮。此后没有 {3} 的任何内容，既没有报文也没有 ESP。",
  "A client that does not trust the gateway's certificate, or misses its own name for the gateway in it, stops without a word (Windows: error 13801). One that waits for its user, or does not know the EAP method, looks the same.":
    "客户端如果不信任网关的证书，或证书中没有它所用的网关名称，就会不作任何回应地停止（Windows：错误 13801）。等待用户输入或不支持该 EAP 方法的客户端看起来也一样。",
  "IKE_AUTH request, no room for a certificate": "IKE_AUTH 请求，容不下证书",
  "the initiator's configuration: authenticated by a pre-shared key it is up with this answer, and idle":
    "发起方的配置：如果用预共享密钥认证，有了该响应它就已建立，只是空闲",
  "IKE_AUTH response; nothing follows": "IKE_AUTH 响应；此后没有任何报文",
  "a capture without a filter: whether ESP of these setups flows, and something else ends them, such as a client that is restarted":
    "不带过滤器抓包：看这些建立的 ESP 是否流动，而由其他原因使其结束，例如客户端被重启",
  "the client's log: whether it refuses the certificate of the gateway, or does not know the EAP method, or waits for its user":
    "客户端的日志：它是拒绝了网关的证书，还是不支持该 EAP 方法，或是在等待用户输入",
  "Read the initiator's log: it names the reason (no trusted certificate, constraint check, identity mismatch).":
    "看发起方的日志：会写明原因（没有受信任的证书、约束检查、身份标识不符）。",
  "Compare the identity that the responder sends with the one that the initiator expects.":
    "比较响应方发送的身份标识与发起方期望的身份标识。",
  "Install the CA of the responder's certificate at the initiator, and check its validity, subjectAltName and extended key usage.":
    "在发起方安装响应方证书的 CA，并检查其有效期、subjectAltName 和扩展密钥用途。",
  "{0} ends the IKE SA directly after the IKE_AUTH response{1}": "{0} 在 IKE_AUTH 响应之后立即结束 IKE SA{1}",
  "{0} accepted: its IKE_AUTH response is long enough to hold everything. {1} answers it {2} ms later with a short INFORMATIONAL, room for one notify or delete, and the IKE SA is not used after that.":
    "{0} 已接受：它的 IKE_AUTH 响应长度足以容纳全部内容。{1} 在 {2} ms 之后回以一个短的 INFORMATIONAL（只容得下一个通知或删除），此后该 IKE SA 不再使用。",
  "The initiator is the side that refused: it does not accept the responder's identity, certificate or key.":
    "拒绝的一侧是发起方：它不接受响应方的身份标识、证书或密钥。",
  "IKE_AUTH response, whole": "IKE_AUTH 响应，完整",
  "INFORMATIONAL: one notify or delete": "INFORMATIONAL：一个通知或删除",
  "Quick Mode 1": "快速模式报文 1",
  "{0} objects to each copy of Main Mode 6{1}": "{0} 对主模式报文 6 的每一份都提出异议{1}",
  "{0} ends the IKE SA right after Main Mode 6{1}": "{0} 在主模式报文 6 之后立即结束 IKE SA{1}",
  "{0} accepted: it sent Main Mode 6. {1} answers it {2} ms later with an INFORMATIONAL instead of {3}, and asks for no Child SA.":
    "{0} 已接受：它发送了主模式报文 6。{1} 在 {2} ms 之后发送的是 INFORMATIONAL，而不是{3}，也没有请求 Child SA。",
  "Main Mode 6": "主模式报文 6",
  "INFORMATIONAL from the initiator instead of {0}": "发起方的 INFORMATIONAL（应为{0}）",
  "the answer to the XAUTH request": "对 XAUTH 请求的应答",
  "a longer capture, or the client: whether it answers the XAUTH request when its user has typed":
    "更长的抓包，或客户端：用户输入后它是否响应 XAUTH 请求",
  "the initiator's log: an orderly end (a test, one-shot script) deletes without any complaint before":
    "发起方的日志：正常结束（测试、一次性脚本）时，删除之前不会有任何报错",
  "ESP or another message of this IKE SA": "ESP 或该 IKE SA 的其他报文",
  "at most a notify": "最多一个通知",
  "A certificate has expired": "证书已过期",
  "A certificate that a peer sends, in clear or opened with keys, was past its validity when it was sent, and the other side goes no further. Only IKEv1 aggressive mode shows certificates in clear; if they are encrypted, an expired one looks like any failing authentication, until keys (`--keys`) open it.":
    "某一端发送的证书（明文，或用密钥解密）在发送时已过有效期，另一侧不再继续。只有 IKEv1 野蛮模式以明文显示证书；证书被加密时，过期证书与任何认证失败看起来相同，除非用密钥（`--keys`）解密。",
  "A certificate in clear, as aggressive mode sends them, or opened with keys, whose notAfter lies before the time of the capture; the other side answers with an INFORMATIONAL or goes no further. If it goes on, it is information.":
    "明文证书（野蛮模式发送的那种）或用密钥解密的证书，其 notAfter 早于抓包时间；另一侧响应 INFORMATIONAL 或不再继续。如果它继续，则只作提示。",
  "Renew the named certificate at the side that sends it, with its whole chain, and reload it there.":
    "在发送该证书的一侧更新证书及其完整的证书链，并重新加载。",
  "If the named certificate is that of a CA: renew it at every peer that trusts it, before those that it signed.":
    "如果所列证书是 CA 证书：先在每个信任它的对端更新它，再更新由它签发的证书。",
  "If it expired minutes or hours ago only: compare the clocks of both peers first ('timedatectl', 'chronyc tracking').":
    "如果只过期了几分钟或几小时：先比较两端的时钟（'timedatectl'、'chronyc tracking'）。",
  "A certificate is not valid yet": "证书尚未生效",
  "The validity of a certificate that a peer sends in clear begins after it was sent, and the other side goes no further. Nearly always a clock is wrong: that of the CA when it signed, or that of the side that refuses.":
    "某一端以明文发送的证书，其有效期开始于发送之后，另一侧不再继续。几乎总是某个时钟有误：签发时 CA 的时钟，或拒绝一侧的时钟。",
  "A certificate in clear, as aggressive mode sends them, whose notBefore lies after the time of the capture; the other side answers with an INFORMATIONAL or goes no further. If it goes on, it is information.":
    "明文证书（野蛮模式发送的那种），其 notBefore 晚于抓包时间；另一侧响应 INFORMATIONAL 或不再继续。如果它继续，则只作提示。",
  "Compare the clocks of both peers and of the CA with the time of this capture ('timedatectl', 'chronyc tracking'), and let all of them follow NTP.":
    "把两端和 CA 的时钟与本次抓包的时间比较（'timedatectl'、'chronyc tracking'），并让它们都与 NTP 同步。",
  "If the clocks are right: wait until the validity begins, or have the certificate issued again.":
    "如果时钟都正确：等到证书生效，或重新签发证书。",
  "EAP authentication fails": "EAP 认证失败",
  "The gateway accepted IKE_AUTH and spoke EAP with the client, then ended it with a message that has room for EAP-Failure or an error notify only.":
    "网关接受了 IKE_AUTH 并与客户端进行了 EAP，然后以一个只容得下 EAP-Failure 或一个错误通知的报文结束。",
  "Several rounds of IKE_AUTH are answered, the last answer has room for EAP-Failure or one notify only, and the client goes no further.":
    "若干轮 IKE_AUTH 得到响应，最后一个响应只容得下 EAP-Failure 或一个通知，客户端不再继续。",
  "Read the log of the AAA server (RADIUS) for this user and time: wrong password, locked or expired account, a policy that does not allow VPN.":
    "查看 AAA 服务器（RADIUS）针对该用户和时间的日志：密码错误、账号锁定或过期、策略不允许 VPN。",
  "Check that client and server use the same EAP method (EAP-MSCHAPv2, EAP-TLS, PEAP), and with EAP-TLS the client's certificate and the CA at the server.":
    "检查客户端和服务器是否使用相同的 EAP 方法（EAP-MSCHAPv2、EAP-TLS、PEAP）；使用 EAP-TLS 时，检查客户端证书和服务器上的 CA。",
  "Gateway: the shared secret and address of the AAA server.": "网关：AAA 服务器的共享密钥和地址。",
  "EAP fails: {0} ends it after IKE_AUTH round {1} with {2}{3}":
    "EAP 失败：{0} 在 IKE_AUTH 第 {1} 轮之后以 {2} 结束{3}",
  "The capture does not hold the algorithms of this IKE SA, but its lengths beside each other tell. The last answer of {0} to IKE_AUTH has {1} bytes, too few to accept the client and a Child SA. Instead of the next round {2} sends an INFORMATIONAL of {3} bytes, room for one notify, and the IKE SA is not used after that.":
    "抓包中没有该 IKE SA 的算法，但各报文长度相互比较即可判断。{0} 对 IKE_AUTH 的最后一个响应只有 {1} 字节，不足以接受客户端和 Child SA。{2} 没有发送下一轮，而是发送了 {3} 字节的 INFORMATIONAL（只够一个 notify），此后该 IKE SA 不再使用。",
  "{0} answered {1} round{2} of IKE_AUTH, none with EAP-Success. Instead of the next round {3} sends a short INFORMATIONAL, room for one notify, and the IKE SA is not used after that.":
    "{0} 响应了 {1} 轮 IKE_AUTH，其中没有 EAP-Success。{3} 没有进行下一轮，而是发送一个短的 INFORMATIONAL（只容得下一个通知），此后该 IKE SA 不再使用。",
  "So EAP goes when the server refuses a password and asks for another, or when the initiator does not accept the server or the method.":
    "服务器拒绝密码并要求重新输入，或者发起方不接受服务器或认证方法时，EAP 就会这样。",
  "IKE_AUTH request of round {0}": "第 {0} 轮 IKE_AUTH 请求",
  "IKE_AUTH response of round {0}": "第 {0} 轮 IKE_AUTH 响应",
  "INFORMATIONAL from the initiator instead of the next round": "发起方的 INFORMATIONAL（应为下一轮）",
  "the initiator's log: it names a refused password, or what it does not accept of the server":
    "发起方的日志：会写明密码被拒绝，或它不接受服务器的哪一点",
  "EAP fails: {0} ends it in IKE_AUTH round {1} with {2}{3}":
    "EAP 失败：{0} 在 IKE_AUTH 第 {1} 轮以 {2} 结束{3}",
  "{0} bytes": "{0} 字节",
  "{0} answered {1} round{2} of IKE_AUTH, as EAP needs them, and ended the last with a message of {3} bytes,":
    "{0} 按 EAP 的需要响应了 {1} 轮 IKE_AUTH，最后以一个 {3} 字节的报文结束，",
  "after which {0} did not go on. {1}The responder, or the AAA server behind it, is the side that refused.":
    "此后 {0} 没有继续。{1}拒绝的一侧是响应方，或其后的 AAA 服务器。",
  "It has room for EAP-Failure or one notify, no more.": "它只容得下 EAP-Failure 或一个通知。",
  "first IKE_AUTH request": "首个 IKE_AUTH 请求",
  "IKE_AUTH response, {0} bytes: EAP-Failure or one notify":
    "IKE_AUTH 响应，{0} 字节：EAP-Failure 或一个通知",
  "the initiator's log: the last answer was EAP-Success or a short request, and the initiator went no further":
    "发起方的日志：最后一个响应是 EAP-Success 或一个短请求，而发起方没有继续",
  "EAP authentication stops in the middle": "EAP 认证中途停止",
  "Some rounds of IKE_AUTH are answered, then one never is, or the client leaves the same round without going on in attempt after attempt.":
    "若干轮 IKE_AUTH 得到响应，之后有一轮始终没有响应；或者客户端在多次尝试中都停在同一轮而没有继续。",
  "Some rounds of IKE_AUTH are answered, then a request repeats without an answer; or each attempt stops after the same round, or one does, and the capture goes on for 5 s (suspected from 30 s on).":
    "若干轮 IKE_AUTH 得到响应，之后某个请求反复重传而没有响应；或者每次尝试都停在同一轮之后；或仅一次尝试在某一轮之后停止，而抓包又持续了 5 s（满 30 s 起为疑似）。",
  "the next round, which may wait for a user,": "下一轮（可能在等待用户输入）",
  "EAP stops after IKE_AUTH round {0}: {1} does not go on (capture goes on for {2})":
    "EAP 在 IKE_AUTH 第 {0} 轮之后停止：{1} 不再继续（此后抓包持续 {2}）",
  "{0} answers round {1} of IKE_AUTH, which cannot be the last one, and {2} neither asks again nor sends the next one. {3}":
    "{0} 应答了 IKE_AUTH 第 {1} 轮（不可能是最后一轮），而 {2} 既不重发也不发送下一轮。{3}",
  "If the gateway does not answer: check that its AAA server answers ('tcpdump -n udp port 1812' at the gateway), and how long it takes.":
    "如果网关没有响应：检查其 AAA 服务器是否应答（在网关上执行 'tcpdump -n udp port 1812'），以及需要多长时间。",
  "With EAP-TLS or PEAP: lower the EAP fragment size so that no round needs IP fragments.":
    "使用 EAP-TLS 或 PEAP 时：调小 EAP 分片长度，使每一轮都不需要 IP 分片。",
  "If the client does not go on: its log; it may not trust the gateway's certificate, not know the EAP method, or wait for its user.":
    "如果客户端没有继续：看它的日志；它可能不信任网关的证书、不支持该 EAP 方法，或在等待用户输入。",
  "EAP stops at IKE_AUTH round {0}: never answered ({1}{2})":
    "EAP 停在 IKE_AUTH 第 {0} 轮：始终没有响应（{1}{2}）",
  "{0} answered the rounds of IKE_AUTH before, so the path is open; then {1} sends round {2} ({3}) and gets nothing. A responder that waits for its AAA server looks like this. The message is not fragmented ({4} bytes).":
    "{0} 响应了之前各轮 IKE_AUTH，说明路径是通的；随后 {1} 发送第 {2} 轮（{3}）而没有得到任何响应。正在等待 AAA 服务器的响应方就是这种现象。该报文没有分片（{4} 字节）。",
  "answer to the round before": "上一轮的响应",
  "IKE_AUTH request of round {0}, unanswered": "第 {0} 轮 IKE_AUTH 请求，无响应",
  "whether the answer is large (EAP-TLS): a fragmented answer that is lost looks the same near the initiator":
    "响应是否较大（EAP-TLS）：在发起方附近看，丢失的分片响应与此现象相同",
  "the next round": "下一轮",
  "EAP stops at IKE_AUTH round {0}: answered only after {1} ({2}{3})":
    "EAP 停在 IKE_AUTH 第 {0} 轮：{1} 之后才得到响应（{2}{3}）",
  "{0} asked for round {1} of IKE_AUTH ({2}) and stopped asking; {3} answered {4} after the first attempt, and nothing follows. A responder looks like this if it waits for its AAA server until that times out.":
    "{0} 请求了 IKE_AUTH 第 {1} 轮（{2}）后不再请求；{3} 在首次尝试的 {4} 之后才响应，此后没有后续报文。等待 AAA 服务器直到超时的响应方就是这种现象。",
  "the answer, too late": "响应，太晚",
  "EAP stops after IKE_AUTH round {0} in {1} attempts: {2} does not go on":
    "EAP 在 {1} 次尝试中都停在 IKE_AUTH 第 {0} 轮之后：{2} 没有继续",
  "{0} answers round {1} of IKE_AUTH each time, and {2} never sends the next one, in {3} attempts. {4}":
    "{0} 每次都响应 IKE_AUTH 第 {1} 轮，而 {2} 在 {3} 次尝试中始终没有发送下一轮。{4}",
  "The answer does not suit the initiator (certificate of the gateway, EAP method, missing password): the capture near it has the answer, and no next message leaves.":
    "发起方不接受该响应（网关证书、EAP 方法、缺少密码）：抓包点靠近它，响应已到达，而没有发出下一个报文。",
  "Either the answer does not suit the initiator (certificate of the gateway, EAP method, missing password), or its next message is lost before this point.":
    "要么发起方不接受该响应（网关证书、EAP 方法、缺少密码），要么它的下一个报文在到达抓包点之前丢失。",
  "answer to round {0}; nothing follows": "第 {0} 轮的响应；此后没有后续报文",
  "the initiator's log: it names what it does not accept of the answer":
    "发起方的日志：会写明它不接受响应的哪一点",
  "a capture at the initiator: the next message leaves, large, and is lost on the way":
    "在发起方抓包：下一个报文较大，已发出但在途中丢失",
  "Only one side uses a post-quantum pre-shared key": "只有一侧使用后量子预共享密钥（PPK）",
  "The initiator asks for a post-quantum pre-shared key (PPK) in the keys, the responder does not announce it, and the initiator stops there, as it must if the key is mandatory.":
    "发起方要求在密钥中混入后量子预共享密钥（PPK），响应方没有通告支持，发起方在此停止（PPK 为必选时必须如此）。",
  "USE_PPK stands in the IKE_SA_INIT request and not in the accepted answer, and the initiator never sends IKE_AUTH.":
    "IKE_SA_INIT 请求中有 USE_PPK，被接受的响应中没有，而发起方始终没有发送 IKE_AUTH。",
  "Configure the same PPK and PPK identity at both ends.": "在两端配置相同的 PPK 和 PPK 标识。",
  "Or make it optional at the initiator.": "或者在发起方把它设为可选。",
  "Check that the responder's version supports RFC 8784.": "检查响应方的版本是否支持 RFC 8784。",
  "{0} asks for a PPK (USE_PPK), {1} does not announce it, and the setup stops{2}":
    "{0} 要求 PPK（USE_PPK），{1} 不要求，建立停止{2}",
  "{0} sends USE_PPK in IKE_SA_INIT; the answer of {1} goes on without it. IKE_AUTH, which must follow, never comes: an initiator whose post-quantum pre-shared key is mandatory gives up here.":
    "{0} 在 IKE_SA_INIT 中发送 USE_PPK；{1} 的响应中没有它。随后必须发送的 IKE_AUTH 始终没有出现：后量子预共享密钥为必选的发起方会在此放弃。",
  "IKE_SA_INIT request with USE_PPK": "含 USE_PPK 的 IKE_SA_INIT 请求",
  "IKE_SA_INIT response without USE_PPK; nothing follows":
    "不含 USE_PPK 的 IKE_SA_INIT 响应；此后没有后续报文",
  "IKE_SA_INIT response without USE_PPK": "不含 USE_PPK 的 IKE_SA_INIT 响应",
  "IKE_INTERMEDIATE response; nothing follows": "IKE_INTERMEDIATE 响应；此后没有任何报文",
  "the initiator's log: whether it gave up because the peer does not support PPK":
    "发起方的日志：它是否因对端不支持 PPK 而放弃",
  "the initiator's log: it says that the peer does not support PPK, or it sent IKE_AUTH, which is lost":
    "发起方的日志：会写明对端不支持 PPK，或表明它发送了 IKE_AUTH 而该报文丢失",
  "The XAUTH login does not come to an end": "XAUTH 登录没有完成",
  "IKEv1 phase 1 is up, then the login of the user (XAUTH) or the assignment of an address (mode config) stops: a message is never answered, or the gateway ends the IKE SA.":
    "IKEv1 第一阶段已建立，随后用户登录（XAUTH）或地址分配（mode config）停止：某个报文始终没有响应，或者网关结束了 IKE SA。",
  "IKEv1 phase 1 is up, a message of a transaction exchange repeats without an answer, or the gateway ends the IKE SA during it, or the client right at the answer to its request for an address or at the result of the login, and no quick mode follows.":
    "IKEv1 第一阶段已建立，TRANSACTION 交换的报文反复重传而没有响应，或者网关在此期间结束了 IKE SA，或者客户端一收到对其地址请求的应答或登录结果就结束了它，且没有快速模式。",
  "{0} does not accept the answer to its request for an address, and ends the setup{1}":
    "{0} 不接受对其地址请求的应答，并结束了建立过程{1}",
  "Phase 1 is up and the login is through. {0} asks for its address by TRANSACTION (mode config), {1} answers with {2} bytes, and at once {3} sends INFORMATIONAL and asks for no quick mode: the answer lacks what it needs, most often an address, for the gateway has no pool for it or none is free.":
    "第一阶段已建立，登录已通过。{0} 通过 TRANSACTION（模式配置）请求地址，{1} 以 {2} 字节应答，{3} 随即发送 INFORMATIONAL 且不再请求快速模式：应答中缺少它需要的内容，多半是地址，因为网关没有为它配置地址池，或没有空闲地址。",
  "TRANSACTION: request of the client": "TRANSACTION：客户端的请求",
  "TRANSACTION: the gateway's answer": "TRANSACTION：网关的应答",
  "INFORMATIONAL from the client": "来自客户端的 INFORMATIONAL",
  "the client's log: whether it misses an attribute in the answer, or its user ended it":
    "客户端的日志：是应答中缺少某个属性，还是用户结束了它",
  "At the gateway: does the connection of this client have an address pool, with addresses free? Its log says which address it assigned, or that it has none.":
    "在网关上：该客户端的连接是否配置了地址池，并有空闲地址？其日志会写明分配了哪个地址，或没有地址可分配。",
  "The client's log names the attribute that it misses (address, netmask, DNS).":
    "客户端的日志会指明它缺少的属性（地址、掩码、DNS）。",
  "the initiator's log: whether it deletes the Child SA alone, as it does not accept the responder's traffic selectors, and keeps the IKE SA":
    "发起方的日志：它是否因不接受响应方的流量选择器而只删除了子 SA，并保留 IKE SA",
  "gives the client no address": "没有给客户端分配地址",
  "Read the gateway's log for the user: does the AAA server answer, and accept? Some gateways (racoon) tell a used-up address pool as a refused login.":
    "看网关针对该用户的日志：AAA 服务器是否应答，是否接受？有些网关（racoon）把地址池耗尽报告为登录被拒绝。",
  "Check that both ends are configured for XAUTH, and the same way.":
    "检查两端是否都配置了 XAUTH，且方式一致。",
  "At the client: stored or asked-for password, and one-time passwords that need more time.":
    "在客户端：密码是已保存还是需要输入，以及需要更多时间的一次性密码。",
  "the XAUTH request of {0} is never answered ({1}{2})": "{0} 的 XAUTH 请求始终没有响应（{1}{2}）",
  "the XAUTH login never completes: TRANSACTION is answered, and no quick mode follows{0}":
    "XAUTH 登录没有完成：TRANSACTION 得到响应，但没有快速模式{0}",
  "XAUTH ends with INFORMATIONAL from {0}, and no quick mode follows{1}":
    "XAUTH 以 {0} 的 INFORMATIONAL 结束，没有快速模式{1}",
  "Phase 1 is up, so algorithms, keys and path are right. {0} sends a TRANSACTION (XAUTH or mode config), and {1} never answers it: {2}.":
    "第一阶段已建立，说明算法、密钥和路径没有问题。{0} 发送 TRANSACTION（XAUTH 或 mode config），而 {1} 始终没有响应：{2}。",
  "the client waits for its user, or is not set up for XAUTH": "客户端在等待用户输入，或没有配置 XAUTH",
  "the gateway waits for its AAA server, or is not set up for it": "网关在等待 AAA 服务器，或没有配置 XAUTH",
  "Phase 1 is up and {0} asks for the login by TRANSACTION (XAUTH), which is answered. Then nothing comes any more from either side, and no quick mode: the gateway waits for its AAA server, or it refused the login and both sides forgot the IKE SA.":
    "第一阶段已建立，{0} 通过 TRANSACTION（XAUTH）要求登录并得到响应。此后两侧都不再有任何报文，也没有快速模式：网关在等待 AAA 服务器，或者它拒绝了登录，双方都丢弃了该 IKE SA。",
  "Phase 1 is up and TRANSACTION messages (XAUTH or mode config) pass. Then {0} sends an INFORMATIONAL and the client asks for no quick mode: the gateway ended the login. It, or the AAA server behind it, is the side that refused.":
    "第一阶段已建立，TRANSACTION 报文（XAUTH 或 mode config）已通过。随后 {0} 发送 INFORMATIONAL，客户端没有请求快速模式：网关结束了登录。拒绝的一侧是网关，或其后的 AAA 服务器。",
  "answer to it; nothing follows": "对它的响应；此后没有后续报文",
  "{0} ends the IKE SA at the result of XAUTH{1}": "{0} 在收到 XAUTH 结果时结束 IKE SA{1}",
  "Phase 1 is up. {0} asks for the login by TRANSACTION (XAUTH), {1} answers, and at the next TRANSACTION, the result, {2} ends the IKE SA instead of answering: the gateway, or the AAA server behind it, refused user or password.":
    "第一阶段已建立。{0} 通过 TRANSACTION（XAUTH）要求登录，{1} 作出应答；在下一个 TRANSACTION（结果）之后，{2} 没有应答而是结束 IKE SA：网关或其后的 AAA 服务器拒绝了用户名或密码。",
  "INFORMATIONAL from the client; no quick mode follows": "客户端的 INFORMATIONAL；此后没有快速模式",
  "INFORMATIONAL from the responder; nothing follows": "响应方的 INFORMATIONAL；此后没有后续报文",
  "no quick mode follows the result of XAUTH{0}": "XAUTH 的结果之后没有快速模式{0}",
  "Phase 1 is up, {0} asks for the login by TRANSACTION (XAUTH) and then tells its result, both answered and encrypted. Nothing follows from either side, and no quick mode: the login was refused and both sides forgot the IKE SA, or the client begins quick mode only when something asks for the tunnel.":
    "第一阶段已建立，{0} 用 TRANSACTION（XAUTH）要求登录，然后告知结果，两者都有响应且已加密。此后双方都没有任何报文，也没有快速模式：登录被拒绝且双方都放弃了 IKE SA，或者客户端仅在有流量需要该隧道时才开始快速模式。",
  "traffic for the tunnel at the client: whether Quick Mode follows, or the gateway's log: whether the login failed":
    "客户端上是否有进入隧道的流量：随后是否出现 Quick Mode；或查看网关日志：登录是否失败",
  "the gateway's log: whether the login failed, or the SA was ended for another reason":
    "网关的日志：是登录失败，还是因其他原因结束了 SA",
  "the next TRANSACTION or Quick Mode": "下一个 TRANSACTION 或快速模式报文",
  "Quick Mode": "快速模式",
  "IKEv2: the answer to IKE_AUTH is no longer than one bare notify under the negotiated suite, and nothing follows on that IKE SA, or it is AUTHENTICATION_FAILED in clear. Main mode: message 5 repeats, or is answered with an INFORMATIONAL, on a path that works. Aggressive mode: message 2 is met by an INFORMATIONAL, or message 3 never comes, or is met by one at once. The log of the side that refuses (`--with`) names the cause and makes it certain.":
    "IKEv2：在协商出的套件下，IKE_AUTH 的响应不长于一个单独的通知，且该 IKE SA 上此后没有后续报文，或者响应为明文的 AUTHENTICATION_FAILED。主模式：报文 5 在通畅的路径上反复重传，或得到 INFORMATIONAL。野蛮模式：报文 2 之后出现 INFORMATIONAL，或报文 3 始终没有出现，或报文 3 之后立即出现 INFORMATIONAL。拒绝一侧的日志（`--with`）会写明原因，使结论成为确定。",
  "The two ends of an IKEv1 phase 1 have different keys": "IKEv1 第一阶段的两端密钥不同",
  "In IKEv1 the keys of phase 1 depend on the pre-shared key. The key of one end opens the messages of its own side only: the pre-shared keys differ.":
    "在 IKEv1 中，第一阶段的密钥取决于预共享密钥。一端的密钥只能解密自己一侧的报文：预共享密钥不一致。",
  "Keys or logs of both ends (`--keys`, twice): of one IKEv1 phase 1 the messages of the initiator open with the key of one, and those of the responder with the key of the other. Keys of one end: they open what that end sends and, whatever the IV, not the INFORMATIONAL or Main Mode 5 of the other; likely then.":
    "两端的密钥或日志（两次 `--keys`）：同一个 IKEv1 第一阶段中，发起方的报文只能用其中一个密钥解密，响应方的报文只能用另一个解密。只有一端的密钥时：它能解密该端发送的报文，而无论使用什么 IV 都不能解密另一端的 INFORMATIONAL 或主模式报文 5；此时结论为很可能。",
  "Set the same pre-shared key at both ends: without stray blanks or a line end, in the same form (text, 0x.., 0s..).":
    "在两端设置相同的预共享密钥：没有多余空格或换行，形式相同（文本、0x..、0s..）。",
  "If it is the same: each end may select another one of several. In main mode a key is chosen by address, before any identity is known.":
    "如果已经相同：每一端可能从多个密钥中选用了不同的一个。在主模式中，密钥在得知身份标识之前按地址选择。",
  "the pre-shared keys of {0} and {1} differ{2}": "{0} 和 {1} 的预共享密钥不一致{2}",
  "{0} of {1} is {2}, and {3} of {4} is {5}.": "{1} 的 {0}：{2}；{4} 的 {3}：{5}。",
  "Both keys come from the same Diffie-Hellman exchange and nonces, so what differs is the pre-shared key: neither side can read what the other sends.":
    "两个密钥来自同一次 Diffie-Hellman 交换和相同的 nonce，因此不同的是预共享密钥：任何一侧都无法读取另一侧发送的内容。",
};
