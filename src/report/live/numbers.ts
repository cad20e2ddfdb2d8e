import type { LiveDirection } from "../../live/tunnel.js";

/** Numbers that fit a narrow column: no more than five characters each. */

type Flow = Pick<LiveDirection, "packets" | "lost">;

const UNITS = ["k", "M", "G", "T"] as const;

/** A count: "99999", "120k", "1.2M". */
export function shortCount(count: number): string {
  let value = Math.round(count);
  if (value < 100_000) return String(value);
  let unit = "";
  for (const next of UNITS) {
    if (value < 999.5) break;
    value /= 1000;
    unit = next;
  }
  return `${value.toFixed(value < 9.95 ? 1 : 0)}${unit}`;
}

/** A rate per second: below ten with one decimal. */
export function shortRate(rate: number): string {
  if (rate > 0 && rate < 0.05) return "<0.1";
  return rate > 0 && rate < 9.95 ? rate.toFixed(1) : shortCount(rate);
}

const UNITS_OF_TIME = [
  [86_400, "d"],
  [3600, "h"],
  [60, "m"],
  [1, "s"],
] as const;

/** A span of time in its largest unit, and the next one where there is room: "12s", "4m", "2h13m", "1d4h", "40d". */
export function shortSpan(micros: number): string {
  const seconds = Math.max(0, Math.floor(micros / 1e6));
  const at = UNITS_OF_TIME.findIndex(([length]) => seconds >= length);
  const [length, unit] = UNITS_OF_TIME[at] ?? [1, "s"];
  const whole = Math.floor(seconds / length);
  const next = UNITS_OF_TIME[at + 1];
  // Minutes change too often for seconds behind them to be read.
  if (unit === "m" || whole > 9 || next === undefined) return `${whole}${unit}`;
  const rest = Math.floor((seconds % length) / next[0]);
  return rest === 0 ? `${whole}${unit}` : `${whole}${unit}${rest}${next[1]}`;
}

/** Which part of the packets was lost in the worse direction, 0 to 1; null where nothing flowed. */
export function worseLoss(directions: readonly [Flow, Flow]): number | null {
  let worse: number | null = null;
  for (const { packets, lost } of directions) {
    if (packets + lost > 0) worse = Math.max(worse ?? 0, lost / (packets + lost));
  }
  return worse;
}

/** The loss in the worse direction, "2.4%"; "-" where nothing flowed. */
export function lossText(directions: readonly [Flow, Flow]): string {
  const loss = worseLoss(directions);
  return loss === null ? "-" : percentage(loss);
}

/** "0%", "<0.1%", "2.4%", "31%". */
export function percentage(part: number): string {
  const percent = part * 100;
  if (percent === 0) return "0%";
  if (percent < 0.1) return "<0.1%";
  return `${percent.toFixed(percent < 9.95 ? 1 : 0)}%`;
}
