import type { Micros } from "../../../bytes/time.js";
import { redirectsIn } from "../../../session/ike-sa-facts.js";
import type { Exchange, IkeSa, Redirect, RedirectedFrom, Tunnel } from "../../../session/model.js";
import { lastTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { redirectIndex } from "./redirect-index.js";

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

/** A client goes to the gateway that it is told at once: it ends the IKE SA and begins another. */
const GOES_ON_WITHIN_US: Micros = 10_000_000;

/**
 * Where the client of a setup went on, saying that this gateway sent it there. REDIRECT may stand in the encrypted answer to
 * IKE_AUTH (RFC 5685 6): without a Child SA in it, that looks as a refused one does, and what the client says next is no complaint.
 */
export function wentToAnotherGateway(
  { sa, progress }: Setup,
  { capture }: TunnelContext,
): RedirectedFrom | undefined {
  const answer = progress.authentication.at(-1)?.response ?? null;
  if (sa.majorVersion === 1 || answer === null) return undefined;
  const answeredAt = lastTimeOf(answer);
  const { initiator, responder } = sa;
  return redirectIndex(capture).arrival(
    initiator.address,
    responder.address,
    answeredAt,
    answeredAt + GOES_ON_WITHIN_US,
  );
}
