import { seenOnTranslator } from "../../../session/model/queries.js";
import { IKE_PORT } from "../../../ike/ports.js";
import { lastTimeOf, messagesFrom } from "../../../session/sightings.js";
import { sendsOnNatT, type Setup, setupsIn, type TunnelContext } from "../../context.js";
import { attemptsText, evidenceAt, evidenceOf, triesText } from "../../evidence.js";
import { lastOf, ownStreams, provenNat } from "../../facts/sides.js";
import { staysUnanswered } from "../../facts/silence/silence.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/** Two tries may be lost packets. */
const TRIES = 3;

/**
 * NAT proven by the hashes, source port 500 kept, ESP as protocol 50 both ways: the NAT device handles IPsec itself, for one
 * client. A second client from the same address, told by its other first message or TTL, gets no answer meanwhile.
 */
export const natIkeAlg = defineRule({
  code: "nat-ike-alg",
  severity: "critical",
  title: "The NAT device handles IPsec itself, for one client only",
  explanation:
    'The NAT device keeps source port 500 and passes ESP as IP protocol 50 ("IPsec passthrough"). That works for one client; the next one behind it gets no answer.',
  signature:
    "NAT is proven by the hashes while source port 500 is kept and ESP is native; one client works, and first messages of another from the same address repeat without an answer.",
  remedies: [
    "Switch 'IPsec passthrough' or the IKE ALG off on the NAT device, so that NAT traversal (UDP 4500) is used instead.",
    "Enable NAT traversal at both peers and open UDP 4500.",
  ],
  commands: ["natTraversal", "firewall"],
  references: ["RFC 3715"],
  onlyWith: ["esp"],
  detect: (context) => {
    const { tunnel } = context;
    const nat = provenNat(context);
    if (nat?.initiatorBehindNat !== true || seenOnTranslator(tunnel) || sendsOnNatT(context, "initiator"))
      return null;
    const first = context.setups.find(({ sa, progress }) => sa.startSeen && progress.upAt !== null);
    if (first === undefined) return null;
    const refused = setupsIn(context, "opening").filter((setup) => isSecondClient(context, first, setup));
    const last = refused.at(-1);
    const request = last?.progress.opening.at(-1)?.request;
    const asked = first.sa.exchanges[0]?.request?.sightings[0];
    if (last === undefined || request == null || asked === undefined) return null;
    const streams = ownStreams(tunnel).filter(({ encapsulation }) => encapsulation === "esp");
    // The first client works on behind the last try.
    const alive = streams.filter(({ lastTime }) => lastTime > lastTimeOf(request));
    const [one] = alive;
    const other = alive.find(({ source }) => source !== one?.source);
    if (one === undefined || other === undefined) return null;
    const outer = last.sa.initiator.address;
    return {
      confidence: "likely",
      provenance: "inferred",
      phase: last.sa.majorVersion === 2 ? "IKE_SA_INIT" : "MAIN_MODE",
      headline: say`a second client behind ${outer} is never answered (${triesText(request)}${attemptsText(refused)}) while the first one works on port 500`,
      summary: joined(
        say`The NAT detection hashes prove a NAT device at ${outer}, yet the source port stays 500 and ESP is IP protocol 50: the NAT device handles IPsec itself. `,
        "That serves one client. Another one, whose first message differs, sends from the same address and port and gets no answer while the first client's traffic goes on.",
      ),
      evidence: [
        evidenceAt(asked, "the first client, from port 500"),
        ...evidenceOf(request, "the second client, from port 500 too, unanswered"),
        lastOf(one, "ESP of the first client goes on as protocol 50"),
        lastOf(other, "and back"),
      ],
      rivals: [
        {
          code: "ike-init-unanswered",
          separatedBy: say`a capture at ${last.sa.responder.address} and its log: whether the second client's messages arrive there, and whether its answers leave`,
        },
      ],
    };
  },
});

/** Another first message (its length) or another number of routers passed: not the first client beginning anew. */
function isSecondClient(context: TunnelContext, first: Setup, { sa, progress }: Setup): boolean {
  const exchange = progress.opening[0];
  const own = exchange?.request;
  const known = first.progress.opening[0]?.request;
  if (exchange === undefined || own == null || known == null || own.tries < TRIES) return false;
  if (progress.opening.length > 1 || !staysUnanswered(exchange, context)) return false;
  if (first.progress.upAt === null || sa.firstTime < first.progress.upAt) return false;
  const sent = [...messagesFrom(first.sa, "initiator"), ...messagesFrom(sa, "initiator")];
  if (sent.some(({ source }) => source.address !== first.sa.initiator.address || source.port !== IKE_PORT))
    return false;
  return (
    own.message.header.length !== known.message.header.length ||
    own.sightings[0]?.ttl !== known.sightings[0]?.ttl
  );
}
