import type { Address } from "../../bytes/address.js";
import type { Exchange, IkeSa } from "../../session/model.js";
import type { TunnelContext } from "../context.js";
import { canonicalOf } from "../facts/sides.js";
import { onceInTurn } from "../once.js";
import { exchangesOf } from "./passage.js";
import { viewsOf } from "./view.js";

/**
 * An exchange as the captures at one end of the tunnel have it, one for each of them; empty where none is known to be taken there.
 * Files that are read together show what either end sent: what of it came to the other end only that end's own file shows.
 */
export function exchangeAtEnd(
  context: TunnelContext,
  sa: IkeSa,
  exchange: Exchange,
  end: Address,
): readonly Exchange[] {
  const there = exchangesByEnd(context).get(canonicalOf(context.tunnel, end));
  if (there === undefined) return [];
  return exchangesOf({ ikeSas: [{ ...sa, exchanges: [exchange] }] }).flatMap(([key]) => there.get(key) ?? []);
}

/** The exchanges at each end that a capture was taken at, by the key they have everywhere. */
const exchangesByEnd = onceInTurn(
  (context: TunnelContext): ReadonlyMap<Address, ReadonlyMap<string, readonly Exchange[]>> => {
    const ends = new Map<Address, Map<string, Exchange[]>>();
    for (const view of viewsOf(context)) {
      if (view.near === null) continue;
      const byKey = ends.get(view.near) ?? new Map<string, Exchange[]>();
      ends.set(view.near, byKey);
      for (const [key, exchange] of exchangesOf(view)) {
        const known = byKey.get(key);
        if (known === undefined) byKey.set(key, [exchange]);
        else known.push(exchange);
      }
    }
    return ends;
  },
);
