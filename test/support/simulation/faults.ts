import type { Role } from "../../../src/session/model.js";
import type { Configuration } from "./daemon.js";
import type { Obstacle } from "./path.js";
import type { SimulatedTunnel } from "./tunnel.js";

/** Something that goes wrong in a simulated tunnel, and what may be concluded from a capture of all of it. */
export interface Fault {
  readonly name: string;
  /** From the first message on; else in the middle of the traffic. */
  readonly isOfSetup: boolean;
  readonly accepts: readonly string[];
  /** Only IKEv2 daemons have it. */
  readonly isOfV2?: true;
  readonly happens: (tunnel: SimulatedTunnel, at: number) => void;
}

type Taken = Parameters<Obstacle["takes"]>[0];

const isIke4500 = ({ port }: Taken): boolean => port === 4500;
const isEsp = ({ protocol }: Taken): boolean => protocol === 50;

function obstacle(takes: (packet: Taken, side: Role) => boolean): Fault["happens"] {
  return ({ path, draws }, at) => {
    const side = draws.pick(["initiator", "responder"] as const);
    const place = draws.pick([0.1, 0.5, 0.9]);
    path.obstacles.push({ from: at, until: Infinity, place, takes: (packet) => takes(packet, side) });
  };
}

function refuses(what: Configuration["refuses"], who: Role): Fault["happens"] {
  return ({ daemons }) => {
    daemons[who].configuration.refuses = what;
  };
}

const GONE = [
  "dpd-timeout",
  "path-lost",
  "esp-one-way",
  "rekey-unanswered",
  "ike-init-unanswered",
  "ike-auth-unanswered",
  "natt-4500-unanswered",
  "retransmissions",
  "esp-large-packets-lost",
  "ike-response-lost",
  "ike-auth-missing",
];

export const FAULTS: readonly Fault[] = [
  {
    name: "path dead from the start",
    isOfSetup: true,
    accepts: ["ike-init-unanswered", "ike-response-lost"],
    happens: obstacle(() => true),
  },
  {
    name: "way of one side dead from the start",
    isOfSetup: true,
    accepts: ["ike-init-unanswered", "ike-response-lost"],
    happens: obstacle(({ from }, side) => from === side),
  },
  {
    name: "4500 closed",
    isOfSetup: true,
    // Large messages alone do not tell whether their size, or their port, is in the way.
    accepts: [
      "natt-4500-unanswered",
      "ike-auth-unanswered",
      "ike-auth-missing",
      "ike-response-lost",
      "ike-fragments-lost",
      "ip-fragments-lost",
    ],
    happens: obstacle(isIke4500),
  },
  {
    name: "large packets lost from the start",
    isOfSetup: true,
    accepts: [
      "ike-fragments-lost",
      "ip-fragments-lost",
      "ike-auth-missing",
      "ike-auth-unanswered",
      "esp-large-packets-lost",
    ],
    happens: obstacle(({ bytes, port }) => bytes > 1200 || port === -1),
  },
  {
    name: "no proposal",
    isOfSetup: true,
    isOfV2: true,
    accepts: ["ike-no-proposal-chosen"],
    happens: refuses("proposal", "responder"),
  },
  {
    name: "authentication refused",
    isOfSetup: true,
    isOfV2: true,
    accepts: ["authentication-failed"],
    happens: refuses("authentication", "responder"),
  },
  {
    name: "answer rejected",
    isOfSetup: true,
    isOfV2: true,
    accepts: ["authentication-rejected-by-initiator", "sa-flapping"],
    happens: refuses("response", "initiator"),
  },
  {
    name: "child refused",
    isOfSetup: true,
    isOfV2: true,
    accepts: ["child-rejected", "child-ts-unacceptable", "child-no-proposal-chosen"],
    happens: refuses("child", "responder"),
  },
  {
    name: "child rekey refused",
    isOfSetup: true,
    isOfV2: true,
    accepts: ["rekey-failed"],
    happens: ({ daemons }) => {
      daemons.initiator.configuration.refuses = "child-rekey";
      daemons.responder.configuration.refuses = "child-rekey";
    },
  },
  {
    name: "ike rekey refused",
    isOfSetup: true,
    isOfV2: true,
    accepts: ["rekey-failed"],
    happens: ({ daemons }) => {
      daemons.initiator.configuration.refuses = "ike-rekey";
      daemons.responder.configuration.refuses = "ike-rekey";
    },
  },
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
