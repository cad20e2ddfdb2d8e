import type { TextTable } from "../texts.js";

/** IKE and ESP over TCP. */
export const TCP: TextTable = {
  "IKE and ESP over TCP": "IKE 和 ESP 通过 TCP 传输",
  "The peers use TCP instead of UDP, as they do if UDP is blocked. It works, but packets in a tunnel in TCP wait for one another; if the connection fails, the tunnel has no other path.":
    "两端使用 TCP 而不是 UDP，在 UDP 被阻断时会这样。它可以工作，但 TCP 中隧道的报文会互相等待；如果该连接失败，隧道没有其他路径。",
  "A TCP stream that begins with IKETCP. Critical if RST, FIN or silence takes the place of an answer during the setup.":
    "以 IKETCP 开头的 TCP 流。如果建立期间出现的是 RST、FIN 或没有响应，而不是响应，则为严重。",
  "If it works: use UDP 500 and 4500 if the network allows it; TCP costs throughput and delay.":
    "如果正常：在网络允许时改用 UDP 500 和 4500；TCP 会降低吞吐并增加时延。",
  "If the connection is not answered: open the TCP port (4500, or the one configured) in every firewall and cloud security group on the way.":
    "如果连接没有响应：在途中的每台防火墙和云安全组上放行该 TCP 端口（4500 或所配置的端口）。",
  "If it is refused or reset: check that the gateway listens on that TCP port ('ss -ltnp') and speaks IKE there; a proxy or load balancer on 443 may end connections that are not TLS.":
    "如果被拒绝或重置：检查网关是否监听该 TCP 端口（'ss -ltnp'）并在其上提供 IKE；443 上的代理或负载均衡可能会结束不是 TLS 的连接。",
  "one connection": "一个连接",
  "{0} connections": "{0} 个连接",
  "IKE and ESP travel in TCP, port {0}": "IKE 和 ESP 通过 TCP 端口 {0} 传输",
  "{0} opened {1} to TCP port {2} for IKE and ESP ({3} packets in all).":
    "{0} 为 IKE 和 ESP 建立了 {1}，TCP 端口 {2}（共 {3} 个报文）。",
  "TCP repeats what is lost, so there are no IKE retransmissions, and ESP waits for each lost segment.":
    "TCP 会重传丢失的内容，因此没有 IKE 重传，而 ESP 会在每个丢失的分段之后等待。",
  "first bytes from the end that opened the TCP connection": "打开 TCP 连接的一端的首批数据",
  "first bytes from the other end": "另一端的首批数据",
  "TCP connection to {0} port {1}": "到 {0} 端口 {1} 的 TCP 连接",
  "{0} {1} a {2} for IKE (RFC 9329). {3}": "{0} {1} 用于 IKE 的 {2}（RFC 9329）。{3}",
  "tried to open": "尝试打开",
  "The peers have a working tunnel all the same.": "尽管如此，两端有一条正常工作的隧道。",
  "refused by RST": "被 RST 拒绝",
  "Its SYN was answered by RST: no daemon listens there, or a firewall refuses it.":
    "其 SYN 得到 RST：那里没有进程监听，或被防火墙拒绝。",
  "{0} SYNs": "{0} 个 SYN",
  "never answered ({0})": "始终没有响应（{0}）",
  "Nothing answered {0}: the packets, or the answers to them, are dropped on the way.":
    "{0} 没有得到响应：报文或其响应在途中被丢弃。",
  "first bytes, with the IKETCP prefix": "带 IKETCP 前缀的首批数据",
  "closed by {0} instead of an answer": "以 {0} 关闭，而不是响应",
  "The connection opened, but what IKE sent was answered by {0}: what listens there does not speak IKE, does not accept this peer, or a device on the way ended the connection.":
    "连接已打开，但 IKE 发送的内容得到 {0}：监听者不是 IKE，或不接受该对端，或途中设备结束了连接。",
  "open, but IKE is not answered for {0}": "已打开，但 IKE 在 {0} 内没有响应",
  "The connection opened and the peer's TCP acknowledges, but no IKE answer came: what listens there is no IKE daemon, or it ignores this peer.":
    "连接已打开，对端的 TCP 有确认，但没有 IKE 响应：监听者不是 IKE 进程，或它忽略了该对端。",
  "The connection opened, but from the first IKE bytes on nothing came back, not even an acknowledgement: a device on the way drops them.":
    "连接已打开，但从首批 IKE 数据起没有任何返回，连确认也没有：途中设备丢弃了它们。",
  "last bytes sent": "最后发送的数据",
  "reset during the setup": "在建立期间被重置",
  "{0} (or a device in its name) sent RST before the IKE SA was up.":
    "{0}（或冒用其地址的设备）在 IKE SA 建立之前发送了 RST。",
  "first bytes": "首批数据",
  "works, but {0} is not answered for {1}": "正常，但 {0} 在 {1} 内没有响应",
  "Answers came over it before, but none came to {0}.": "此前曾经由它得到响应，但 {0} 没有响应。",
  opened: "打开了",
  and: "和",
};
