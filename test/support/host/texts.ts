/** Texts as hosts print them, made from what they are to say. */

export const ALICE = "192.0.2.10";
export const BOB = "198.51.100.20";

/** Keys that no output may hold. */
export const KEY = {
  auth: "d507971532b1fe870bca37ff9aee20d2dc351906504226a20b85f88996567a5a",
  enc: "993421606c253642f121a5ab790d4eb5",
} as const;

export const MONITOR_STAMP = "[2026-11-28T20:13:41.114896] ";

interface StateOptions {
  readonly src?: string;
  readonly dst?: string;
  readonly spi: number;
  readonly reqid?: number;
  readonly packets?: number;
  readonly replay?: number;
  readonly failed?: number;
  readonly larval?: boolean;
  /** Whether the host counts what it sends by it; else what it receives. It is alice where nothing else is said. */
  readonly sends?: boolean;
  readonly extra?: readonly string[];
  readonly used?: string;
}

/** An entry of `ip -s xfrm state` (iproute2 6.1). */
export function xfrmState(options: StateOptions): string {
  const { src = BOB, dst = ALICE, spi, reqid = 1, packets = 0, replay = 0, failed = 0 } = options;
  const { sends = src === ALICE, larval = false, extra = [], used = "2026-11-28 20:13:42" } = options;
  const hex = hex8(spi);
  return [
    `src ${src} dst ${dst}`,
    `\tproto esp spi 0x${hex}(${spi}) reqid ${reqid}(0x${hex8(reqid)}) mode tunnel`,
    "\treplay-window 32 seq 0x00000000 flag af-unspec (0x00100000)",
    ...(larval
      ? ["\tsel src 10.1.0.1/32 dst 10.2.0.1/32 proto icmp type 8 code 0 dev e0 "]
      : [`\tauth-trunc hmac(sha256) 0x${KEY.auth} (256 bits) 128`, `\tenc cbc(aes) 0x${KEY.enc} (128 bits)`]),
    `\tanti-replay context: ${sends ? "seq 0x0, oseq 0x3, bitmap 0x00000000" : "seq 0x3, oseq 0x0, bitmap 0x00000007"}`,
    ...extra.map((line) => `\t${line}`),
    "\tlifetime config:",
    "\t  limit: soft (INF)(bytes), hard (INF)(bytes)",
    "\tlifetime current:",
    `\t  ${packets * 84}(bytes), ${packets}(packets)`,
    `\t  add 2026-11-28 20:13:41 use ${used}`,
    "\tstats:",
    `\t  replay-window 0 replay ${replay} failed ${failed}`,
    "",
  ].join("\n");
}

interface PolicyOptions {
  readonly src: string;
  readonly dst: string;
  readonly direction: "in" | "out" | "fwd";
  readonly reqid: number;
  readonly spi?: number;
}

/** An entry of `ip xfrm policy`. */
export function xfrmPolicy({ src, dst, direction, reqid, spi }: PolicyOptions): string {
  const [from, to] = direction === "out" ? [ALICE, BOB] : [BOB, ALICE];
  return [
    `src ${src} dst ${dst} `,
    `\tdir ${direction} priority 375423 ptype main `,
    `\ttmpl src ${from} dst ${to}`,
    `\t\tproto esp ${spi === undefined ? "" : `spi 0x${hex8(spi)} `}reqid ${reqid} mode tunnel`,
    "",
  ].join("\n");
}

export function hex8(value: number): string {
  return value.toString(16).padStart(8, "0");
}

/** /proc/net/xfrm_stat with a few of its counters. */
export function xfrmStat(values: Readonly<Record<string, number>>): string {
  return Object.entries({ XfrmInError: 0, XfrmInNoStates: 0, XfrmOutNoStates: 0, ...values })
    .map(([name, value]) => `${name.padEnd(24)}\t${value}\n`)
    .join("");
}

/** A line of charon's file log with milliseconds: `seconds` after 20:13:40. */
export function charonLine(seconds: number, thread: number, group: string, message: string): string {
  const time = new Date(Date.UTC(2026, 10, 28, 20, 13, 40) + Math.round(seconds * 1000)).toISOString();
  return `${time.slice(0, -1)} ${String(thread).padStart(2, "0")}[${group}] <site|1> ${message}\n`;
}
