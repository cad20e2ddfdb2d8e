import type { Address } from "../bytes/address.js";
import type { Micros } from "../bytes/time.js";
import type { CaptureContext, TunnelContext } from "../diagnosis/context.js";
import { isSuspicion } from "../diagnosis/doubt.js";
import type { Finding } from "../diagnosis/finding.js";
import type { JudgedTunnel } from "../diagnosis/judgement.js";
import type { NearAddresses } from "../diagnosis/near-addresses.js";
import { RULES } from "../diagnosis/rules/index.js";
import { flowsBothWays } from "../diagnosis/status.js";
import type { Severity } from "../diagnosis/severity.js";
import { areRolesProven } from "../session/model/queries.js";
import type { EventTunnel, LiveEvent, LiveListener } from "./event.js";
import { findingEvent } from "./finding-event.js";
import { framesOf, isUnderWay, outcomeOf, type Renewal, renewalsAfter, SETUP_PATIENCE } from "./setups.js";
import { judgeClients } from "./judge-clients.js";
import { isWorking, QUIET_AFTER, quietAt, stateAfter } from "./state.js";
import type { TunnelRecord } from "./tunnel-record.js";
import type { LiveSpiPair, LiveState } from "./tunnel.js";

/** Child SAs that are shown of a tunnel. */
const SPIS = 4;
/** A judgement is repeated while an answer is awaited, and while something is raised. */
const AGAIN = { soonest: 2_000_000, waits: 180_000_000 } as const;
const WHILE_RAISED: Readonly<Record<Severity, Micros>> = {
  critical: 30_000_000,
  warning: 60_000_000,
  // An explanation, such as a NAT device, is no cause to look often.
  info: 300_000_000,
};
/** In so young a capture, a packet that is not seen proves nothing. */
const WARM_UP: Micros = 60_000_000;

export interface JudgingContext {
  readonly listener: LiveListener;
  readonly near: NearAddresses;
  /** The capture as the rules may read it beside the tunnel. */
  context(record: TunnelRecord, now: Micros): CaptureContext;
  /** When the capture began that is running now. */
  readonly began: Micros;
}

/** Judges a tunnel as it stands, tells what changed, and says when to look again; Infinity for when something happens. */
export function judgeRecord(record: TunnelRecord, now: Micros, judging: JudgingContext): Micros {
  const { builder } = record;
  if (builder === null) return unheard(record, now);
  const { judged, context } = judgeClients(
    builder.build(record.id),
    judging.context(record, now),
    judging.near,
  );
  record.lastTime = Math.max(record.lastTime, builder.lastTime);
  nameInitiator(record, judged);
  const { state: before } = record;
  const renewals = renewalsAfter(context, record.renewedAt);
  const events = [
    ...findingEvents(record, judged, now, now - judging.began > WARM_UP),
    ...stateEvents(record, judged, context, now, renewals),
    ...renewalEvents(record, before, now, renewals),
  ];
  record.renewedAt = renewals.at(-1)?.time ?? record.renewedAt;
  record.spis = spisOf(record, judged);
  const [first, second] = judged.implementations;
  record.concluded = {
    place: judged.vantage.place,
    nat: judged.nat,
    products: [first?.name ?? null, second?.name ?? null],
  };
  record.halfOpenAt = responderOfHalfOpen(context, now);
  for (const event of events) judging.listener.event(event);
  for (const setup of context.setups) {
    const outcome = outcomeOf(setup, now);
    const name = `${judging.began} ${setup.sa.id}`;
    if (outcome !== null && record.countsSetup(name)) judging.listener.setup(outcome);
  }
  return nextLook(record, context, now);
}

/** IKEv2 says in each header who the initiator is; in IKEv1 the messages together do. */
function nameInitiator(record: TunnelRecord, { tunnel }: JudgedTunnel): void {
  if (record.rolesProven || !areRolesProven(tunnel)) return;
  record.putFirst(tunnel.addresses[0]);
  record.rolesProven = true;
}

/** A tunnel that was not heard since the capture began anew can only become quiet. */
function unheard(record: TunnelRecord, now: Micros): Micros {
  if (record.state !== "up" && record.state !== "degraded") return Infinity;
  if (now - record.lastTime <= QUIET_AFTER) return quietAt(record);
  record.enter("quiet", null, now);
  return Infinity;
}

function findingEvents(
  record: TunnelRecord,
  { isUp: works, findings }: JudgedTunnel,
  now: Micros,
  isWarm: boolean,
): LiveEvent[] {
  const changes = record.raised.update(findings.map(milder), now, works, works || isWarm);
  if (changes.length > 0 || !record.raised.isEmpty) record.refreshFindings();
  return changes.map((change) => findingEvent(change, record, now));
}

/** The finding as `live` tells it: a suspicion is a warning, and a rule may have a milder severity for those who watch for days. */
function milder(finding: Finding): Finding {
  if (isSuspicion(finding)) return { ...finding, severity: "warning" };
  const { severity, live } = RULES[finding.code];
  return live !== undefined && finding.severity === severity ? { ...finding, ...live } : finding;
}

