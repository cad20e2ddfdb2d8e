import type { TextTable } from "../texts.js";

export const HELP_HUB: TextTable = {
  "no finding at or above --fail-on, which is critical where not given; of a server that is followed, always":
    "没有达到 --fail-on 级别（默认为 critical）的结论；持续跟踪服务器时总是如此",
  "bad usage, unreadable input, a server that cannot be reached, or nothing to judge":
    "用法错误、输入无法读取、服务器无法到达，或没有可判断的内容",
  "all captures are judged, whatever was found": "全部抓包均已判断，无论结论如何",
  "bad usage, a capture that is damaged or cannot be read, or units that are left because it was ended":
    "用法错误、有抓包已损坏或无法读取，或因中途结束而留有未处理的部分",
  "keep what gateways publish, and what hubs know, on so many servers of a cluster: 3 survive the loss of one":
    "将网关发布的内容和 hub 的状态保存在集群的若干台服务器上：3 台可以承受失去其中一台",
  "Three servers of a cluster, of which one may be lost": "集群中的三台服务器，可以失去其中一台",
  "hubs of one server share its tunnels; the part of one that is gone is another's after this time":
    "同一服务器的多个 hub 分担其隧道；某个 hub 退出超过该时长后，其部分由其他 hub 接管",
  "append what is raised and cleared there too, one JSON object a line":
    "将触发和清除的结论也追加到该文件，每行一个 JSON 对象",
  "The fleet in a browser, and for Prometheus": "在浏览器和 Prometheus 中查看全部网关",
  "exit with 1 if a finding is at least this severe": "有结论达到该严重程度时以 1 退出",
  "a NATS credentials file, or one with the seed of an NKey": "NATS 凭据文件，或含 NKey 种子的文件",
  "trust these certificates of a NATS server, and use TLS": "信任 NATS 服务器的这些证书，并使用 TLS",

  // batch
  "judge stored captures of many gateways into rows for a database":
    "判断多个网关存储的抓包，输出供数据库使用的行",
  "captures, and which part of their path names the gateway: 'DIR/{gateway}/*.pcap*'":
    "抓包，以及路径中哪一部分为网关名：'DIR/{gateway}/*.pcap*'",
  "append rows there; units that it has already are not judged again":
    "将行追加到该文件；其中已有的单元不再判断",
  "the files of a gateway that begin in the same window are one capture":
    "同一网关在同一时间窗口内开始的文件作为一次抓包",
  "judge only part k of n, the same in every run": "只判断 n 份中的第 k 份，每次运行相同",
  "share all units with other workers, by a NATS server with JetStream (nats://host:4222/NAME); each has a file of its own":
    "通过带 JetStream 的 NATS 服务器（nats://host:4222/NAME）与其他工作进程分担全部单元；每个进程使用自己的文件",
  "with --queue: a unit of a worker that is gone is another's after this time":
    "与 --queue 一起使用：工作进程消失后，其单元在此时间之后交给其他进程",
  "One of any number that a NATS server hands units to": "由 NATS 服务器分发单元的任意多个进程之一",
  "All of them, one after the other": "依次判断全部",
  "One of eight that run beside each other, each with a file of its own":
    "八个并行运行的进程之一，各自写入自己的文件",

  // hub
  "what several gateways say together: both ends of each tunnel, from their --publish":
    "汇总多个网关的 --publish 输出，比较每条隧道的两端",
  "files that live --publish wrote, packed with gzip or not, '-' for standard input; or a server, nats://host:4222":
    "live --publish 写出的文件，可为 gzip，“-”为标准输入；或服务器 nats://host:4222",
  "of a server: judge what is stored there now, and follow nothing":
    "对服务器：只判断当前已存储的内容，不持续跟踪",
  "On each gateway, under its own name": "在每个网关上，使用各自的名称",
  "Where the files come together": "在汇总文件的主机上",
  "The same by a NATS server with JetStream": "通过带 JetStream 的 NATS 服务器实现同样的功能",
  "What is raised and cleared, as it happens": "实时显示触发和清除的结论",
};
