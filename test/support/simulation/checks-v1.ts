import { informationalV1 } from "../scenario/index.js";
import type { SaSpis } from "../scenario/wire.js";
import type { Surroundings } from "./configuration.js";
import type { PostV1 } from "./post-v1.js";

const ATTEMPTS = 5;
const INTERVAL = 10;

interface Checked {
  readonly around: Surroundings;
  readonly sa: SaSpis;
  /** Seconds without a packet before a check. */
  readonly idle: number;
  readonly own: PostV1;
  readonly other: PostV1;
  /** Each side still has the IKE SA. */
  readonly isKnownHere: () => boolean;
  readonly isKnownThere: () => boolean;
  readonly lastIn: () => number;
  readonly hears: () => void;
  readonly givesUp: () => void;
}

/** Asks whether the other side lives, as long as the IKE SA does: R-U-THERE and its acknowledgement (RFC 3706). */
export function checksPeer(checked: Checked): void {
  const { around, sa, idle, own, other, isKnownHere, isKnownThere, lastIn, hears, givesUp } = checked;
  const { clock } = around;
  const looks = (): void => {
    if (!isKnownHere()) return;
    if (clock.now - lastIn() < idle - 0.01) return clock.after(idle, looks);
    const request = {};
    let isAnswered = false;
    const asks = (number: number): void => {
      if (!isKnownHere() || isAnswered) return;
      if (number >= ATTEMPTS) return givesUp();
      const acknowledged = (): void => {
        if (!own.isOn()) return;
        isAnswered = true;
        hears();
      };
      const arrives = (): void => {
        if (!isKnownThere()) return;
        other.sends({ message: informationalV1({ sa }), request, isResponse: true, arrives: acknowledged });
      };
      own.sends({ message: informationalV1({ sa }), request, isResponse: false, arrives });
      clock.after(INTERVAL, () => asks(number + 1));
    };
    asks(0);
    clock.after(Math.max(idle, INTERVAL * ATTEMPTS), looks);
  };
  clock.after(idle, looks);
}
