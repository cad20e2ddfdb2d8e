import { exchangeName } from "../../ike/registries/exchanges.js";
import { flagNames } from "../../ike/describe/header.js";
import { isErrorNotify, notifyName } from "../../ike/registries/notify.js";
import { NOTIFY_V2 } from "../../ike/registries/notify-v2.js";
import type { IkeMessage, NotifyPayload } from "../../ike/message.js";
import { messageName } from "../../diagnosis/phases.js";
import type { Exchange, IkeSa, Role, Sighting, Transmission, Tunnel } from "../../session/model.js";
import { errorNotify, notifiesOf } from "../../session/progress.js";
import type { Fate, LadderRow } from "./row.js";
import { other, sideOfRole } from "./sides.js";

/** Fragments of one try follow each other at once; no daemon sends again before half a second. */
const BURST = 400_000;

/** Notifies that a row names; an honest message has one that decides. */
const MOST_NOTIFIES = 3;

/** Every try of every message of an IKE SA, a row each; `name` tells the SA from the tunnel's others. */
export function messageRows(tunnel: Tunnel, sa: IkeSa, name: string | null): LadderRow[] {
  return sa.exchanges.flatMap((exchange) => [
    ...sentRows(tunnel, sa, exchange, "request", name),
    ...sentRows(tunnel, sa, exchange, "response", name),
  ]);
}

function sentRows(
  tunnel: Tunnel,
  sa: IkeSa,
  exchange: Exchange,
  kind: "request" | "response",
  name: string | null,
): LadderRow[] {
  const transmission = exchange[kind];
  if (transmission === null) return [];
  const role: Role =
    (exchange.startedBy === "initiator") === (kind === "request") ? "initiator" : "responder";
  const from = sideOfRole(tunnel, sa, role);
  const tries = triesOf(transmission);
  return tries.flatMap((sightings, index) => {
    const [first] = sightings;
    if (first === undefined) return [];
    const { message } = transmission;
    return {
      kind: "message" as const,
      time: first.time,
      frames: sightings.flatMap(({ frames }) => frames),
      from,
      to: other(from),
      title: titleOf(sa, exchange, kind),
      details: [
        ...(name === null ? [] : [name]),
        ...said(message),
        ...elsewhere(tunnel, first),
        ...sizeTexts(transmission, sightings),
        portText(first),
        ...flagNames(message.header),
      ],
      attempt: index + 1,
      fate: kind === "request" ? requestFate(exchange, tries, index) : responseFate(exchange, sightings),
      message,
    };
  });
}

/** "IKE_AUTH request 1"; IKEv1 numbers the messages of a mode instead. */
function titleOf(sa: IkeSa, exchange: Exchange, kind: "request" | "response"): string {
  if (sa.majorVersion === 1) return messageName(sa, exchange, kind);
  return `${exchangeName(2, exchange.exchangeType)} ${kind} ${exchange.messageId}`;
}

/** Sightings by try: one each, but the fragments of RFC 7383 that were sent in one burst belong together. */
function triesOf({ sightings }: Transmission): Sighting[][] {
  const tries: Sighting[][] = [];
  for (const sighting of sightings) {
    const current = tries.at(-1);
    const last = current?.at(-1);
    const goesOn =
      current !== undefined &&
      last !== undefined &&
      sighting.fragment > 0 &&
      last.fragment > 0 &&
      sighting.time - last.time < BURST &&
      current.every(({ fragment }) => fragment !== sighting.fragment);
    if (goesOn) current.push(sighting);
    else tries.push([sighting]);
  }
  return tries;
}

function requestFate(
  { request, response, expectsResponse }: Exchange,
  tries: Sighting[][],
  index: number,
): Fate {
  const own = tries[index] ?? [];
  if (isIncomplete(request, own)) return "incomplete";
  if (!expectsResponse) return errorNotify(request) === null ? "plain" : "refused";
  if (response === null) return "unanswered";
  const [sentAt, againAt] = [own[0]?.time ?? 0, tries[index + 1]?.[0]?.time ?? null];
  if (againAt === null) return "plain";
  const isAnswered = response.sightings.some(({ time }) => time >= sentAt && time < againAt);
  return isAnswered ? "plain" : "repeated";
}

function responseFate({ request, response }: Exchange, tried: readonly Sighting[]): Fate {
  if (isIncomplete(response, tried)) return "incomplete";
  if (errorNotify(response) !== null) return "refused";
  const sentAt = tried[0]?.time ?? 0;
  return request?.sightings.some(({ time }) => time > sentAt) === true ? "repeated" : "plain";
}

/** IP fragments are missing, or not all numbers of RFC 7383 came. */
function isIncomplete(transmission: Transmission | null, tried: readonly Sighting[]): boolean {
  if (tried.some(({ missingFragments }) => missingFragments !== null)) return true;
  const { fragments } = transmission ?? { fragments: null };
  const numbers = new Set(tried.map(({ fragment }) => fragment));
  return fragments !== null && !numbers.has(0) && numbers.size < fragments.total;
}

/** Notifies that decide what happens next, in clear. */
function said(message: IkeMessage): string[] {
  const version = message.header.majorVersion;
  const isDecisive = ({ notifyType }: NotifyPayload): boolean =>
    isErrorNotify(notifyType) || (version === 2 && notifyType === NOTIFY_V2.COOKIE);
  const decisive = notifiesOf(message).filter(isDecisive);
  const names = new Set(decisive.map(({ notifyType }) => notifyName(version, notifyType)));
  return [...names].slice(0, MOST_NOTIFIES);
}

/** Where an end has another address than the tunnel's own: it moved, or a translator stands between. */
function elsewhere({ addresses }: Tunnel, { source, destination }: Sighting): string[] {
  return [
    ...(addresses.includes(source.address) ? [] : [`from ${source.address}`]),
    ...(addresses.includes(destination.address) ? [] : [`to ${destination.address}`]),
  ];
}

function sizeTexts({ message, fragments }: Transmission, sightings: readonly Sighting[]): string[] {
  const numbers = sightings.map(({ fragment }) => fragment).filter((number) => number > 0);
  const bytes = sightings.reduce((sum, sighting) => sum + sighting.bytes, 0);
  const pieces = Math.max(1, ...sightings.map(({ ipFragments }) => ipFragments));
  const missing = sightings.some(({ missingFragments }) => missingFragments !== null);
  const parts: string[] = [];
  if (pieces > 1 || missing) {
    parts.push(`${pieces} IP fragment${pieces === 1 ? "" : "s"}${missing ? " seen" : ""}`);
  }
  if (fragments === null || (numbers.length === 0 && message.header.majorVersion === 2)) {
    return [...parts, `${message.header.length} B`];
  }
  if (numbers.length === 0)
    return [...parts, `${fragments.total} IKE fragments`, `${message.header.length} B`];
  const kind = message.header.majorVersion === 1 ? "fragment" : "SKF";
  return [...parts, `${kind} ${numberRanges(numbers)} of ${fragments.total}`, `${bytes} B`];
}

/** "1-3,5". */
function numberRanges(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && number === last[1] + 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(",");
}

function portText({ source, destination, transport }: Sighting): string {
  const name = transport === "tcp" ? "TCP" : "UDP";
  return source.port === destination.port
    ? `${name} ${source.port}`
    : `${name} ${source.port} to ${destination.port}`;
}
