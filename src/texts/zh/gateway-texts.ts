import type { TextTable } from "../texts.js";

/** Texts of `evidence` and `keys`: texts of a gateway by section and line, and which key opens what. */
export const GATEWAY_TEXTS: TextTable = {
  "{0}: nothing recognised in {1}": "{0}：{1}中没有可识别的内容",
  "{0} not recognised, the first is line {1}": "{0}无法识别，首个为第 {1} 行",
  "{0} longer than 64 KiB, read to there": "{0}超过 64 KiB，只读取到该处",
  "the last line has no end: the file may be cut": "最后一行没有行尾：文件可能被截断",
  "1 more section, filed with those above": "另有 1 段，已归入以上各段",
  "{0} more sections, filed with those above": "另有 {0} 段，已归入以上各段",
  "line {0}": "第 {0} 行",
  "1 line": "1 行",
  "{0} lines": "{0} 行",
  "1 section": "1 段",
  "{0} sections": "{0} 段",
  "{0}: 1 record": "{0}：1 条记录",
  "{0}: {1} records": "{0}：{1} 条记录",
  "1 event": "1 个事件",
  "{0} events": "{0} 个事件",
  "no times, in the order of lines": "没有时间，按行的顺序",
  "(zone unknown)": "（时区未知）",
  "{0} to {1}{2}, {3} steps": "{0} 到 {1}{2}，精度 {3}",
  "tells of no packets": "没有关于报文的行",
  "the journal dropped lines": "journal 丢弃了行",
  "its clock goes back {0} time{1}": "其时钟倒退 {0} 次",
  "holds {0}: {1} ({2}{3}), never shown": "含有{0}：{1}（{2}{3}），从不显示",
  "keys of an IKE SA": "IKE SA 的密钥",
  "keys of a Child SA": "Child SA 的密钥",
  "a pre-shared key or password": "预共享密钥或密码",
  "a private key": "私钥",
  "a dump of bytes": "字节转储",

  // Which key opens what.
  "{0} ({1}): {2}: {3}": "{0}（{1}）：{2}：{3}",
  "IKEv2 keys of {0}": "{0} 的 IKEv2 密钥",
  "IKEv2 keys": "IKEv2 密钥",
  "IKEv1 key of {0}": "{0} 的 IKEv1 密钥",
  "IKEv1 keys": "IKEv1 密钥",
  "ESP keys of {0}": "{0} 的 ESP 密钥",
  "ESP keys": "ESP 密钥",
  "shared secret": "共享密钥",
  "opens {0}{1}{2}": "可解密{0}{1}{2}",
  "; of {0} more the integrity key fits, the cipher key does not":
    "；另有 {0} 个的完整性密钥相符，加密密钥不符",
  "; {0} more of the same do not open with it": "；同类的另外 {0} 个不能用它解密",
  "opens {0} once the keys of initiator and responder are exchanged": "将发起方和响应方的密钥互换后可解密{0}",
  "opens {0}, not what its line names": "可解密{0}，但不是该行所指的",
  "the integrity key fits, the cipher key does not": "完整性密钥相符，加密密钥不符",
  "this SA is in the capture, and the key does not fit it": "抓包中有该 SA，但密钥不符",
  "the salt is missing ({0} bytes, {1} needed); --find-salt searches that of AES-GCM":
    "缺少 salt（{0} 字节，需要 {1} 字节）；--find-salt 可搜索 AES-GCM 的 salt",
  "the key has {0} bytes, no length of its algorithm": "密钥为 {0} 字节，不是其算法的长度",
  "the key has {0} bytes, the IKE SA needs {1}": "密钥为 {0} 字节，而该 IKE SA 需要 {1} 字节",
  "the same key as {0}, which opens it": "与 {0} 的密钥相同，后者可解密",
  "this IKE SA is in the capture without its beginning, and its algorithms are not known":
    "抓包中有该 IKE SA 但没有其开头，算法未知",
  "its algorithms cannot be computed here": "此处不能计算其算法",
  "nothing in the capture has this SPI": "抓包中没有该 SPI",
  "opens nothing in the capture": "不能解密抓包中的任何内容",
  "no exchange of the capture needs it, or none that is open": "抓包中没有交换需要它，或需要它的交换未能解密",
  "{0} packet{1} of {2}": " {2} 的 {0} 个报文",
  "{0} message{1} of {2}": " {2} 的 {0} 个报文",
  "{0} message or packet{1} of {2}": " {2} 的 {0} 个报文",
  "{0} line {1} ({2}): not taken: {3}": "{0} 第 {1} 行（{2}）：未采用：{3}",
  "{0} more key lines were not taken": "另有 {0} 行密钥未采用",
  "{0} more keys were left out": "另外略去 {0} 个密钥",
  "{0}: keys of Child SAs with PFS cannot be derived without the shared secret of their exchange (charon logs it with chd = 4); those of ip xfrm state open them":
    "{0}：没有相应交换的共享密钥，无法推导使用 PFS 的 Child SA 的密钥（charon 在 chd = 4 时记录）；可用 ip xfrm state 中的密钥解密",
  "{0}: keys of Child SAs cannot be derived without SK_d (charon logs it with ike = 4); those of ip xfrm state open them":
    "{0}：没有 SK_d，无法推导 Child SA 的密钥（charon 在 ike = 4 时记录）；可用 ip xfrm state 中的密钥解密",
  "{0} from {1} to {2}: no key opens it": "{1} 发往 {2} 的 {0}：没有密钥能解密",

  // Why a key could not be taken.
  "a key is cut in the middle of a byte": "密钥在字节中间被截断",
  "a key is not written in hex, or is cut in the middle of a byte": "密钥不是十六进制，或在字节中间被截断",
  "the key is not written in hex, or is cut in the middle of a byte": "密钥不是十六进制，或在字节中间被截断",
  "a key is not written in hex": "密钥不是十六进制",
  "the key has {0} bytes, no cipher's length; is it cut, or SKEYID_e?":
    "密钥为 {0} 字节，不是任何加密算法的长度；是否被截断，或为 SKEYID_e？",
  'the dump of "{0}" is cut': "“{0}”的转储被截断",
  "the dump of its key is cut": "其密钥的转储被截断",
  "the algorithms of the Child SA are not named near by, or not known":
    "附近没有给出 Child SA 的算法，或算法未知",
  "its encryption algorithm is not known": "其加密算法未知",
  "its authentication algorithm is not known": "其认证算法未知",
  "its algorithm is not known": "其算法未知",
  "the address is none": "地址无效",
  "an address is none": "有一个地址无效",
  "the SPI is none": "SPI 无效",
  "its keys are hidden (`ip xfrm state nokeys`)": "其密钥被隐藏（`ip xfrm state nokeys`）",
  "a hash stands in place of its keys (cilium-dbg)": "其密钥以哈希代替（cilium-dbg）",
  "its keys are shortened": "其密钥被缩短",
  "{0} columns, {1} or {2} needed": "{0} 列，需要 {1} 或 {2} 列",
  "{0} columns, {1} needed": "{0} 列，需要 {1} 列",
  "unclosed quotes in its": "引号没有结束，",

  // The search for a salt.
  "no key of AES-GCM lacks only its salt, so there is none to be searched":
    "没有只缺少 salt 的 AES-GCM 密钥，因此无需搜索",
  "{0}: the capture has no message of one direction to search the salt by":
    "{0}：抓包中缺少某一方向的报文，无法据以搜索 salt",
  "the search was ended": "搜索被中止",
  "none of the 2^32 values is its salt: it is another key": "2^32 个值都不是其 salt：是另一个密钥",
  "{0}: both salts found in {1}; the whole keys are in the file":
    "{0}：{1} 内找到两个 salt；完整的密钥已写入文件",
  "salt of the key of {0}, {1}: {2} % of 2^32 values tried": "{0}密钥的 salt，{1}：已尝试 2^32 个值的 {2} %",
};
