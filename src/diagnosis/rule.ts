import type { Code } from "./codes.js";
import type { CaptureContext, HostContext, TunnelContext } from "./context.js";
import type { Verdict } from "./finding.js";
import type { ProcedureName } from "./commands/procedure.js";
import type { Severity } from "./severity.js";
import type { Trait } from "./traits.js";
import type { Message } from "../texts/message.js";

/**
 * What a verdict rests on beside the packets that it cites. all-packets: every ESP packet of a stream, for one that was left out
 * looks like a lost one. rates: how many there are in a time; a part of them shows less, and nothing wrong. pauses: how long
 * nothing came, by a clock that is right. the-file: the file itself, or several, which an extract is not. keys: what is encrypted.
 * host: what a gateway itself says, by --with.
 */
type Need = "all-packets" | "rates" | "pauses" | "the-file" | "keys" | "host";

/** A verdict apart from any capture. */
interface Entry<C extends Code> {
  readonly code: C;
  readonly severity: Severity;
  readonly title: string;
  /** Its meaning, one or two sentences. */
  readonly explanation: string;
  /** The packets that make the verdict, as the rule looks for them, and those that keep it from being said. */
  readonly signature: string;
  /** Steps to check and do, the first step first, whatever the product. */
  readonly remedies: readonly Message[];
  /** Procedures whose commands differ by product: `ikescope explain` shows them beside the remedies. */
  readonly commands?: readonly ProcedureName[];
  readonly references: readonly string[];
  /** Nothing where the cited packets alone prove it. */
  readonly needs?: readonly Need[];
  /** Verdicts that explain the same packets better: where one of them is detected in the tunnel, this one is not told. */
  readonly yieldsTo?: readonly Code[];
  /** How grave a finding of the rule's own severity is to who watches a gateway for days: there much is everyday. */
  readonly live?: { readonly severity: Severity };
}

/** A verdict about one tunnel. */
export interface TunnelRule<C extends Code = Code> extends Entry<C> {
  readonly about: "tunnel";
  /** All that a tunnel has to have for the rule to find anything in its packets: of no other one it is asked. */
  readonly onlyWith?: readonly Trait[];
  /** A verdict at one capture point holds whatever others show: of captures of several places each is judged by itself too. */
  readonly atOnePlace?: true;
  /** Looks at facts and the context alone, never at other rules. Null where there is nothing to say. */
  readonly detect: (context: TunnelContext) => Verdict | null;
  /** The same of a host alone, of which the capture has no tunnel, where its log says as much. */
  readonly detectOnHost?: (context: HostContext) => Verdict | null;
}

/** A verdict about the capture as a whole. */
export interface CaptureRule<C extends Code = Code> extends Entry<C> {
  readonly about: "capture";
  readonly detect: (context: CaptureContext) => Verdict | null;
}

/** A verdict about what a host says, beside one of its tunnels in the capture; beside none where the capture has none. */
export interface HostRule<C extends Code = Code> extends Entry<C> {
  readonly about: "host";
  /** once: of the texts themselves, whatever tunnels there are. last: the same, knowing the codes that all other rules told. */
  readonly per?: "once" | "last";
  readonly detect: (context: HostContext) => Verdict | null;
}

/** Another explanation that verdicts name as a rival. Nothing detects it: it is encrypted, or not in the capture. */
export interface RivalEntry<C extends Code = Code> extends Entry<C> {
  readonly about: "rival";
}

export type Rule<C extends Code = Code> = TunnelRule<C> | CaptureRule<C> | HostRule<C> | RivalEntry<C>;

export function defineRule<const C extends Code>(rule: Omit<TunnelRule<C>, "about">): TunnelRule<C> {
  return { ...rule, about: "tunnel" };
}

export function defineCaptureRule<const C extends Code>(rule: Omit<CaptureRule<C>, "about">): CaptureRule<C> {
  return { ...rule, about: "capture" };
}

export function defineHostRule<const C extends Code>(rule: Omit<HostRule<C>, "about">): HostRule<C> {
  return { ...rule, about: "host" };
}

export function defineRival<const C extends Code>(rival: Omit<RivalEntry<C>, "about">): RivalEntry<C> {
  return { ...rival, about: "rival" };
}
