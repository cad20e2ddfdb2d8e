import type { TextTable } from "../texts.js";

/** Help texts, the manual page, and what the parser of options says. */
export const HELP: TextTable = {
  // Headings.
  "Usage:": "用法：",
  "Options:": "选项：",
  "Commands:": "命令：",
  "Arguments:": "参数：",
  Examples: "示例",
  Signals: "信号",
  Values: "取值",
  Permission: "权限",
  Files: "文件",
  Environment: "环境变量",
  "Exit status": "退出状态",
  "Terms of a filter (name=value, name!=value, value|other)": "过滤条件（名称=值、名称!=值、值|其他值）",
  Name: "名称",
  Synopsis: "概要",
  Description: "描述",
  "See also": "参见",
  "User Commands": "用户命令",
  "Without the name of a command, {0} is meant.": "不给出命令时，默认为 {0}。",
  "One of {0}.": "可选值：{0}。",
  "Default: {0}.": "默认值：{0}。",
  "choices: {0}": "可选值：{0}",
  "default: {0}": "默认值：{0}",
  "output the version number": "显示版本号",
  "display help for command": "显示命令的帮助",

  // The program.
  "Reads captures of IPsec VPN traffic and says what failed, where, on which side, and what to do.":
    "读取 IPsec VPN 流量的抓包，说明什么出了故障、在哪里、在哪一侧，以及如何处理。",
  "no finding at or above --fail-on, which is critical where not given; so also a fault that is only SUSPECTED and a capture that ends too early, which count as warnings, and where there is nothing to judge":
    "没有达到 --fail-on 级别（默认为 critical）的结论；疑似故障和过早结束的抓包按警告计，因此也属于此，没有可判断的内容时也是如此",
  "a finding at or above --fail-on": "有达到 --fail-on 级别的结论",
  "bad usage, input that is damaged or cannot be read (what was read is judged all the same), output that cannot be written, or nothing matches":
    "用法错误、输入已损坏或无法读取（已读取的部分仍作判断）、输出无法写入，或没有匹配的内容",
  "ended by a second SIGINT or SIGTERM": "被第二个 SIGINT 或 SIGTERM 结束",
  "ended by a second SIGINT": "被第二个 SIGINT 结束",
  "done, whatever was found": "完成，与发现了什么无关",
  "bad usage, input that is damaged or cannot be read, output that cannot be written, or nothing matches":
    "用法错误、输入已损坏或无法读取、输出无法写入，或没有匹配的内容",
  "ended by a signal or a key, whatever was found": "被信号或按键结束，与发现了什么无关",
  "bad usage, nothing can be read, or the readers of what is written did not take all of it":
    "用法错误、没有可读取的内容，或输出的读取方没有全部接收",
  "something is recognised": "有可识别的内容",
  "nothing is, bad usage, or unreadable input": "没有可识别的内容、用法错误，或输入无法读取",
  "Of {0}:": "{0}：",
  "({0} shows what there is)": "（{0} 显示有哪些命令和选项）",
  "(such as: {0}\n {1} shows what there is)": "（例如：{0}\n {1} 显示有哪些命令和选项）",
  "what a command takes, or all commands": "显示某个命令或全部命令的用法",
  "the name of a command": "命令名",
  "The same as ikescope ladder --help": "等同于 ikescope ladder --help",
  "so many columns for reports and diagrams, wherever they go; else those of the terminal, also where a pager shows them, up to 100 (a ladder: 120); without a terminal 100 (a ladder: 80)":
    "报告和图的列数，无论输出到哪里；未设置时为终端的列数（用分页器显示时也是如此），最多 100（交互图 120）；没有终端时为 100（交互图 80）",
  "report only on the tunnel of that number, judged among the others":
    "只报告该编号的隧道（仍与其他隧道一起判断）",
  "What may be sent to others": "生成可以外发的文件",
  "A line each": "每个报文一行",
  "All fields of the message of frame 12": "帧 12 中报文的全部字段",
  "What --with would take of a log": "--with 能从日志中得到的内容",
  "A finding, by its code": "按代码查看结论",
  "A notify, and the commands of a product": "查看通知，以及某产品的命令",
  "The worst tunnel": "最差的一条隧道",
  "The one that the report gives this number": "报告中该编号的隧道",
  "What of a log may be sent": "日志中可以外发的部分",
  "With what the daemon says between the messages": "并在报文之间显示 IKE 进程的日志",
  "Frames, and what the daemon says of them": "帧，以及 IKE 进程的相应日志",
  "The verdict, tunnel by tunnel": "逐条隧道给出结论",
  "Of a gateway where ikescope is not": "在没有安装 ikescope 的网关上抓包",
  "no colours, also on a terminal": "不使用颜色，在终端上也是如此",
  "a Chinese locale with UTF-8, such as zh_CN.UTF-8, has the output in Simplified Chinese; --lang counts more":
    "UTF-8 的中文区域设置（如 zh_CN.UTF-8）使输出为简体中文；--lang 优先",
  "a locale without UTF-8, such as C, has tables and diagrams drawn in ASCII":
    "非 UTF-8 的区域设置（如 C）使表格和图用 ASCII 绘制",

  // Shared by several commands.
  "what to print": "输出格式",
  "text, or one JSON object a line": "文本，或每行一个 JSON 对象",
  "write there instead of standard output; what is there stays until the new file is whole":
    "写入该文件而不是标准输出；新文件完整之前保留原有内容",
  "only tunnels with this address at one end": "只处理一端为该地址的隧道",
  "only the tunnel of that number in the report, and lines that are about it":
    "只显示报告中该编号的隧道，以及与它有关的行",
  "all lines of the logs, also from before and after the capture": "日志的所有行，包括抓包之前和之后的",
  "exit with 1 when a finding is at least this severe": "有结论达到该严重程度时以 1 退出",
  "pcap, pcapng, snoop or text with dumps, packed or not; a folder of captures; '-' is standard input":
    "pcap、pcapng、snoop 或含十六进制转储的文本，可为压缩文件；也可为抓包目录；“-”为标准输入",
  "replace addresses, SPIs, identities and all content, in reports and in the evidence":
    "在报告和依据文件中替换地址、SPI、身份标识和全部内容",
  "the same, by the secret in a file: equal values stay equal from report to report":
    "同上，使用文件中的密钥：同一个值在各份报告中的替换结果相同",
  "leave out what is before: a date and time, a time of day, or +90s after the first packet":
    "忽略此前的报文：日期和时间、时刻，或首个报文之后 +90s",
  "leave out what is after; written the same way": "忽略此后的报文；写法相同",
  "language of the output: English, or Simplified Chinese; else that of the locale":
    "输出语言：英文或简体中文；未指定时由区域设置决定",
  "write and read times of day so: local, utc, or a name such as Europe/Berlin":
    "时间的显示和解读方式：local、utc，或时区名（如 Asia/Shanghai）",
  "write times so: local, utc, or a name such as Europe/Berlin":
    "时间的显示方式：local、utc，或时区名（如 Asia/Shanghai）",
  "names of addresses, in the form of /etc/hosts, to be shown beside them":
    "地址的名称，格式同 /etc/hosts，显示在地址旁",
  "2026-11-21T14:03:22, with Z or +02:00 behind it or in the zone of --tz; 14:03 or 14:03:22.5 on the day of the first packet (a --to before the --from is on the next day); +90s, +15m or +2h after the first packet":
    "2026-11-21T14:03:22，其后可带 Z 或 +02:00，否则为 --tz 的时区；14:03 或 14:03:22.5 为首个报文当天的时刻（早于 --from 的 --to 为次日）；+90s、+15m 或 +2h 为首个报文之后",
  "open what these keys open: a file or directory of keys (Wireshark's tables, logs of charon and pluto, ip xfrm state), or 'embedded'; may be repeated":
    "用这些密钥解密：密钥文件或目录（Wireshark 的密钥表、charon 和 pluto 日志、ip xfrm state），或 'embedded'；可重复",
  "judge with what a host says (logs, ip xfrm, xfrm_stat, swanctl, ipsec status): a file, a directory, or HOST=FILE; each file has its own --with":
    "结合主机自身的输出判断（日志、ip xfrm、xfrm_stat、swanctl、ipsec status）：文件、目录，或 HOST=FILE；每个文件各用一个 --with",
  "the products of who begins and who answers, as in 'strongswan,huawei' or ',aws': findings show their commands":
    "发起方和响应方的产品，如 'strongswan,huawei' 或 ',aws'：结论中给出相应产品的命令",

  // analyze
  "judge every tunnel in the captures (the default command)": "判断抓包中的每条隧道（默认命令）",
  "of many tunnels list all, the healthy ones too, in text and Markdown":
    "隧道很多时列出全部，包括正常的（文本和 Markdown）",
  "write a small pcapng of the frames that the findings cite, each with its reason":
    "将结论引用的帧写成一个小的 pcapng，每帧附有原因",
  "put the keys of ESP that opened it into the file of --evidence, for Wireshark":
    "将用于解密的 ESP 密钥写入 --evidence 的文件，供 Wireshark 使用",

  // browse
  "the tunnels of captures on a terminal: a table, each tunnel's findings and ladder, each message":
    "在终端上浏览抓包中的隧道：隧道表、每条隧道的结论和交互图、每个报文",
  "begin with the tunnels that have these words, or terms such as status=failing; / changes it":
    "开始时只显示含有这些词或符合条件（如 status=failing）的隧道；按 / 修改",
  "All tunnels, the worst first; ? shows the keys": "全部隧道，最差的在前；按 ? 显示按键",
  "Only some of them": "只显示其中一部分",

  // completion
  "print a script with which a shell completes commands, options and codes":
    "输出 shell 补全脚本，用于补全命令、选项和结论代码",
  "the shell that it is for": "目标 shell",
  "For this shell; in ~/.bashrc for all of them": "用于当前 shell；写入 ~/.bashrc 则用于所有 shell",
  "For all of zsh": "用于所有 zsh",
  "For all of fish": "用于所有 fish",

  // decode
  "every IKE message, a line each": "每个 IKE 报文一行",
  "a tree of all fields with their offsets, instead of a line": "显示全部字段及其偏移的树，而不是一行",
  "only this frame, or a range such as 12-20; 2:12 in the second capture":
    "只显示该帧，或一个范围，如 12-20；第二个抓包中的帧写作 2:12",
  "only messages for which all terms hold, such as 'peer=192.0.2.1 exchange=IKE_AUTH'":
    "只显示符合全部条件的报文，如 'peer=192.0.2.1 exchange=IKE_AUTH'",
  "code of a finding: the frames that it cites": "结论代码：该结论引用的帧",
  "address of either end": "任意一端的地址",
  "exchange type by name or number, such as IKE_AUTH": "交换类型的名称或编号，如 IKE_AUTH",
  "initiator or responder SPI, or how it begins": "发起方或响应方的 SPI，或其开头部分",
  "type of a payload in clear, by name or number": "明文载荷类型的名称或编号",
  "type of a notify in clear, by name or number": "明文通知类型的名称或编号",
  "IKE version, 1 or 2": "IKE 版本，1 或 2",
  "Message ID, decimal or behind 0x": "Message ID，十进制或以 0x 开头",
  "UDP or TCP port of either end": "任意一端的 UDP 或 TCP 端口",
  "frame number, or a range such as 12-20; 2:12 in the second file":
    "帧号，或一个范围，如 12-20；第二个文件中的帧写作 2:12",

  // evidence, redact
  "what logs and dumps of a gateway hold, by section and line; nothing is judged":
    "按段和行列出网关日志和转储的内容，不作判断",
  "logs, dumps, pasted tickets, directories; packed with gzip or not; - for standard input":
    "日志、转储、粘贴的工单、目录；可为 gzip；- 为标准输入",
  "a log or dump that may be sent: values replaced as by --anonymize, secrets and unknown lines left out":
    "生成可以外发的日志或转储：按 --anonymize 的方式替换取值，去掉密钥和无法识别的行",
  "a log, a dump or a pasted ticket; packed with gzip or not; - for standard input":
    "日志、转储或粘贴的工单；可为 gzip；- 为标准输入",

  // explain
  "what a finding, a notify, a status or a reason that a product prints means and what to do; without one, the list of all findings":
    "说明结论、通知、状态或产品输出的原因的含义及处理方法；不带参数时列出全部结论",
  "code of a finding, such as natt-4500-unanswered; a notify, such as NO_PROPOSAL_CHOSEN or 14; a status, such as DEGRADED; words, such as 'wrong PSK'; or what a product prints, such as 'peer SA proposal not match'":
    "结论代码，如 natt-4500-unanswered；通知，如 NO_PROPOSAL_CHOSEN 或 14；状态，如 DEGRADED；词语，如 'wrong PSK'；或产品输出的原因，如 'peer SA proposal not match'",
  "with the commands of that product, such as fortigate or huawei":
    "附上该产品的命令，如 fortigate 或 huawei",
  "the whole catalogue as a page": "以一页输出全部结论",

  // keys
  "which key opens what of a capture, and why others do not; never a key":
    "说明哪个密钥能解密抓包的哪一部分，其他密钥为何不能；从不显示密钥",
  "key files and directories, 'embedded', and at least one capture, in any order":
    "密钥文件和目录、'embedded'，以及至少一个抓包，顺序不限",
  "search the salts that AES-GCM keys of pluto logs lack, for minutes, and write the whole keys into this file":
    "搜索 pluto 日志中 AES-GCM 密钥缺少的 salt（需要数分钟），并将完整密钥写入该文件",
  "a key opens something": "有密钥能解密",
  "none does": "没有密钥能解密",
  "bad usage or unreadable input": "用法错误或输入无法读取",
  "Keys of a charon log with ike = 4, chd = 4": "ike = 4、chd = 4 的 charon 日志中的密钥",
  "Salts that pluto's log lacks; then: ikescope --keys whole-keys trace.pcap":
    "搜索 pluto 日志缺少的 salt；然后执行 ikescope --keys whole-keys trace.pcap",
  "Keys of the kernel, for ESP": "内核中的 ESP 密钥",

  // ladder, timeline, page
  "the exchanges of one tunnel as a sequence diagram": "以时序图显示一条隧道的交互过程",
  "the tunnel of that number in the report; the worst one where not given":
    "报告中该编号的隧道；未指定时为最差的一条",
  "of the tunnels with this address at one end": "在一端为该地址的隧道中选择",
  "frames, lines of logs and events of the kernel on one line of time":
    "将帧、日志行和内核事件排列在同一时间线上",
  "write a page that judges captures in a browser: one file, for people without ikescope; nothing leaves the browser":
    "生成在浏览器中判断抓包的页面：单个文件，供没有 ikescope 的人使用；数据不离开浏览器",
  "write the page there; '-' is standard output": "将页面写入该文件；“-”为标准输出",
  "To be opened from a disk, or put on any web server": "可从磁盘打开，或放在任意 Web 服务器上",

  // The parser of options.
  "({0})": "（{0}）",
  "packets of an interface: {0}": "接口上的报文：{0}",
  "-o writes the report to a file, --evidence the frames that findings cite":
    "-o 将报告写入文件，--evidence 写出结论所引用的帧",
  "addresses are not resolved; --names shows the names of a file": "不解析地址；--names 显示文件中的名称",
  "--peer, --tunnel, --from and --to choose what is reported":
    "--peer、--tunnel、--from 和 --to 选择报告内容",
  "each message with its payloads: {0}": "每条消息及其载荷：{0}",
  "error: unknown option '{0}'": "错误：未知选项“{0}”",
  "error: unknown command '{0}'": "错误：未知命令“{0}”",
  "error: missing required argument '{0}'": "错误：缺少参数“{0}”",
  "error: option '{0}' argument missing": "错误：选项“{0}”缺少取值",
  "error: required option '{0}' not specified": "错误：必须指定选项“{0}”",
  "error: option '{0}' argument '{1}' is invalid. Allowed choices are {2}.":
    "错误：选项“{0}”的取值“{1}”无效。可选值为 {2}。",
  "error: command-argument value '{0}' is invalid for argument '{1}'. Allowed choices are {2}.":
    "错误：参数“{1}”的取值“{0}”无效。可选值为 {2}。",
  "error: too many arguments for '{0}'. Expected {1} argument but got {2}.":
    "错误：“{0}”的参数过多：最多 {1} 个，给出了 {2} 个。",
  "error: too many arguments for '{0}'. Expected {1} arguments but got {2}.":
    "错误：“{0}”的参数过多：最多 {1} 个，给出了 {2} 个。",
  "error: too many arguments. Expected {0} argument but got {1}.":
    "错误：参数过多：最多 {0} 个，给出了 {1} 个。",
  "error: too many arguments. Expected {0} arguments but got {1}.":
    "错误：参数过多：最多 {0} 个，给出了 {1} 个。",
  "(Did you mean {0}?)": "（是否想输入 {0}？）",
  "(Did you mean one of {0}?)": "（是否想输入以下之一：{0}？）",
  "a notify": "通知（Notify）",
};
