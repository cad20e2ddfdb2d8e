import type { AccountedStream, TunnelAccount } from "../live/account/account.js";
import { remembered } from "./remembered.js";

/** One direction of a Child SA is several streams where a NAT mapping, or an address of a peer, changed: here they are one. */
export const combinedStreams = remembered(({ streams }: TunnelAccount): readonly AccountedStream[] => {
  const bySpi = new Map<string, AccountedStream>();
  for (const stream of streams.toSorted((a, b) => a.firstTime - b.firstTime)) {
    const key = keyOf(stream);
    const known = bySpi.get(key);
    bySpi.set(key, known === undefined ? stream : combined(known, stream));
  }
  return [...bySpi.values()];
});

/** The stream of that SPI in another account; a NAT may have changed its addresses and ports. */
export function sameStream(
  stream: Pick<AccountedStream, "spi" | "encapsulation">,
  account: TunnelAccount,
): AccountedStream | undefined {
  const key = keyOf(stream);
  return combinedStreams(account).find((other) => keyOf(other) === key);
}

function keyOf({ spi, encapsulation }: Pick<AccountedStream, "spi" | "encapsulation">): string {
  return `${encapsulation === "ah" ? "ah" : "esp"} ${spi}`;
}

/** `later` goes on with the numbers of `earlier`. */
function combined(earlier: AccountedStream, later: AccountedStream): AccountedStream {
  const packets = earlier.packets + later.packets;
  const firstSequence = Math.min(earlier.firstSequence, later.firstSequence);
  const highestSequence = Math.max(earlier.highestSequence, later.highestSequence);
  const sizes = new Map(earlier.sizes);
  for (const [bytes, count] of later.sizes) sizes.set(bytes, (sizes.get(bytes) ?? 0) + count);
  return {
    ...later,
    packets,
    firstTime: earlier.firstTime,
    lastTime: Math.max(earlier.lastTime, later.lastTime),
    firstSequence,
    highestSequence,
    lost: Math.max(0, highestSequence - firstSequence + 1 - packets),
    late: earlier.late + later.late,
    deepest: Math.max(earlier.deepest, later.deepest),
    isBroken: earlier.isBroken || later.isBroken || later.from !== earlier.from,
    largest: Math.max(earlier.largest, later.largest),
    sizes: [...sizes].toSorted(([one], [other]) => one - other),
  };
}
