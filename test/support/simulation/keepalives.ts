import type { Clock } from "./clock.js";
import type { Path } from "./path.js";

const INTERVAL = 20;

/** Sends NAT keepalives (RFC 3948 section 2.3) while a tunnel is up and nothing else went for the interval. */
export function keepsMapping(
  clock: Clock,
  path: Path,
  tunnel: { readonly isUp: () => boolean; readonly lastOut: () => number },
): void {
  let last = 0;
  const looks = (): void => {
    const quiet = clock.now - Math.max(last, tunnel.lastOut());
    if (tunnel.isUp() && quiet >= INTERVAL - 0.01) {
      last = clock.now;
      path.send({
        from: "initiator",
        port: 4500,
        payload: Uint8Array.of(0xff),
        purpose: { kind: "keepalive" },
        arrives: () => undefined,
      });
    }
    clock.after(Math.max(1, INTERVAL - (clock.now - Math.max(last, tunnel.lastOut()))), looks);
  };
  looks();
}
