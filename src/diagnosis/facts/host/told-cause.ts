import type { Micros } from "../../../bytes/time.js";
import type { HostEvent } from "../../../evidence/record.js";
import type { RefusalCause } from "../../../evidence/refusal-cause.js";
import type { Join } from "../../../joint/host-clock.js";
import { clockOfFile } from "../../../joint/joined.js";
import { joined, listed, type Message, say, verbatim } from "../../../texts/message.js";
import type { HostContext, TunnelContext } from "../../context.js";
import type { Evidence, Phase, Verdict } from "../../finding.js";
import { carriesTrafficAfter, healedAfter } from "../life/healing.js";
import { mayShareAddress } from "../authentication/same-client.js";
import { joinsOf } from "./joins.js";
import { clientOfLine } from "./line-client.js";
import { linesOf, wireMessageText } from "./lines.js";
import { type LoggedRefusal, loggedRefusal, refusalOnHost } from "./logged-refusal.js";
import { offersInLog } from "./logged-offers.js";
import { CAUSE_TEXTS, isTold } from "./refusal-causes.js";

/** The subject of a rule, for the log to name its cause. */
export interface Subject {
  readonly causes: readonly RefusalCause[];
  readonly mendedBy: "ike-up" | "child-up";
  /** Sides whose refusal it is. */
  readonly refuser: (context: TunnelContext) => "initiator" | "responder" | "either";
  /** "rejects the authentication": what stands between who refused and the cause. */
  readonly refuses: string;
  readonly phase: (context: TunnelContext) => Phase;
  /** Whether a line is about it at all, where others of the same cause are about something else. */
  readonly isAbout?: (context: HostContext, event: HostEvent) => boolean;
  /** The steps of the rule are about this cause alone. */
  readonly hasOwnSteps?: true;
  /** Whether the tunnel came so far that this can be refused, as far as the capture or the log shows. */
  readonly isReached?: (context: HostContext, refusal: LoggedRefusal) => boolean;
}

/**
 * A verdict that the wire alone makes likely, certain by what a host's log says of its cause. Where the wire alone shows none, the
 * verdict by the log, unless the tunnel works afterwards.
 */
export function withLoggedCause(
  context: TunnelContext,
  subject: Subject,
  wire: Verdict | null,
): Verdict | null {
  if (context.capture.hosts === undefined) return wire;
  const refusal = refusalAbout(context, subject, wire);
  if (refusal === null) return wire;
  if (wire === null) return verdictByLog(context, subject, refusal);
  return clientOfLine(refusal.context, refusal.last, wire) === "open"
    ? perhapsConfirmed(wire, refusal)
    : confirmed(wire, subject, refusal);
}

/** The verdict of a host whose tunnel the capture does not have. */
export function loggedCauseAlone(context: HostContext, subject: Subject, phase: Phase): Verdict | null {
  const refusal = refusalOnHost(context, subject.causes, subject.mendedBy);
  if (refusal === null || refusal.isMended) return null;
  if (subject.isReached?.(context, refusal) === false) return null;
  return { ...toldVerdict(subject, refusal), phase };
}

function refusalAbout(context: TunnelContext, subject: Subject, wire: Verdict | null): LoggedRefusal | null {
  const refusal = loggedRefusal(
    context,
    subject.causes,
    subject.mendedBy,
    (ofHost, event) =>
      subject.isAbout?.(ofHost, event) !== false &&
      (wire === null || clientOfLine(ofHost, event, wire) !== "other"),
  );
  if (refusal === null) return null;
  const side = subject.refuser(context);
  if (side !== "either" && refusal.refuser !== null && refusal.refuser !== side) return null;
  return subject.isReached?.(refusal.context, refusal) === false ? null : refusal;
}

function confirmed(wire: Verdict, subject: Subject, refusal: LoggedRefusal): Verdict {
  return {
    ...wire,
    confidence: "certain",
    provenance: "observed",
    ...stepOf(subject, refusal),
    headline: headlineOf(subject.refuses, refusal),
    summary: joined(wire.summary, " ", summaryOf(refusal)),
    lines: linesAbout(refusal),
    rivals: [],
  };
}

/** Several clients have the address that the line names, and nothing tells which of them it is about. */
function perhapsConfirmed(wire: Verdict, refusal: LoggedRefusal): Verdict {
  const { context, last } = refusal;
  return {
    ...wire,
    summary: joined(
      wire.summary,
      say` The log of ${verbatim(context.host.records.name)} says "${verbatim(last.text)}"; several clients share the address, and it may be about another one.`,
    ),
    lines: linesAbout(refusal),
  };
}

