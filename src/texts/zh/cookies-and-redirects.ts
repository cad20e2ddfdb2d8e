import type { TextTable } from "../texts.js";

export const COOKIES_AND_REDIRECTS: TextTable = {
  "The responder asked for a cookie before it went on": "响应方在继续之前要求 COOKIE",
  "A responder under load, or with a low threshold, makes the initiator prove its address. One round is normal.":
    "负载较高或阈值较低的响应方会要求发起方证明自己的地址。出现一轮属于正常现象。",
  "COOKIE answers IKE_SA_INIT, the request comes again with that cookie, and goes on.":
    "以 COOKIE 响应 IKE_SA_INIT，随后请求带上该 COOKIE 重发并继续协商。",
  "Nothing to do; if it happens all the time, look at the number of half-open IKE SAs of the responder.":
    "无需处理；如果一直如此，检查响应方的半开 IKE SA 数量。",
  "the responder asked for a cookie once": "响应方要求了一次 COOKIE",
  "The responder answered the first IKE_SA_INIT with COOKIE; the initiator returned it and the setup went on.":
    "响应方以 COOKIE 响应首个 IKE_SA_INIT；发起方带回 COOKIE 后协商继续。",
  "The responder asks for a cookie again and again": "响应方一再要求 COOKIE",
  "Every IKE_SA_INIT is answered with COOKIE and none goes on: the returned cookie does not fit what the responder sees, or the demand never reaches the initiator.":
    "每个 IKE_SA_INIT 都得到 COOKIE，没有一个能继续：带回的 COOKIE 与响应方看到的不符，或者该要求始终没有到达发起方。",
  "COOKIE answers IKE_SA_INIT again although the cookie was returned, several times, or the same request without a cookie repeats after several demands, and no setup goes on.":
    "COOKIE 已带回，但 IKE_SA_INIT 仍多次得到 COOKIE；或者多次要求之后，仍重发不带 COOKIE 的同一请求，且没有一次协商能继续。",
  "Compare source address and port of the requests: a NAT that changes the mapping from packet to packet makes every cookie invalid (look for several uplinks, load sharing per packet, a pool of addresses).":
    "比较各请求的源地址和源端口：逐包改变映射的 NAT 会使每个 COOKIE 失效（检查多出口、逐包负载分担、NAT 地址池）。",
  "If several hosts are behind the responder's address: send one client's packets to one host, since each has a secret of its own.":
    "如果响应方地址之后有多台主机：把同一客户端的报文送到同一台主机，因为每台主机的密钥各不相同。",
  "If the initiator repeats the same request: capture there, and see whether COOKIE arrives.":
    "如果发起方一直重发同一请求：在那里抓包，看 COOKIE 是否到达。",
  "At the responder: find out why it is under load.": "在响应方：为什么负载较高？",
  "{0} answers every IKE_SA_INIT with COOKIE ({1} times){2}":
    "{0} 对每个 IKE_SA_INIT 都返回 COOKIE（{1} 次）{2}",
  ", which comes from {0} addresses or ports": "，请求来自 {0} 个不同的地址或端口",
  "{0} returns the cookie, and {1} asks for another each time.": "{0} 带回了 COOKIE，而 {1} 每次又要求新的。",
  "The request comes from changing addresses or ports ({0}): a NAT device changes the mapping between two packets, and a cookie is valid for one address and port only.":
    "请求来自不断变化的地址或端口（{0}）：NAT 设备在两个报文之间改变了映射，而 COOKIE 只对一个地址和端口有效。",
  "The cookie holds for one address, SPI and nonce: either the request changes more than the cookie, or the responder does not recognise its own (several hosts behind one address, each with a secret of its own).":
    "COOKIE 只对一个地址、SPI 和 nonce 有效：要么请求中除 COOKIE 外还有变化，要么响应方不认识自己的 COOKIE（同一地址之后有多台主机，各有自己的密钥）。",
  "{0} repeats the same request, though {1} answers it with COOKIE each time; it never returns one. {2}":
    "{1} 每次都以 COOKIE 响应，{0} 却重发同一请求，从未带回 COOKIE。{2}",
  "Captured near the initiator: the demand comes as far as its network, so look at that host (firewall input, an implementation without cookies).":
    "抓包点靠近发起方：COOKIE 要求已到达它所在的网络，请检查该主机（防火墙入方向、不支持 COOKIE 的实现）。",
  "Either the demand is lost on the way back, or the initiator cannot answer it.":
    "要么该要求在返回途中丢失，要么发起方无法应答。",
  "Gateways redirect the client in a circle": "网关把客户端循环重定向",
  "Each gateway sends the client on to the next, and the last one back to the first, so none of them takes it.":
    "每个网关都把客户端转给下一个，最后一个又转回第一个，没有一个网关接受它。",
  "The way of a client from REDIRECT to REDIRECT ends at a gateway that sent it on before, or each answer names the gateway that gives it; no setup of the client comes up after that.":
    "客户端逐次 REDIRECT 的路径回到先前转走它的网关，或者每个响应都指向给出响应的网关自身；此后该客户端没有一次建立成功。",
  "Correct the redirect policy of the named gateways: one of them has to take the client.":
    "修正所列网关的重定向策略：其中一个必须接受该客户端。",
  "Until then, switch redirects off at the client or connect it to one gateway only.":
    "在此之前，在客户端关闭重定向，或只连接一个网关。",
  "{0} is redirected in a circle: {1}": "{0} 被循环重定向：{1}",
  "Each of {0} sends {1} on with REDIRECT, and the way ends where it began ({2} times at {3}). The gateways are the side to look at; {4} does what it is told.":
    "{0}都以 REDIRECT 把 {1} 转走，路径又回到起点（在 {3} 上共 {2} 次）。应检查的是网关；{4} 只是按指示去做。",
  "these answers": "这些响应",
  "these {0} gateways": "这 {0} 个网关",
  "{0} redirects": "{0} 重定向",
  "The gateway sends the client to another gateway": "网关把客户端转到另一个网关",
  "The gateway answered the first message with REDIRECT: it is full or in maintenance, or it only distributes clients. The client goes on with the gateway that is named.":
    "网关以 REDIRECT 响应首个报文：它已满载或在维护，或者只负责分配客户端。客户端转向所指定的网关继续。",
  "The answer to IKE_SA_INIT holds REDIRECT in clear; the gateway that it names is in the notify.":
    "IKE_SA_INIT 的响应中含有明文的 REDIRECT；它指定的网关在该通知中。",
  "Nothing to do; if it is not wanted, look at the redirect policy of the gateway's cluster.":
    "无需处理；如果不希望如此，检查网关集群的重定向策略。",
  "another gateway": "另一个网关",
  "{0} redirects {1} to {2}": "{0} 把 {1} 重定向到 {2}",
  "{0} answers IKE_SA_INIT with REDIRECT to {1}{2}; the message claims so, it is not authenticated. What happens at {3} is another tunnel.":
    "{0} 对 IKE_SA_INIT 响应 REDIRECT，指向 {1}{2}；该报文未经认证，内容不一定可信。{3} 上发生的情况属于另一条隧道。",
  "({0} times)": "（{0} 次）",
};
