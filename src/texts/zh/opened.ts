import type { TextTable } from "../texts.js";

/** Facts of keys and logs: opened messages, causes of a refusal, what a log says. */
export const OPENED: TextTable = {
  "a CA certificate": "CA 证书",
  "the certificate": "证书",
  '{0} sent {1} "{2}" {3}; it {4}.': "{0} 发送了 {1}“{2}”（{3}），该证书 {4}。",
  "in clear": "明文",
  "encrypted ({0})": "已加密，{0}",
  "It is not the peer's own certificate but one of its chain: a side that trusts a newer certificate of the same CA is not affected.":
    "它不是对端自身的证书，而是其证书链中的一个：若验证方信任同一 CA 的较新证书，则不会受影响。",
  "That is {0} by the clock of the capturing host: a clock that is off by so much, there or at a peer, explains it as well.":
    "相差 {0}（以抓包主机的时钟为准）：抓包主机或某一端的时钟偏差达到这个程度，也会出现同样现象。",
  'CERT "{0}" {1}': "CERT“{0}”{1}",
  "the log of the side that went no further: it names the validity, or another fault of identity or proof":
    "不再继续的一侧的日志：其中会写明证书有效期问题，或身份标识、验证方面的其他错误",
  "The other side answers IKE_AUTH with an error.": "另一侧以错误通知响应 IKE_AUTH。",
  "The other side answers with INFORMATIONAL instead of going on: it does not accept it.":
    "另一侧没有继续，而是发送了 INFORMATIONAL：它不接受该证书。",
  "The other side goes no further after it.": "另一侧收到后不再继续。",
  "The other side goes on all the same, or the capture does not show what it makes of it.":
    "另一侧仍继续协商，或抓包中看不到它的处理结果。",
  "serial number {0}": "序列号 {0}",
  "{0} day{1}": "{0} 天",
  "{0} refuses IKE_AUTH with {1}{2}": "{0} 以 {1} 拒绝 IKE_AUTH{2}",
  "{0} answers {1} ({2}).": "{0} 响应 {1}（{2}）。",
  "What it refused was not opened.": "被拒绝的内容未能解密。",
  "The notify names no more; the responder is the side that refused.":
    "该通知没有给出更多信息；拒绝的一侧是响应方。",
  "IKE_AUTH request{0}": "IKE_AUTH 请求{0}",
  "{0} is {1}": "{0} 的身份标识为 {1}",
  "without identity": "不带身份标识",
  ", asks for {0}": "，请求对端身份标识 {0}",
  ", and {0}.": "，并且{0}。",
  "asks for EAP": "请求使用 EAP",
  "proves itself with {0}": "以 {0} 进行认证",
  "The responder does not know this identity, or does not take EAP from it.":
    "响应方不认识该身份标识，或不接受它使用 EAP。",
  "So the responder does not know this identity, has none that it is asked for, or has another pre-shared key for the two.":
    "因此，响应方不认识该身份标识，或没有被请求的身份标识，或为这一对身份配置了不同的预共享密钥。",
  "So the responder does not know this identity, does not trust the certificate, or finds the signature wrong.":
    "因此，响应方不认识该身份标识，或不信任该证书，或认为签名错误。",
  "{0} refuses {1} with {2}{3}": "{0} 以 {2} 拒绝 {1}{3}",
  "the rekey of the Child SA": "Child SA 的重协商",
  "the Child SA": "Child SA",
  "{0} asks with {1}, and {2} answers {3} ({4}).": "{0} 通过 {1} 发起请求，{2} 响应 {3}（{4}）。",
  "What it asked for was not opened.": "请求的内容未能解密。",
  "{0} offers {1}.": "{0} 的提议为 {1}。",
  "{0} {1} never offers anything itself here: its own proposals are in its configuration.":
    "{0}{1} 在此抓包中从未主动提出过提议：它的提议只存在于其配置中。",
  "{0} {1} (frame {2}).": "{0} {1}（帧 {2}）。",
  "Both had agreed on": "双方曾协商一致的是",
  "{0} itself offers": "{0} 自身的提议为",
  "the PFS group": "PFS 组",
  "{0} ({1} here, {2} there)": "{0}（本侧：{1}；另一侧：{2}）",
  "take PFS out at {0}, or give the other side {1}": "在 {0} 上关闭 PFS，或在另一侧配置 {1}",
  "give {0} PFS with {1}": "在 {0} 上启用 PFS，使用 {1}",
  "offer {0} at {1}": "在 {1} 上配置 {0}",
  "They differ in {0}: {1}.": "两者的差异：{0}；处理方法：{1}。",
  "{0} asks for {1}: its own side first.": "{0} 请求的流量选择器为 {1}（先写本侧）。",
  "{0} {1} accepts no such pair: its local and remote subnets must be these the other way round, or hold them.":
    "{0}{1} 不接受这一对流量选择器：其本端/对端子网必须与此互为镜像，或者包含它们。",
  "{0} {1} {2} (frame {3}).": "{0}{1} {2}（帧 {3}）。",
  "{0} itself asks for": "{0} 自身请求的是",
  "It is {0} ({1}).": "结束报文为 {0}（{1}）。",
  "No method was agreed on before it.": "此前没有就认证方法达成一致。",
  "The method is {0}.": "认证方法为 {0}。",
  "The last before it is {0}.": "在它之前的最后一个报文为 {0}。",
  "opened with {0}": "用 {0} 解密",
  "expired on {0}": "已于 {0} 过期",
  "is not valid before {0}": "到 {0} 才生效",
  "{0} before this capture": "即本次抓包之前 {0}",
  "{0} after this capture": "即本次抓包之后 {0}",
  '{0} "{1}" of {2} {3}, {4}': "{2} 的 {0}“{1}”{3}，{4}",
  "rejects the authentication": "拒绝认证",
  "refuses the EAP login": "拒绝 EAP 登录",
  "refuses the XAUTH login": "拒绝 XAUTH 登录",
  "refuses the Child SA": "拒绝 Child SA",
  "refuses CREATE_CHILD_SA": "拒绝 CREATE_CHILD_SA",
  "refuses an expired certificate": "拒绝已过期的证书",
  "refuses a certificate whose validity has not begun": "拒绝尚未生效的证书",
  "The cause stands in the log of the other side.": "原因在另一侧的日志中。",
  "the pre-shared keys differ": "预共享密钥不一致",
  "The proof of the peer does not fit the pre-shared key that it has for these identities: the two sides have different keys.":
    "对端的认证数据与它为这些身份标识配置的预共享密钥不符：两侧的密钥不同。",
  "it has no pre-shared key for these identities": "它没有针对这些身份标识的预共享密钥",
  "It has no pre-shared key that is bound to these two identities (or addresses).":
    "它没有绑定到这两个身份标识（或地址）的预共享密钥。",
  "it has no connection for these identities": "它没有针对这些身份标识的连接",
  "It has no connection whose addresses, identities and way to authenticate fit what the peer sent.":
    "它没有地址、身份标识和认证方式都与对端所发送的相符的连接。",
  "the peer has another identity than it expects": "对端的身份标识与它期望的不同",
  "The peer says to be someone else than its configuration asks for.": "对端声称的身份与其配置要求的不同。",
  "the way to authenticate is not allowed": "不允许该认证方式",
  "It knows the peer, and its connection requires another authentication method.":
    "它认识该对端，但其连接要求另一种认证方式。",
  "a certificate is outside its validity": "证书不在有效期内",
  "By its clock a certificate of the peer's chain has expired, or is not valid yet.":
    "按它的时钟，对端证书链中的某个证书已过期或尚未生效。",
  "the peer's certificate is revoked": "对端的证书已被吊销",
  "The certificate of the peer is on a revocation list, or the OCSP responder says so.":
    "对端的证书在吊销列表中，或 OCSP 响应如此说明。",
  "it does not have the CA of the peer's certificate": "它没有对端证书的 CA",
  "It does not have, or does not accept, the CA that issued the peer's certificate.":
    "它没有或不接受签发对端证书的 CA。",
  "it does not trust the peer's certificate": "它不信任对端的证书",
  "It has no trusted certificate for the identity that the peer sent: the CA, the validity or the subjectAltName do not fit.":
    "它没有与对端身份标识对应的受信任证书：CA、有效期或 subjectAltName 不符。",
  "the signature of the peer is wrong": "对端的签名错误",
  "The signature does not fit the public key that it has for the peer.": "签名与它所拥有的对端公钥不符。",
  "its uniqueness policy keeps an older IKE SA of this identity": "其唯一性策略保留了该身份标识较早的 IKE SA",
  "The credentials are right. An IKE SA with the same identity is up, and the policy is to keep it and refuse a second one.":
    "凭据正确。同一身份标识已有一个 IKE SA，而策略是保留它并拒绝第二个。",
  "Give each client an identity of its own. If it is the same client that comes back, end its old IKE SA, or set the uniqueness policy to replace at the side that refuses.":
    "为每个客户端配置各自的身份标识。如果是同一客户端重新连接，结束其旧的 IKE SA，或在拒绝的一侧将唯一性策略设为替换。",
  "it cannot check the revocation of the peer's certificate": "它无法检查对端证书是否已被吊销",
  "Its policy on revocation is strict, and it got no valid CRL or OCSP answer for the certificate of the peer. The certificate itself may be good.":
    "它的吊销检查策略是严格的，而它没有得到针对对端证书的有效 CRL 或 OCSP 响应。证书本身可能没有问题。",
  "Make the CRL or the OCSP responder that the certificate names reachable from the side that refuses, and its answer fresh; or load a CRL there; or make its revocation policy less strict.":
    "使拒绝的一侧能够访问证书所指明的 CRL 或 OCSP 响应器，并保证其内容未过期；或在该侧加载 CRL；或放宽其吊销检查策略。",
  "it requires another post-quantum pre-shared key": "它要求另一个后量子预共享密钥",
  "It requires a post-quantum pre-shared key, and the peer names another one than it has, or none.":
    "它要求后量子预共享密钥，而对端指明的不是它所拥有的那个，或没有指明。",
  "Configure the same PPK with the same PPK identity at both ends.":
    "在两端配置相同的 PPK 和相同的 PPK 身份标识。",
  "the peer leaves out an authentication round": "对端缺少一轮认证",
  "The peer proves itself in fewer rounds than its connection asks for: what it proved was accepted, a further one is missing.":
    "对端完成的认证轮数少于其连接所要求的：已完成的认证被接受，但还缺少一轮。",
  "Give both sides the same pre-shared key for these two identities (or addresses), without stray blanks or line ends, and load it again where it was changed.":
    "为这两个身份（或地址）在两端配置相同的预共享密钥，注意不要带有多余的空格或换行，并在修改过的一端重新加载。",
  "At the side that refuses, bind the pre-shared key to the two identities (or addresses) that its log names.":
    "在拒绝的一端，将预共享密钥绑定到其日志所列的两个身份（或地址）。",
  "At the side that refuses, give a connection the addresses, the identities (type and value) and the authentication method that the peer uses; or change the peer to those of its connection.":
    "在拒绝的一端，使某个连接的地址、身份（类型和值）和认证方式与对端所用的一致；或将对端改为该连接所用的。",
  "Make the local identity in the configuration of the peer the remote one of the side that refuses, type and value.":
    "使对端配置中的本端身份与拒绝一端配置中的对端身份一致，包括类型和值。",
  "Let the peer prove itself with the authentication method that the connection at the side that refuses asks for, or allow its own there.":
    "让对端使用拒绝一端的连接所要求的认证方式，或在该端允许对端所用的方式。",
  "Renew the certificate that is outside its validity, be it that of a CA; but first compare the clocks of both hosts ('timedatectl', 'chronyc tracking').":
    "更新不在有效期内的证书，CA 证书也一样；但应先比较两台主机的时钟（'timedatectl'、'chronyc tracking'）。",
  "Give the peer a new certificate: a revoked one does not become valid again. If it was revoked by mistake, only the CA can tell.":
    "为对端签发新证书：已吊销的证书不会恢复有效。是否误吊销，只有 CA 能够确认。",
  "Install the CA that issued the peer's certificate, with its intermediate CAs, at the side that refuses; or let the peer send the intermediate CAs along.":
    "在拒绝的一端安装签发对端证书的 CA 及其中间 CA；或让对端一并发送中间 CA 证书。",
  "At the side that refuses, install the CA of the peer's certificate, with its intermediate CAs; check the validity of all; and let the subjectAltName of the certificate hold the identity that the peer sends.":
    "在拒绝的一端安装对端证书的 CA 及其中间 CA；检查各证书的有效期；并使证书的 subjectAltName 包含对端发送的身份。",
  "Check at the peer that its private key belongs to the certificate that it sends, and at the side that refuses that it holds no older certificate or key of the peer.":
    "在对端检查私钥是否与其发送的证书匹配，并在拒绝的一端检查其保存的是否为对端的旧证书或旧密钥。",
  "Store the secret of this user at the gateway or its AAA server, or correct the EAP identity that the client sends.":
    "在网关或其 AAA 服务器上为该用户保存密码，或更正客户端发送的 EAP 身份。",
  "Set the password of the user anew at the client and at the gateway or its AAA server; with EAP-TLS compare the client's certificate with the CA at the server.":
    "在客户端和网关（或其 AAA 服务器）上重新设置该用户的密码；使用 EAP-TLS 时，将客户端证书与服务器上的 CA 进行比较。",
  "Store the secret of this user at the gateway or its AAA server, or correct the user name at the client.":
    "在网关或其 AAA 服务器上为该用户保存密码，或更正客户端上的用户名。",
  "Set the password of the user anew at the client and at the gateway or its AAA server.":
    "在客户端和网关（或其 AAA 服务器）上重新设置该用户的密码。",
  "Configure a proposal at one side that the other one has: encryption, integrity, PRF and group; for a Child SA with the PFS group.":
    "在一端配置对端已有的提议：加密、完整性、PRF 和 DH 组；Child SA 还包括 PFS 组。",
  "Give the peer all the authentication rounds that the connection at the side that refuses has (certificate and EAP, for example), in its order; or take the further round out there.":
    "为对端配置拒绝一侧的连接所要求的全部认证轮次（例如证书和 EAP），顺序相同；或在该侧去掉多出的一轮。",
  "the peer asks for another identity than its own": "对端要求的身份标识与它自己的不同",
  "The peer names whom it wants to speak to (IDr), and its configuration has another identity for itself.":
    "对端指明了它要与谁通信（IDr），而它的配置中自己的身份标识与此不同。",
  "Make the remote identity in the configuration of the peer the local one of the side that refuses, type and value.":
    "使对端配置中的远端身份标识与拒绝一侧的本地身份标识的类型和值都一致。",
  "its address pool is full": "其地址池已满",
  "The peer asks for an internal address, and all addresses of the pool are in use.":
    "对端请求内部地址，而地址池中的所有地址都已被使用。",
  "Make the address pool larger at the side that refuses, or free the addresses of clients that are gone.":
    "在拒绝的一侧扩大地址池，或释放已离开的客户端的地址。",
  "it has no internal address for the peer": "它没有可分配给对端的内部地址",
  "The peer asks for an internal address, and no pool of the connection has one for it.":
    "对端请求内部地址，而该连接的地址池都无法为它提供。",
  "Give the connection at the side that refuses an address pool of the family that the peer asks for, with addresses free; or let the peer ask for none.":
    "在拒绝的一侧为该连接配置对端所请求地址族的地址池，并有空闲地址；或让对端不请求地址。",
  "The other side has no internal address for it: its pool is full or not configured.":
    "另一侧没有可分配给它的内部地址：地址池已满或没有配置。",
  "Give the connection at the side that refuses an address pool with addresses free.":
    "在拒绝的一侧为该连接配置有空闲地址的地址池。",
  "the peer asks for no internal address, and must": "对端没有请求内部地址，而这是必需的",
  "Its connection gives each client an internal address, and the peer did not ask for one.":
    "其连接为每个客户端分配内部地址，而对端没有请求。",
  "Let the peer ask for an internal address, or take the address pool out of the connection at the side that refuses.":
    "让对端请求内部地址，或在拒绝的一侧从该连接中去掉地址池。",
  "it has no EAP secret for this user": "它没有该用户的 EAP 密码",
  "The user is unknown there: no secret is stored for this EAP identity.":
    "该用户在那里不存在：没有保存该 EAP 身份的密码。",
  "the EAP server does not accept the user": "EAP 服务器不接受该用户",
  "The password or certificate of the user does not fit.": "用户的密码或证书不符。",
  "the EAP method failed": "EAP 方法失败",
  "The log of the gateway, or of the AAA server behind it, says which user and why.":
    "网关或其后 AAA 服务器的日志会说明是哪个用户以及原因。",
  "it has no XAUTH secret for this user": "它没有该用户的 XAUTH 密码",
  "The user is unknown there: no secret is stored for this name.":
    "该用户在那里不存在：没有保存该用户名的密码。",
  "the XAUTH password is wrong": "XAUTH 密码错误",
  "The password of the user does not fit.": "用户的密码不符。",
  "the gateway does not accept the XAUTH login": "网关不接受该 XAUTH 登录",
  "The log of the gateway, or of the AAA server behind it, says why.":
    "网关或其后 AAA 服务器的日志会说明原因。",
  "no proposal in common": "没有共同的提议",
  "the peer asks for no PFS, and it requires it": "对端没有请求 PFS，而它要求使用 PFS",
  "Its connection requires perfect forward secrecy for the Child SA, and the peer offers no group for it.":
    "它的连接要求 Child SA 使用完全前向保密（PFS），而对端没有为此提供任何 DH 组。",
  "Configure a group for PFS for the Child SA at the peer, one that the side that refuses has; or let that side do without PFS.":
    "在对端为 Child SA 配置一个拒绝方也有的 PFS 组；或让拒绝方不要求 PFS。",
  "None of the offered proposals is one that it is configured with.": "提议中没有一个是它所配置的。",
  "the traffic selectors do not fit": "流量选择器（感兴趣流）不匹配",
  "The subnets that the peer asked for, which that line names if the daemon prints them, are not those of its connection.":
    "对端请求的子网（守护进程会打印时，即该行所列）不是其连接的子网。",
  "the traffic selectors are not accepted": "流量选择器没有被接受",
  "was told": "被告知",
  "names the cause": "写明原因",
  "It is offered {0} and takes {1}.": "它收到的提议为 {0}，接受的为 {1}。",
  "The least change: the peer offers {0} too.": "最小改动：对端再提议 {0}。",
  "The least change: the peer leaves out {0}.": "最小改动：对端去掉 {0}。",
  "The least change: the peer offers {0} instead of {1}.": "最小改动：对端提议 {0}，代替 {1}。",
  'The daemon of {0} {1}{2}: "{3}". {4}': "{0} 的 IKE 进程{1}{2}：“{3}”。{4}",
  "{0} {1}, {2} the line of the log": "{0} {1}，在该日志行{2}",
  before: "之前",
  after: "之后",
};