function verdictByLog(context: TunnelContext, subject: Subject, refusal: LoggedRefusal): Verdict | null {
  const { time } = refusal;
  if (refusal.isMended) return null;
  // Only its time speaks for the line: it must not be one of another attempt than the one that works.
  if (!refusal.isTied && (time === null || context.tunnel.streams.length > 0 || mayShareAddress(context)))
    return null;
  const isIkeSa = subject.mendedBy === "ike-up";
  if (isIkeSa && worksAfter(context, time)) return null;
  // Another Child SA carries traffic: what fails is a further one.
  const isFurther = !isIkeSa && context.tunnel.streams.length > 0;
  return {
    ...(isFurther ? { severity: "warning" as const } : {}),
    ...toldVerdict(subject, refusal),
    phase: phaseOf(refusal) ?? subject.phase(context),
    evidence: framesAround(context, refusal),
  };
}

/** The phase of the first refusal: later ones follow from it, as a client asks again. */
function phaseOf({ firstExchange: exchange }: LoggedRefusal): Phase | null {
  return exchange === "IKE_AUTH" || exchange === "CREATE_CHILD_SA" || exchange === "QUICK_MODE"
    ? exchange
    : null;
}

/** Without a time for the line an IKE SA that came up at all may be the one that mended it. */
function worksAfter(context: TunnelContext, time: Micros | null): boolean {
  if (time === null) return context.setups.some(({ progress }) => progress.upAt !== null);
  return healedAfter(context, time) || carriesTrafficAfter(context, time);
}

function toldVerdict(subject: Subject, refusal: LoggedRefusal): Omit<Verdict, "phase"> {
  return {
    confidence: "certain",
    provenance: "observed",
    ...stepOf(subject, refusal),
    headline: headlineOf(subject.refuses, refusal),
    summary: summaryOf(refusal),
    evidence: [],
    lines: linesAbout(refusal),
  };
}

/** The one thing to do, instead of the steps for all that the wire leaves possible. */
function stepOf({ hasOwnSteps }: Subject, { cause }: LoggedRefusal): Pick<Verdict, "remedies"> {
  const { step } = CAUSE_TEXTS[cause];
  return step === null || hasOwnSteps === true ? {} : { remedies: [step] };
}

function headlineOf(refuses: string, { cause, refuserName }: LoggedRefusal): Message {
  return say`${verbatim(refuserName)} ${refuses}: ${CAUSE_TEXTS[cause].short}`;
}

function summaryOf(refusal: LoggedRefusal): Message {
  const { context, cause, events, elsewhere, last } = refusal;
  const [name, words] = [verbatim(context.host.records.name), verbatim(last.text)];
  const said = isTold(cause)
    ? say`The daemon of ${name} was told so: "${words}".`
    : say`The daemon of ${name} names the cause: "${words}".`;
  const times = [
    ...(events.length === 1 ? [] : [say`It says so ${events.length} times.`]),
    ...(elsewhere === 0 ? [] : [say`Its log says so ${elsewhere} more times outside this capture.`]),
  ];
  const offers = cause === "proposals" ? offersInLog(context, last) : null;
  return listed(
    [said, ...times, CAUSE_TEXTS[cause].text, ...(offers === null ? [] : [offers.text])],
    "blank",
  );
}

function linesAbout({ context, cause, events, last }: LoggedRefusal): NonNullable<Verdict["lines"]> {
  const offers = cause === "proposals" ? (offersInLog(context, last)?.events ?? []) : [];
  return linesOf(context, [...offers, ...events.slice(-2)]);
}

/** The frames around the first refusal and the last one. */
function framesAround(tunnel: TunnelContext, { context, first, last }: LoggedRefusal): Evidence[] {
  const lines = first === last ? [last] : [first, last];
  return lines.flatMap((line) => framesAroundLine(tunnel, context, line));
}

/** The message that was read before the line, and the one that was sent behind it, where the capture has them. */
function framesAroundLine({ tunnel }: TunnelContext, { host }: HostContext, line: HostEvent): Evidence[] {
  const own = joinsOf(clockOfFile(host, line.source.file), tunnel.id).filter(
    ({ entry }) => entry.event.source.file === line.source.file,
  );
  const before = own.findLast(({ entry }) => entry.event.source.line <= line.source.line);
  const after = own.find(({ entry }) => entry.event.source.line > line.source.line);
  // To an answer that was read belongs its request, and not what is sent next.
  const asked = before?.frame.response === true ? requestOf(own, before) : undefined;
  return (asked === undefined ? [before, after] : [asked, before]).flatMap((join) => {
    if (join === undefined) return [];
    const { frame, time, nanos, exchange, response } = join.frame;
    const name = wireMessageText({ exchange, response });
    if (join === asked) return [{ frame, time, nanos, text: name }];
    const text =
      join === before ? say`${name}, before the line of the log` : say`${name}, after the line of the log`;
    return [{ frame, time, nanos, text }];
  });
}

function requestOf(joins: readonly Join[], { frame: { exchange, messageId, time } }: Join): Join | undefined {
  return joins.findLast(
    ({ frame }) =>
      !frame.response && frame.exchange === exchange && frame.messageId === messageId && frame.time < time,
  );
}
