import { notifyName } from "../../../ike/registries/notify.js";
import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import { payloadName } from "../../../ike/registries/payload-types.js";
import { TRANSFORM_TYPE } from "../../../ike/registries/transforms-v2.js";
import type { Exchange } from "../../../session/model.js";
import { notifiesOf, saOf } from "../../../session/payloads.js";
import { attemptsText, evidenceOf } from "../../evidence.js";
import { severityUnlessMended } from "../../facts/life/healing.js";
import { type Refusal, refusalsOf } from "../../facts/negotiation/refusals.js";
import { defineRule } from "../../rule.js";
import { type Message, joined, say } from "../../../texts/message.js";

/** No notify of IKEv1: the refusals are those of IKEv2 alone. */
const NEVER = -1;

/** Extensions that change the setup itself, and that older responders trip over. */
const EXTENSIONS: ReadonlySet<number> = new Set([
  NOTIFY_V2.USE_PPK,
  NOTIFY_V2.USE_PPK_INT,
  NOTIFY_V2.INTERMEDIATE_EXCHANGE_SUPPORTED,
]);

/**
 * UNSUPPORTED_CRITICAL_PAYLOAD, or INVALID_SYNTAX right after an IKE_SA_INIT that asks for an extension which is new:
 * additional key exchanges, a post-quantum key, IKE_INTERMEDIATE. INVALID_SYNTAX after a plain request says nothing of it.
 */
export const ikeUnsupportedExtension = defineRule({
  code: "ike-unsupported-extension",
  severity: "critical",
  title: "The responder does not understand an extension that the initiator asks for",
  explanation:
    "The responder refuses the request itself, not the algorithms: it holds a payload or transform that the responder's implementation does not know, such as additional key exchanges or a post-quantum pre-shared key.",
  signature:
    "IKE_SA_INIT is answered with UNSUPPORTED_CRITICAL_PAYLOAD, or with INVALID_SYNTAX if the request holds additional key exchanges, USE_PPK or INTERMEDIATE_EXCHANGE_SUPPORTED; no normal answer follows.",
  remedies: [
    "Switch the extension off for this peer: additional key exchanges, PPK, IKE_INTERMEDIATE.",
    "Or update the responder to a version that knows it.",
  ],
  commands: ["extensions", "log"],
  references: ["RFC 7296 section 2.5", "RFC 9370", "RFC 8784"],
  detect: (context) => {
    const refusals = [
      ...refusalsOf(context, NOTIFY_V2.UNSUPPORTED_CRITICAL_PAYLOAD, NEVER).map((refusal) => ({
        refusal,
        claim: "UNSUPPORTED_CRITICAL_PAYLOAD",
      })),
      ...refusalsOf(context, NOTIFY_V2.INVALID_SYNTAX, NEVER)
        .filter(({ exchange }) => extensionsIn(exchange).length > 0)
        .map((refusal) => ({ refusal, claim: "INVALID_SYNTAX" })),
    ].filter(({ refusal }) => refusal.setup.progress.chosen === null);
    const last = refusals.at(-1);
    if (last === undefined) return null;
    const { refusal, claim } = last;
    const { sa } = refusal.setup;
    const asked = extensionsIn(refusal.exchange);
    const named = claim === "INVALID_SYNTAX" ? null : refusedPayload(refusal);
    const what = named ?? (asked.length > 0 ? asked.join(", ") : "a payload of this request");
    return {
      ...severityUnlessMended(context, refusal.setup, refusal.time),
      confidence: claim === "INVALID_SYNTAX" ? "likely" : "certain",
      provenance: claim === "INVALID_SYNTAX" ? "inferred" : "observed",
      phase: "IKE_SA_INIT",
      headline: say`${sa.responder.address} does not take ${what}: ${claim}${attemptsText(refusals)}`,
      summary: joined(
        say`${sa.responder.address} answers IKE_SA_INIT of ${sa.initiator.address} with ${claim} (the message claims so; it is not authenticated). `,
        say`${asked.length > 0 ? say`The request asks for ${asked.join(", ")}` : "The request has a payload that is marked critical"}, which that implementation does not know.`,
      ),
      evidence: [
        ...evidenceOf(refusal.exchange.request, say`IKE_SA_INIT request with ${what}`, 1),
        ...refusals.slice(-3).flatMap((one) => evidenceOf(one.refusal.answer, one.claim, 1)),
      ],
      rivals:
        claim === "INVALID_SYNTAX"
          ? [
              {
                code: "ike-malformed",
                separatedBy:
                  "one attempt without the extension: if it is answered, it was the extension; if it is refused again, the message is changed on the way or is built wrong",
              },
            ]
          : [],
    };
  },
});

/** RFC 7296 2.5: the notify data is the one-byte type of the payload. */
function refusedPayload({ data }: Refusal): Message | null {
  const [type] = data;
  return type === undefined ? null : say`payload ${payloadName(2, type)}`;
}

function extensionsIn({ request }: Exchange): string[] {
  const additional = (saOf(request)?.proposals ?? []).some(({ transforms }) =>
    transforms.some(({ type }) => type >= TRANSFORM_TYPE.ADDKE1 && type <= TRANSFORM_TYPE.ADDKE7),
  );
  const notifies = notifiesOf(request?.message)
    .filter(({ notifyType }) => EXTENSIONS.has(notifyType))
    .map(({ notifyType }) => notifyName(2, notifyType));
  return [...(additional ? ["additional key exchanges (ADDKE)"] : []), ...new Set(notifies)];
}
