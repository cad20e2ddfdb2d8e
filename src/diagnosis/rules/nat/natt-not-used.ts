import { messagesFrom } from "../../../session/sightings.js";
import { distinctPackets } from "../../../session/esp/esp-sas.js";
import { humanDuration } from "../../../bytes/time.js";
import type { EspStream } from "../../../esp/stream.js";
import { IKE_PORT } from "../../../ike/ports.js";
import type { NatJudgement } from "../../../session/nat.js";
import { sendsOnNatT, type Setup, type TunnelContext } from "../../context.js";
import { evidenceAt } from "../../evidence.js";
import type { Evidence, Verdict } from "../../finding.js";
import { firstOf, lastOf, ownStreams, provenNat } from "../../facts/sides.js";
import { defineRule } from "../../rule.js";
import { type Message, joined, say } from "../../../texts/message.js";

/** As for `esp-one-way`: fewer packets, or less time, may just be the beginning of a conversation. */
const FLOW_PACKETS = 4;
const TIME = 2_500_000;

/**
 * NAT is proven by the hashes, yet the IKE SA came up on UDP 500 and ESP goes as protocol 50. A NAT device that maps one
 * address to one other passes that, so it is a fault only where ESP comes from one side alone.
 */
export const nattNotUsed = defineRule({
  code: "natt-not-used",
  severity: "critical",
  title: "NAT between the peers, but NAT traversal is not used",
  explanation:
    "A NAT device is between the peers, yet they stay on UDP 500 and send ESP as IP protocol 50. ESP has no ports, so the NAT device cannot assign replies to a client.",
  signature:
    "NAT is proven by the hashes, the peers stay on port 500, and ESP goes as IP protocol 50 in one direction only.",
  remedies: [
    "Enable NAT traversal at the side that the finding names; a Windows client of a server behind NAT needs a registry value for it.",
    "Open UDP 4500 on the firewalls between the peers.",
  ],
  commands: ["natTraversal", "firewall"],
  references: ["RFC 7296 section 2.23", "RFC 3947"],
  onlyWith: ["esp"],
  detect: (context) => {
    const nat = provenNat(context);
    const setup = context.setups.findLast(({ sa, progress }) => progress.state === "up" && sa.startSeen);
    if (nat === null || setup === undefined || !staysOn500(context, setup)) return null;
    const streams = ownStreams(context.tunnel);
    const [first] = streams;
    if (first === undefined || streams.some(({ encapsulation }) => encapsulation !== "esp")) return null;
    const back = streams.find(({ source }) => source !== first.source);
    return back === undefined ? oneWay(setup, nat, streams) : bothWays(nat, first, back);
  },
});

function staysOn500(context: TunnelContext, { sa, progress }: Setup): boolean {
  if (sendsOnNatT(context, "initiator") || sendsOnNatT(context, "responder")) return false;
  const sent = messagesFrom(sa, "initiator");
  return (
    progress.authentication.some(({ response }) => response !== null) &&
    sent.length > 0 &&
    sent.every(({ destination, transport }) => destination.port === IKE_PORT && transport === "udp")
  );
}

function oneWay(setup: Setup, nat: NatJudgement, streams: readonly EspStream[]): Verdict | null {
  const byTime = streams.toSorted((a, b) => a.firstTime - b.firstTime);
  const [first] = byTime;
  const last = streams.toSorted((a, b) => a.lastTime - b.lastTime).at(-1);
  if (first === undefined || last === undefined) return null;
  const packets = streams.reduce((sum, stream) => sum + distinctPackets(stream), 0);
  const span = last.lastTime - first.firstTime;
  if (packets < FLOW_PACKETS || span < TIME) return null;
  return {
    confidence: "likely",
    provenance: "deduced",
    phase: "ESP",
    headline: say`${behindText(nat)} behind NAT, but NAT traversal is not used: ESP as protocol 50 from ${first.source} only (${packets} packets in ${humanDuration(span)}, none back)`,
    summary: joined(
      say`The NAT detection hashes prove a NAT device (${behindText(nat)} behind it), yet IKE stayed on UDP 500 and ESP goes as IP protocol 50, `,
      say`which has no ports to translate. ${first.source} sent ${packets} ESP packets and none came back. ${remedy(setup, nat)}`,
    ),
    evidence: [
      ...hashes(nat),
      firstOf(first, say`first ESP packet as protocol 50, ${first.source} -> ${first.destination}`),
      lastOf(last, say`last of ${packets} ESP packets, none in the other direction`),
    ],
    rivals: [
      {
        code: "esp-one-way",
        separatedBy: say`a capture at ${first.destination}: ESP from ${first.source} arrives there and is decrypted, so the NAT device passes it`,
      },
    ],
  };
}

/** It works as it is. */
function bothWays(nat: NatJudgement, one: EspStream, other: EspStream): Verdict {
  return {
    severity: "info",
    confidence: "likely",
    provenance: "deduced",
    phase: "ESP",
    headline: say`${behindText(nat)} behind NAT, and ESP passes it as protocol 50`,
    summary:
      "The NAT detection hashes prove a NAT device, yet IKE stayed on UDP 500 and ESP goes as IP protocol 50, both ways. That works if the NAT device maps one address to one other, or serves a single client.",
    evidence: [
      ...hashes(nat),
      firstOf(one, "ESP as protocol 50"),
      firstOf(other, "ESP as protocol 50, back"),
    ],
  };
}

function behindText({ initiatorBehindNat, responderBehindNat }: NatJudgement): string {
  if (initiatorBehindNat === true && responderBehindNat === true) return "both peers are";
  return initiatorBehindNat === true ? "the initiator is" : "the responder is";
}

function hashes({ initiator, responder }: NatJudgement): Evidence[] {
  return [initiator, responder].flatMap(({ sighting, source, destination }) =>
    sighting === null
      ? []
      : [
          evidenceAt(
            sighting,
            say`NAT detection hashes: own address ${source}, peer's address ${destination}`,
          ),
        ],
  );
}

/** A side that sends no hashes does not do NAT traversal, and the other must not use it alone. */
function remedy({ sa }: Setup, { initiator, responder }: NatJudgement): Message {
  if (responder.sighting === null) {
    return say`The responder ${sa.responder.address} sent no NAT detection: enable NAT traversal there.`;
  }
  if (initiator.sighting === null) {
    return say`The initiator ${sa.initiator.address} sent no NAT detection: enable NAT traversal there.`;
  }
  return say`Both sides sent NAT detection, so the initiator ${sa.initiator.address} should have moved to UDP 4500: look at its NAT traversal setting.`;
}
