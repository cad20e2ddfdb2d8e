import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import { formatOffer } from "../../../ike/offer.js";
import { evidenceOf } from "../../evidence.js";
import { bareOpening, isSweep } from "../../facts/scan/opening-marks.js";
import { type Scan, scanText } from "../../facts/scan/scan.js";
import type { Evidence, Rival, Verdict } from "../../finding.js";
import { messageName, phaseOf } from "../../phases.js";
import { defineRule } from "../../rule.js";
import { joined, type Message, say } from "../../../texts/message.js";

/** A scanner asks what a gateway answers, and wants no tunnel: a refusal, silence or an acceptance is no fault then. */
export const ikeScanned = defineRule({
  code: "ike-scanned",
  severity: "info",
  title: "A scanner asks for IKE and wants no tunnel",
  explanation:
    "A program such as ike-scan or nmap, or a service that scans the internet, sends first messages of IKE to see what answers. It sets up no tunnel, so whatever answers it is no fault of one.",
  signature:
    "A first message without vendor ID, notify, NAT detection and certificate request, after which the initiator never goes on, and one mark more that no known daemon has together with that: it offers DES and 3DES with MD5 and SHA-1 at once (in IKEv1 with the attributes in the scanners' order: encryption, hash, authentication, group; in IKEv2 DES beside other ciphers), or it is one of at least four different offers, each in an IKE SA of its own, within a minute of each other. Not said if the initiator goes on after a first message like these. A first message that announces nothing and has no such mark is judged by what happens to it, with the scan as a rival.",
  remedies: [
    "Nothing, if nobody at the initiator's address sets up a tunnel to this peer: every public address is scanned for IKE.",
    "If a client there is yours: its refusal is real. Compare its offer with the responder's configuration, and replace DES, 3DES, MD5 and the groups below 2048 bits.",
    "To be seen by fewer scanners: allow UDP 500 and 4500 from the addresses of known peers alone, and accept no weak proposals from unknown ones.",
  ],
  references: ["RFC 7296 section 2.6", "RFC 8247 section 2"],
  detect: ({ scans }) => {
    const asked = scans.filter(({ progress }) => progress.opening.length > 0);
    const last = asked.at(-1);
    const exchange = last?.progress.opening[0];
    if (last === undefined || exchange === undefined) return null;
    const { sa } = last;
    return {
      confidence: "likely",
      provenance: "inferred",
      phase: phaseOf(sa, exchange),
      headline: scanText(scans),
      summary: joined(
        say`${sa.initiator.address} sends ${asked.length === 1 ? "a first message" : say`${asked.length} first messages`} to ${sa.responder.address} and never goes on: ${marks(asked)}. `,
        "Scanners send that, and no daemon is known to: nobody waits for this tunnel.",
      ),
      evidence: asked.slice(-EXAMPLES).flatMap(evidenceOfScan),
      rivals: [MAY_BE_PEER],
    };
  },
});

/** Scans of which the packets are cited. */
const EXAMPLES = 3;

const MAY_BE_PEER: Rival = {
  code: "ike-no-proposal-chosen",
  separatedBy: "whether somebody runs an old client with such an offer at the initiator's address",
};

function marks(scans: readonly Scan[]): Message {
  const offers = scans.flatMap((scan) => bareOpening(scan) ?? []);
  const distinct = new Set(offers.map((offer) => formatOffer(offer).join("\n"))).size;
  return offers.some(isSweep)
    ? "no vendor ID, no notify, and one offer with all old algorithms, down to DES and MD5"
    : say`no vendor ID, no notify, and ${distinct} different offers one after the other`;
}

function evidenceOfScan({ sa, progress, icmp }: Scan): Verdict["evidence"] {
  const [exchange] = progress.opening;
  if (exchange === undefined) return [];
  const informational = progress.later.find(({ exchangeType }) => exchangeType === EXCHANGE_V1.INFORMATIONAL);
  return [
    ...evidenceOf(exchange.request, messageName(sa, exchange, "request"), 1),
    ...evidenceOf(exchange.response, messageName(sa, exchange, "response"), 1),
    ...evidenceOf(informational?.request ?? null, "INFORMATIONAL", 1),
    ...icmp.slice(0, 1).map(({ frame, time, source }): Evidence => ({
      frame,
      time,
      nanos: 0,
      text: say`ICMP error from ${source}`,
    })),
  ];
}
