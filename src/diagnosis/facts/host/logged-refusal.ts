import type { Micros } from "../../../bytes/time.js";
import type { EventKind, HostEvent } from "../../../evidence/record.js";
import type { RefusalCause } from "../../../evidence/refusal-cause.js";
import { timeOnCapture } from "../../../joint/joined.js";
import type { HostContext, TunnelContext } from "../../context.js";
import { eventsOf, hostsOf } from "./events.js";
import { tieOf } from "./line-tie.js";
import { isTold } from "./refusal-causes.js";

type Role = "initiator" | "responder";

/** A refusal in the words of a host's log. */
export interface LoggedRefusal {
  readonly context: HostContext;
  readonly cause: RefusalCause;
  /** Lines that say it, the newest last. */
  readonly events: readonly HostEvent[];
  /** Lines of the same host and peer that say it at other times. */
  readonly elsewhere: number;
  readonly last: HostEvent;
  /** The first of them since an SA of the same kind came up: where the trouble begins. */
  readonly first: HostEvent;
  /** The exchange that it is about, as charon names it; null where no frame shows it. */
  readonly firstExchange: string | null;
  /** The exchange that the last of them is about, as charon names it; null where no frame shows it. */
  readonly exchange: string | null;
  /** By the capture's clock; null where the log has no times, or its clock is not known. */
  readonly time: Micros | null;
  /** The side that refused; null if no tunnel of the capture tells the roles. */
  readonly refuser: Role | null;
  /** Address of who refused, or a word for it. */
  readonly refuserName: string;
  /** An SA of the same kind came up behind the last of the lines. */
  readonly isMended: boolean;
  /** The messages around the lines are in the capture; else only their time speaks for them. */
  readonly isTied: boolean;
}

const KINDS: readonly EventKind[] = [
  "auth-failed",
  "cert-problem",
  "peer-config-missing",
  "notify-received",
  "proposals-differ",
  "selectors-differ",
  "child-failed",
];
/** Lines about one attempt that name no IKE SA stand together. */
const LINES_OF_ATTEMPT = 20;

/**
 * The newest refusal by one of `causes` that the log of a host at an end of the tunnel names for an exchange of the capture; null
 * where none does, or none that `isWanted`. Of several lines about one attempt the first of `causes` counts, and what a side found itself before what it
 * was told.
 */
export function loggedRefusal(
  context: TunnelContext,
  causes: readonly RefusalCause[],
  mendedBy: "ike-up" | "child-up",
  isWanted: (context: HostContext, event: HostEvent) => boolean = () => true,
): LoggedRefusal | null {
  const found = hostsOf(context).flatMap((host) => {
    const ofHost = { host, tunnel: context, capture: context.capture };
    const refusal = refusalOnHost(ofHost, causes, mendedBy, isWanted);
    return refusal === null ? [] : [refusal];
  });
  return found.find(({ cause }) => !isTold(cause)) ?? found[0] ?? null;
}

/** The same of one host; of one without a tunnel in the capture whatever its log has. */
export function refusalOnHost(
  context: HostContext,
  causes: readonly RefusalCause[],
  mendedBy: "ike-up" | "child-up",
  isWanted: (context: HostContext, event: HostEvent) => boolean = () => true,
): LoggedRefusal | null {
  const told = eventsOf(context, ...KINDS).filter(
    (event) => event.cause !== null && causes.includes(event.cause) && isWanted(context, event),
  );
  const tied = told.filter((event) => tieOf(context, event) === "exchange");
  const all = tied.length > 0 ? tied : told.filter((event) => tieOf(context, event) !== null);
  const newest = all.at(-1);
  if (newest === undefined) return null;
  const rank = ({ cause }: HostEvent): number => (cause === null ? Infinity : causes.indexOf(cause));
  const [best] = all.filter((event) => isSameAttempt(event, newest)).toSorted((a, b) => rank(a) - rank(b));
  const cause = best?.cause ?? null;
  if (cause === null) return null;
  const events = all.filter((event) => event.cause === cause);
  const last = events.at(-1) ?? newest;
  const first = firstSinceUp(context, events, mendedBy) ?? last;
  const exchangeOf = (event: HostEvent): string | null =>
    context.host.exchanges.get(event)?.before?.frame?.exchange ?? null;
  const refuser = refuserOf(context, cause);
  return {
    context,
    cause,
    events,
    elsewhere: told.filter((event) => event.cause === cause).length - events.length,
    last,
    first,
    firstExchange: exchangeOf(first),
    exchange: exchangeOf(last),
    time: timeOnCapture(context.host, last),
    refuser: refuser?.role ?? null,
    refuserName: refuser?.address ?? (isTold(cause) ? "the peer" : context.host.records.name),
    isMended: isMendedAfter(context, newest, mendedBy),
    isTied: tied.length > 0,
  };
}

/** The first of the lines that has no SA of that kind behind it which came up before the last of them. */
function firstSinceUp(
  context: HostContext,
  events: readonly HostEvent[],
  mendedBy: "ike-up" | "child-up",
): HostEvent | undefined {
  const last = events.at(-1);
  if (last === undefined) return undefined;
  const up = eventsOf(context, mendedBy).findLast(
    ({ source }) => source.file === last.source.file && source.line < last.source.line,
  );
  return events.find(
    ({ source }) => source.file === last.source.file && (up === undefined || source.line > up.source.line),
  );
}

function isSameAttempt(event: HostEvent, newest: HostEvent): boolean {
  const { file, line } = event.source;
  if (file !== newest.source.file) return false;
  return event.ikeId === null || newest.ikeId === null
    ? newest.source.line - line < LINES_OF_ATTEMPT
    : event.ikeId === newest.ikeId;
}

/** Without a tunnel only the same connection counts: a gateway has many. */
function isMendedAfter(context: HostContext, newest: HostEvent, mendedBy: "ike-up" | "child-up"): boolean {
  return eventsOf(context, mendedBy).some(
    ({ source, ikeName }) =>
      source.file === newest.source.file &&
      source.line > newest.source.line &&
      (context.tunnel !== null || newest.ikeName === null || newest.ikeName === ikeName),
  );
}

function refuserOf(
  { host, tunnel }: HostContext,
  cause: RefusalCause,
): { readonly role: Role; readonly address: string } | null {
  const sa = tunnel?.setups.at(-1)?.sa;
  if (sa === undefined) return null;
  const isInitiator = host.records.addresses.has(sa.initiator.address);
  const role = isInitiator === isTold(cause) ? "responder" : "initiator";
  return { role, address: sa[role].address };
}
