import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import type { Exchange } from "../../../session/model.js";
import { firstTimeOf, lastSighting } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import type { Rival } from "../../finding.js";
import { endsEarly } from "../../grade.js";
import { mayBeInitialContact } from "./initial-contact.js";
import { carriesEspAfter } from "./same-client.js";

/** A client's request for its address, and how it ends the setup at the answer. */
export interface RejectedModeConfig {
  readonly request: Exchange;
  /** The INFORMATIONAL messages by which the client ends it. */
  readonly ends: readonly Exchange[];
  /** Open where one message alone may be of another kind, and the capture ends. */
  readonly rival: Rival | null;
}

/** A client that cannot use the answer says so as soon as it has read it. */
const AT_ONCE: Micros = 500_000;
/** Quick mode follows the answer within this time (vpnc makes up its keys first). */
const QUICK_MODE: Micros = 5_000_000;
/** An error and the Delete of the IKE SA. */
const ERROR_AND_DELETE = 2;

/**
 * The mode config of a setup whose answer the client does not accept (draft-ietf-ipsec-isakmp-mode-cfg): the client asked, was answered,
 * sends INFORMATIONAL at once and asks for no quick mode. Null where it goes on.
 */
export function rejectedModeConfig(setup: Setup, context: TunnelContext): RejectedModeConfig | null {
  const { quick, later } = setup.progress;
  const request = later.findLast(
    ({ exchangeType, startedBy }) => exchangeType === EXCHANGE_V1.TRANSACTION && startedBy === "initiator",
  );
  const answered = lastSighting(request?.response ?? null);
  if (request === undefined || answered === undefined || quick.length > 0) return null;
  const after = later.filter(({ request: sent }) => firstTimeOf(sent) >= answered.time);
  const ends = after.filter(
    ({ exchangeType, startedBy, request: sent }) =>
      exchangeType === EXCHANGE_V1.INFORMATIONAL &&
      startedBy === "initiator" &&
      firstTimeOf(sent) - answered.time <= AT_ONCE,
  );
  const [first] = ends;
  if (first === undefined || after.some(({ exchangeType }) => exchangeType !== EXCHANGE_V1.INFORMATIONAL)) {
    return null;
  }
  const lengths = new Set(ends.map(({ request: sent }) => sent?.message.header.length));
  const isOneKind = lengths.size < ERROR_AND_DELETE;
  if (isOneKind && mayBeInitialContact(setup, first)) return null;
  if (carriesEspAfter(context, setup, answered.time)) return null;
  const last = lastSighting(ends.at(-1)?.request ?? null);
  const rival = isOneKind ? endsEarly(context, last, QUICK_MODE, "Quick Mode") : null;
  return { request, ends, rival };
}
