import { mayBeOtherClients } from "../session/clients/ports.js";
import type { FrameRef } from "../bytes/frame.js";
import { formatOffer } from "../ike/offer.js";
import { notifyName } from "../ike/registries/notify.js";
import { groupName } from "../ike/registries/key-exchange.js";
import { formatSuite } from "../ike/suite-text.js";
import { knownVendorId } from "../ike/vendor.js";
import type { Role, Transmission } from "../session/model.js";
import { isTranslatedPort } from "../session/model/queries.js";
import { saOf } from "../session/payloads.js";
import { firstSighting } from "../session/sightings.js";
import type { Setup } from "./context.js";
import { isSameMessage, type Message, say } from "../texts/message.js";

/** One thing that the setup that worked and the one that failed did differently. */
interface Change {
  readonly what: string;
  readonly worked: Message;
  readonly failed: Message;
}

/** A setup that worked beside one that failed, of the same two peers. */
export interface Comparison {
  /** First frames of the two. */
  readonly workedFrame: FrameRef;
  readonly failedFrame: FrameRef;
  /** Empty where nothing that is in clear differs: then the difference is in what is encrypted, or outside. */
  readonly changes: readonly Change[];
}

/** The name of an aspect and how it is read. With a third element it counts only if that holds for the setup that worked and the one that failed. */
type Aspect = readonly [
  what: string,
  value: (setup: Setup) => Message | null,
  counts?: (worked: Setup, failed: Setup) => boolean,
];

const ASPECTS: readonly Aspect[] = [
  ["IKE version", ({ sa }) => String(sa.majorVersion)],
  ["initiator", ({ sa }) => sa.initiator.address],
  ["initiator's port", ({ sa }) => String(sa.initiator.port), isPortToldOf("initiator")],
  ["responder's port", ({ sa }) => String(sa.responder.port), isPortToldOf("responder")],
  ["offer", (setup) => offerOf(openingOf(setup))],
  ["group of the first key", (setup) => groupOf(openingOf(setup))],
  ["chosen algorithms", ({ progress }) => (progress.suite === null ? null : formatSuite(progress.suite))],
  ["initiator announces", (setup) => announced(setup, openingOf(setup))],
  ["responder announces", (setup) => announced(setup, setup.progress.chosen?.response ?? null)],
  ["initiator's vendor IDs", (setup) => vendorsOf(openingOf(setup))],
  ["responder's vendor IDs", (setup) => vendorsOf(setup.progress.chosen?.response ?? null)],
  ["authentication request", ({ progress }) => sizeOf(progress.authentication[0]?.request ?? null)],
  [
    "authentication answer",
    ({ progress }) => sizeOf(progress.authentication[0]?.response ?? null),
    // The last answer of a setup that failed is how it failed.
    (_worked, { progress }) => progress.authentication.length > 1,
  ],
];

/**
 * Compares the last failed setup with the last one that worked before it, else with the first after it. `areSeveral`: several clients
 * share one address, so that a setup from other ports may be another client's, and tells nothing of this one.
 */
export function compareSetups(setups: readonly Setup[], areSeveral: boolean): Comparison | null {
  const seen = setups.filter(({ sa }) => sa.startSeen);
  const failed = seen.findLast(({ progress }) => progress.state !== "up" && progress.state !== "unknown");
  if (failed === undefined) return null;
  const works = ({ sa, progress }: Setup): boolean =>
    progress.state === "up" && !(areSeveral && mayBeOtherClients(failed.sa, sa));
  const worked =
    seen.findLast((setup) => works(setup) && setup.sa.firstTime < failed.sa.firstTime) ?? seen.find(works);
  if (worked === undefined) return null;
  const [workedFrame, failedFrame] = [firstFrameOf(worked), firstFrameOf(failed)];
  // A setup without an answer at its beginning has none to compare.
  if (workedFrame === null || failedFrame === null) return null;
  const changes = ASPECTS.flatMap(([what, value, counts]) => {
    if (counts?.(worked, failed) === false) return [];
    const [before, after] = [value(worked), value(failed)];
    return before === null || after === null || isSameMessage(before, after)
      ? []
      : [{ what, worked: before, failed: after }];
  });
  return { workedFrame, failedFrame, changes };
}

/**
 * Peers that have moved to port 4500 begin the next IKE SA there (RFC 7296 2.23): that tells nothing, unless nobody answers on that
 * port. Any other change of port is a NAT device's, or a configuration's.
 */
function isPortToldOf(role: Role): (worked: Setup, failed: Setup) => boolean {
  return (worked, failed) =>
    failed.progress.state === "opening" || [worked, failed].some(({ sa }) => isTranslatedPort(sa[role]));
}

function openingOf({ progress }: Setup): Transmission | null {
  return progress.opening[0]?.request ?? null;
}

function firstFrameOf(setup: Setup): FrameRef | null {
  return firstSighting(openingOf(setup))?.frames[0] ?? null;
}

function offerOf(opening: Transmission | null): string | null {
  const sa = saOf(opening);
  return sa === null ? null : formatOffer(sa).join("; ");
}

function groupOf(opening: Transmission | null): string | null {
  for (const payload of opening?.message.payloads ?? []) {
    if (payload.kind === "ke" && payload.group !== null) return groupName(payload.group);
  }
  return null;
}

/** Notifies in clear by name; those that carry a hash or cookie count by name only. */
function announced({ sa }: Setup, transmission: Transmission | null): string | null {
  if (transmission === null) return null;
  const names = transmission.message.payloads.flatMap((payload) =>
    payload.kind === "notify" ? [notifyName(sa.majorVersion, payload.notifyType)] : [],
  );
  return [...new Set(names)].toSorted().join(", ") || "nothing";
}

function vendorsOf(transmission: Transmission | null): string | null {
  if (transmission === null) return null;
  const names = transmission.message.payloads.flatMap((payload) =>
    payload.kind === "vendorId" ? [knownVendorId(payload.data)?.name ?? "unknown"] : [],
  );
  return names.toSorted().join(", ") || "none";
}

/** Size and way of travel: bytes differ by chance within a block, so they are rounded to 64. */
function sizeOf(transmission: Transmission | null): Message | null {
  const first = firstSighting(transmission);
  if (transmission === null || first === undefined) return null;
  const pieces = Math.max(1, ...transmission.sightings.map(({ ipFragments }) => ipFragments));
  const size = say`about ${Math.ceil(first.bytes / 64) * 64} bytes to port ${first.destination.port}`;
  if (transmission.fragments !== null) return say`${size} in ${transmission.fragments.total} IKE fragments`;
  return pieces > 1 ? say`${size} in ${pieces} IP fragments` : size;
}
