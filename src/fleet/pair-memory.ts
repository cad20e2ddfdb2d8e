import type { Micros } from "../bytes/time.js";
import { clockDifference } from "./clocks.js";
import type { DatedAccount, End } from "./end.js";
import type { FleetTunnel } from "./tunnel.js";

interface Difference {
  readonly newest: DatedAccount;
  readonly other: DatedAccount;
  readonly ahead: Micros | null;
}

interface Judged {
  readonly basis: readonly unknown[];
  readonly tunnel: FleetTunnel;
}

/** Remembers the conclusions from two accounts: of a fleet's tunnels few have new ones from judgement to judgement. */
export class PairMemory {
  readonly #differences = new WeakMap<End, Difference>();
  readonly #judged = new WeakMap<End, Judged>();

  /** How far the clock of `other` is ahead, by this tunnel. */
  clockDifference(one: End, other: End): Micros | null {
    const known = this.#differences.get(one);
    if (known?.newest === one.newest && known.other === other.newest) return known.ahead;
    const ahead = clockDifference(one.newest.account, other.newest.account);
    this.#differences.set(one, { newest: one.newest, other: other.newest, ahead });
    return ahead;
  }

  /** The tunnel as it was judged, unless an account, the state of a capture, or anything else of `basis` is another one now. */
  tunnel(ends: FleetTunnel["ends"], basis: readonly unknown[], judge: () => FleetTunnel): FleetTunnel {
    const [first] = ends;
    const whole = [...basis, ...ends.flatMap((end) => [end.newest, end.earlier, end.gateway.status])];
    const known = this.#judged.get(first);
    if (known?.basis.length === whole.length && whole.every((one, at) => one === known.basis[at])) {
      return known.tunnel;
    }
    const tunnel = judge();
    this.#judged.set(first, { basis: whole, tunnel });
    return tunnel;
  }
}
