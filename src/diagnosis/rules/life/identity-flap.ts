import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V1, EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Endpoint, Exchange, IkeSa, KeptIkeSa } from "../../../session/model.js";
import { firstSighting, firstTimeOf } from "../../../session/sightings.js";
import type { CaptureContext } from "../../context.js";
import { evidenceAt, evidenceOf } from "../../evidence.js";
import { silenceAfter } from "../../facts/silence/silence.js";
import { MENDED } from "../../facts/life/healing.js";
import { defineRule } from "../../rule.js";
import { once } from "../../once.js";
import { type Message, say } from "../../../texts/message.js";

/** The responder removes the old SA at once when the same identity comes from elsewhere. */
const AT_ONCE_US = 2_000_000;
/** strongSwan deletes the old IKE SA 1 to 5 ms before it sends the IKE_AUTH response of the new one. */
const DELETED_BEFORE_US: Micros = 200_000;
/** Each replaces the other again within this time. */
const COMES_BACK_US = 120_000_000;
/** One replacement is a client that moved; two, there and back, are two clients. */
const LEAST_REPLACEMENTS = 3;
/** Once nobody was replaced for so long, it is over. */
const SETTLED_US = 300_000_000;

interface Replacement {
  readonly victim: IkeSa;
  readonly ended: Exchange;
  readonly by: KeptIkeSa;
  readonly at: Micros;
}

/**
 * Two clients, at different addresses or ports, set up in turn, and each time the responder ends the other one's IKE SA
 * within moments: both use one identity, and it must be unique.
 */
export const identityFlap = defineRule({
  code: "identity-flap",
  severity: "critical",
  title: "Two clients with one identity replace each other",
  explanation: "The responder keeps one IKE SA per identity, and two clients use the same.",
  signature:
    "Setups from two addresses or ports alternate, and within 2 s of each the responder ends the other client's IKE SA, at least three times.",
  remedies: ["Give each client an identity of its own.", "Or allow several clients with one identity."],
  commands: ["uniqueness", "credentials"],
  references: [],
  onlyWith: ["beyond-setup"],
  detect: (context) => {
    const ended = context.setups.flatMap(({ sa, progress }) => {
      const last = sa.startSeen && progress.upAt !== null ? lastWord(sa) : null;
      return last === null ? [] : [{ sa, last }];
    });
    // Only a client that comes back again and again is replaced again and again: most tunnels end here.
    if (ended.length < 2) return null;
    const index = indexOf(context.capture);
    const replaced = ended.flatMap(({ sa, last }): Replacement[] => {
      const at = firstTimeOf(last.request);
      const by = upBefore(index, sa.responder.address, at + DELETED_BEFORE_US).find(
        ({ sa: other, upAt }) =>
          !isSame(other.initiator, sa.initiator) &&
          isSame(other.responder, sa.responder) &&
          upAt <= at + DELETED_BEFORE_US &&
          at - upAt <= AT_ONCE_US,
      );
      return by === undefined ? [] : [{ victim: sa, ended: last, by: by.sa, at }];
    });
    const [first, last] = [replaced[0], replaced.at(-1)];
    const comesBack = replaced
      .slice(1)
      .every((one, index) => one.at - (replaced[index]?.at ?? 0) <= COMES_BACK_US * 2);
    if (first === undefined || last === undefined || !comesBack) return null;
    const backAndForth = replaced.filter(({ by }) => isSame(by.initiator, first.by.initiator)).length;
    if (replaced.length < LEAST_REPLACEMENTS - 1 || backAndForth < LEAST_REPLACEMENTS - 1) return null;
    const lastSeen = firstSighting(last.ended.request);
    const settled = lastSeen !== undefined && silenceAfter(context, lastSeen) >= SETTLED_US;
    const [one, two] = [last.victim.initiator, last.by.initiator];
    const isOneAddress = one.address === two.address;
    const nameOf = (end: Endpoint): Message => (isOneAddress ? place(end) : end.address);
    const [name, other] = [nameOf(one), nameOf(two)];
    return {
      ...(settled ? MENDED : {}),
      confidence: "likely",
      provenance: "inferred",
      phase: "IKE_AUTH",
      headline: say`${name} and ${other} replace each other at ${last.victim.responder.address} (${replaced.length} times)`,
      summary: say`${replaced.length} times ${last.victim.responder.address} ended the IKE SA of ${name} within moments of a successful setup from ${other}, and ${name} came back. Both probably use one identity, which has to be unique at the responder.`,
      evidence: replaced.slice(-3).flatMap(({ ended: { request }, by }) => {
        const { began } = by.facts;
        return [
          ...(began === null ? [] : [evidenceAt(began, say`${place(by.initiator)} sets up`)]),
          ...evidenceOf(request, "the responder ends the other IKE SA", 1),
        ];
      }),
      rivals: [
        {
          code: "sa-flapping",
          separatedBy: `the responder's log: it names the duplicate identity ("deleting duplicate IKE_SA ... due to uniqueness policy") if that is the reason`,
        },
      ],
    };
  },
});

/** The last exchange of the IKE SA, where it is an INFORMATIONAL of the responder. */
function lastWord({ exchanges, majorVersion }: IkeSa): Exchange | null {
  const type = majorVersion === 2 ? EXCHANGE_V2.INFORMATIONAL : EXCHANGE_V1.INFORMATIONAL;
  const last = exchanges.toSorted((a, b) => firstTimeOf(a.request) - firstTimeOf(b.request)).at(-1);
  return last?.exchangeType === type && last.startedBy === "responder" && last.request !== null ? last : null;
}

interface Up {
  readonly sa: KeptIkeSa;
  readonly upAt: Micros;
}

type Index = ReadonlyMap<string, readonly Up[]>;

/** Setups of all tunnels by responder and the time when they were up: each is looked into once, not for each that ended. */
const indexOf = once((capture: CaptureContext): Index => {
  const index = new Map<string, Up[]>();
  for (const { ikeSas } of capture.tunnels) {
    for (const sa of ikeSas) {
      const { upAt } = sa.startSeen ? sa.facts : { upAt: null };
      if (upAt === null) continue;
      const key = keyOf(sa.responder.address, upAt);
      const list = index.get(key);
      if (list === undefined) index.set(key, [{ sa, upAt }]);
      else list.push({ sa, upAt });
    }
  }
  return index;
});

/** Setups that were up at `time` for at most two buckets. */
function upBefore(index: Index, responder: string, time: Micros): Up[] {
  return [0, AT_ONCE_US].flatMap((back) => index.get(keyOf(responder, time - back)) ?? []);
}

function keyOf(responder: string, time: Micros): string {
  return `${responder}|${Math.floor(time / AT_ONCE_US)}`;
}

function isSame(one: Endpoint, other: Endpoint): boolean {
  return one.address === other.address && one.port === other.port;
}

function place({ address, port }: Endpoint): Message {
  return say`${address} port ${port}`;
}
