import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import type { Endpoint, IkeSa, KeptIkeSa } from "../../../session/model.js";
import { say } from "../../../texts/message.js";
import type { CaptureContext, TunnelContext } from "../../context.js";
import type { Rival } from "../../finding.js";
import { once } from "../../once.js";

/** A responder that keeps one IKE SA for each identity forgets the old one with the IKE_AUTH of the new one: its last packet is no older. */
const AT_ONCE: Micros = 1_000_000;

/**
 * Open where one other client, and no more, came up at the responder just as that fell silent towards this one: with INITIAL_CONTACT of the
 * same identity (RFC 7296 2.4) the responder forgets the older IKE SA without a word. Null where none did.
 */
export function mayBeReplaced({ capture }: TunnelContext, sa: IkeSa, silentSince: Micros): Rival | null {
  const index = upFrom(capture);
  const others = [-AT_ONCE, 0, AT_ONCE]
    .flatMap((beside) => index.get(keyOf(sa.responder.address, silentSince + beside)) ?? [])
    .filter(
      ({ sa: other, upAt }) =>
        Math.abs(upAt - silentSince) <= AT_ONCE && !isSame(other.initiator, sa.initiator),
    );
  const [other] = others;
  if (other === undefined || others.length > 1) return null;
  const { address, port } = other.sa.initiator;
  return {
    code: "identity-flap",
    separatedBy: say`the log of ${sa.responder.address} at that moment, when ${address} port ${port} came up: whether it forgot this client because both use one identity ("INITIAL_CONTACT", "uniqueness policy")`,
  };
}

interface Up {
  readonly sa: KeptIkeSa;
  readonly upAt: Micros;
}

/** IKE SAs of all tunnels whose setup the capture holds, by their responders and the time when they were up. */
const upFrom = once((capture: CaptureContext): ReadonlyMap<string, readonly Up[]> => {
  const byResponder = new Map<string, Up[]>();
  for (const { ikeSas } of capture.tunnels) {
    for (const sa of ikeSas) {
      const { upAt } = sa.startSeen ? sa.facts : { upAt: null };
      if (upAt === null) continue;
      const key = keyOf(sa.responder.address, upAt);
      const known = byResponder.get(key);
      if (known === undefined) byResponder.set(key, [{ sa, upAt }]);
      else known.push({ sa, upAt });
    }
  }
  return byResponder;
});

function keyOf(responder: Address, time: Micros): string {
  return `${responder}|${Math.floor(time / AT_ONCE)}`;
}

function isSame(one: Endpoint, other: Endpoint): boolean {
  return one.address === other.address && one.port === other.port;
}
