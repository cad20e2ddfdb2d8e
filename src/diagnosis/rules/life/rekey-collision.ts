import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Exchange } from "../../../session/model.js";
import { firstTimeOf, lastSighting, lastTimeOf } from "../../../session/sightings.js";
import { isRefusalLength, mayBeDelete } from "../../../session/short-messages.js";
import type { Setup, TunnelContext } from "../../context.js";
import { isDoubled } from "../../facts/child/doubled-children.js";
import { evidenceOf } from "../../evidence.js";
import { lastExchange } from "../../facts/life/setups.js";
import { lacksFileBefore } from "../../facts/recording/missing-files.js";
import { silenceAfter } from "../../facts/silence/silence.js";
import { pausesOneWayAt, trafficPausesAt } from "../../facts/esp/traffic-pause.js";
import { defineRule } from "../../rule.js";
import { type Message, say } from "../../../texts/message.js";

/** Daemons delete what is too much at once; a slow one has this time. */
const DELETE_WINDOW_US: Micros = 30_000_000;
/** One of two new SAs is too much, and so is the one that they replace. */
const TOO_MANY = 2;

interface Collision {
  readonly setup: Setup;
  readonly one: Exchange;
  readonly other: Exchange;
}

/** How a collision went on: the peers solve it (RFC 7296 2.8.1, 2.8.2), or what is too much stays. */
type Outcome =
  | { readonly kind: "solved"; readonly how: Message }
  | { readonly kind: "open" }
  | { readonly kind: "unsolved"; readonly what: Message };

/** CREATE_CHILD_SA of both sides are under way at the same time (RFC 7296 2.8.1). */
export const rekeyCollision = defineRule({
  code: "rekey-collision",
  severity: "warning",
  title: "Both sides rekey at the same time",
  explanation:
    "Rekeys of both sides cross. The protocol solves that: the SA that is too much is deleted, and that is only told. Not every daemon does it well: both SAs stay, or traffic stops.",
  signature:
    "CREATE_CHILD_SA requests of both sides cross: each is sent before the other one's is answered. A warning if no two deletes follow, if both SAs carry traffic, or if traffic pauses, of both sides or of one.",
  remedies: ["Give the sides different lifetimes, or more jitter."],
  commands: ["lifetimes"],
  references: ["RFC 7296 section 2.8.1"],
  onlyWith: ["beyond-setup"],
  detect: (context) => {
    const collisions = context.setups.flatMap(collisionsOf);
    const judged = collisions.map((collision) => ({ collision, outcome: outcomeOf(context, collision) }));
    const shown = judged.findLast(({ outcome }) => outcome.kind === "unsolved") ?? judged.at(-1);
    if (shown === undefined) return null;
    const { collision, outcome } = shown;
    const times = collisions.length === 1 ? "once" : say`${collisions.length} times`;
    return {
      ...(outcome.kind === "unsolved" ? {} : { severity: "info" as const }),
      confidence: "likely",
      provenance: "observed",
      phase: "CREATE_CHILD_SA",
      headline: say`both sides rekey at the same time (${times})`,
      summary: say`CREATE_CHILD_SA of one side was sent before that of the other was answered (${times}). ${wordsOf(outcome)}`,
      evidence: [
        ...evidenceOf(collision.one.request, "CREATE_CHILD_SA request of one side", 1),
        ...evidenceOf(
          collision.other.request,
          "CREATE_CHILD_SA request of the other side, before the answer",
          1,
        ),
      ],
    };
  },
});

function collisionsOf(setup: Setup): Collision[] {
  if (setup.sa.majorVersion !== 2) return [];
  const rekeys = setup.progress.later.filter(
    ({ exchangeType, request, response }) =>
      exchangeType === EXCHANGE_V2.CREATE_CHILD_SA && request !== null && response !== null,
  );
  return rekeys.flatMap((one) => {
    const other = rekeys.find((two) => overlaps(one, two));
    return other === undefined ? [] : [{ setup, one, other }];
  });
}

function overlaps(one: Exchange, two: Exchange): boolean {
  const [askedFirst, askedSecond] = [firstTimeOf(one.request), firstTimeOf(two.request)];
  return (
    one.startedBy !== two.startedBy && askedFirst <= askedSecond && askedSecond < firstTimeOf(one.response)
  );
}

function outcomeOf(context: TunnelContext, collision: Collision): Outcome {
  const { setup, one, other } = collision;
  const time = firstTimeOf(one.request);
  if (isDoubled(context, time)) {
    return { kind: "unsolved", what: "Both new SAs stay, and both carry traffic." };
  }
  // A pause, and deletes that never came, may lie in a file that is not here.
  if (context.capture.files.some(lacksFileBefore)) return { kind: "open" };
  if (trafficPausesAt(context, time)) {
    return { kind: "unsolved", what: "Traffic that was under way stops with it." };
  }
  if (pausesOneWayAt(context, time)) {
    return {
      kind: "unsolved",
      what: "ESP of one side pauses with it, while that of the other side goes on.",
    };
  }
  const { suite } = setup.progress;
  const isRefused = ({ response }: Exchange): boolean =>
    response !== null && isRefusalLength(response.message, suite);
  if (isRefused(one) || isRefused(other)) {
    return { kind: "solved", how: "One side put the other off with a short answer" };
  }
  const answeredAt = Math.max(lastTimeOf(one.response), lastTimeOf(other.response));
  if (deletesAfter(context, setup, answeredAt) >= TOO_MANY) {
    return { kind: "solved", how: "The old SA and the one that was too much were deleted" };
  }
  const last = lastSighting(other.response);
  return last === undefined || silenceAfter(context, last) < DELETE_WINDOW_US
    ? { kind: "open" }
    : { kind: "unsolved", what: "Both new SAs stay: none is deleted." };
}

function wordsOf(outcome: Outcome): Message {
  switch (outcome.kind) {
    case "solved":
      return say`${outcome.how}, as the protocol requires, and traffic was not interrupted.`;
    case "open":
      return "The capture does not show how the peers solved that.";
    case "unsolved":
      return say`${outcome.what} The protocol solves such collisions, but not every daemon does it well.`;
  }
}

/**
 * SAs that were deleted soon after `time`, as far as lengths tell: by the IKE SA of the collision, or (where that itself
 * was rekeyed) with an IKE SA that was made then.
 */
function deletesAfter({ setups }: TunnelContext, { sa, progress }: Setup, time: Micros): number {
  const isSoon = (exchange: Exchange): boolean =>
    exchange.exchangeType === EXCHANGE_V2.INFORMATIONAL &&
    exchange.response !== null &&
    firstTimeOf(exchange.request) >= time &&
    firstTimeOf(exchange.request) <= time + DELETE_WINDOW_US;
  const deletes = progress.later.filter(
    (exchange) =>
      isSoon(exchange) && exchange.request !== null && mayBeDelete(exchange.request.message, progress.suite),
  );
  const ended = setups.filter(({ sa: made }) => {
    const last = lastExchange(made);
    return made !== sa && !made.startSeen && made.firstTime >= time && last !== undefined && isSoon(last);
  });
  return deletes.length + ended.length;
}
