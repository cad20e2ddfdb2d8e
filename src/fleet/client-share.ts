import type { TunnelAccount } from "../live/account/account.js";
import type { DatedAccount, End } from "./end.js";

/**
 * The part of an end that is about one of several clients behind one address: what has the SPIs that this client has too. How the
 * tunnel stands there says nothing of one client, and is left out.
 */
export function shareOf(end: End, client: End): End {
  const { account } = client.newest;
  const part = (dated: DatedAccount): DatedAccount => ({ ...dated, account: partOf(dated.account, account) });
  return { ...end, newest: part(end.newest), earlier: end.earlier === null ? null : part(end.earlier) };
}

function partOf(account: TunnelAccount, client: TunnelAccount): TunnelAccount {
  const initiatorSpis = new Set(client.ikeSas.map(({ initiatorSpi }) => initiatorSpi));
  const spis = new Set([
    ...client.streams.map(({ spi }) => spi),
    ...client.spiPairs.flatMap(({ fromFirst, fromSecond }) => [fromFirst, fromSecond]),
  ]);
  const { products, self } = account;
  return {
    ...account,
    ikeSas: account.ikeSas.filter(({ initiatorSpi }) => initiatorSpis.has(initiatorSpi)),
    spiPairs: account.spiPairs.filter(
      ({ fromFirst, fromSecond }) => spis.has(fromFirst) && spis.has(fromSecond),
    ),
    streams: account.streams.filter(({ spi }) => spis.has(spi)),
    products: [self === 0 ? products[0] : null, self === 1 ? products[1] : null],
    state: "unknown",
    findings: [],
  };
}
