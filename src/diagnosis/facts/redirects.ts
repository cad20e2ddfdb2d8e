import { redirectsIn } from "../../session/ike-sa-facts.js";
import type { Exchange, IkeSa, Redirect, Tunnel } from "../../session/model.js";

/** A redirect of the tunnel itself, with the exchange that holds it. */
interface OwnRedirect extends Redirect {
  readonly sa: IkeSa;
  readonly exchange: Exchange;
}

/** The redirects of a tunnel, in order of their IKE SAs. */
export function redirectsOf({ ikeSas }: Tunnel): OwnRedirect[] {
  return ikeSas.flatMap((sa) =>
    sa.majorVersion === 1
      ? []
      : redirectsIn(sa).map(({ exchange, redirect }) => ({ ...redirect, sa, exchange })),
  );
}
