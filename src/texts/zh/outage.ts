import type { TextTable } from "../texts.js";

export const OUTAGE: TextTable = {
  "As an example:": "示例：",
  "and {0} more tunnel{1}": "另有 {0} 条隧道",
  "{0}, the last one since {1}": "{0}，最后一条自 {1} 起",
  "since ({0})": "起始时间（{0}）",
  "in common: {0} (all {1}; no tunnel works to compare them with)":
    "共同点：{0}（全部 {1} 条；没有正常的隧道可供比较）",
  "in common, unlike the working tunnels: {0}": "与正常隧道不同的共同点：{0}",
  "all {0}": "全部 {0} 条",
  "{0} of {1}": "{1} 条中的 {0} 条",
  "{0} ({1}; {2} of {3} working tunnels)": "{0}（{1}；正常的 {3} 条隧道中有 {2} 条）",
  "{0} ({1} of {2})": "{0}（{2} 条中的 {1} 条）",
  "{0} more cause{1}; a tunnel of each is shown by {2}": "另有 {0} 个原因；各以一条隧道为例可查看：{2}",
  "mostly: {0}": "多数为：{0}",
  "{0} more causes: -f json has them": "另有 {0} 个原因：见 -f json",
  ", {0} more": "，另有 {0} 组",
  "--all lists them": "用 --all 列出",
  "beside these, each in -f ndjson: {0}": "此外（逐一见 -f ndjson）：{0}",
  "Beside these: {0}.": "此外：{0}。",
};
