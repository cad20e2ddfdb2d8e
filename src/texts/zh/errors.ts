import type { TextTable } from "../texts.js";

/** Messages on standard error: options that cannot be meant, keys and texts of hosts that cannot be used. */
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

  // Things that are asked for and not there.
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
  "the same file was given twice; it is read once": "同一个文件给出了两次，只读取一次",
  "the same capture as {0}, byte for byte; that one is read": "与 {0} 逐字节相同，只读取后者",
  "not read: {0} is a log or dump of a host, not a capture: --with {1} reads it":
    "未读取：{0} 是主机的日志或转储，不是抓包：用 --with {1} 读取",
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
  "{0} -: this goes to a file, never to standard output": "{0} -：此内容写入文件，不能写到标准输出",
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
  "--with: nothing recognised in {0}; 'ikescope explain \"LINE\"' knows what lines of some other products mean":
    "--with：{0} 中没有可识别的内容；'ikescope explain \"LINE\"' 可解释某些其他产品的日志行",
  "{0} is a log or dump of a host, not a capture; each such file needs its own --with: --with {1}":
    "{0} 是主机的日志或转储，不是抓包；每个这样的文件前都要有 --with：--with {1}",
  "1 line of a log is of another time than the capture and left out; --all shows it":
    "日志有 1 行不在抓包的时间内，已略去；--all 会显示它",
  "{0} lines of logs are of another time than the capture and left out; --all shows them":
    "日志有 {0} 行不在抓包的时间内，已略去；--all 会显示它们",
};
