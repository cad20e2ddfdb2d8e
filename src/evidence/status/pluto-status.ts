import { addressBytes } from "../../bytes/address.js";
import type { Counted, DaemonStats, Source } from "../record.js";
import type { StatusSink } from "./list-sas.js";

/** Libreswan 5 prints the same without "000 ", and states without "STATE_V2_". */
const STATUS =
  /^(?:000(?: |$)|(?:006 )?#\d{1,10}: "[^"]{1,255}"(?:\[\d+\])?(?: [^ ,]{2,45})?(?:, type=(?:ESP|AH)|:\d{1,5} [A-Z\d_]{3,60} \(| (?:esp|ah)\.[\da-f]{1,8}@)|using kernel interface: |interface \S+ |IKE SAs: total\()/;
const STATE =
  /^(?:000 )?#(\d+): "([^"]{1,255})"(?:\[\d+\])?(?: \S+?)?:\d+ ([A-Z][A-Z\d_]{2,59}) \(([^)]{1,80})\)/;
const ESP =
  /^(?:000 )?#(\d+): "([^"]{1,255})"(?:\[\d+\])?(?: \S+)? esp\.([0-9a-f]{1,8})@(\S{2,45}) esp\.([0-9a-f]{1,8})@(\S{2,45}) /;
const IN = /\bESPin=(\d{1,15})([KMG]?)B/;
const OUT = /\bESPout=(\d{1,15})([KMG]?)B/;
const TOTALS = /^(?:000 )?IKE SAs: total\((\d{1,9})\), half-open\((\d{1,9})\)/;

/** Whether the line is one of `ipsec status`, `showstates`, `briefstatus` or `trafficstatus` of Libreswan. */
export function isPlutoStatus(line: string): boolean {
  return STATUS.test(line);
}

/** Reads what such a line tells of SAs. The SPI at the peer's address is the one that this host sends to. */
export function readPlutoStatus(
  line: string,
  source: Source,
  sink: StatusSink & { stats(stats: DaemonStats): void },
): void {
  const esp = ESP.exec(line);
  if (esp !== null) {
    sink.child({
      source,
      name: esp[2] ?? "",
      ikeName: null,
      reqid: null,
      state: "INSTALLED",
      spiOut: Number.parseInt(esp[3] ?? "", 16),
      spiIn: Number.parseInt(esp[5] ?? "", 16),
      countedIn: trafficOf(IN, line),
      countedOut: trafficOf(OUT, line),
      local: addressBytes(esp[6] ?? "") === null ? null : (esp[6] ?? null),
      localSelectors: [],
      remoteSelectors: [],
    });
    return;
  }
  const state = STATE.exec(line);
  if (state !== null && /IKE SA|ISAKMP/.test(state[4] ?? "")) {
    const none = { initiatorSpi: null, responderSpi: null, isInitiator: null, local: null, remote: null };
    sink.ikeSa({ source, name: state[2] ?? "", state: state[3] ?? "", ...none });
  }
  const totals = TOTALS.exec(line);
  if (totals !== null) {
    const [ikeSas, halfOpen] = [Number(totals[1]), Number(totals[2])];
    sink.stats({ source, workersIdle: null, workersTotal: null, ikeSas, halfOpen });
  }
}

const UNITS: Readonly<Record<string, number>> = { K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

/** Bytes, rounded to the unit that they are in. */
function trafficOf(pattern: RegExp, line: string): Counted | null {
  const match = pattern.exec(line);
  return match === null ? null : { packets: null, bytes: Number(match[1]) * (UNITS[match[2] ?? ""] ?? 1) };
}
