import { u16At } from "../../../bytes/reader.js";
import { groupName } from "../../../ike/registries/key-exchange.js";
import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import { TRANSFORM_TYPE } from "../../../ike/registries/transforms-v2.js";
import { saOf } from "../../../session/payloads.js";
import type { TunnelContext } from "../../context.js";
import { type Refusal, refusalsOf } from "./refusals.js";

/** IKEv1 has no such notify. */
const NEVER = -1;

export function roundsBySetup(context: TunnelContext): Refusal[][] {
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

export function groupText(round: Refusal): string {
  const group = wantedGroup(round);
  return group === null ? "another group (not named)" : groupName(group);
}

export function sentGroup({ exchange }: Refusal): string {
  for (const payload of exchange.request?.message.payloads ?? []) {
    if (payload.kind === "ke" && payload.group !== null) return groupName(payload.group);
  }
  return "unknown";
}

export function wasOffered(round: Refusal): boolean {
  const group = wantedGroup(round);
  const offer = saOf(round.exchange.request);
  if (group === null || offer === null) return true;
  return offer.proposals.some(({ transforms }) =>
    transforms.some(({ type, id }) => type === TRANSFORM_TYPE.KE && id === group),
  );
}
