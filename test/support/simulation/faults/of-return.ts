import { type Fault, GONE } from "./fault.js";

const ACCEPTS = [
  ...GONE,
  "peer-restarted",
  "nat-mapping-changed",
  "nat-mapping-expired",
  "icmp-port-unreachable",
];

/** Seconds for which a client is away. */
const AWAY = [1, 5, 20, 60, 150];

/** A client that vanishes without a word and sets up again later: from the same port, another one, or another address. */
const COMES_BACK: readonly Fault[] = (["the same port", "another port", "another address"] as const).map(
  (place): Fault => ({
    name: `client comes back at ${place}`,
    isOfSetup: false,
    heals: true,
    accepts: ACCEPTS,
    happens: ({ daemons, clock, draws, path }, at) => {
      const { initiator } = daemons;
      clock.at(at, () => {
        initiator.isOn = false;
        initiator.kernel.isOn = false;
      });
      clock.at(at + draws.pick(AWAY), () => {
        if (place === "another port") path.remaps();
        if (place === "another address") path.moves("203.0.113.77");
        initiator.restarts();
        initiator.opens();
      });
    },
  }),
);

/** The link of the client is down for a while: it knows its SAs still, the gateway may not. */
const LINK_DOWN: readonly Fault[] = (["the same port", "another port"] as const).map((place): Fault => ({
  name: `link of the client down for a while, then ${place}`,
  isOfSetup: false,
  heals: true,
  accepts: ACCEPTS,
  happens: ({ clock, draws, path }, at) => {
    const until = at + draws.pick(AWAY);
    path.obstacles.push({ from: at, until, place: 0.1, takes: () => true });
    if (place === "another port") clock.at(until, () => path.remaps());
  },
}));

export const OF_RETURN: readonly Fault[] = [...COMES_BACK, ...LINK_DOWN];
