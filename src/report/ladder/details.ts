import { flagNames } from "../../ike/describe/header.js";
import type { IkeMessage, NotifyPayload } from "../../ike/message.js";
import { isErrorNotify, notifyName } from "../../ike/registries/notify.js";
import { NOTIFY_V2 } from "../../ike/registries/notify-v2.js";
import type { Sighting, Transmission, Tunnel } from "../../session/model.js";
import { notifiesOf } from "../../session/payloads.js";
import { type Message, say } from "../../texts/message.js";

/** Notifies that a row names; an honest message has one that decides. */
const MOST_NOTIFIES = 3;

/** More about one try of a message, the weightier first; `first` is its first sighting. */
export function detailsOf(
  tunnel: Tunnel,
  transmission: Transmission,
  sightings: readonly Sighting[],
  first: Sighting,
): Message[] {
  return [
    ...said(transmission.message),
    ...elsewhere(tunnel, first),
    ...sizeTexts(transmission, sightings),
    portText(first),
    ...flagNames(transmission.message.header),
  ];
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

/** Addresses of an end that are not the tunnel's own: it moved, or is behind NAT. */
function elsewhere({ addresses }: Tunnel, { source, destination }: Sighting): Message[] {
  return [
    ...(addresses.includes(source.address) ? [] : [say`from ${source.address}`]),
    ...(addresses.includes(destination.address) ? [] : [say`to ${destination.address}`]),
  ];
}

function sizeTexts({ message, fragments }: Transmission, sightings: readonly Sighting[]): Message[] {
  const numbers = sightings.map(({ fragment }) => fragment).filter((number) => number > 0);
  const bytes = sightings.reduce((sum, sighting) => sum + sighting.bytes, 0);
  const pieces = Math.max(1, ...sightings.map(({ ipFragments }) => ipFragments));
  const missing = sightings.some(({ missingFragments }) => missingFragments !== null);
  const parts: Message[] = [];
  if (pieces > 1 || missing) {
    parts.push(say`${pieces} IP fragment${pieces === 1 ? "" : "s"}${missing ? " seen" : ""}`);
  }
  if (fragments === null || (numbers.length === 0 && message.header.majorVersion === 2)) {
    return [...parts, `${message.header.length} B`];
  }
  if (numbers.length === 0)
    return [...parts, say`${fragments.total} IKE fragments`, `${message.header.length} B`];
  const kind = message.header.majorVersion === 1 ? "fragment" : "SKF";
  return [...parts, say`${kind} ${numberRanges(numbers)} of ${fragments.total}`, `${bytes} B`];
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

function portText({ source, destination, transport }: Sighting): Message {
  const name = transport === "tcp" ? "TCP" : "UDP";
  return source.port === destination.port
    ? `${name} ${source.port}`
    : say`${name} ${source.port} to ${destination.port}`;
}
