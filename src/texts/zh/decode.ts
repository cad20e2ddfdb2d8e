import type { TextTable } from "../texts.js";

/** Texts of `decode` beside names of payloads, fields and values, why a message cannot be read, and the line of time. */
export const DECODE: TextTable = {
  "[{0} of {1} bytes captured]": "[只抓到 {1} 字节中的 {0} 字节]",
  "[malformed: {0}]": "[格式错误：{0}]",
  "MALFORMED: {0}": "格式错误：{0}",
  "Frame {0}  {1}  {2}, {3} bytes": "帧 {0}  {1}  {2}，{3} 字节",
  "Decrypted, {0} bytes, {1}": "已解密，{0} 字节，{1}",
  "{0} ({1}), {2} bytes, critical": "{0} ({1})，{2} 字节，critical",
  "{0} ({1}), {2} bytes": "{0} ({1})，{2} 字节",
  "frames {0} to {1}": "帧 {0} 到 {1}",
  "there is 1 IKE message, in {0}": "有 1 个 IKE 报文，位于{0}",
  "there are {0} IKE messages, in {1}": "有 {0} 个 IKE 报文，位于{1}",
  "the {0} is {1}": "{0} 为 {1}",
  "in none of them": "（均没有）",
  "{0} and others": "{0} 等",

  // Why decoders stop.
  "{0} at byte {1} needs {2} bytes, {3} are there (length declared by {4})":
    "第 {1} 字节处的 {0} 需要 {2} 字节，实际只有 {3} 字节（长度由 {4} 给出）",
  "{0} at byte {1}: {2}": "第 {1} 字节处的 {0}：{2}",
  "no IKE header: {0} bytes of one": "不是 IKE 头部：只有其中 {0} 字节",
  "no IKE header: {0}": "不是 IKE 头部：{0}",
  "the header declares {0} bytes, fewer than its own {1}":
    "头部给出的长度为 {0} 字节，小于头部自身的 {1} 字节",
  "major version {0} is neither 1 nor 2": "主版本号为 {0}，既不是 1 也不是 2",
  "fragment {0} of {1}: they are numbered from 1 up to their total": "分片 {0}/{1}：编号应从 1 到总数",
  "{0} is less than the {1} bytes of the length field itself": "{0} 小于长度字段自身的 {1} 字节",
  "more than {0} payloads": "载荷超过 {0} 个",
  "payload length {0} is below {1}": "载荷长度 {0} 小于 {1}",
  "{0} bytes behind the last payload": "最后一个载荷之后还有 {0} 字节",
  "{0} SPIs of no bytes": "{0} 个长度为 0 的 SPI",
  "{0} bytes are left over": "剩余 {0} 字节",
  "chain mark {0} instead of 0 or {1}": "链标志为 {0}，应为 0 或 {1}",
  "declares {0} transforms, has {1}": "声明有 {0} 个 transform，实际有 {1} 个",
  "declares {0} bytes, its header alone has {1}": "声明的长度为 {0} 字节，而仅其头部就有 {1} 字节",
  "secrecy or integrity labels are not decoded": "不解码 secrecy 和 integrity 标签",

  // The line of time.
  "{0}, first of {1}": "{0}，首个（共 {1}）",
  "{0}, last of {1}": "{0}，最后一个（共 {1}）",
  "sent: {0}": "发出：{0}",
  "received: {0}": "收到：{0}",
  "{0}: not used, {1}": "{0}：未采用，{1}",
  "{0} s ahead of the capture ({1} to {2}), by {3} messages":
    "比抓包快 {0} 秒（{1} 到 {2}），依据 {3} 个报文",
  "{0} s behind the capture ({1} to {2}), by {3} messages": "比抓包慢 {0} 秒（{1} 到 {2}），依据 {3} 个报文",
  "{0}: clock {1}": "{0}：时钟{1}",
  "{0}: no message in common with the capture, its clock is taken to be right":
    "{0}：与抓包没有共同的报文，视其时钟为准确",
  "{0}: no times, {1} messages joined in their order (~)": "{0}：没有时间，{1} 个报文按先后顺序对应（~）",
  "{0}: clock unknown (?)": "{0}：时钟未知（?）",
  "{0}: not used, nothing proves how its clock differs": "{0}：未使用，没有证据说明其时钟相差多少",
  "none of its addresses ({0}) is in the capture, and none of its {1} messages":
    "其地址（{0}）和 {1} 个报文都不在抓包中",
  "at most one of its {0} messages is in the capture, whatever the difference between the clocks: it covers another time, or is of another host":
    "无论时钟相差多少，其 {0} 个报文中最多只有一个在抓包中：它记录的是另一段时间，或属于另一台主机",
  "of {0} messages in the time of the capture {1} are in it": "抓包时段内的 {0} 个报文中只有 {1} 个在抓包中",
};
