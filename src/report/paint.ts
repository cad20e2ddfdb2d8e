import type { Status } from "../diagnosis/finding.js";
import type { Severity } from "../diagnosis/severity.js";

/** Colours text for a terminal, or leaves it alone. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  /** Foreground and background change places; what is painted within keeps its colour. */
  readonly inverse: (text: string) => string;
  readonly status: (status: Status, text: string) => string;
  readonly severity: (severity: Severity, text: string) => string;
}

const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  inverse: [7, 27],
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
  cyan: [36, 39],
} as const;
type Style = keyof typeof CODES;

const STATUS_STYLE: Readonly<Record<Status, Style>> = {
  failing: "red",
  suspected: "yellow",
  degraded: "yellow",
  up: "cyan",
  healthy: "green",
  "nothing-to-judge": "cyan",
};
const SEVERITY_STYLE: Readonly<Record<Severity, Style>> = {
  critical: "red",
  warning: "yellow",
  info: "cyan",
};

export function paintFor(colour: boolean): Paint {
  const style = (name: Style, text: string): string =>
    colour ? `\u001b[${CODES[name][0]}m${text}\u001b[${CODES[name][1]}m` : text;
  return {
    bold: (text) => style("bold", text),
    dim: (text) => style("dim", text),
    inverse: (text) => style("inverse", text),
    status: (status, text) => style("bold", style(STATUS_STYLE[status], text)),
    severity: (severity, text) => style("bold", style(SEVERITY_STYLE[severity], text)),
  };
}
