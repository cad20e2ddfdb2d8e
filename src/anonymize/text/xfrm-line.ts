import type { TextReplacements } from "./replacements.js";

/** Words of `ip xfrm` that tell nothing of anybody; a line with any other is not passed on. */
const WORDS = new Set(
  (
    "src dst proto esp ah comp spi reqid mode tunnel transport beet ro in_trigger replay-window seq flag af-unspec esn align4 " +
    "noecn decap-dscp nopmtudisc wildrecv icmp noencap dont-encap-dscp oseq-may-wrap anti-replay context: oseq bitmap seq-hi " +
    "oseq-hi replay_window bitmap-length lifetime config: current: limit: soft hard expire add: use: add use stats: replay failed " +
    "encap type espinudp espintcp espinudp-nonike sport dport addr dir in out fwd socket priority ptype main sub action allow " +
    "block index share any level required tmpl enc-mask auth-mask comp-mask uid if_id mark output-mark crypto offload " +
    "parameters: dev packet tfcpad lastused pcpu-num sel code ipv6-icmp tcp udp gre local-only unique session user extra_flag " +
    "optional Updated Deleted Expired acquire policy Async event update timer expired Mapping change -> Flushed state protocol " +
    "SPI coa - (INF)(bytes), (INF)(bytes) (INF)(packets), (INF)(packets) 0 UTC"
  ).split(" "),
);
const KEY_LINE =
  /^(\s*(?:auth|auth-trunc|enc|aead|comp) (?:[\w-]+)(?:\([\w(),-]{0,80}\))?)\s+(?:0x[0-9a-fA-F]*\S*|\[hash:[0-9a-f]*\]|<<Keys hidden>>)(.*)$/;
const COUNT = /^-?\d{1,20}(?:\((?:sec|bytes|packets)\))?,?$/;
const SHORT_HEX = /^\(?0x[0-9a-f]{1,8}\)?,?$/i;
const STAMP = /^\[\d{4}-\d\d-\d\dT[\d:.]+\]$|^\d{4}-\d\d-\d\d$|^\d\d:\d\d:\d\d$/;
const BITMAP = /^\s*[0-9a-f]{8}(?: [0-9a-f]{8})*\s*$/;

/** A line of `ip xfrm state`, `policy` or `monitor` with its values replaced and no keys; null where something in it is unknown. */
export function redactedXfrmLine(line: string, replacements: TextReplacements): string | null {
  const key = KEY_LINE.exec(line);
  if (key !== null) {
    const bits = /^\s*(?:\(\d+ bits\)\s*)?(?:(\d{1,4})\s*)?$/.exec(key[2] ?? "");
    return bits === null ? null : `${key[1]} <<Keys hidden>>${bits[1] === undefined ? "" : ` ${bits[1]}`}`;
  }
  if (BITMAP.test(line)) return line.trimEnd();
  let before = "";
  const parts = line.trimEnd().split(/(\s+)/);
  const out: string[] = [];
  for (const part of parts) {
    if (part.trim() === "") {
      out.push(part);
      continue;
    }
    const replaced = token(part, before, replacements);
    if (replaced === null) return null;
    out.push(replaced);
    before = part;
  }
  return out.join("");
}

function token(text: string, before: string, replacements: TextReplacements): string | null {
  if (before === "spi" || before === "SPI") {
    const match = /^(0x[0-9a-f]{1,8})(?:\((\d{1,10})\))?$/i.exec(text);
    if (match === null) return null;
    const decimal = match[2] === undefined ? "" : `(${replacements.decimalSpi(match[2])})`;
    return `${replacements.spi((match[1] ?? "").toLowerCase())}${decimal}`;
  }
  if (before === "dev") return "dev";
  if (before === "reqid" && /^(?:0x[0-9a-f]{1,8}|\d{1,10}(?:\(0x[0-9a-f]{8}\))?)$/.test(text)) return text;
  if (/^mark|output-mark|if_id$/.test(before) && /^0x[0-9a-f]{1,8}(?:\/0x[0-9a-f]{1,8})?$/.test(text))
    return text;
  if (before.endsWith("-mask") && /^[0-9a-f]{8}$/.test(text)) return text;
  if (WORDS.has(text) || COUNT.test(text) || SHORT_HEX.test(text) || STAMP.test(text)) return text;
  if (/^\[nsid$|^\d+\]$/.test(text)) return text;
  const limit = /^\(?(?:INF|\d{1,20})\)?\((?:bytes|packets|sec)\),?$/.test(text);
  return limit ? text : replacements.addressWith(text);
}
