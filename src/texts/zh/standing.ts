import type { TextTable } from "../texts.js";

/** Headlines, the state of tunnels, changes and the scope of a judgement. */
export const STANDING: TextTable = {
  "Capture at {0} at the same time: whether the answers that pass here arrive there.":
    "请同时在 {0} 处抓包：经过此处的应答是否到达那里。",
  "Capture both directions: where packets of {0} alone pass, a mirror port or a filter takes one direction, or the other one has another way.":
    "请抓取双向报文：若只见 {0} 的报文，则镜像端口或过滤器只取了一个方向，或另一方向走别的路径。",
  "Let the capture run on until the request is answered or given up: that takes up to three minutes, by the daemon.":
    "请继续抓包，直到该请求得到应答或被放弃：视守护进程而定，最长约三分钟。",
  "Let the capture run on: another IKE_AUTH, ESP, or a liveness check tells how it ended. Keys (--keys) or a log of either peer (--with) tell it of this capture.":
    "请继续抓包：下一个 IKE_AUTH、ESP 或存活检测会说明结果。密钥（--keys）或任一对端的日志（--with）可就此抓包给出答案。",
  "Ping through the tunnel with growing sizes and without fragmentation (ping -M do -s 1200, 1300, 1400) while the capture runs: the size from which on nothing comes back is that of the path.":
    "抓包期间穿过隧道以递增长度且禁止分片地 ping（ping -M do -s 1200、1300、1400）：从哪个长度起没有应答，路径的上限就在那里。",
  "Ping through the tunnel from both ends while the capture runs, also to the inner address of the gateway itself: where answers come the tunnel works, and only the host that was asked is silent.":
    "抓包期间从两端穿过隧道 ping，也 ping 网关自身的内网地址：有应答则隧道正常，只是被询问的主机不应答。",
  "Ping through the tunnel while the capture runs, and capture ESP too (UDP 4500 and IP protocol 50): packets both ways prove that it works.":
    "抓包期间穿过隧道 ping，并同时抓取 ESP（UDP 4500 和 IP 协议 50）：双向报文即可证明隧道正常。",
  "Capture UDP 500 and 4500 and IP protocol 50 from before the tunnel is set up: the setup tells what the peers agreed on.":
    "请在隧道建立之前就开始抓取 UDP 500、4500 和 IP 协议 50：建立过程会说明双方协商的内容。",
  "{0} of {1} tunnels:": "{1} 条隧道中的 {0} 条：",
  "{0} of {1} tunnels, {2} of them:": "{1} 条隧道中的 {0} 条，其中 {2} 条：",
  "; later {0}": "；此后 {0}",
  "; meanwhile {0}": "；同时 {0}",
  "{0} and {1} more": "{0} 及另外 {1} 组",
  "; {0} more cause{1} below": "；下文还有 {0} 个原因",
  "; they are up again later": "；之后均已恢复",
  "1 of {0} tunnels:": "{0} 条隧道中的 1 条：",
  "{0} of {1} tunnels, first:": "{1} 条隧道中的 {0} 条，首条：",
  "are up without proof of traffic both ways": "已建立，但尚无双向流量的证明",
  "are up": "已建立",
  "is up": "已建立",
  "{0} of {1} tunnels {2}, none is failing{3}": "{1} 条隧道中 {0} 条{2}，没有发生故障的{3}",
  "; of {0} the capture holds too little to judge": "；其中 {0} 条在抓包中的内容不足以判断",
  "stopped: {0} of {1} tunnels are not judged": "已停止：{1} 条隧道中有 {0} 条未作判断",
  "the capture ends too early for any tunnel": "抓包结束得太早，各条隧道的内容都不足以判断",
  "the capture ends too early for any tunnel; {0}": "抓包结束得太早，各条隧道的内容都不足以判断；{0}",
  "IKEv{0} is up": "IKEv{0} 已建立",
  "{0} flows both ways": "{0} 双向有流量",
  "no {0} since": "此后没有 {0}",
  "{0} of {1} only since": "此后只有 {1} 的 {0}",
  "liveness checks are answered, no ESP in the capture": "DPD 探测得到响应，抓包中没有 ESP",
  "{0} flows both ways in another Child SA, but with SPI {1} in one direction only so far: {2}":
    "{0} 在另一个 Child SA 中双向有流量，但 SPI {1} 到目前为止只有单向：{2}",
  "{0} in one direction only so far: {1}": "到目前为止 {0} 只有单向：{1}",
  "{0} both ways, then {1} packets of {2} in {3} without one back":
    "{0} 曾双向通信，随后 {2} 在 {3} 内发出 {1} 个报文而没有回程报文",
  "{0} both ways, then {1} IKE messages of {2}, cut by the snap length, without a packet back":
    "{0} 曾双向通信，随后 {2} 发出 {1} 个被截断长度截断的 IKE 报文而没有回程报文",
  "{0} flows both ways, but {1} repeats its last {2} packets as TCP does, although each is answered: nothing shows that the answers arrive":
    "{0} 双向有流量，但 {1} 像 TCP 那样重复其最后 {2} 个报文，尽管每个都有应答：没有任何迹象表明应答已到达",
  "{0} flows both ways, but nothing came back behind the {1} large packets of {2} (up to {3} B)":
    "{0} 双向有流量，但 {2} 发出的 {1} 个大报文（最大 {3} 字节）之后都没有回程报文",
  "{0} flows both ways, but nothing shows that the {1} large packets of {2} arrive (up to {3} B): what comes behind them comes late, at no fixed time":
    "{0} 双向有流量，但没有迹象表明 {2} 发出的 {1} 个大报文（最大 {3} 字节）已送达：其后的回程报文来得晚，且时间不定",
  "only packets of {0} were captured": "只抓到了 {0} 的报文",
  "nothing follows round {0} of IKE_AUTH (EAP): whether it was the last one is unknown":
    "IKE_AUTH 的第 {0} 轮（EAP）之后没有后续：无法得知这是否为最后一轮",
  "no ESP seen: whether the Child SA was accepted is unknown": "没有看到 ESP：无法得知 Child SA 是否被接受",
  "no ESP in the capture{0}": "抓包中没有 ESP{0}",
  "{0} packet{1} from {2}, {3} from {4}, in {5}": "{5} 内 {2} 发出 {0} 个报文，{4} 发出 {3} 个",
  "({0} attempts in {1})": "（{1} 内尝试 {0} 次）",
  "{0}{1} has no answer when the capture ends {2} later": "{0}{1} 到抓包结束时（{2} 之后）仍无响应",
  "a new setup has come no further than {0}, {1} before the capture ends":
    "新的协商只进行到 {0}，之后到抓包结束的 {1} 内再无进展",
  "the capture ends with {0}{1}": "抓包到 {0}{1} 为止，看不到响应",
  "the capture holds no IKE of this tunnel{0}": "抓包中没有该隧道的 IKE 报文{0}",
  ", {0} is claimed": "，其中声称 {0}",
  "the last message is {0}{1}{2}": "最后一个报文是 {0}{1}{2}",
  "({0} packet{1}{2})": "（{0} 个报文{2}）",
  "({0} packet{1} of this tunnel in {2})": "（{2} 内本隧道的 {0} 个报文）",
  "in {0}": "，历时 {0}",
  "IKE version": "IKE 版本",
  "initiator's port": "发起方端口",
  "responder's port": "响应方端口",
  "group of the first key": "首个 KE 载荷的 DH 组",
  "chosen algorithms": "选定的算法",
  "initiator announces": "发起方通告",
  "responder announces": "响应方通告",
  "initiator's vendor IDs": "发起方的 Vendor ID",
  "responder's vendor IDs": "响应方的 Vendor ID",
  "authentication request": "认证请求",
  "authentication answer": "认证响应",
  "about {0} bytes to port {1}": "约 {0} 字节，发往端口 {1}",
  "{0} in {1} IKE fragments": "{0}，分为 {1} 个 IKE 分片",
  "{0} in {1} IP fragments": "{0}，分为 {1} 个 IP 分片",
  "the finding {0}": "结论 {0}",
  "the phase {0}": "阶段 {0}",
  "the responder {0}": "响应方 {0}",
  "the initiator {0}": "发起方 {0}",
  "an initiator behind NAT": "发起方位于 NAT 之后",
  "initiators that {0}run {1}": "发起方{0}运行 {1}",
  "initiators in {0}.0/24": "发起方位于 {0}.0/24",
  "Main Mode {0}": "主模式报文 {0}",
  "Main Mode {0} or {1}": "主模式报文 {0} 或 {1}",
  "Quick Mode 1 or 2": "快速模式报文 1 或 2",
  "Aggressive Mode {0}": "野蛮模式报文 {0}",
  "Quick Mode {0}": "快速模式报文 {0}",
  "responder {0}": "响应方为 {0}",
  "responder is {0}": "响应方运行 {0}",
  "initiator in {0}": "发起方位于 {0}",
  "initiator is {0}": "发起方运行 {0}",
  "initiator begins on port 500": "发起方从端口 500 开始",
  "initiator begins on another port than 500": "发起方不从端口 500 开始",
  "initiator behind NAT": "发起方位于 NAT 之后",
  "initiator not behind NAT": "发起方不在 NAT 之后",
  "suite {0}": "算法套件 {0}",
  "set up after": "建立时间不早于",
};
