import type { Address } from "../../bytes/address.js";
import type { Implementation } from "../../session/implementation.js";
import type { Rule } from "../rule.js";
import { type Acting, actingOn } from "./acting.js";
import { commandsOf, productsOf } from "./products.js";
import type { PeerCommands } from "./peer-commands.js";
import type { Product } from "./product.js";

/** Commands of a finding, over both peers: more than a reader types before looking again. */
const SHOWN_COMMANDS = 3;

/** Whose commands a finding can show: the two peers, who begins first. `asker`: who begins what the finding is about, where it is known. */
export interface KnownPeers {
  readonly addresses: readonly [Address, Address];
  readonly implementations: readonly [Implementation | null, Implementation | null];
  readonly asker?: Address | null;
}

/** The part of a rule that says which commands are meant. */
type Asking = Pick<Rule, "code" | "commands">;

/** The sides that must act, where the first or the second of the two peers began. */
function sidesOf(acting: Acting, { addresses, asker }: KnownPeers): readonly (0 | 1)[] {
  if (acting === "both") return [0, 1];
  const isReversed = asker === addresses[1];
  return (acting === "initiator") === isReversed ? [1] : [0];
}

interface Row {
  readonly peer: Address;
  readonly product: Product;
  readonly known: PeerCommands["known"];
  readonly lines: string[];
  readonly rest: string[];
}

/**
 * The first commands that a finding asks for, at the peers that must act, by the products that they are. None where no product is known. A word that stands for the other peer gets its address.
 */
export function commandsAtPeers(rule: Asking, peers: KnownPeers): PeerCommands[] {
  const meant = rowsOf(rule, peers, sidesOf(actingOn(rule.code), peers));
  let left = SHOWN_COMMANDS;
  while (left > 0 && meant.some(({ rest }) => rest.length > 0)) {
    for (const { lines, rest } of meant) {
      const next = left > 0 ? rest.shift() : undefined;
      if (next === undefined) continue;
      lines.push(next);
      left--;
    }
  }
  return meant.flatMap(({ peer, product, known, lines }) =>
    lines.length === 0 ? [] : { peer, product: product.name, known, lines },
  );
}

function rowsOf(rule: Asking, { addresses, implementations }: KnownPeers, sides: readonly (0 | 1)[]): Row[] {
  return sides.flatMap((side) => {
    const implementation = implementations[side];
    if (implementation === null) return [];
    const [peer, other] = [addresses[side], addresses[side === 0 ? 1 : 0]];
    const { by, confidence } = implementation;
    return productsOf(implementation.name).map((product) => ({
      peer,
      product,
      known: { by, confidence },
      lines: [],
      rest: decisive(rule, product).map((line) => filled(line, peer, other)),
    }));
  });
}

/** The first command of each procedure that the finding names, as far as the product has it. */
function decisive({ commands = [] }: Asking, product: Product): string[] {
  return commands.flatMap((procedure) => commandsOf(product, procedure).find(isTyped) ?? []);
}

/** A setting of a file, such as "dpd_delay = 30s", tells nothing until it is known to be wrong: explain shows it. */
function isTyped(line: string): boolean {
  return !/^[\w.-]+ ?= ?\S/.test(line);
}

function filled(line: string, own: Address, other: Address): string {
  return line.replaceAll(/\bPEER\b/g, other).replaceAll(/\bADDRESS\b/g, own);
}
