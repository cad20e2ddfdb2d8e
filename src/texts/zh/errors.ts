import type { TextTable } from "../texts.js";

/** What standard error says: options that cannot be meant, files that cannot be read or written, captures that cannot begin. */
export const ERRORS: TextTable = {
  "{0}: at byte {1}: {2}": "{0}：第 {1} 字节处：{2}",
  "; did you mean {0}?": "；是否想输入 {0}？",
  "; there are {0}": "；有 {0}",
  "the capture": "抓包",
  "the key": "密钥文件",
  "the keys": "密钥文件",
  "the names": "名称文件",
  "the text": "文本",
  "standard output": "标准输出",

  // What is asked for, and is not there.
  "there is nothing to judge: name a capture, as in: ikescope trace.pcap (or what a host says: ikescope --with charon.log)":
    "没有可判断的内容：请给出抓包文件，如 ikescope trace.pcap（或主机的输出：ikescope --with charon.log）",
  'there is no finding, no notify and no reason "{0}"{1} (ikescope explain lists the findings)':
    "没有名为“{0}”的结论、通知或原因{1}（ikescope explain 列出全部结论）",
  "there is no tunnel in the capture to draw": "抓包中没有可绘制的隧道",
  "there is no tunnel in the capture to browse": "抓包中没有可浏览的隧道",
  "--peer {0}: no tunnel has this address at one end": "--peer {0}：没有一端为该地址的隧道",
  "there is no tunnel in the capture at all": "抓包中没有任何隧道",
  "{0}; there {1} {2}{3}": "{0}；有 {2}{3}",
  "no IKE message matches {0}: {1}": "没有符合 {0} 的 IKE 报文：{1}",
  "a filter by finding reads the capture twice, so it takes files, not standard input":
    "按结论过滤需要读取抓包两次，因此只能用于文件，不能用于标准输入",
  "no packet lies between --from and --to: {0}": "--from 和 --to 之间没有报文：{0}",
  "--to is before --from": "--to 早于 --from",
  "not read: {0}": "未读取：{0}",
  "not read: {0} more file{1}": "未读取：另有 {0} 个文件",
  "{0} is no text: not read": "{0} 不是文本：未读取",
  "{0} is no text": "{0} 不是文本",
  "there is no text to look into": "没有可查看的文本",
  "there is no key to replace values with": "没有用于替换取值的密钥",
  "{0} lines kept; left out: {1} with secrets, {2} that nothing knows":
    "保留 {0} 行；去掉：含密钥的 {1} 行，无法识别的 {2} 行",
  "standard input has to be read twice, and at most 1 GiB of it is kept; write the capture to a file first":
    "标准输入需要读取两次，最多保留 1 GiB；请先将抓包写入文件",
  "browse needs a terminal, and {0}; 'ikescope {1}' prints the report":
    "browse 需要终端，但{0}；'ikescope {1}' 可输出报告",
  "there is none to read keys from": "没有可读取按键的终端",
  "the output is no terminal": "输出不是终端",
  "the variable TERM is not set": "没有设置变量 TERM",
  "a terminal of the type dumb cannot move its cursor (TERM=dumb)":
    "dumb 类型的终端不能移动光标（TERM=dumb）",
  "a server stands alone: its stream has the events of all gateways":
    "服务器只能单独给出：其流中有所有网关的事件",
  "no gateway has published to the server within three minutes: it does so some seconds after its start":
    "三分钟内没有网关向该服务器发布：网关在启动数秒后才会发布",
  "there is no event of a gateway to judge": "没有可判断的网关事件",

  'there is no command and no file "{0}"': "没有命令或文件“{0}”",
  "{0}; --{1} is an option: {2}": "{0}；--{1} 是选项：{2}",
  "{0} (ikescope --help lists the commands)": "{0}（ikescope --help 列出全部命令）",
  "{0}; did you mean {1}?": "{0}；是否想输入 {1}？",
  "there are {0}": "有 {0}",
  'there is no command "{0}"; {1}': "没有命令“{0}”；{1}",
  "--evidence reads the capture twice, and {0} is no file ('-' for standard input works)":
    "--evidence 需要读取抓包两次，而 {0} 不是文件（可用“-”表示标准输入）",
  "--tunnel {0}: there is no such tunnel; {1}{2}": "--tunnel {0}：没有该隧道；{1}{2}",
  "--{0} is for following a server: what is judged once is printed once":
    "--{0} 只用于持续跟踪服务器：一次性的判断只输出一次",
  "did you mean {0}?": "是否想输入 {0}？",
  "there is none at all": "没有任何隧道",
  "there {0} {1}{2}": "有 {1}{2}",
  ", and {0} that {1} not judged": "，另有 {0} 条没有判断",
  "{0} line {1}: {2}; it is left out": "{0} 第 {1} 行：{2}；已略去",
  "{0}: {1} more lines are left out": "{0}：另外略去 {1} 行",
  "none of the files is a capture: name one beside the keys, as in: ikescope keys charon.log trace.pcap":
    "给出的文件中没有抓包：请与密钥一起给出，如 ikescope keys charon.log trace.pcap",
  "no capture holds keys of ESP in itself (a pcapng may): name a file with keys, such as charon.log":
    "抓包自身不含 ESP 密钥（pcapng 可能含有）：请给出密钥文件，如 charon.log",
  "the text names no time zone: its times are taken for UTC": "文本没有给出时区：其时间按 UTC 处理",
  "the text gives times of day only: 1970-01-01 stands for its first day":
    "文本只有时刻：其第一天以 1970-01-01 表示",
  "the text gives seconds since its own start: no date is known": "文本的时间为自其开始的秒数：日期未知",

  // Values of options.
  '{0} takes an IP address, not "{1}"': "{0} 的取值为 IP 地址，而不是“{1}”",
  '{0} takes a duration such as 90s, 15m, 24h or 7d, not "{1}"':
    "{0} 的取值为时长，如 90s、15m、24h 或 7d，而不是“{1}”",
  "{0} takes a duration from {1} to {2}, not {3}": "{0} 的取值为 {1} 到 {2} 的时长，而不是 {3}",
  '{0} takes letters, digits, - and _, up to 64 of them, not "{1}"':
    "{0} 的取值由字母、数字、- 和 _ 组成，最多 64 个字符，而不是“{1}”",
  '{0} takes name=value such as isp=north, without blanks, not "{1}"':
    "{0} 的取值为 name=value，如 isp=north，不含空格，而不是“{1}”",
  "{0}: no more than {1}": "{0}：最多 {1} 个",
  '{0} takes the name of a host such as gateway.example, not "{1}"':
    "{0} 的取值为主机名，如 gateway.example，而不是“{1}”",
  '{0} takes a port, or an address and a port such as 192.0.2.1:9476 or [2001:db8::1]:9476, not "{1}"':
    "{0} 的取值为端口，或地址和端口，如 192.0.2.1:9476 或 [2001:db8::1]:9476，而不是“{1}”",
  '{0} takes a time such as 2026-11-21T14:03:22, 14:03 or +90s, not "{1}"':
    "{0} 的取值为时间，如 2026-11-21T14:03:22、14:03 或 +90s，而不是“{1}”",
  '{0} takes the name of {1}, not "{2}"': "{0} 的取值为{1}的名称，而不是“{2}”",
  "an interface such as eth0, or 'any'": "接口（如 eth0，或 'any'）",
  "a user": "用户",
  '{0} takes a whole number from {1} to {2}, not "{3}"': "{0} 的取值为 {1} 到 {2} 的整数，而不是“{3}”",
  "{0} is empty": "{0} 为空",
  '{0} takes a size such as 500M or 2G, not "{1}"': "{0} 的取值为大小，如 500M 或 2G，而不是“{1}”",
  "{0} takes a size from {1} to {2}, not {3}": "{0} 的取值为 {1} 到 {2} 的大小，而不是 {3}",
  '{0}: a quote does not end in "{1}"': "{0}：“{1}”中的引号没有结束",
  "{0} takes a program and its arguments": "{0} 的取值为程序及其参数",
  '--product knows no "{0}"{1}': "--product 不认识“{0}”{1}",
  '--product takes the products of who begins and of who answers, as in strongswan,huawei, not "{0}"':
    "--product 的取值为发起方和响应方的产品，如 strongswan,huawei，而不是“{0}”",
  '--tunnel takes a number as the report gives it, not "{0}"':
    "--tunnel 的取值为报告中的隧道编号，而不是“{0}”",
  '--tz takes local, utc or the name of a time zone such as Europe/Berlin, not "{0}"':
    "--tz 的取值为 local、utc 或时区名（如 Asia/Shanghai），而不是“{0}”",
  "--names: cannot read {0}: {1}": "--names：无法读取 {0}：{1}",
  "--names: line {0} of {1} is not an address with a name behind it, as in /etc/hosts":
    "--names：{1} 的第 {0} 行不是地址后跟名称的格式（同 /etc/hosts）",
  "--anonymize-key: {0} has {1} bytes; a key has at least {2} ('openssl rand -out key 32' makes one)":
    "--anonymize-key：{0} 有 {1} 字节；密钥至少 {2} 字节（可用 'openssl rand -out key 32' 生成）",
  "--anonymize-key: cannot read {0}: {1}": "--anonymize-key：无法读取 {0}：{1}",
  "--names tells who the addresses are, and --anonymize hides it: give one of them":
    "--names 显示地址的名称，而 --anonymize 将其隐藏：只能给出其中一个",
  "--keys opens nothing of what --anonymize has replaced: give one of them":
    "--keys 无法解密 --anonymize 替换后的内容：只能给出其中一个",
  "--with shows what --anonymize hides: give it texts made by 'ikescope redact', with an anonymized capture":
    "--with 会显示 --anonymize 所隐藏的内容：请对已匿名化的抓包使用 'ikescope redact' 生成的文本",
  "--evidence is a pcapng file, which no terminal can show": "--evidence 是 pcapng 文件，不能在终端上显示",
  "--find-salt writes keys into a file, not on a terminal": "--find-salt 将密钥写入文件，不能写到终端",
  "--user is for ikescope that is started as root": "--user 只用于以 root 启动的 ikescope",
  "{0} says nothing without --publish, such as --publish events.ndjson":
    "{0} 只能与 --publish 一起使用，如 --publish events.ndjson",
  "the filter is empty": "过滤条件为空",
  '"{0}" is not of the form name=value': "“{0}”不是 name=value 的形式",
  'there is nothing called "{0}"; there are {1} and {2}': "没有名为“{0}”的条件；有 {1} 和 {2}",
  'there is nothing called "{0}" to filter by; there are {1}': "没有名为“{0}”的过滤条件；有 {1}",
  'there is no finding "{0}"{1} (ikescope explain lists them all)':
    "没有名为“{0}”的结论{1}（ikescope explain 列出全部）",
  '"{0}" is no IP address': "“{0}”不是 IP 地址",
  '{0} is a number from 0 to {1}, not "{2}"': "{0}为 0 到 {1} 的数，而不是“{2}”",
  'an SPI of IKE is {0} hexadecimal digits or how they begin, not "{1}"':
    "IKE 的 SPI 为 {0} 位十六进制数或其开头部分，而不是“{1}”",
  'a frame is a number or a range such as 12-20, or 2:12 in the second file, not "{0}"':
    "帧为一个数或一个范围，如 12-20，或第二个文件中的 2:12，而不是“{0}”",
  'files are counted from 1, so there is no file 0 in "{0}"': "文件从 1 开始计数，因此“{0}”中没有文件 0",
  'frames are counted from 1, so there is no frame 0 in "{0}"': "帧从 1 开始计数，因此“{0}”中没有帧 0",
  'no capture has as many frames as "{0}"': "没有抓包有“{0}”这么多帧",
  'the range "{0}" ends before it begins': "范围“{0}”的结尾小于开头",
  ", such as {0}": "，如 {0}",
  '"{0}" is not {1}: a name or a number from 0 to {2}{3}': "“{0}”不是{1}：应为名称或 0 到 {2} 的数{3}",
  "an exchange type": "交换类型",
  "a payload type": "载荷类型",
  "a notify type": "通知类型",
  "a major version": "主版本",
  "a Message ID": "Message ID ",
  "a port": "端口",

  // Files that are written.
  "cannot write {0}: {1}": "无法写入 {0}：{1}",
  "it would overwrite {0} {1}": "它会覆盖{0} {1}",
  "{0} is written there too": "{0} 也写入该处",
  "{0} is there already, and so are {1} others of its name": "{0} 已存在，另有 {1} 个同名文件也已存在",
  "--json {0}: it would overwrite the names {1}": "--json {0}：它会覆盖名称文件 {1}",
  "--publish {0}: it would be written into {1}": "--publish {0}：它会写入 {1}",
  "--evidence-dir {0} cannot be used: {1}": "--evidence-dir {0} 无法使用：{1}",
  "the evidence file holds the keys of {0} ESP SAs{1}; keys of IKE have no place in a pcapng":
    "依据文件中有 {0} 个 ESP SA 的密钥{1}；pcapng 中不能存放 IKE 的密钥",
  "; those of {0} more have algorithms without a name in Wireshark":
    "；另有 {0} 个的算法在 Wireshark 中没有名称",
  "no space is left on the device": "设备上没有剩余空间",
  "the disk quota is used up": "磁盘配额已用完",
  "the file would be larger than the system allows": "文件将超过系统允许的大小",
  "the file system is read-only": "文件系统为只读",
  "its clock is {0} ahead of that of the files it was compared with; its times are given without that":
    "其时钟比所对照的文件快 {0}；给出的时间已扣除这一偏差",
  "its clock is {0} behind that of the files it was compared with; its times are given without that":
    "其时钟比所对照的文件慢 {0}；给出的时间已补上这一偏差",
  "the clock of the link {0} is {1} ahead of that of the link it was compared with; its times are given without that":
    "链路 {0} 的时钟比所对照的链路快 {1}；给出的时间已扣除这一偏差",
  "the clock of the link {0} is {1} behind that of the link it was compared with; its times are given without that":
    "链路 {0} 的时钟比所对照的链路慢 {1}；给出的时间已补上这一偏差",
  "{0} packets of no link that IPsec goes over are left out: which clock they have is not known":
    "略去 {0} 个不属于任何承载 IPsec 的链路的报文：其时钟未知",
  "permission is missing": "没有权限",
  "there is no such directory": "没有该目录",
  "a part of its path is not a directory": "其路径中有一部分不是目录",
  "this is a directory": "这是一个目录",
  "its symbolic links lead in a circle": "其符号链接形成循环",
  "the name is too long": "名称过长",
  "too many files are open at once": "同时打开的文件过多",
  "the device reports an error": "设备报告错误",
  "its reader went away": "其读取方已退出",

  // Files that are read.
  "there is no such file": "没有该文件",
  "there is no such file: a part of its path is not a directory": "没有该文件：其路径中有一部分不是目录",
  "the file name is too long": "文件名过长",
  "the disk reports an error": "磁盘报告错误",
  "this is not a file that can be read": "这不是可以读取的文件",
  "this is a directory, not a capture": "这是一个目录，不是抓包",
  "standard input can be read only once": "标准输入只能读取一次",
  "these are {0} files; {1} is the most that are read together": "共 {0} 个文件；一次最多读取 {1} 个",
  "{0} has {1} files; no more than {2} are read": "{0} 中有 {1} 个文件；最多读取 {2} 个",
  "there is no file in it, or none that matches": "其中没有文件，或没有匹配的文件",
  "no capture among {0} file{1}; the first: {2}": "{0} 个文件中没有抓包；第一个：{2}",
  "the file is empty": "文件为空",
  "the file is only {0} byte{1} long": "文件只有 {0} 字节",
  "a capture has a header of at least {0} bytes": "抓包的头部至少有 {0} 字节",
  "--evidence: {0} is not written: no packet was read": "--evidence：未写入 {0}：没有读到报文",
  "nothing is known of the {0} before this file: {1}": "此文件之前的 {0} 情况不明：{1}",
  "the file of number {0} is not among these": "编号为 {0} 的文件不在其中",
  "files of the numbers {0} to {1} are not among these": "编号为 {0} 至 {1} 的文件不在其中",
  "the other files follow one another every {0}, so one or more seem to be missing":
    "其他文件每隔 {0} 一个，因此似乎缺少一个或多个",
  "the file holds nothing but zeros from byte {0} on: its end was never written":
    "文件从第 {0} 字节起全为零：其结尾从未写入",
  "zeros up to byte {0} stand where a record should": "本应是记录的位置全为零，直到第 {0} 字节",
  "the file ends inside a {0}: the one at byte {1} needs {2} bytes, {3} {4} there":
    "文件在{0}中间结束：第 {1} 字节处的{0}需要 {2} 字节，只有 {3} 字节",
  "file header": "文件头",
  record: "记录",
  block: "块",
  "{0} (byte of what the packed file holds; it may be damaged)":
    "{0}（为解压后内容的字节位置；压缩文件可能已损坏）",
  "the gzip data end before their time, at byte {0} of the packed file":
    "gzip 数据提前结束，位于压缩文件的第 {0} 字节",
  "the gzip data are damaged here or before: {0}; what they unpack to was read up to there":
    "gzip 数据在此处或之前损坏：{0}；已读取到此处为止的内容",
  "the gzip data are damaged here or before: {0}; what they unpack to was read except for the last {1} KiB or less before the damage":
    "gzip 数据在此处或之前损坏：{0}；除损坏之前最后不超过 {1} KiB 外，其余内容已读取",
  "the {0} data end before their time, at byte {1} of the packed file":
    "{0} 数据提前结束，位于压缩文件的第 {1} 字节",
  "the {0} data cannot be unpacked here or before: {1}: {2}": "{0} 数据在此处或之前无法解压：{1}：{2}",
  "too many files packed with {0} to be read at once: unpack them first":
    "同时读取的 {0} 压缩文件过多：请先解压",
  "a file packed with {0}, and the program {1} is missing here: install it, or unpack the file elsewhere":
    "文件以 {0} 压缩，而此处没有程序 {1}：请安装，或在别处解压",
  "{0} cannot be started: {1}": "{0} 无法启动：{1}",
  "{0} cannot be started": "{0} 无法启动",
  "frame {0} says that it holds {1} bytes; {2} is the most that this file can have":
    "帧 {0} 声明有 {1} 字节；该文件的上限为 {2}",
  "frame {0} says that it holds {1} bytes; its block has room for {2}":
    "帧 {0} 声明有 {1} 字节；其块只能容纳 {2} 字节",
  "frame {0} says that it holds {1} bytes in a record of {2}": "帧 {0} 声明有 {1} 字节，而其记录为 {2} 字节",
  "the block's length is {0} at its start and {1} at its end": "块的长度在开头为 {0}，在结尾为 {1}",
  "the section's byte-order mark is {0}, neither 1a2b3c4d nor 4d3c2b1a":
    "段的字节序标记为 {0}，不是 1a2b3c4d 或 4d3c2b1a",
  "the section is of format version {0}; only 1 can be read": "段的格式版本为 {0}；只能读取版本 1",
  "the section declares more than {0} interfaces": "段声明的接口超过 {0} 个",
  "the block belongs to interface {0}; its section has declared {1} so far":
    "块属于接口 {0}；其段至此只声明了 {1} 个接口",
  "the block's length leaves {0} bytes for fields that need {1}":
    "块的长度只给字段留下 {0} 字节，需要 {1} 字节",
  "the block's length is {0}, no multiple of 4": "块的长度为 {0}，不是 4 的倍数",
  "the block's length is {0}; it can only be from {1} to {2}": "块的长度为 {0}；只能为 {1} 到 {2}",
  "not a snoop capture": "不是 snoop 抓包",
  "the snoop file is of version {0}; only 2 can be read": "snoop 文件的版本为 {0}；只能读取版本 2",
  "the snoop file is of data link type {0}, whose frames cannot be read":
    "snoop 文件的数据链路类型为 {0}，无法读取其帧",
  "the times are differences from packet to packet: print them with dates, as tcpdump -tttt does":
    "时间为报文之间的差值：请以日期输出，如 tcpdump -tttt",

  // What a file is that is no capture.
  "not a capture: {0}": "不是抓包：{0}",
  "not a capture: {0}: {1}": "不是抓包：{0}：{1}",
  "not a capture: it begins with {0} zero bytes, as a file does whose data were never written":
    "不是抓包：开头为 {0} 个零字节，如同数据从未写入的文件",
  "not a capture: its first bytes are {0}; if Wireshark opens it: {1}":
    "不是抓包：其开头字节为 {0}；如果 Wireshark 能打开：{1}",
  "not a capture: text without the bytes of packets: tcpdump -w FILE.pcap records them":
    "不是抓包：文本中没有报文的字节：可用 tcpdump -w FILE.pcap 抓取",
  "a Bluetooth capture": "蓝牙抓包",
  "a Sniffer capture": "Sniffer 抓包",
  "a NetXRay or Sniffer capture": "NetXRay 或 Sniffer 抓包",
  "a Microsoft Network Monitor capture": "Microsoft Network Monitor 抓包",
  "an AIX iptrace": "AIX iptrace",
  "an Observer capture": "Observer 抓包",
  "a K12 text capture": "K12 文本抓包",
  "a hardware vendor's variant of pcap": "某硬件厂商的 pcap 变体",
  "a tar archive": "tar 归档",
  "a zip archive": "zip 归档",
  "a capture in base64: base64 -d FILE | ikescope -": "base64 编码的抓包：base64 -d FILE | ikescope -",
  "a gzip file inside of a gzip file": "gzip 文件中的 gzip 文件",
  "an xz file inside of a packed file": "压缩文件中的 xz 文件",
  "a zstd file inside of a packed file": "压缩文件中的 zstd 文件",
  "a bzip2 file inside of a packed file": "压缩文件中的 bzip2 文件",
  "a file packed with compress": "以 compress 压缩的文件",
  "an lzip file": "lzip 文件",
  "a 7z archive": "7z 归档",
  "a rar archive": "rar 归档",
  "flow records of nfdump": "nfdump 的流记录",
  "a program": "程序",
  "a PDF document": "PDF 文档",
  "text in UTF-16": "UTF-16 文本",
  "text in UTF-16, as PowerShell writes it": "UTF-16 文本（PowerShell 的输出格式）",
  "a Windows event trace (ETL)": "Windows 事件跟踪（ETL）",
  "tcpdump -w OUT.pcap makes a capture": "可用 tcpdump -w OUT.pcap 抓包",
  "flows hold no packets: tcpdump -w OUT.pcap on the gateway":
    "流记录中没有报文：请在网关上执行 tcpdump -w OUT.pcap",
  "XML, not packets: tcpdump -w OUT.pcap records them": "这是 XML，不是报文：可用 tcpdump -w OUT.pcap 抓取",
  "JSON, not packets: tcpdump -w OUT.pcap records them": "这是 JSON，不是报文：可用 tcpdump -w OUT.pcap 抓取",
  "a report of ikescope: ikescope the capture that it was made from":
    "ikescope 的报告：请对生成它的抓包运行 ikescope",
  "text of FortiGate's sniffer of a level without packet bytes: diagnose sniffer packet any 'host PEER' 6 0 a":
    "FortiGate 抓包的文本，其级别不含报文字节：请用 `diagnose sniffer packet any 'host PEER' 6 0 a`",
  "text of tcpdump without packet bytes: tcpdump -w FILE.pcap, or tcpdump -xx":
    "tcpdump 的文本，不含报文字节：请用 tcpdump -w FILE.pcap 或 tcpdump -xx",
  "the packet list of tshark or Wireshark, without packet bytes: tshark -r CAPTURE -w FILE.pcapng":
    "tshark 或 Wireshark 的报文列表，不含报文字节：tshark -r CAPTURE -w FILE.pcapng",
  "a list of packets without their bytes: tcpdump -w FILE.pcap":
    "不含字节的报文列表：请用 tcpdump -w FILE.pcap",

  // Keys, and what hosts say.
  "--keys: {0}": "--keys：{0}",
  "{0} holds no keys that are recognised ({1} lines)": "{0} 中没有可识别的密钥（{1} 行）",
  "--keys: none of the {0} files in {1} holds keys that are recognised":
    "--keys：{1} 的 {0} 个文件中都没有可识别的密钥",
  "--keys: {0} has more than 4 GiB": "--keys：{0} 超过 4 GiB",
  "--keys: {0} holds {1} files, more than {2}": "--keys：{0} 有 {1} 个文件，超过 {2} 个",
  "--keys: cannot read {0}: {1}": "--keys：无法读取 {0}：{1}",
  "--keys embedded reads captures twice, so they have to be files":
    "--keys embedded 需要读取抓包两次，因此必须为文件",
  "the keys open nothing of the capture (ikescope keys says why)":
    "密钥不能解密抓包的任何部分（ikescope keys 说明原因）",
  "{0} line {1} holds {2} ({3} lines in all); it is not used and not shown":
    "{0} 第 {1} 行含有 {2}（共 {3} 行）；既不使用也不显示",
  "--with: nothing recognised in {0}": "--with：{0} 中没有可识别的内容",

  // Captures on an interface.
  "there is no interface {0}: {1}": "没有接口 {0}：{1}",
  "there are {0}{1} and any (see ip link)": "有 {0}{1} 和 any（参见 ip link）",
  "ip link shows which there are": "ip link 显示有哪些接口",
  "{0} may not capture on {1}: {2}": "{0} 没有在 {1} 上抓包的权限：{2}",
  "the interface {0} is down: ip link set {1} up": "接口 {0} 处于关闭状态：ip link set {1} up",
  "{0} could not capture on {1}: {2}": "{0} 无法在 {1} 上抓包：{2}",
  "; or:": "；或：",
  "it ended without a word": "它没有输出任何信息就结束了",
  "the capture filter is refused: {0} (man pcap-filter has its language)":
    "抓包过滤表达式被拒绝：{0}（语法见 man pcap-filter）",
  "it cannot be compiled": "无法编译",
  "{0} did not begin to capture within {1} s": "{0} 在 {1} 秒内没有开始抓包",
  "nothing here can capture; one of these helps: {0}": "此处没有能抓包的程序；以下方法之一可以解决：{0}",
  "this user may not run tcpdump: run ikescope as root or let others execute it":
    "当前用户没有运行 tcpdump 的权限：请以 root 运行 ikescope，或允许其他用户执行它",
  "tcpdump is not installed: apt install tcpdump (Debian, Ubuntu) or dnf install tcpdump (RHEL, Fedora)":
    "没有安装 tcpdump：apt install tcpdump（Debian、Ubuntu）或 dnf install tcpdump（RHEL、Fedora）",
  "run ikescope as root, or once as root: setcap cap_net_raw,cap_net_admin+eip $(command -v tcpdump)":
    "以 root 运行 ikescope，或以 root 执行一次 setcap cap_net_raw,cap_net_admin+eip $(command -v tcpdump)",
  "this user may not run dumpcap: {0}": "当前用户没有运行 dumpcap 的权限：{0}",
  "join the group wireshark (usermod -a -G wireshark USER, then log in again; on Debian first dpkg-reconfigure wireshark-common)":
    "加入 wireshark 组（usermod -a -G wireshark USER，然后重新登录；在 Debian 上先执行 dpkg-reconfigure wireshark-common）",
  "dumpcap is not installed: apt install wireshark-common (Debian, Ubuntu) or dnf install wireshark-cli (RHEL, Fedora)":
    "没有安装 dumpcap：apt install wireshark-common（Debian、Ubuntu）或 dnf install wireshark-cli（RHEL、Fedora）",
  "the npm package cap is not installed or not built: npm install cap beside ikescope, which takes libpcap-dev and build-essential (Debian, Ubuntu) or libpcap-devel, gcc-c++ and make (RHEL, Fedora)":
    "npm 包 cap 没有安装或没有编译：在 ikescope 旁执行 npm install cap，需要 libpcap-dev 和 build-essential（Debian、Ubuntu）或 libpcap-devel、gcc-c++ 和 make（RHEL、Fedora）",
  "run ikescope as root, or give its service AmbientCapabilities=CAP_NET_RAW (systemd), or install tcpdump":
    "以 root 运行 ikescope，或为其服务设置 AmbientCapabilities=CAP_NET_RAW（systemd），或安装 tcpdump",
  "started as root, ikescope goes on as another user by setpriv, which is missing: install util-linux, or run ikescope as a user of its own after setcap cap_net_raw,cap_net_admin+eip $(command -v tcpdump), or say --user root":
    "以 root 启动后，ikescope 用 setpriv 切换到其他用户，但此处没有 setpriv：请安装 util-linux，或执行 setcap cap_net_raw,cap_net_admin+eip $(command -v tcpdump) 后以专用用户运行 ikescope，或指定 --user root",
  "there is no user {0} to go on as: --user takes another": "没有可切换的用户 {0}：请用 --user 指定其他用户",
  "ikescope cannot go on as the user {0} ({1}): install it where that user can read it, or say --user NAME, or --user root":
    "ikescope 无法切换到用户 {0}（{1}）：请安装到该用户可读取的位置，或指定 --user NAME 或 --user root",
  "{0} cannot be watched: {1}": "无法监视 {0}：{1}",
  "{0} is no directory; 'ikescope FILE' judges a capture": "{0} 不是目录；'ikescope FILE' 可判断抓包文件",
  "{0}: another program listens there; choose another port": "{0}：已有其他程序在此监听；请选择其他端口",
  "{0}: this machine does not have that address": "{0}：本机没有该地址",
  "{0}: permission for a port below 1024 is missing; choose a higher one":
    "{0}：没有使用 1024 以下端口的权限；请选择更大的端口",
  "the server's JetStream: {0}": "服务器的 JetStream：{0}",
  "the server's JetStream does not answer: a stream was deleted, or it was turned off ({0})":
    "服务器的 JetStream 没有应答：流已被删除，或 JetStream 已关闭（{0}）",
  "NATS needs the packages @nats-io/transport-node, @nats-io/jetstream and @nats-io/kv, which npm installs with ikescope":
    "NATS 需要 @nats-io/transport-node、@nats-io/jetstream 和 @nats-io/kv 包，npm 会随 ikescope 一起安装",
  '"{0}" is no URL such as nats://192.0.2.1:4222': "“{0}”不是 nats://192.0.2.1:4222 这样的 URL",
  "--nats-creds: the file holds neither a user's JWT nor the seed of an NKey":
    "--nats-creds：文件中既没有用户的 JWT，也没有 NKey 种子",
  "--json: {0}": "--json：{0}",
  "--spool: {0}": "--spool：{0}",
  "--publish: {0}": "--publish：{0}",
  "--filter: {0}": "--filter：{0}",
  "--evidence writes frames of captures: name one, as in: ikescope trace.pcap --evidence ticket.pcapng":
    "--evidence 写出抓包中的帧：请给出抓包文件，如 ikescope trace.pcap --evidence ticket.pcapng",
  "--with-keys puts keys into the file of --evidence: ikescope trace.pcap --keys keys.log --evidence ticket.pcapng --with-keys":
    "--with-keys 将密钥写入 --evidence 的文件：ikescope trace.pcap --keys keys.log --evidence ticket.pcapng --with-keys",
  "--publish needs the name of this gateway, for that of the host is none: --gateway hq":
    "--publish 需要本网关的名称，而主机名不能用作名称：--gateway hq",
  "--publish to a server needs --spool, a directory for what it has not taken yet: --spool /var/lib/ikescope/spool":
    "--publish 到服务器时需要 --spool，即存放尚未发出的事件的目录：--spool /var/lib/ikescope/spool",

  // What the pages of a server say where they have nothing.
  "there is {0}": "这里有 {0}",
  "there is nothing to {0} here": "这里不支持 {0}",
  "there is none of that": "没有所请求的内容",
  "this is not {0}; --metrics-host adds a name": "本机不是 {0}；可用 --metrics-host 添加名称",
  "a request has no body here": "此处的请求不能带有内容",
  "the page could not be made": "无法生成该页面",
  "the file could not be made": "无法生成该文件",
  "other files are being made; ask again": "正在生成其他文件，请稍后再试",
  "the address of the page is the whole one that ikescope printed": "页面地址是 ikescope 打印出的完整地址",

  // The line of a long read.
  "read {0}, {1}": "已读取 {0}，{1}",
  "read {0} of {1} ({2} %), {3}{4}": "已读取 {0}，共 {1}（{2} %），{3}{4}",
  ", {0} s left to read": "，还需 {0} 秒",
};
