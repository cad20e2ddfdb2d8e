import type { TextTable } from "../texts.js";

export const NOTIFIES: TextTable = {
  "The message holds a payload marked critical that the other side does not know; it rejects the message.":
    "报文中含有标记为 critical 而另一侧不认识的载荷；另一侧拒绝该报文。",
  "The other side has no IKE SA with these SPIs: it was restarted, deleted the SA, or another host answers.":
    "另一侧没有使用这些 SPI 的 IKE SA：它重启过、删除了该 SA，或由另一台主机响应。",
  "The other side has no ISAKMP SA with these cookies (SPIs): it was restarted or deleted the SA.":
    "另一侧没有使用这些 cookie（SPI）的 ISAKMP SA：它重启过或删除了该 SA。",
  "The other side does not speak this version of IKE.": "另一侧不支持该 IKE 版本。",
  "The other side does not speak this minor version of IKE.": "另一侧不支持该 IKE 次版本。",
  "The message was understood, but a field of it is out of range or does not fit the policy.":
    "报文可以解析，但其中某个字段超出范围或不符合策略。",
  "A Message ID came that is outside of the window of the receiver.":
    "收到的 Message ID 在接收方的窗口之外。",
  "ESP or AH came for an SPI that the receiver does not have.": "收到的 ESP 或 AH 使用了接收方没有的 SPI。",
  "None of the offered proposals fits the receiver's. In the first exchange it is about the IKE SA (encryption, integrity, PRF, group); later it is about the Child SA or quick mode (ESP algorithms, PFS group). Some implementations also send it when no connection fits the peer.":
    "提议中没有一个与接收方的匹配。在首个交换中是指 IKE SA（加密、完整性、PRF、DH 组）；之后是指 Child SA 或快速模式（ESP 算法、PFS 组）。有些实现在没有匹配该对端的连接时也发送它。",
  "The key exchange of the message is of another group than the one that the responder chose; it names the group that it requires. The initiator sends the request again with that one.":
    "报文中的密钥交换使用的组与响应方选择的不同；响应方给出它要求的组。发起方用该组再试一次。",
  "The receiver refuses the authentication: the pre-shared key, a certificate, an identity or EAP. It does not say which on purpose; its own log does.":
    "接收方拒绝认证：预共享密钥、证书、身份标识或 EAP。它有意不说明是哪一项；它自己的日志会说明。",
  "The responder requires traffic selectors of a single pair of addresses in each Child SA.":
    "响应方要求每个 Child SA 的流量选择器只有一对地址。",
  "The responder takes no further Child SA on this IKE SA.": "响应方在该 IKE SA 上不再接受新的 Child SA。",
  "The responder has no internal address for the client: its pool is used up or not configured.":
    "响应方没有可分配给客户端的内部地址：地址池已用完或没有配置。",
  "The responder demands that the client asks for an internal address (configuration payload), and it did not.":
    "响应方要求客户端请求内部地址（配置载荷），而客户端没有请求。",
  "None of the traffic selectors (the networks behind both ends) fits the responder's.":
    "流量选择器（两端之后的网络）没有一个与响应方的匹配。",
  "A packet came through the tunnel whose addresses do not belong to the selectors of its SA.":
    "隧道中收到的报文，其地址不属于该 SA 的流量选择器。",
  "The new address that a peer moved to (MOBIKE) is not accepted.": "对端改用的新地址（MOBIKE）没有被接受。",
  "A NAT device is on the path although MOBIKE was told that none may be.":
    "虽然 MOBIKE 声明不应有 NAT，但路径上有 NAT 设备。",
  "Mobile IPv6: the assigned home address is to be used.": "Mobile IPv6：应使用所分配的家乡地址。",
  "The receiver cannot do this now, mostly as it rekeys or closes the same SA; the peer tries again later.":
    "接收方目前无法处理，通常是因为它正在重协商或关闭同一 SA；对端稍后重试。",
  "The Child SA that is to be rekeyed is not known to the receiver, mostly as both sides rekey at once.":
    "接收方不认识要重协商的 Child SA，通常是因为双方同时重协商。",
  "The group that the member asks for is not known (group key management).":
    "成员请求的组未知（组密钥管理）。",
  "The member may not join the group (group key management).": "成员不允许加入该组（组密钥管理）。",
  "A follow-up key exchange refers to a state that the responder does not have.":
    "后续密钥交换引用了响应方没有的状态。",
  "The responder takes no further Child SA for the same traffic selectors.":
    "对相同的流量选择器，响应方不再接受新的 Child SA。",
  "The member could not be registered (group key management).": "成员无法注册（组密钥管理）。",
  "A payload of the message is of a type that the receiver does not know or expect there.":
    "报文中的某个载荷类型是接收方不认识或不应在此出现的。",
  "The domain of interpretation is not IPsec's, or not supported.": "解释域（DOI）不是 IPsec 的，或不支持。",
  "The situation field is not supported.": "不支持该 situation 字段。",
  "The receiver does not take this exchange: mostly aggressive mode if it expects main mode, or the reverse.":
    "接收方不接受该交换：通常是它要求主模式而收到野蛮模式，或者相反。",
  "The receiver does not know or allow this exchange, mostly aggressive mode.":
    "接收方不认识或不允许该交换，通常是野蛮模式。",
  "The flags of the header are wrong.": "头部的标志错误。",
  "The protocol of the proposal is not known.": "提议中的协议未知。",
  "A transform of the proposal is not known.": "提议中的某个 transform 未知。",
  "An attribute of the proposal (such as lifetime, group, key length) is not supported.":
    "不支持提议中的某个属性（如生存周期、组、密钥长度）。",
  "The proposal cannot be read.": "提议无法解析。",
  "A payload cannot be read. In answer to the first encrypted message it mostly means that the pre-shared keys differ, for the message was decrypted to garbage.":
    "某个载荷无法解析。如果是对首个加密报文的响应，通常意味着预共享密钥不一致，因为报文被解密成乱码。",
  "The key exchange payload is not accepted.": "密钥交换载荷没有被接受。",
  "No configuration fits the identity. In quick mode the identities are the networks of both ends (traffic selectors), so it mostly means that those differ; in phase 1 it is the peer's ID.":
    "没有配置与该身份标识匹配。在快速模式中，身份标识是两端的网络（感兴趣流），因此通常意味着两者不同；在第一阶段则是对端的 ID。",
  "The certificate comes in an encoding that is not supported.": "证书的编码方式不支持。",
  "The certificate is not accepted.": "证书没有被接受。",
  "Certificates of this type are not supported.": "不支持这种类型的证书。",
  "The certificate is of an authority that is not trusted.": "证书由不受信任的机构签发。",
  "The hash that proves the pre-shared key is wrong: the keys differ.":
    "用于验证预共享密钥的哈希错误：密钥不一致。",
  "The signature that proves the certificate is wrong.": "用于验证证书的签名错误。",
  "An address is told.": "告知一个地址。",
  "The lifetime of an SA is told.": "告知 SA 的生存周期。",
  "The certificate that was asked for is not there.": "没有所请求的证书。",
  "The lengths in the message do not fit each other.": "报文中的长度互相矛盾。",
  "The sender has no other IKE SA with this peer: SAs that the receiver still has are old and can go.":
    "发送方与该对端没有其他 IKE SA：接收方仍有的 SA 是旧的，可以删除。",
  "The responder requires its cookie back before it keeps state: it is under load, or its limit for half-open IKE SAs is low.":
    "响应方要求先带回其 COOKIE 再保存状态：它负载较高，或其半开 IKE SA 的限制较低。",
  "The responder demands work of the client before it goes on.": "响应方要求客户端先完成计算再继续。",
  "A hash of the sender's own address and port: if it does not fit what arrives, the sender is behind NAT.":
    "发送方自身地址和端口的哈希：如果与到达的报文不符，说明发送方位于 NAT 之后。",
  "A hash of the receiver's address and port: if it does not fit, the receiver is behind NAT.":
    "接收方地址和端口的哈希：如果不符，说明接收方位于 NAT 之后。",
  "The client is sent to another gateway.": "客户端被转到另一个网关。",
  "The sender supports post-quantum pre-shared keys.": "发送方支持后量子预共享密钥。",
  "The sender can cut encrypted messages into IKE fragments (RFC 7383).":
    "发送方支持把加密报文分为 IKE 分片（RFC 7383）。",
  "The sender can do IKE_INTERMEDIATE, which further key exchanges need.":
    "发送方支持 IKE_INTERMEDIATE，额外的密钥交换需要它。",
  "A peer moved to another address (MOBIKE).": "对端改用了另一个地址（MOBIKE）。",
  "A liveness check of IKEv1 (dead peer detection).": "IKEv1 的 DPD 探测（Dead Peer Detection）。",
  "The answer to a liveness check of IKEv1.": "对 IKEv1 DPD 探测的响应。",
  "The responder tells that its lifetime of the SA is shorter than the initiator's.":
    "响应方告知：它的 SA 生存周期比发起方的短。",
};
