import { u16At } from "../../bytes/reader.js";
import { groupName } from "../../ike/registries/key-exchange.js";
import { NOTIFY_V2 } from "../../ike/registries/notify-v2.js";
import { TRANSFORM_TYPE } from "../../ike/registries/transforms-v2.js";
import { saOf } from "../../session/progress.js";
import type { TunnelContext, TunnelRule } from "../context.js";
import { evidenceOf } from "../evidence.js";
import { severityUnlessMended } from "./healing.js";
import { isRepeatedInVain, lostDemand } from "./repeated-in-vain.js";
import { type Refusal, refusalsOf } from "./refusals.js";

/** IKEv1 has no such notify. */
const NEVER = -1;

/**
 * Asked for another group more than once in one setup, or for a group that was not offered, or in answer to a request that
 * is repeated unchanged, and not healed by it.
 */
export const ikeInvalidKeLoop: TunnelRule = (context) => {
  const stuck = roundsBySetup(context).filter(
    (rounds) =>
      rounds[0]?.setup.progress.chosen === null &&
      (rounds.length > 1 || rounds.some((round) => !wasOffered(round) || isRepeatedInVain(round.exchange))),
  );
  const rounds = stuck.at(-1);
  const last = rounds?.at(-1);
  if (rounds === undefined || last === undefined) return null;
  const wanted = groupText(last);
  const times = rounds.reduce((sum, { answer }) => sum + answer.tries, 0);
  // The same request again, and the wanted group in it: the demand may be lost on its way.
  const isIgnored = rounds.length === 1 && wasOffered(last);
  const { sa } = last.setup;
  return {
    code: "ike-invalid-ke-loop",
    ...severityUnlessMended(context, last.setup, last.time),
    confidence: isIgnored ? "possible" : "certain",
    provenance: isIgnored ? "inferred" : "observed",
    phase: "IKE_SA_INIT",
    headline: `${sa.responder.address} wants group ${wanted} again and again (INVALID_KE_PAYLOAD, ${times} times)`,
    summary: `${sa.responder.address} answers IKE_SA_INIT with INVALID_KE_PAYLOAD and asks for ${wanted}. ${
      wasOffered(last)
        ? `The initiator offered that group but does not go on with it${isIgnored ? ": it repeats the same request" : ""}.`
        : `${sa.initiator.address} never offered that group, so it cannot go on.`
    }`,
    evidence: rounds
      .slice(-4)
      .flatMap((round) => [
        ...evidenceOf(round.exchange.request, `IKE_SA_INIT with group ${sentGroup(round)}`, 1),
        ...evidenceOf(round.answer, `INVALID_KE_PAYLOAD, wants ${groupText(round)}`, 1),
      ]),
    ...(isIgnored ? { rivals: [lostDemand("INVALID_KE_PAYLOAD")] } : {}),
  };
};

/** Asked for another group once, and then went on: normal. */
export const ikeInvalidKeRetry: TunnelRule = (context) => {
  const healed = roundsBySetup(context).find((rounds) => rounds[0]?.setup.progress.chosen !== null);
  const round = healed?.[0];
  if (round === undefined) return null;
  return {
    code: "ike-invalid-ke-retry",
    confidence: "certain",
    provenance: "observed",
    phase: "IKE_SA_INIT",
    headline: `group ${sentGroup(round)} was guessed, ${groupText(round)} was wanted: one more round trip`,
    summary: `The initiator's first IKE_SA_INIT carried a key for ${sentGroup(round)}; the responder asked for ${groupText(round)}, and the setup went on with it.`,
    evidence: [
      ...evidenceOf(round.answer, `INVALID_KE_PAYLOAD, wants ${groupText(round)}`, 1),
      ...evidenceOf(round.setup.progress.chosen?.response ?? null, "accepted", 1),
    ],
  };
};

function roundsBySetup(context: TunnelContext): Refusal[][] {
  const bySetup = new Map<string, Refusal[]>();
  for (const refusal of refusalsOf(context, NOTIFY_V2.INVALID_KE_PAYLOAD, NEVER)) {
    const rounds = bySetup.get(refusal.setup.sa.id) ?? [];
    rounds.push(refusal);
    bySetup.set(refusal.setup.sa.id, rounds);
  }
  return [...bySetup.values()];
}

/** RFC 7296 1.2: the notify data is the two-byte number of the wanted group. */
function wantedGroup({ data }: Refusal): number | null {
  return data.length >= 2 ? u16At(data, 0) : null;
}

function groupText(round: Refusal): string {
  const group = wantedGroup(round);
  return group === null ? "another group (not named)" : groupName(group);
}

function sentGroup({ exchange }: Refusal): string {
  for (const payload of exchange.request?.message.payloads ?? []) {
    if (payload.kind === "ke" && payload.group !== null) return groupName(payload.group);
  }
  return "unknown";
}

function wasOffered(round: Refusal): boolean {
  const group = wantedGroup(round);
  const offer = saOf(round.exchange.request);
  if (group === null || offer === null) return true;
  return offer.proposals.some(({ transforms }) =>
    transforms.some(({ type, id }) => type === TRANSFORM_TYPE.KE && id === group),
  );
}
