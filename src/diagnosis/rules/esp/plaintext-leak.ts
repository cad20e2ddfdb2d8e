import { humanDuration, type Micros } from "../../../bytes/time.js";
import { frameName } from "../../../bytes/frame.js";
import type { Address } from "../../../bytes/address.js";
import type { ClearFlow, OuterPair } from "../../../session/model.js";
import type { TunnelContext } from "../../context.js";
import type { Confidence, Verdict } from "../../finding.js";
import { type EspDirection, espDirectionsOf } from "../../facts/esp/esp-directions.js";
import { isNear } from "../../facts/side.js";
import { flowsByEnds, isOf, isPrivate } from "../../facts/esp/clear-flows.js";
import { contextsAtPlaces } from "../../places/at-one-place.js";
import { defineRule } from "../../rule.js";
import { joined, type Message, say } from "../../../texts/message.js";
/** A host that sent into the tunnel before goes on in clear within this time. */
const GOES_ON_WITHIN_US: Micros = 60_000_000;
const UNDER_WAY: Micros = 200_000;

interface Leak {
  readonly flow: ClearFlow;
  readonly from: Address;
  readonly confidence: Confidence;
  /** Only then it is known that these addresses belong to the tunnel. */
  readonly isCritical: boolean;
  readonly why: Message;
}

/**
 * Packets between private addresses leave a public gateway in clear, over the link that its ESP and IKE to the peer use
 * (same MAC addresses, same VLAN). Not judged where the frames tell no link, and where the peers have private addresses
 * themselves: there such packets may be anything.
 */
export const plaintextLeak = defineRule({
  code: "plaintext-leak",
  severity: "critical",
  title: "Packets for the tunnel leave in clear",
  explanation:
    "Packets between private networks leave the gateway without ESP, over the same link and towards the same next hop as its ESP did. They are lost at the next router at best; anybody on the way can read them.",
  signature:
    "Packets between private addresses with the MAC addresses and VLAN of a public gateway's IKE or ESP: while its tunnel is up and it sends no ESP, within a minute after its last ESP, or as replies to what is decrypted. Not what comes within 5 ms of an ESP packet; not in cooked captures of version 1, nor between private gateways.",
  remedies: [
    "Keep them from leaving when the tunnel is down: a trap policy, or a blocking route to the other network.",
    "Exempt the tunnel's traffic from NAT, before the masquerading rule.",
    "Compare the inner addresses in the finding with the selectors of the Child SA: what does not match is not encrypted.",
  ],
  commands: ["trap", "route"],
  references: ["RFC 4301 section 5.1"],
  onlyWith: ["clear-flows"],
  atOnePlace: true,
  detect: (context) => {
    // Read together, files of both ends show the packets that one end has decrypted between the ESP of the other.
    if (context.capture.places.length > 1) return provenByOtherEnd(context);
    return verdictOn(context, leaksOf(context));
  },
});

function leaksOf(context: TunnelContext): Leak[] {
  const flows = flowsByEnds(context.capture.clearFlows).candidatesOf(context.tunnel.addresses);
  return flows.flatMap((flow) => leakOf(context, flow));
}

/** A leak: packets that one end sends in clear beside its ESP, between addresses that the other end's capture shows decrypted from this tunnel. */
function provenByOtherEnd(context: TunnelContext): Verdict | null {
  const ends = contextsAtPlaces(context);
  for (const own of ends) {
    const proven = leaksOf(own).flatMap((leak): Leak[] => {
      const shown = ends.filter((end) => end !== own).flatMap((end) => decryptedAt(end, leak.flow))[0];
      if (leak.isCritical || shown === undefined) return [];
      const frame = frameName(shown.firstFrame, context.capture.files.length > 1);
      const why = say`The capture of the other end shows packets between these addresses that came out of the tunnel (decrypted from ESP, frame of the first: ${frame}), so these belong into it.`;
      return [{ ...leak, confidence: "likely", isCritical: true, why }];
    });
    if (proven.length > 0) return verdictOn(own, proven);
  }
  return null;
}

/** Flows between the same two addresses, in either direction, that a capture shows decrypted from ESP of the tunnel. */
function decryptedAt({ tunnel, capture }: TunnelContext, { source, destination }: ClearFlow): ClearFlow[] {
  return flowsByEnds(capture.clearFlows)
    .mirrorsOf(tunnel.addresses)
    .filter((flow) => {
      const ends = [flow.source, flow.destination];
      return ends.includes(source) && ends.includes(destination);
    });
}

