import type { TextTable } from "../texts.js";

/** The screen of `ikescope browse`; what it shares with reports and the table of `live` is in `screen.ts` and `report.ts`. */
export const BROWSE: TextTable = {
  start: "开始",
  product: "产品",
  end: "退出",
  "by {0}": "按{0}",
  number: "编号",
  "{0} files": "{0} 个文件",
  "{0} tunnel{1}:": "{0} 条隧道：",
  "{0} tunnels, {1} of them stray packets:": "{0} 条隧道，其中 {1} 条为零散报文：",
  unjudged: "未判定",
  "{0}: {1} packet{2}{3}": "{0}：{1} 个报文{3}",
  "no capture": "没有抓包",

  // A tunnel, and its messages.
  "Findings ({0})": "结论（{0}）",
  "No finding.": "没有结论。",
  "ESP ({0} streams)": "ESP（{0} 条流）",
  "No ESP or AH packet.": "没有 ESP 或 AH 报文。",
  "Ladder; Enter opens a message": "交互图；按 Enter 打开报文",
  "{0} earlier IKE SAs": "另有 {0} 个更早的 IKE SA",
  "There is no IKE message in this frame by itself: see the frames of its fragments.":
    "该帧本身不含完整的 IKE 报文：请查看其各分片所在的帧。",
  "The capture is read again for this message ...": "正在重新读取抓包以取出该报文……",
  "Reading the capture again": "正在重新读取抓包",
  "Reading the capture again: {0} %": "正在重新读取抓包：{0} %",
  "The capture is being read already; wait for it.": "正在读取抓包，请稍候。",

  // Results of a key.
  "No IKE message stands in this line.": "这一行没有 IKE 报文。",
  "This is the last message.": "这是最后一个报文。",
  "This is the first message.": "这是第一个报文。",
  "Nothing was searched yet: / searches.": "尚未搜索过：按 / 搜索。",
  "Not found: {0}": "未找到：{0}",
  "The evidence of tunnel {0} is in {1}": "隧道 {0} 的依据已写入 {1}",
  "No evidence was written: {0}": "没有写出依据：{0}",

  // The display filter.
  "Wireshark's display filter for {0}": "{0}的 Wireshark 显示过滤器",
  "all packets of tunnel {0}": "隧道 {0} 全部报文",
  "this message": "该报文",
  "this message in {0}": "{0} 中该报文",
  "The terminal was asked to copy it; not all terminals do (tmux: set-clipboard on).":
    "已请求终端复制；并非所有终端都支持（tmux：set-clipboard on）。",
  "It is printed again when ikescope ends.": "ikescope 退出时会再次输出。",
  "evidence: {0}": "依据：{0}",
  "display filter: {0}": "显示过滤器：{0}",

  // The help.
  "select a tunnel, or a line": "选择隧道或行",
  "a screen up or down; the blank goes down, too": "上下翻一屏；空格键也向下翻",
  "Home End  g G": "Home End  g G",
  "the first one, the last one": "第一条、最后一条",
  "Left Right  h l": "左 右  h l",
  "on a page: move sideways if it is wider than the screen": "在页面内：宽于屏幕时左右移动",
  "open the tunnel; on a line of the ladder: its message; on a facet: show only these tunnels":
    "打开隧道；在交互图的行上：打开该报文；在分类上：只显示该类隧道",
  "Tab  Shift-Tab": "Tab  Shift-Tab",
  "in a tunnel: its next part (findings, ESP, ladder); in a message: the next message":
    "在隧道内：下一部分（结论、ESP、交互图）；在报文内：下一个报文",
  "facets: how many tunnels by status, cause and product, to choose from":
    "分类：按状态、原因和产品统计隧道数，可从中选择",
  "in the table: show only tunnels with these words and terms; on a page: search":
    "在表中：只显示含有这些词、符合这些条件的隧道；在页面内：搜索",
  "on a page: the next, the former place of what was searched": "在页面内：搜索内容的下一处、上一处",
  "write the evidence of this tunnel to a new pcapng file in the current directory":
    "将该隧道的依据写入当前目录下新的 pcapng 文件",
  "show Wireshark's display filter of this tunnel, or of the frames of this message, and copy it":
    "显示并复制 Wireshark 显示过滤器：该隧道的，或该报文所在各帧的",
  "Terms of the filter; a|b for one of several, != for all others":
    "过滤条件；a|b 表示其中之一，!= 表示其余全部",
  "failing, healthy and so on": "failing、healthy 等",
  "code of a finding, or a part of it; none for tunnels without one":
    "结论代码或其一部分；没有结论的隧道为 none",
  "software of either end, or a part of its name; unknown if nothing shows it":
    "任意一端的软件名称或其一部分；无从得知时为 unknown",
  "SPI of IKE or ESP, or how it begins": "IKE 或 ESP 的 SPI，或其开头",
  "where it fails, such as IKE_AUTH": "在哪一步失败，如 IKE_AUTH",
  "number of the tunnel": "隧道编号",
  "the root cause by its code: ikescope explain CODE": "根本原因的代码：ikescope explain CODE",
  "ESP and AH packets from the first peer to the second, and back":
    "第一个对端发往第二个的 ESP 和 AH 报文数，以及反向",
  "start  for": "开始  时长",
  "the first packet of the tunnel, and how long until its last one":
    "隧道的首个报文，以及到最后一个报文的时长",
  "IKE SAs between the two": "两端之间的 IKE SA 数",
  "f facets": "f 分类",
  "w evidence": "w 依据",
  "y filter": "y 过滤器",
  "Enter message": "Enter 报文",
  "Tab next part": "Tab 下一部分",
  "/ search": "/ 搜索",
  "Tab next": "Tab 下一个",
  "Enter choose": "Enter 选择",
};
