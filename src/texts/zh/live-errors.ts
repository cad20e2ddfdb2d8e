import type { TextTable } from "../texts.js";

/** Messages on standard error of commands that capture or publish, answers of page servers that have nothing, the line of a long read. */
export const LIVE_ERRORS: TextTable = {
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
  "--json {0}: {1}": "--json {0}：{1}",
  "--spool: {0}": "--spool：{0}",
  "--spool {0}: {1}": "--spool {0}：{1}",
  "--publish {0}: {1}": "--publish {0}：{1}",
  "--filter: {0}": "--filter：{0}",
  "--evidence writes frames of captures: name one, as in: ikescope trace.pcap --evidence ticket.pcapng":
    "--evidence 写出抓包中的帧：请给出抓包文件，如 ikescope trace.pcap --evidence ticket.pcapng",
  "--with-keys puts keys into the file of --evidence: ikescope trace.pcap --keys keys.log --evidence ticket.pcapng --with-keys":
    "--with-keys 将密钥写入 --evidence 的文件：ikescope trace.pcap --keys keys.log --evidence ticket.pcapng --with-keys",
  "--publish needs the name of this gateway, for that of the host is none: --gateway hq":
    "--publish 需要本网关的名称，而主机名不能用作名称：--gateway hq",
  "--publish to a server needs --spool, a directory for what it has not taken yet: --spool /var/lib/ikescope/spool":
    "--publish 到服务器时需要 --spool，即存放尚未发出的事件的目录：--spool /var/lib/ikescope/spool",

  // Answers of a server where it has nothing to serve.
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
