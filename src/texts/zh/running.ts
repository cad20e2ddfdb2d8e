import type { TextTable } from "../texts.js";

/** Texts of `live`, `watch`, `batch` and `hub` while they run, on standard error and in events. */
export const RUNNING: TextTable = {
  // The capture.
  "Capturing on {0} with {1}.": "正在 {0} 上用 {1} 抓包。",
  "The capture on {0} was lost: {1}; it is begun again in {2}.": "{0} 上的抓包中断：{1}；{2} 后重新开始。",
  "The capture on {0} runs again; what passed in {1} was not seen.":
    "{0} 上的抓包已恢复；其间 {1} 经过的报文没有抓到。",
  "The interface {0} is down; the capture goes on when it is back.":
    "接口 {0} 处于关闭状态；恢复后继续抓包。",
  "The interface {0} is gone; the capture goes on when it is back.": "接口 {0} 已不存在；恢复后继续抓包。",
  "The capture cannot be begun again yet: {0}.": "暂时无法重新开始抓包：{0}。",
  "the interface {0} went away": "接口 {0} 已消失",
  "the capture on {0} was closed": "{0} 上的抓包已关闭",
  "{0} was ended by {1}": "{0} 被信号 {1} 终止",
  "{0} ended with exit status {1}{2}": "{0} 退出，状态码为 {1}{2}",
  "{0} packets were lost before they were read: a larger --buffer or a narrower --filter helps":
    "{0} 个报文在读取之前丢失：可加大 --buffer 或收窄 --filter",
  "what came from the capture cannot be read: {0}": "无法读取抓包工具的输出：{0}",
  "{0}: what was under way is not judged": "{0}：当时正在进行的不作判断",
  "the clock of this host went on by {0} s": "本机时钟向前跳了 {0} 秒",
  "the clock of this host was set back by {0} s": "本机时钟被回调 {0} 秒",

  // Files that are watched.
  "reading {0}": "正在读取 {0}",
  "{0} begins before what was read last": "{0} 的开始时间早于上次读取的内容",
  "no packet for {0} before {1}, more than the traffic of late explains":
    "{1} 之前 {0} 没有报文，近期流量不足以解释",
  "{0} could not be read to its end": "未能将 {0} 读到末尾",
  "{0}; what comes after it is judged anew": "{0}；其后的内容重新判断",
  "{0} was removed before it was read": "{0} 在读取之前已被删除",
  "{0} is not read: it was not complete at the end": "{0} 未读取：结束时尚不完整",
  "{0} cannot be read, and is looked at again: {1}": "暂时无法读取 {0}，稍后再试：{1}",

  // Outputs.
  "metrics are at {0}": "指标地址：{0}",
  "the page is at {0}": "网页地址：{0}",
  "events cannot be written to {0} (tried again): {1}": "无法将事件写入 {0}（将重试）：{1}",
  "evidence of {0} was not written: {1}": "没有写出 {0} 的依据：{1}",
  "more findings at once than evidence is written for: the first ones have theirs":
    "同时触发的结论过多，来不及全部写出依据：已写出最先触发的",
  "--on-finding: too many findings at once; not handed on so far: {0}":
    "--on-finding：同时触发的结论过多；至今未传给命令的有 {0} 个",
  "--on-finding: findings not handed on: {0}": "--on-finding：未传给命令的结论有 {0} 个",
  "--on-finding {0}: {1}{2}": "--on-finding {0}：{1}{2}",
  ": {0}": "：{0}",
  "there is no such command": "没有该命令",
  "it may not be executed": "没有执行权限",
  "it is no program (a script begins with #! and its interpreter)": "不是程序（脚本应以 #! 和解释器开头）",
  "it did not end within {0} s and was ended": "{0} 秒内没有结束，已被终止",
  "it was ended by {0}": "被信号 {0} 终止",
  "it ended with status {0}": "退出状态码为 {0}",
  "the readers of what is written stood still: not all of it was taken":
    "读取方没有继续读取：输出未被全部取走",
  "{0} ({1} tunnels)": "{0}（{1} 条隧道）",
  "raised: {0}": "已触发：{0}",

  // Many gateways.
  "{0} does not take events (tried again, kept in the spool): {1}":
    "{0} 没有接收事件（将重试，事件保存在缓存目录中）：{1}",
  "{0} events were given up: the spool is full": "缓存目录已满：丢弃了 {0} 个事件",
  "an event is left out: {0}": "略去一个事件：{0}",
  "events of {0} are followed": "正在跟踪 {0} 的事件",
  "events of {0} are followed again": "已恢复跟踪 {0} 的事件",
  "the server does not answer": "服务器没有应答",
  "{0}: {1}; tried again": "{0}：{1}；将重试",
  "other hubs have taken {0} shares that this hub did not renew within {1} s: it tells nothing more of them, and takes part again":
    "其他 hub 接管了本 hub 未在 {1} 秒内续租的 {0} 个份额：本 hub 不再报告这些份额，并将重新参与分担",
  "more than {0} findings: the rest is not told": "结论超过 {0} 个：其余的不再报告",

  // Captures in stock.
  "--by: no capture matches {0}": "--by：没有符合 {0} 的抓包",
  '--by takes a pattern with one {0}, such as "DIR/{1}/*.pcap*"':
    "--by 的取值为含有一个 {0} 的模式，如“DIR/{1}/*.pcap*”",
  "--by: {0}: {1}": "--by：{0}：{1}",
  "not read": "未读取",
  "left for the next run: written to within a minute, or its window is not over":
    "留待下次运行：一分钟内仍在写入，或其时间窗口尚未结束",
  "{0}: {1} more": "{0}：另有 {1} 个",
  "{0}: no packet": "{0}：没有报文",
  "a unit that was not finished is judged again ({0} bytes)": "重新判断上次未完成的一个单元（{0} 字节）",
  "units are handed out by {0}": "单元由 {0} 分发",
  "events are stored that the server does not hand out": "服务器存有事件，但没有发出",
  "{0} units judged; ended before the queue was empty": "已判断 {0} 个单元；在队列清空之前结束",
  "ended before the queue was empty": "在队列清空之前结束",
  "{0} are in the files of other workers": "{0} 个在其他工作进程的文件中",
  "{0} units are left to a worker that ended; start it again: {1}":
    "{0} 个单元留给已结束的工作进程；请重新启动它：{1}",
  "stays in the queue, its captures are not here: {0}": "留在队列中，其抓包不在此处：{0}",
  "{0} more stay in the queue": "还有 {0} 个留在队列中",
  "--queue divides the units by itself: give it or --shard":
    "--queue 自行分配单元：请只指定它或 --shard 之一",
  "--queue takes a NATS server, such as nats://192.0.2.1:4222":
    "--queue 的值是 NATS 服务器，如 nats://192.0.2.1:4222",
  "--queue: the name behind the server has letters, digits, '-' and '_', such as nats://192.0.2.1:4222/nightly":
    "--queue：服务器之后的名称由字母、数字、'-' 和 '_' 组成，如 nats://192.0.2.1:4222/nightly",
  "--output: {0} is empty; remove it": "--output：{0} 为空；请将其删除",
  "{0} units judged": "已判断 {0} 个单元",
  "{0} were there before": "此前已有 {0} 个",
  "{0} are left for the next run": "{0} 个留待下次运行",
  "{0} could not be read to their end": "{0} 个未能读到末尾",
  "--output: {0}": "--output：{0}",
  "--output: {0} holds something else than rows of 'batch': name another file":
    "--output：{0} 中不是 'batch' 的结果行：请换一个文件",
  "--output: another run writes it (process {0} on {1}); if that is gone, remove {2}":
    "--output：另一个进程正在写入（{1} 上的进程 {0}）；如果该进程已不存在，请删除 {2}",
};
