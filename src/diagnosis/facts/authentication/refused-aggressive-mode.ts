import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import type { Exchange } from "../../../session/model.js";
import { firstTimeOf, lastSighting, lastTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import type { Rival } from "../../finding.js";
import { endsEarly } from "../../grade.js";
import { mayBeInitialContact } from "./initial-contact.js";
import { onceInTurn } from "../../once.js";
import { beginsAnewAfter, carriesEspAfter } from "./same-client.js";

/** A phase 1 whose aggressive mode 3, which proves the initiator's identity, is met by an INFORMATIONAL of the responder. */
export interface RefusedAggressiveMode {
  readonly setup: Setup;
  /** Aggressive mode 3. */
  readonly exchange: Exchange;
  readonly objection: Exchange;
  /** Open where the capture ends before the initiator could go on. */
  readonly rival: Rival | null;
}

/** A peer that checks a signature answers within this time; a liveness check of the responder comes later (RFC 3706 6.2: seconds). */
const AT_ONCE: Micros = 500_000;

/** Quick mode, or the request of XAUTH, follows phase 1 within this time. */
const NEXT: Micros = 2_000_000;

/**
 * The setups that the responder ends right behind aggressive mode 3 (RFC 2409 5.1, 5.4: the third message holds HASH_I or SIG_I).
 * The INFORMATIONAL is encrypted: that it refuses phase 1 shows where it comes before any quick mode that it might answer, and
 * nothing goes on. One that may answer a quick mode counts where another setup shows it.
 */
export const refusedAggressiveModes = onceInTurn(
  (context: TunnelContext): readonly RefusedAggressiveMode[] => {
    const ended = context.setups.flatMap((setup) => endedSetup(setup, context));
    return ended.some(comesBeforeQuickMode) ? ended : [];
  },
);

/** Whether the responder refused the phase 1 of `setup`: what the initiator asks for on it afterwards says nothing of its own. */
export function isRefusedInAggressiveMode(context: TunnelContext, setup: Setup): boolean {
  return refusedAggressiveModes(context).some((one) => one.setup === setup);
}

function endedSetup(setup: Setup, context: TunnelContext): RefusedAggressiveMode[] {
  const { authentication, later, quick, state, suite } = setup.progress;
  if (state !== "phase-1-up") return [];
  const exchange = authentication.at(-1);
  if (exchange?.exchangeType !== EXCHANGE_V1.AGGRESSIVE_MODE || exchange.request === null) return [];
  const sentAt = firstTimeOf(exchange.request);
  const objection = later.find(({ request }) => firstTimeOf(request) >= sentAt);
  const said = lastSighting(objection?.request ?? null);
  if (objection === undefined || said === undefined || objection.startedBy === "initiator") return [];
  if (said.time - lastTimeOf(exchange.request) > AT_ONCE) return [];
  if (later.some(({ exchangeType }) => exchangeType !== EXCHANGE_V1.INFORMATIONAL)) return [];
  if (carriesEspAfter(context, setup, said.time)) return [];
  const rival = beginsAnewAfter(context, setup, said.time)
    ? null
    : endsEarly(context, said, NEXT, "Quick Mode or XAUTH");
  // The initiator has heard it, and that it begins a quick mode all the same, on demand, says that it refused nothing.
  const goesOn = quick.some(
    ({ request, startedBy }) => startedBy === "initiator" && firstTimeOf(request) > said.time + AT_ONCE,
  );
  // Without the algorithms, which a capture that begins later lacks, the length tells nothing.
  if (goesOn && suite === null) return [];
  if ((rival !== null || goesOn) && mayBeInitialContact(setup, objection)) return [];
  return [{ setup, exchange, objection, rival }];
}

function comesBeforeQuickMode({ setup, objection }: RefusedAggressiveMode): boolean {
  const [asked] = setup.progress.quick;
  return asked === undefined || firstTimeOf(asked.request) > firstTimeOf(objection.request);
}
