import { humanDuration, type Micros } from "../../../bytes/time.js";
import type { Exchange } from "../../../session/model.js";
import { endsOf } from "../../../session/model/queries.js";
import { firstTimeOf } from "../../../session/sightings.js";
import { joined, say } from "../../../texts/message.js";
import { type Setup, setupsIn, type TunnelContext } from "../../context.js";
import { evidenceOf } from "../../evidence.js";
import type { Verdict } from "../../finding.js";
import { wouldShowEsp } from "../esp/shows-esp.js";
import { severityUnlessMended } from "../life/healing.js";
import { deletedV1 } from "../life/ike-delete.js";
import { mayShareAddress } from "../authentication/same-client.js";
import { REFUSED_CHILD_REMEDIES } from "./child-refusal-texts.js";
import { hasNewEspAfter } from "./new-esp.js";

/** A daemon that does not accept the outcome ends it at once; who tries a tunnel out by hand needs longer. */
const AT_ONCE: Micros = 500_000;

/** A setup of IKEv1 that one side ends right after its only quick mode. */
interface EndedSetup {
  readonly setup: Setup;
  /** Quick Mode 3. */
  readonly made: Exchange;
  /** The two deletes, of the IPsec SAs and of the ISAKMP SA. */
  readonly deletes: readonly Exchange[];
}

/**
 * The verdict on an IKEv1 tunnel that one side deletes right after quick mode and before any ESP: it does not accept the outcome, or what
 * is to use it (L2TP) failed at once. Null where the capture may leave ESP out, or another setup of the peers stands beside it.
 */
export function deletedAtOnceV1(context: TunnelContext): Verdict | null {
  if (!wouldShowEsp(context) || mayShareAddress(context)) return null;
  const last = setupsIn(context, "up")
    .flatMap((setup) => endedAtOnce(context, setup))
    .at(-1);
  const [first] = last?.deletes ?? [];
  if (last === undefined || first === undefined || last.setup !== context.setups.at(-1)) return null;
  const { setup, made, deletes } = last;
  const [who, other] = endsOf(setup.sa, first.startedBy);
  const wait = humanDuration(firstTimeOf(first.request) - firstTimeOf(made.request));
  return {
    ...severityUnlessMended(context, setup, firstTimeOf(deletes.at(-1)?.request ?? null)),
    confidence: "possible",
    doubt: "fault",
    provenance: "inferred",
    phase: "QUICK_MODE",
    headline: say`${who.address} deletes the tunnel ${wait} after Quick Mode 3, before any ESP`,
    summary: joined(
      say`Both phases succeed. ${wait} after Quick Mode 3 ${who.address} sends two INFORMATIONAL messages right behind each other, as Delete of the IPsec SAs and of the ISAKMP SA are, and nothing follows. `,
      say`${who.address} does not accept the outcome, or fails to install it, or what uses the tunnel there (L2TP) gives up at once; ${other.address} accepted everything.`,
    ),
    evidence: [
      ...evidenceOf(made.request, "Quick Mode 3", 1),
      ...deletes.flatMap(({ request }) =>
        evidenceOf(request, "INFORMATIONAL, as a delete; nothing follows", 1),
      ),
    ],
    rivals: [
      {
        code: "sa-deleted-by-peer",
        separatedBy: say`the log of ${who.address}: whether somebody ended the tunnel on purpose`,
      },
    ],
    remedies: [
      "The log of the side that deletes says why it does not keep the tunnel.",
      ...REFUSED_CHILD_REMEDIES.slice(0, 2),
      "With L2TP: whether the L2TP daemon of the other side runs and listens on UDP 1701.",
    ],
  };
}

function endedAtOnce(context: TunnelContext, setup: Setup): EndedSetup[] {
  const at = deletedV1(setup);
  const made = setup.progress.quick.find(({ step }) => step > 1);
  if (at === null || made === undefined) return [];
  const madeAt = firstTimeOf(made.request);
  const isOnly = setup.progress.quick.every(({ messageId }) => messageId === made.messageId);
  if (!isOnly || at < madeAt || at > madeAt + AT_ONCE || hasNewEspAfter(context, setup, madeAt)) return [];
  const deletes = setup.progress.later.filter(({ request }) => firstTimeOf(request) >= at);
  return deletes.length === 2 ? [{ setup, made, deletes }] : [];
}
