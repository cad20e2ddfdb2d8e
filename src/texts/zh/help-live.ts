import type { TextTable } from "../texts.js";

/** Help texts of the commands that watch tunnels live. */
export const HELP_LIVE: TextTable = {
  // live, watch
  "the same verdicts while sniffing: a table, events as JSON, metrics for Prometheus":
    "实时抓包并给出同样的结论：隧道表、JSON 事件、Prometheus 指标",
  "the same as live, on the files that tcpdump -G, -C or -W writes to a directory":
    "与 live 相同，但读取 tcpdump -G、-C 或 -W 写入目录的文件",
  "where another program writes captures, one after the other": "其他程序依次写入抓包文件的目录",
  "pass over the files that are complete at the start": "跳过启动时已完成的文件",
  "A file a minute, and the table of all tunnels": "每分钟一个文件，并显示全部隧道的表",
  "Events as JSON and metrics, of what comes from now on": "从现在起的 JSON 事件和指标",
  "end it and print the final report": "结束并输出最终报告",
  "capture there; 'any' is all interfaces": "在该接口上抓包；'any' 为所有接口",
  "what captures; auto takes the first that is installed": "用于抓包的程序；auto 使用第一个已安装的",
  "only packets from or to these addresses": "只抓取源或目的为这些地址的报文",
  "this filter of tcpdump instead of the built-in one": "使用该 tcpdump 过滤表达式代替内置的",
  "keep so much of a frame; jumbo frames need more, 65535 where IKE runs over TCP":
    "每帧保留的字节数；巨型帧需要更多，IKE 承载于 TCP 时为 65535",
  "room in the kernel for frames not yet read": "内核中尚未读取的帧的缓冲区大小",
  "who to go on as, where started as root (who called sudo, else nobody; root stays root)":
    "以 root 启动后切换到的用户（默认为调用 sudo 的用户，否则为 nobody；指定 root 则不切换）",
  "events, one JSON object a line, to a file or standard output":
    "事件，每行一个 JSON 对象，写入文件或标准输出",
  "serve Prometheus at this port of loopback, or at address:port":
    "在本机环回地址的该端口或 address:port 上提供 Prometheus 指标",
  "serve the tunnels as a page for a browser, at an address that is printed":
    "以浏览器页面显示隧道，启动时打印其地址",
  "answer requests for this name too; by default for addresses and this host's own name":
    "也响应对该主机名的请求；默认只响应对 IP 地址和本机名的请求",
  "label up to n peers by address": "最多为 n 个对端加上地址标签",
  "keep the packets before each finding there, as pcapng": "将每个结论之前的报文以 pcapng 保存到该目录",
  "of all files there; the oldest go first": "该目录全部文件的总大小；最旧的先删除",
  "run it for each finding, as JSON on its standard input; no shell":
    "对每个结论运行该命令，标准输入为 JSON；不经过 shell",
  "hand what the hub joins tunnels by to a NATS server (nats://host:4222), or append it to a file":
    "将供 hub 汇总的数据发给 NATS 服务器（nats://host:4222），或追加到文件",
  "publish under this name; else under that of this host": "发布时使用的名称；默认为本机名",
  "publish this of the gateway, such as isp=north": "发布该网关的标签，如 isp=north",
  "keep there what the server of --publish has not taken yet":
    "将 --publish 的服务器尚未接收的数据保存到该目录",
  "events and commands for findings at least this severe": "只对达到该严重程度的结论产生事件和运行命令",
  "follow so many at once": "同时跟踪的隧道数上限",
  "follow so many ESP streams at once": "同时跟踪的 ESP 流数上限",
  "give up a tunnel that is silent for so long": "隧道静默超过该时长后不再跟踪",
  "no table, also on a terminal": "不显示表，在终端上也是如此",
  "The table of all tunnels that eth0 carries": "显示 eth0 上全部隧道的表",
  "Events as JSON and metrics for Prometheus, of all interfaces": "所有接口的 JSON 事件和 Prometheus 指标",
  "Keep the packets of each failure, and tell syslog of it": "保存每次故障的报文，并记入 syslog",
  "end the capture and print the final report": "结束抓包并输出最终报告",
  "open the file of --json anew, for log rotation": "重新打开 --json 的文件，用于日志轮转",
  "bytes, or a number with k, M, G or T behind it, in powers of 1000":
    "字节数，或后跟 k、M、G、T 的数（以 1000 为进制）",
  "a number with s, m, h or d behind it": "后跟 s、m、h 或 d 的数",
  "a port of 127.0.0.1, or where to listen, such as 192.0.2.1:9476 or [2001:db8::1]:9476":
    "127.0.0.1 的端口，或监听地址，如 192.0.2.1:9476 或 [2001:db8::1]:9476",
  "a program and its arguments, parted by blanks; what stands in quotes stays together. There is no shell: nothing is expanded":
    "程序及其参数，以空格分隔；引号内的内容视为一个整体。不经过 shell，不作任何展开",
  "2048 hold every IP fragment of an IKE message on links of 1,500 bytes, with tags and tunnels around it, and the headers of ESP; more copies payload that nobody reads":
    "2048 足以容纳 1,500 字节链路上 IKE 报文的每个 IP 分片（含各种标签和隧道头）以及 ESP 头部；更大的值只会多复制无人读取的载荷",
  "Started as root, ikescope goes on as the user of --user, else the one who called sudo, else nobody, and keeps of root's power only the right to capture. What it writes belongs to that user.":
    "以 root 启动后，ikescope 切换到 --user 指定的用户；未指定时为调用 sudo 的用户，否则为 nobody。它只保留 root 的抓包权限，写出的文件属于该用户。",
  "Nothing of ikescope itself needs root where the program that captures may capture: 'setcap cap_net_raw+ep $(command -v tcpdump)' lets every user do so, and the systemd unit gives the capability to the service alone.":
    "只要抓包程序有抓包权限，ikescope 自身不需要 root：'setcap cap_net_raw+ep $(command -v tcpdump)' 允许所有用户抓包，而 systemd 单元只把该能力授予服务。",
  'flags of the systemd units, IKESCOPE_FLAGS="..."': 'systemd 单元的选项，IKESCOPE_FLAGS="..."',
  "the same for one interface; it stands instead of the former": "用于单个接口；代替上一个文件",
  "evidence that the systemd unit keeps": "systemd 单元保存的依据文件",
};
