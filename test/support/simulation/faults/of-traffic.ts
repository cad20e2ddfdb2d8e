import { type Fault, GONE, isEsp, isIke4500, obstacle } from "./fault.js";

/** Faults that begin in the middle of the traffic. */
export const OF_TRAFFIC: readonly Fault[] = [
  { name: "path lost", isOfSetup: false, accepts: GONE, happens: obstacle(() => true) },
  {
    name: "way of one side lost",
    isOfSetup: false,
    accepts: GONE,
    happens: obstacle(({ from }, side) => from === side),
  },
  {
    name: "4500 lost",
    isOfSetup: false,
    // A later setup whose Main Mode 5 is not answered looks like a refusal, as port 4500 had worked before.
    accepts: [...GONE, "authentication-failed"],
    happens: obstacle(isIke4500),
  },
  {
    name: "esp lost",
    isOfSetup: false,
    accepts: ["esp-blocked", "esp-one-way", "path-lost", "esp-large-packets-lost"],
    happens: obstacle(isEsp),
  },
  {
    name: "esp of one side lost",
    isOfSetup: false,
    accepts: ["esp-blocked", "esp-one-way", "path-lost", "esp-large-packets-lost"],
    happens: obstacle((packet, side) => isEsp(packet) && packet.from === side),
  },
  {
    name: "large packets lost",
    isOfSetup: false,
    accepts: ["esp-large-packets-lost"],
    happens: obstacle(
      ({ bytes, protocol, port, from }, side) =>
        bytes > 1200 && from === side && (protocol === 50 || port === 4500),
    ),
  },
  ...(["initiator", "responder"] as const).flatMap((who): Fault[] => [
    {
      name: `${who} off`,
      isOfSetup: false,
      accepts: GONE,
      happens: ({ daemons, clock }, at) => {
        clock.at(at, () => {
          daemons[who].isOn = false;
          daemons[who].kernel.isOn = false;
        });
      },
    },
    {
      name: `daemon of the ${who} ends`,
      isOfSetup: false,
      accepts: [...GONE, "icmp-port-unreachable"],
      happens: ({ daemons, clock }, at) => {
        clock.at(at, () => (daemons[who].isOn = false));
      },
    },
    {
      name: `${who} restarts`,
      isOfSetup: false,
      accepts: [...GONE, "peer-restarted"],
      happens: ({ daemons, clock, draws }, at) => {
        clock.at(at, () => {
          daemons[who].isOn = false;
          daemons[who].kernel.isOn = false;
        });
        clock.at(at + draws.pick([1, 10, 40]), () => {
          daemons[who].restarts();
          if (who === "initiator") daemons.initiator.opens();
        });
      },
    },
  ]),
  {
    name: "nat mapping not followed",
    isOfSetup: false,
    accepts: [...GONE, "nat-mapping-changed", "nat-mapping-expired"],
    happens: ({ path, clock }, at) => clock.at(at, () => path.remaps()),
  },
];
