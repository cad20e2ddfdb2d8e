import { endsOf } from "../../../session/model/queries.js";
import { lastTimeOf } from "../../../session/sightings.js";
import { setupsIn, type TunnelContext } from "../../context.js";
import { attemptsText } from "../../evidence.js";
import type { Rival, Verdict } from "../../finding.js";
import { type Grade, graded, rivalOfRepeated } from "../../grade.js";
import { rejectedAddress } from "../../facts/authentication/rejected-address.js";
import { type Stall, stallOf } from "../../facts/authentication/stalled-login.js";
import { stallTexts } from "../../facts/authentication/stalled-login-texts.js";
import { MODE_CONFIG, XAUTH } from "../../facts/host/logged-subjects.js";
import { loggedCauseAlone, withLoggedCause } from "../../facts/host/told-cause.js";
import { severityUnlessMended } from "../../facts/life/healing.js";
import { defineRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/**
 * IKEv1: phase 1 is up, the transaction that follows (XAUTH, mode config) repeats without answer, or is met by an
 * INFORMATIONAL of the responder (a delete) and no quick mode comes.
 */
export const xauthStalled = defineRule({
  code: "xauth-stalled",
  severity: "critical",
  title: "The XAUTH login does not come to an end",
  explanation:
    "IKEv1 phase 1 is up, then the login of the user (XAUTH) or the assignment of an address (mode config) stops: a message is never answered, or the gateway ends the IKE SA.",
  signature:
    "IKEv1 phase 1 is up, a message of a transaction exchange repeats without an answer, or the gateway ends the IKE SA during it, or the client right at the answer to its request for an address or at the result of the login, and no quick mode follows.",
  remedies: [
    "Read the gateway's log for the user: does the AAA server answer, and accept? Some gateways (racoon) tell a used-up address pool as a refused login.",
    "Check that both ends are configured for XAUTH, and the same way.",
    "At the client: stored or asked-for password, and one-time passwords that need more time.",
  ],
  commands: ["aaa", "login", "log"],
  references: ["draft-beaulieu-ike-xauth-02"],
  onlyWith: ["ikev1", "beyond-setup"],
  detect: (context) => {
    const rejected = rejectedAddress(context);
    const wire = rejected === null ? stalled(context) : withLoggedCause(context, MODE_CONFIG, rejected);
    return withLoggedCause(context, XAUTH, wire);
  },
  detectOnHost: (context) => loggedCauseAlone(context, XAUTH, "TRANSACTION"),
});

function stalled(context: TunnelContext): Verdict | null {
  const stalls = setupsIn(context, "phase-1-up").flatMap((setup) => stallOf(setup, context));
  const last = stalls.at(-1);
  if (last === undefined) return null;
  const { setup, request, ending } = last;
  return {
    ...severityUnlessMended(context, setup, lastTimeOf(ending?.request ?? request)),
    ...gradeOf(provenBefore(stalls, last)),
    ...stallTexts(last, attemptsText(stalls)),
    provenance: "deduced",
    phase: "TRANSACTION",
  };
}

/** A login that ended so before, and was begun anew, waits for no Quick Mode the next time either. */
function provenBefore(stalls: readonly Stall[], last: Stall): Stall {
  const alike = last.kind === "unanswered" ? [last] : stalls.filter(({ kind }) => kind === last.kind);
  return { ...last, rival: rivalOfRepeated(alike, last.rival) };
}

/** How the setup ended is inferred from what is missing; where the capture ends early, that it ended at all is. */
function gradeOf({ setup, exchange, kind, rival }: Stall): Grade {
  if (kind === "unanswered") {
    const [, silent] = endsOf(setup.sa, exchange.startedBy);
    const separatedBy = say`a capture at ${silent.address}: whether the TRANSACTION arrives there, and an answer leaves`;
    return graded([rival], [{ code: "path-lost", separatedBy }]);
  }
  if (kind === "behind-result") return graded([rival, ON_DEMAND]);
  return graded([rival, ENDED_OTHERWISE], [], rival === null ? "cause" : "fault");
}

const ENDED_OTHERWISE: Rival = {
  code: "sa-deleted-by-peer",
  separatedBy: "the gateway's log: whether the login failed, or the SA was ended for another reason",
};

/** After a login and its result a client that begins Quick Mode on demand looks the same. */
const ON_DEMAND: Rival = {
  code: "esp-absent",
  separatedBy:
    "traffic for the tunnel at the client: whether Quick Mode follows, or the gateway's log: whether the login failed",
};
