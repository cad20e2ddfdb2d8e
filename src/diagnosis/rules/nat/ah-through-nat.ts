import { distinctPackets } from "../../../session/esp/esp-sas.js";
import { evidenceAt } from "../../evidence.js";
import { firstOf, lastOf, ownStreams, provenNat } from "../../facts/sides.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/** As for `esp-one-way`. */
const FLOW_PACKETS = 4;
const TIME = 2_500_000;

/**
 * AH between peers of which the hashes prove one to be behind NAT. AH protects the addresses, so no packet passes its check;
 * but AH that flows both ways disproves the NAT device, whatever a hash says.
 */
export const ahThroughNat = defineRule({
  code: "ah-through-nat",
  severity: "critical",
  title: "AH cannot pass NAT",
  explanation:
    "AH protects the IP addresses themselves. A NAT device changes them, so every packet fails its check at the receiver.",
  signature: "NAT is proven by the hashes, and AH packets go one way without any coming back.",
  remedies: ["Use ESP (with UDP encapsulation) instead of AH, or remove the NAT between the peers."],
  commands: ["natTraversal"],
  references: ["RFC 3715"],
  onlyWith: ["esp"],
  detect: (context) => {
    const nat = provenNat(context);
    const streams = ownStreams(context.tunnel).filter(({ encapsulation }) => encapsulation === "ah");
    const [first] = streams;
    const last = streams.toSorted((a, b) => a.lastTime - b.lastTime).at(-1);
    if (nat === null || first === undefined || last === undefined) return null;
    const packets = streams.reduce((sum, stream) => sum + distinctPackets(stream), 0);
    if (streams.some(({ source }) => source !== first.source)) return null;
    if (packets < FLOW_PACKETS || last.lastTime - first.firstTime < TIME) return null;
    const behind = nat.initiatorBehindNat === true ? "the initiator" : "the responder";
    const seen = [nat.initiator, nat.responder].flatMap(({ sighting }) => sighting ?? []);
    return {
      confidence: "likely",
      provenance: "deduced",
      phase: "ESP",
      headline: say`AH from ${first.source} through NAT (${packets} packets, none back)`,
      summary: joined(
        say`The NAT detection hashes prove that ${behind} is behind NAT, and ${first.source} sends AH (IP protocol 51). AH protects the IP addresses that the NAT device changes, `,
        say`so every packet fails its check at ${first.destination}, and nothing comes back.`,
      ),
      evidence: [
        ...seen.map((sighting) => evidenceAt(sighting, "NAT detection hashes")),
        firstOf(first, say`first AH packet ${first.source} -> ${first.destination}`),
        lastOf(last, say`last of ${packets} AH packets, none in the other direction`),
      ],
      rivals: [
        {
          code: "esp-one-way",
          separatedBy: say`the counters at ${first.destination}: AH that fails its check (XfrmInStateProtoError) or AH that is taken and not answered`,
        },
      ],
    };
  },
});
