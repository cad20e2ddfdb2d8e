import type { TextTable } from "../texts.js";

export const EXPLAIN: TextTable = {
  "What has an equals sign is a setting: of swanctl.conf (with 'charon.' of strongswan.conf), of Libreswan's ipsec.conf.":
    "带等号的是配置项：属于 swanctl.conf（以 'charon.' 开头的属于 strongswan.conf）或 Libreswan 的 ipsec.conf。",
  "No finding rests on it; its document says what it means.": "没有结论以它为依据；其含义见所列文档。",
  "Probably meant:": "可能是指：",
  "No command of {0} is known for this; the steps above hold all the same.":
    "未收录 {0} 的相应命令；上述步骤仍然适用。",
  "Other products: --product with one of {0}.": "其他产品：--product 取下列之一：{0}。",
  "gives a hex dump: save it as a text file": "输出为十六进制，请保存为文本文件",
  "gives a file of the form {0}": "输出 {0} 格式的文件",
  "{0} (also {1})": "{0}（又写作 {1}）",
  "{0} prints it. On the wire it is one of these findings; 'ikescope explain CODE{1}' says what to do:":
    "由 {0} 输出。在抓包中对应以下结论之一；'ikescope explain CODE{1}' 说明处理方法：",
  "{0} more have these words; give more of the text.": "另有 {0} 条含有这些文字；请给出更多原文。",
  "It leads to these findings; 'ikescope explain CODE' says what to do:":
    "它对应以下结论；'ikescope explain CODE' 给出处理步骤：",
  "On the wire: {0}": "在报文中的表现：{0}",
  Commands: "命令",
  "What ikescope can conclude, and what to do then. This page is made by `ikescope explain --markdown`.":
    "ikescope 能够得出的结论，以及相应的处理步骤。本页由 `ikescope explain --markdown` 生成。",
  "`critical`: the tunnel does not come up or carries nothing. `warning`: it works badly or will break. `info`: an explanation, never a fault. A fault that heals within the capture is at most a warning.":
    "`critical`（严重）：隧道无法建立或没有流量。`warning`（警告）：工作不正常或即将中断。`info`（提示）：只是说明，不是故障。在抓包期间恢复的故障最多为警告。",
  "IKEv{0} notify {1}, {2}, {3} ({4})": "IKEv{0} 通知 {1}，{2}，{3}（{4}）",
  "an error": "错误",
  "a status": "状态",
};
