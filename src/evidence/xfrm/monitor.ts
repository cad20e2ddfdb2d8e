import { stampAt } from "../lines/stamp.js";
import type { EventKind, HostEvent, Source, Stamp } from "../record.js";
import { reqidField } from "./fields.js";
import type { XfrmBlock } from "./block.js";

/** The start of a line of `ip xfrm monitor` before its entry: the time with -ts, the name space, and the event. */
export interface MonitorLead {
  readonly stamp: Stamp | null;
  readonly writtenTime: string;
  readonly kind: EventKind;
  /** The rest of the line: an entry, or nothing but the event. */
  readonly rest: string;
  /** It could stand in a plain listing as well. */
  readonly isPlain: boolean;
}

const STAMP = /^\[(\d{4}-\d\d-\d\dT[\d:.]{8,20})\] ?/;
const WORDS: readonly (readonly [RegExp, EventKind])[] = [
  [/^Updated (?=src )/, "xfrm-updated"],
  [/^Deleted (?=src )/, "xfrm-deleted"],
  [/^Expired (?=src )/, "xfrm-expired"],
  [/^acquire proto \w+/, "xfrm-acquire"],
  [/^Async event /, "xfrm-other"],
  [/^Mapping change /, "xfrm-other"],
  [/^Flushed (?:state|policy)/, "xfrm-deleted"],
];

/** Null where the line begins nothing that the monitor prints. */
export function monitorLead(line: string): MonitorLead | null {
  const stamped = STAMP.exec(line);
  const stamp = stamped === null ? null : (stampAt(stamped[1] ?? "", 0)?.stamp ?? null);
  const writtenTime = stamped?.[1] ?? "";
  const text = line.slice(stamped?.[0].length ?? 0).replace(/^\[nsid \d+\]/, "");
  for (const [pattern, kind] of WORDS) {
    const match = pattern.exec(text);
    if (match !== null) {
      const isBlock = /^(?:Updated|Deleted|Expired)/.test(match[0]);
      return { stamp, writtenTime, kind, rest: isBlock ? text.slice(match[0].length) : "", isPlain: false };
    }
  }
  return text.startsWith("src ")
    ? { stamp, writtenTime, kind: "xfrm-added", rest: text, isPlain: stamped === null }
    : null;
}

const WORD_OF = {
  "xfrm-added": "added",
  "xfrm-updated": "updated",
  "xfrm-deleted": "deleted",
  "xfrm-expired": "expired",
} as const;

/** The event of an entry that is whole. */
export function monitorEvent(lead: MonitorLead, block: XfrmBlock, source: Source): HostEvent {
  const { state, policy } = block;
  const isPolicy = block.kind === "policy";
  const word = lead.kind in WORD_OF ? WORD_OF[lead.kind as keyof typeof WORD_OF] : "seen";
  return {
    ...BARE,
    source,
    stamp: lead.stamp,
    writtenTime: lead.writtenTime,
    kind: lead.kind,
    reqid: isPolicy ? (policy.template?.reqid ?? null) : state.reqid,
    spiIn: isPolicy ? null : state.spi,
    addresses: isPolicy ? [] : [state.src, state.dst],
    text: isPolicy
      ? `policy ${policy.direction} ${policy.src} to ${policy.dst}, reqid ${policy.template?.reqid ?? "none"}, ${word}`
      : `state 0x${state.spi.toString(16).padStart(8, "0")} ${state.src} to ${state.dst}, reqid ${state.reqid}, ${word}`,
  };
}

/** The event of a line that is all there is to it. */
export function shortEvent(lead: MonitorLead, line: string, source: Source): HostEvent {
  const spi = /\bspi 0x([0-9a-f]{1,8})/i.exec(line)?.[1];
  return {
    ...BARE,
    source,
    stamp: lead.stamp,
    writtenTime: lead.writtenTime,
    kind: lead.kind,
    reqid: reqidField(line),
    spiOut: spi === undefined ? null : Number.parseInt(spi, 16),
    text:
      lead.kind === "xfrm-acquire"
        ? "the kernel asks for a state: a packet met a policy whose state is missing"
        : lead.kind === "xfrm-deleted"
          ? "all states or policies removed"
          : "state used, or moved",
  };
}

const BARE = {
  cause: null,
  daemon: "kernel",
  thread: null,
  ikeName: null,
  ikeId: null,
  childName: null,
  reqid: null,
  spiIn: null,
  spiOut: null,
  message: null,
  addresses: [],
} as const;
