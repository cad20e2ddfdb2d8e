import type { Micros } from "../../../bytes/time.js";
import { inEnglish } from "../../../texts/texts.js";
import type { TunnelContext, HostContext } from "../../context.js";
import type { Verdict } from "../../finding.js";
import { AUTHENTICATION, AUTHENTICATION_OF_RESPONDER } from "./logged-subjects.js";
import { loggedCauseAlone, type Subject, withLoggedCause } from "./told-cause.js";

/** Which end of a certificate's validity the time lies beyond. */
type Limit = "expired" | "not-yet-valid";

const VALIDITY = /\(valid from (.{10,40}?) to (.{10,40}?)\)/;
const REFUSES: Readonly<Record<Limit, string>> = {
  expired: "refuses an expired certificate",
  "not-yet-valid": "refuses a certificate whose validity has not begun",
};

/**
 * The verdict of a certificate that a host refuses for its validity, by its log: "subject certificate invalid (valid from .. to ..)".
 * Null where no log says so, or where the time lies beyond the other end.
 */
export function validityByLog(context: TunnelContext, limit: Limit, now: Micros | null): Verdict | null {
  const { ofInitiator, ofResponder } = SUBJECTS[limit];
  return (
    meant(withLoggedCause(context, ofInitiator, null), limit, now) ??
    meant(withLoggedCause(context, ofResponder, null), limit, now)
  );
}

/** The same of a host alone. */
export function validityOnHost(context: HostContext, limit: Limit): Verdict | null {
  return meant(loggedCauseAlone(context, SUBJECTS[limit].ofInitiator, "IKE_AUTH"), limit, null);
}

function subject(of: Subject, limit: Limit): Subject {
  return { ...of, causes: ["certificate-validity"], refuses: REFUSES[limit], hasOwnSteps: true };
}

function subjectsOf(limit: Limit): { readonly ofInitiator: Subject; readonly ofResponder: Subject } {
  return {
    ofInitiator: subject(AUTHENTICATION, limit),
    ofResponder: subject(AUTHENTICATION_OF_RESPONDER, limit),
  };
}

/** By the end of the validity, of the certificate of each side. */
const SUBJECTS = { expired: subjectsOf("expired"), "not-yet-valid": subjectsOf("not-yet-valid") } as const;

/** Without a time that is sure, the end of the line that lies nearest to the time of the log's own line tells. */
function meant(verdict: Verdict | null, limit: Limit, now: Micros | null): Verdict | null {
  if (verdict === null) return null;
  const line = verdict.lines?.at(-1);
  const match = VALIDITY.exec(inEnglish(line?.text ?? ""));
  const time = line?.time ?? now;
  if (match === null || time === null) return null;
  const [from, to] = [moment(match[1]), moment(match[2])];
  if (from === null || to === null) return null;
  const isMeant = limit === "expired" ? time > to : time < from;
  return isMeant ? verdict : null;
}

/** "Feb 01 00:00:00 2020", which charon writes in UTC. */
function moment(text: string | undefined): Micros | null {
  const millis = Date.parse(`${(text ?? "").replace(/ UTC/, "")} UTC`);
  return Number.isNaN(millis) ? null : millis * 1000;
}
