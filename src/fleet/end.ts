import type { Micros } from "../bytes/time.js";
import type { AccountedIkeSa, TunnelAccount } from "../live/account/account.js";
import type { Gateway } from "./gateway.js";

/** An account and when it was made, by the clock of its gateway. */
export interface DatedAccount {
  readonly account: TunnelAccount;
  readonly asOf: Micros;
  /** Since when the capture ran that it rests on. */
  readonly recordedSince: Micros;
}

/** One end of a tunnel: what one gateway says of it. */
export interface End {
  readonly gateway: Gateway;
  /** Gateway, boot and number of the tunnel there. */
  readonly id: string;
  newest: DatedAccount;
  /** The one before: by the time of the other end's newest account, all that it counts has arrived. */
  earlier: DatedAccount | null;
  /** When the tunnel went from working to failing, by the clock of the gateway; the newest times. */
  breaks: readonly Micros[];
}

const NO_SPI = "0".repeat(16);

/** The part of an account that names the tunnel. */
export interface EndKeys {
  readonly ikeSas: readonly Pick<AccountedIkeSa, "initiatorSpi">[];
  readonly spiPairs: TunnelAccount["spiPairs"];
}

/**
 * Names that both ends of a tunnel have for it: IKE initiator SPIs, the oldest first, and the SPIs of ESP as sorted pairs. Never
 * addresses: a NAT between changes these, and private ones are used many times over.
 */
export function keysOf(account: EndKeys): readonly string[] {
  const known = keys.get(account);
  if (known !== undefined) return known;
  const found = keysIn(account);
  keys.set(account, found);
  return found;
}

/** They are asked for at every judgement, and accounts never change. */
const keys = new WeakMap<EndKeys, readonly string[]>();

function keysIn({ ikeSas, spiPairs }: EndKeys): string[] {
  const ike = ikeSas.map(({ initiatorSpi }) => `ike ${initiatorSpi}`);
  const esp = spiPairs.flatMap(({ fromFirst, fromSecond }) => {
    if (fromFirst === null || fromSecond === null) return [];
    const [least = 0, most = 0] = [fromFirst, fromSecond].toSorted((a, b) => a - b);
    return [`esp ${least}:${most}`];
  });
  return [...ike, ...esp];
}

/** Whether two accounts may be of one tunnel: no IKE SA of theirs that begins alike has two responders. */
export function areCompatible(one: TunnelAccount, other: TunnelAccount): boolean {
  const responders = new Map(
    one.ikeSas.map(({ initiatorSpi, responderSpi }) => [initiatorSpi, responderSpi]),
  );
  return other.ikeSas.every(({ initiatorSpi, responderSpi }) => {
    const known = responders.get(initiatorSpi) ?? NO_SPI;
    return known === NO_SPI || responderSpi === NO_SPI || known === responderSpi;
  });
}
