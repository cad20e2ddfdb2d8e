import { lastTimeOf } from "../../../session/sightings.js";
import type { Exchange, Transmission } from "../../../session/model.js";
import type { Setup, TunnelContext } from "../../context.js";
import { attemptsText, evidenceOf } from "../../evidence.js";
import { severityUnlessMended } from "../../facts/healing.js";
import { openedOf } from "../../facts/opened.js";
import { messageName, phaseOf } from "../../phases.js";
import { defineRule } from "../../rule.js";
import { joined, type Message, say } from "../../../texts/message.js";

/** An encrypted message of one phase 1, and the key that opens it. */
interface OpenedBySide {
  readonly message: Transmission;
  readonly name: Message;
  /** The source of that key. */
  readonly by: string;
  readonly mark: Message;
}

/**
 * IKEv1: the encrypted messages of the initiator open with one key, those of the responder with another. Both were derived from one
 * exchange of public values, so the pre-shared keys that went into them differ (RFC 2409 5).
 */
export const keysDiffer = defineRule({
  code: "keys-differ",
  severity: "critical",
  title: "The two ends of an IKEv1 phase 1 have different keys",
  explanation:
    "In IKEv1 the keys of phase 1 depend on the pre-shared key. With the keys of both ends each opens the messages of its own side only: the pre-shared keys differ.",
  signature:
    "Keys or logs of both ends (`--keys`, twice): of one IKEv1 phase 1 the messages of the initiator open with the key of one, and those of the responder with the key of the other.",
  remedies: [
    "Set the same pre-shared key at both ends: without stray blanks or a line end, in the same form (text, 0x.., 0s..).",
    "Where it is the same: each end may select another one of several. In main mode a key is chosen by address, before any identity is known.",
  ],
  commands: ["credentials"],
  references: ["RFC 2409 section 5"],
  needs: ["keys"],
  detect: (context) => {
    const found = context.setups.flatMap((setup) => {
      const sides = sidesOf(context, setup);
      return sides === null ? [] : [{ setup, ...sides }];
    });
    const last = found.at(-1);
    if (last === undefined) return null;
    const { setup, exchange, initiator, responder } = last;
    const { sa } = setup;
    return {
      ...severityUnlessMended(context, setup, lastTimeOf(responder.message)),
      confidence: "certain",
      provenance: "observed",
      phase: phaseOf(sa, exchange),
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

/** A message of each side, opened by different keys; null where both sides' messages open with one, or those of one side only. */
function sidesOf(
  context: TunnelContext,
  { sa }: Setup,
): {
  readonly exchange: Exchange;
  readonly initiator: OpenedBySide;
  readonly responder: OpenedBySide;
} | null {
  if (sa.majorVersion !== 1 || context.capture.opened === undefined) return null;
  let initiator: (OpenedBySide & { readonly exchange: Exchange }) | null = null;
  let responder: OpenedBySide | null = null;
  for (const exchange of sa.exchanges) {
    for (const side of ["request", "response"] as const) {
      const message = exchange[side];
      const part = openedOf(context, message);
      if (message === null || part === null) continue;
      const { by, mark } = part;
      const opened = { message, name: messageName(sa, exchange, side), by, mark };
      if ((side === "request") === (exchange.startedBy === "initiator"))
        initiator ??= { ...opened, exchange };
      else responder ??= opened;
    }
  }
  if (initiator === null || responder === null || initiator.by === responder.by) return null;
  return { exchange: initiator.exchange, initiator, responder };
}
