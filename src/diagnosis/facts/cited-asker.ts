import type { Address } from "../../bytes/address.js";
import { EXCHANGE_V1 } from "../../ike/registries/exchanges.js";
import { endsOf } from "../../session/model/queries.js";
import type { TunnelContext } from "../context.js";
import type { Finding } from "../finding.js";
import { citedFrames, isCited } from "./cited.js";
import { canonicalOf } from "./sides.js";

/**
 * The peer that asks in the last IKE SA of which a finding cites a message, by the tunnel's own name for it: both peers may begin
 * setups and quick modes. Null where it cites none.
 */
export function citedAsker(
  { tunnel, setups }: TunnelContext,
  finding: Pick<Finding, "evidence">,
): Address | null {
  const frames = citedFrames([finding]);
  for (const { sa } of setups.toReversed()) {
    const cited = sa.exchanges.find(
      ({ expectsResponse, request, response }) =>
        expectsResponse && (isCited(request, frames) || isCited(response, frames)),
    );
    if (cited === undefined) continue;
    // The gateway asks for the login in transactions, and the client asked for all of it.
    const isLogin = sa.majorVersion === 1 && cited.exchangeType === EXCHANGE_V1.TRANSACTION;
    const [asker] = endsOf(sa, isLogin ? "initiator" : cited.startedBy);
    return canonicalOf(tunnel, asker.address);
  }
  return null;
}