function stateEvents(
  record: TunnelRecord,
  judged: JudgedTunnel,
  context: TunnelContext,
  now: Micros,
  renewals: readonly Renewal[],
): LiveEvent[] {
  const before = record.state;
  const { state, phase } = stateAfter(record, judged, context, now);
  record.enter(state, phase, now);
  if (isWorking(before) === isWorking(state)) return [];
  const common = { time: now, tunnel: eventTunnelOf(record) };
  if (isWorking(state)) {
    const { reason, evidence } = renewals.at(-1) ?? proofOf(context);
    // When the packets proved it, not when it was judged.
    const provenAt = Math.max(...evidence.map(({ time }) => time));
    const time = Number.isFinite(provenAt) ? Math.min(provenAt, now) : now;
    return [{ kind: "tunnel-up", ...common, time, reason, evidence }];
  }
  if (state !== "failing" && state !== "down") return [];
  const [worst] = record.findings;
  const ended = judged.findings.find(({ code }) => code === "sa-deleted-by-peer");
  const cause = state === "failing" ? worst?.finding : ended;
  return [
    {
      kind: "tunnel-down",
      ...common,
      reason: cause === undefined ? state : `${cause.code}: ${cause.headline}`,
      evidence: (cause?.evidence ?? []).map(({ frame, time }) => ({ frame, time })),
    },
  ];
}

function eventTunnelOf({ id, peers, rolesProven }: TunnelRecord): EventTunnel {
  return { id, peers, rolesProven };
}

/** Rekeys, and new IKE SAs, of a tunnel that worked before and after. */
function renewalEvents(
  record: TunnelRecord,
  before: LiveState,
  now: Micros,
  renewals: readonly Renewal[],
): LiveEvent[] {
  if (!isWorking(before) || !isWorking(record.state)) return [];
  const tunnel = eventTunnelOf(record);
  return renewals.map(({ kind, time, reason, evidence }) => ({
    kind: "tunnel-rekeyed",
    time: Math.min(time, now),
    tunnel,
    reason: kind === "established" ? `a new IKE SA: ${reason}` : reason,
    evidence,
  }));
}

/** Why a tunnel works whose setup was not seen, or was told before. */
function proofOf({ tunnel, setups }: TunnelContext): Pick<Renewal, "reason" | "evidence"> {
  if (flowsBothWays(tunnel)) {
    const seen = new Set<Address>();
    const evidence = tunnel.streams.flatMap(({ source, lastFrame, lastTime }) => {
      if (seen.has(source)) return [];
      seen.add(source);
      return [{ frame: lastFrame, time: lastTime }];
    });
    return { reason: "ESP in both directions", evidence };
  }
  const answered = setups
    .flatMap(({ sa }) => sa.exchanges)
    .findLast(({ request, response }) => request !== null && response !== null);
  return { reason: "the peer answers", evidence: answered === undefined ? [] : framesOf(answered) };
}

function spisOf(record: TunnelRecord, { tunnel, childSas }: JudgedTunnel): LiveSpiPair[] {
  const isSwapped = tunnel.addresses[0] !== record.peers[0];
  return childSas
    .toReversed()
    .slice(0, SPIS)
    .map(({ forward, backward }) => {
      const [first, second] = isSwapped ? [backward, forward] : [forward, backward];
      return { fromFirst: first?.spi ?? null, fromSecond: second?.spi ?? null };
    });
}

function responderOfHalfOpen({ setups }: TunnelContext, now: Micros): Address | null {
  return setups.findLast((setup) => isUnderWay(setup, now))?.sa.responder.address ?? null;
}

/** When time alone can change the judgement. */
function nextLook(record: TunnelRecord, { setups }: TunnelContext, now: Micros): Micros {
  let next = record.raised.nextLook(now);
  for (const { finding } of record.findings) next = Math.min(next, now + WHILE_RAISED[finding.severity]);
  if (isWorking(record.state) && record.state !== "quiet") {
    next = Math.min(next, quietAt(record));
  }
  for (const { sa, progress } of setups) {
    const silent = now - sa.lastTime;
    if (progress.state !== "up" && sa.startSeen && silent <= SETUP_PATIENCE) {
      next = Math.min(next, sa.lastTime + SETUP_PATIENCE + AGAIN.soonest);
    }
  }
  if (record.isRestless || setups.some((setup) => isUnderWay(setup, now))) {
    next = Math.min(next, silenceLook(now, record.spokenAt));
  }
  if (record.oneWaySince !== null) next = Math.min(next, silenceLook(now, record.oneWaySince));
  return Math.max(next, now + AGAIN.soonest / 4);
}

/** Silence proves the more the longer it lasts: each look is twice as far off. */
function silenceLook(now: Micros, since: Micros): Micros {
  const silent = now - since;
  return silent <= AGAIN.waits ? now + Math.max(AGAIN.soonest, silent) : Infinity;
}
