import { PRE_SHARED_KEY_METHODS } from "../../../ike/registries/attributes-v1.js";
import { lastTimeOf } from "../../../session/sightings.js";
import type { Exchange, Transmission } from "../../../session/model.js";
import type { Setup, TunnelContext } from "../../context.js";
import { attemptsText, evidenceOf } from "../../evidence.js";
import { severityUnlessMended } from "../../facts/life/healing.js";
import { foreignKeyOf, openedOf } from "../../facts/opened/opened.js";
import { messageName, phaseOf } from "../../phases.js";
import { defineRule } from "../../rule.js";
import { joined, type Message, say } from "../../../texts/message.js";

/** An encrypted message of one phase 1, and what is known of its key. */
interface SealedBySide {
  readonly message: Transmission;
  readonly exchange: Exchange;
  readonly name: Message;
  /** The source of the key that opens it; null where `foreign` does not. */
  readonly by: string | null;
  /** The source of the key that opens the other side's messages, and not this one. */
  readonly foreign: string | null;
  readonly mark: Message;
}

/** One message of each side, and whether each opens with a key of its own; else one of them with none that was given. */
interface Sides {
  readonly initiator: SealedBySide;
  readonly responder: SealedBySide;
  readonly bothOpen: boolean;
}

/**
 * IKEv1: the encrypted messages of the initiator open with one key, those of the responder with another, or with none that was given.
 * Both were derived from one exchange of public values, so the pre-shared keys that went into them differ (RFC 2409 5).
 */
export const keysDiffer = defineRule({
  code: "keys-differ",
  severity: "critical",
  title: "The two ends of an IKEv1 phase 1 have different keys",
  explanation:
    "In IKEv1 the keys of phase 1 depend on the pre-shared key. The key of one end opens the messages of its own side only: the pre-shared keys differ.",
  signature:
    "Keys or logs of both ends (`--keys`, twice): of one IKEv1 phase 1 the messages of the initiator open with the key of one, and those of the responder with the key of the other. Keys of one end: they open what that end sends and, whatever the IV, not the INFORMATIONAL or Main Mode 5 of the other; likely then.",
  remedies: [
    "Set the same pre-shared key at both ends: without stray blanks or a line end, in the same form (text, 0x.., 0s..).",
    "If it is the same: each end may select another one of several. In main mode a key is chosen by address, before any identity is known.",
  ],
  commands: ["credentials"],
  references: ["RFC 2409 section 5"],
  needs: ["keys"],
  onlyWith: ["ikev1"],
  detect: (context) => {
    const found = context.setups.flatMap((setup) => {
      const sides = sidesOf(context, setup);
      return sides === null ? [] : [{ setup, ...sides }];
    });
    const last = found.at(-1);
    if (last === undefined) return null;
    const { setup, initiator, responder, bothOpen } = last;
    const { sa } = setup;
    return {
      ...severityUnlessMended(context, setup, lastTimeOf(responder.message)),
      confidence: bothOpen ? "certain" : "likely",
      provenance: bothOpen ? "observed" : "deduced",
      phase: phaseOf(sa, initiator.exchange),
      headline: say`the pre-shared keys of ${sa.initiator.address} and ${sa.responder.address} differ${attemptsText(found)}`,
      summary: joined(
        say`${initiator.name} of ${sa.initiator.address} is ${initiator.mark}, and ${responder.name} of ${sa.responder.address} is ${responder.mark}. `,
        "Both keys come from the same Diffie-Hellman exchange and nonces, so what differs is the pre-shared key: neither side can read what the other sends.",
      ),
      evidence: [
        ...evidenceOf(initiator.message, say`${initiator.name}, ${initiator.mark}`, 2),
        ...evidenceOf(responder.message, say`${responder.name}, ${responder.mark}`, 2),
      ],
      rivals: [],
    };
  },
});

/** A message of each side that tell of different keys; null where there are none. */
function sidesOf(context: TunnelContext, setup: Setup): Sides | null {
  const { sa } = setup;
  if (sa.majorVersion !== 1 || context.capture.opened === undefined) return null;
  const sealed = sa.exchanges.flatMap((exchange) =>
    (["request", "response"] as const).flatMap((part) => {
      const found = sealedIn(context, setup, exchange, part);
      const isInitiators = (part === "request") === (exchange.startedBy === "initiator");
      return found === null ? [] : [{ isInitiators, found }];
    }),
  );
  const opened = (isInitiators: boolean) =>
    sealed.find((one) => one.isInitiators === isInitiators && one.found.by !== null)?.found;
  const foreign = (isInitiators: boolean, by: string) =>
    sealed.find((one) => one.isInitiators === isInitiators && one.found.foreign === by)?.found;
  const [initiator, responder] = [opened(true), opened(false)];
  if (initiator !== undefined && responder !== undefined) {
    return initiator.by === responder.by ? null : { initiator, responder, bothOpen: true };
  }
  const one = initiator ?? responder;
  if (one?.by == null || !PRE_SHARED_KEY_METHODS.has(setup.progress.suite?.authMethod?.id ?? 0)) return null;
  const other = foreign(initiator === undefined, one.by);
  if (other === undefined) return null;
  return { initiator: initiator ?? other, responder: responder ?? other, bothOpen: false };
}

function sealedIn(
  context: TunnelContext,
  { sa }: Setup,
  exchange: Exchange,
  part: "request" | "response",
): SealedBySide | null {
  const message = exchange[part];
  if (message === null) return null;
  const name = messageName(sa, exchange, part);
  const opened = openedOf(context, message);
  if (opened !== null) {
    return { message, exchange, name, by: opened.by, foreign: null, mark: opened.mark };
  }
  const foreign = foreignKeyOf(context, message);
  if (foreign === null) return null;
  return { message, exchange, name, by: null, foreign, mark: say`not encrypted with the key of ${foreign}` };
}