function verdictOn(context: TunnelContext, leaks: readonly Leak[]): Verdict | null {
  const [worst] = leaks.toSorted(
    (a, b) => Number(b.isCritical) - Number(a.isCritical) || b.flow.packets - a.flow.packets,
  );
  if (worst === undefined) return null;
  const { flow, from, confidence, isCritical, why } = worst;
  const directions = espDirectionsOf(context.tunnel).filter(({ source }) => source === from);
  const isMended = directions.some(({ espSas }) => espSas.some(({ firstTime }) => firstTime > flow.lastTime));
  const more = leaks.length > 1 ? say` ${leaks.length - 1} more such flows are there.` : "";
  const span = flow.packets > 1 ? say` in ${humanDuration(flow.lastTime - flow.firstTime)}` : "";
  return {
    ...(isCritical && !isMended ? {} : { severity: "warning" as const }),
    mended: isMended,
    confidence,
    provenance: "deduced",
    phase: "ESP",
    from: flow.firstTime,
    headline:
      flow.packets === 1
        ? say`a packet from ${flow.source} to ${flow.destination} leaves ${from} in clear`
        : say`${flow.packets} packets from ${flow.source} to ${flow.destination} leave ${from} in clear`,
    summary: joined(
      flow.packets === 1
        ? say`A packet from ${flow.source} to ${flow.destination} leaves in clear, over the same link and towards the same next hop as IKE and ESP of ${from}. ${why}${more}`
        : say`${flow.packets} packets from ${flow.source} to ${flow.destination}${span} leave in clear, over the same link and towards the same next hop as IKE and ESP of ${from}. ${why}${more}`,
      isMended ? " Later ESP flows again, so it was for a time only." : "",
    ),
    evidence: [
      {
        frame: flow.firstFrame,
        time: flow.firstTime,
        nanos: 0,
        text: say`first packet in clear, ${flow.source} -> ${flow.destination}, IP protocol ${flow.protocol}`,
      },
      { frame: flow.lastFrame, time: flow.lastTime, nanos: 0, text: say`last of ${flow.packets}` },
    ],
    rivals: [
      {
        code: "plaintext-mirror",
        separatedBy: "a capture on the next router: what is in clear there was sent in clear",
      },
    ],
  };
}

function leakOf(context: TunnelContext, flow: ClearFlow): Leak[] {
  const { tunnel, capture, setups } = context;
  const pair =
    flow.beside.find((one) => isOf(tunnel.addresses, one)) ??
    flow.beside.find(({ source }) => tunnel.addresses.includes(source));
  if (pair === undefined || isPrivate(pair.source)) return [];
  const from = pair.source;
  const back = flowsByEnds(capture.clearFlows)
    .mirrorsOf(tunnel.addresses)
    .find(({ source, destination }) => source === flow.destination && destination === flow.source);
  if (back !== undefined) {
    const why = say`Packets of the opposite direction come out of the tunnel (decrypted from ESP, frame of the first: ${frameName(back.firstFrame, capture.files.length > 1)}), so these belong into it.`;
    return [{ flow, from, confidence: "likely", isCritical: true, why }];
  }
  // With several tunnels of one gateway over the link it cannot be told into which of them the packets belong.
  if (flow.beside.some((other) => other.source === from && !isOf(tunnel.addresses, other))) return [];
  const own = espDirectionsOf(tunnel).find(({ source }) => source === from);
  const isUp = setups.some(({ progress }) => progress.upAt !== null && progress.upAt <= flow.firstTime);
  const pausedAt = own === undefined ? null : pauseAround(own, flow);
  if (own === undefined) {
    if (!isUp || mayBeDecrypted(context, pair, flow)) return [];
    const why = say`The tunnel is up and ${from} has sent no ESP at all: what should be encrypted is not.`;
    return [{ flow, from, confidence: "likely", isCritical: true, why }];
  }
  if (pausedAt !== null && flow.firstTime - pausedAt <= GOES_ON_WITHIN_US) {
    const why = say`They begin ${humanDuration(flow.firstTime - pausedAt)} after the last ESP packet of ${from}, and no ESP of it passes meanwhile: without a tunnel the same traffic goes out in clear.`;
    return [{ flow, from, confidence: "likely", isCritical: true, why }];
  }
  if (own.firstTime > flow.lastTime || own.lastTime < flow.firstTime) return [];
  // Nor of several gateways behind one next hop: they are another tunnel's as likely as this one's.
  if (flow.beside.some((other) => !isOf(tunnel.addresses, other))) return [];
  const why = say`ESP of ${from} flows at the same time, so other traffic is encrypted; whether these addresses belong into the tunnel is not known.`;
  return [{ flow, from, confidence: "possible", isCritical: false, why }];
}

/**
 * Without any ESP of these peers: a filter may hide it (where no other peers' ESP shows that none does), and what the capturing
 * host has decrypted is there all the same, and comes in. Or the network card encrypts and decrypts: then replies come in clear too, which the
 * receiver would have dropped.
 */
function mayBeDecrypted(
  context: TunnelContext,
  { source: outerSource, destination: outerDestination }: OuterPair,
  { source, destination, beside }: ClearFlow,
): boolean {
  const { tunnel, vantage, capture } = context;
  if (tunnel.streams.length > 0) return false;
  // Made-up MAC addresses, all the same, do not tell which way the packets go.
  const isWayKnown = !beside.some(
    (other) => other.source === outerDestination && other.destination === outerSource,
  );
  const mayComeIn = !isWayKnown || vantage.place === "unknown" || isNear(context, outerDestination);
  const isReplied = flowsByEnds(capture.clearFlows).hasBetween(destination, source);
  return isReplied || (mayComeIn && capture.observations.nativeEsp === 0);
}

/** The last ESP packet before a flow during which there is none; null where ESP goes on, or never was. */
function pauseAround({ espSas }: EspDirection, { firstTime, lastTime }: ClearFlow): Micros | null {
  const before = espSas.filter((espSa) => espSa.firstTime < firstTime);
  const last = Math.max(-Infinity, ...before.map((espSa) => espSa.lastTime));
  const during = espSas.some((espSa) => espSa.firstTime >= firstTime && espSa.firstTime < lastTime);
  return before.length === 0 || during || last > firstTime + UNDER_WAY ? null : Math.min(last, firstTime);
}
