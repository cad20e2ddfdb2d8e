import type { TextTable } from "../texts.js";

/** Messages on standard error about files that cannot be read or written, or are no capture. */
export const FILE_ERRORS: TextTable = {
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
  "permission is missing for the user {0}": "用户 {0} 没有权限",
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
  "this is no capture: a path, a Uint8Array, a stream, a File or a Blob can be opened":
    "这不是抓包：可以打开路径、Uint8Array、流、File 或 Blob",
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
  "{0} ESP sequence numbers are missing across it, which are not counted as lost; a file between the two is missing, or the capture was stopped meanwhile":
    "其间缺少 {0} 个 ESP 序列号，不计入丢包；两个文件之间缺少一个文件，或当时停止了抓包",
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

  // Kinds of files that are no captures.
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
};
