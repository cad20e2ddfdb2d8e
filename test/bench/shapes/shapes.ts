import { writeGatewayMix, writeRandomSpis, writeSmallPackets } from "../esp-captures.js";
import { writeIkeMix } from "../ike-captures.js";
import { writeFlood, writeIkeLife } from "../ike-life.js";
import { LossyFile, MirroredFile } from "./dirty.js";
import { writeIkeV1Day } from "./ikev1-day.js";
import { logOf, writeLoggedPeers } from "./logged.js";
import { writeClearFlows, writeSetups } from "./many-tunnels.js";
import { writeNatClients } from "./nat-clients.js";
import { otherEndOf, writeBothEnds } from "./other-end.js";
import { writeAttempts, writeOutage, writeRedirectCircle } from "./outages.js";

type Beside =
  | { readonly kind: "capture"; readonly path: string }
  | { readonly kind: "log"; readonly path: string };

/** A kind of capture as users have it, which can be made at any size, the same in each run. */
export interface Shape {
  readonly name: string;
  readonly what: string;
  /** The larger of the two sizes that are measured; the other one is half of it. */
  readonly size: number;
  /** The larger size in the test that watches the growth: a second at most. */
  readonly small: number;
  readonly write: (path: string, size: number) => void;
  /** The other capture, or log of a host, that it writes beside the capture. */
  readonly beside?: (path: string) => Beside;
}

export const SHAPES: readonly Shape[] = [
  {
    name: "redirects",
    what: "clients that two gateways send in a circle",
    size: 2000,
    small: 200,
    write: writeRedirectCircle,
  },
  {
    name: "clear-flows",
    what: "tunnels beside twice as many flows in clear",
    size: 2000,
    small: 200,
    write: writeClearFlows,
  },
  {
    name: "outage",
    what: "peers that send again and again for half an hour",
    size: 5000,
    small: 200,
    write: writeOutage,
  },
  {
    name: "attempts",
    what: "tunnels of one request that is sent 400 times",
    size: 1000,
    small: 100,
    write: writeAttempts,
  },
  {
    name: "ikev1-day",
    what: "liveness checks of each of 500 IKEv1 tunnels",
    size: 2000,
    small: 16,
    write: writeIkeV1Day,
  },
  { name: "mix", what: "IKE messages of all kinds", size: 200_000, small: 6000, write: writeIkeMix },
  {
    name: "life",
    what: "IKE messages of living tunnels, 100 each (D)",
    size: 500_000,
    small: 8000,
    write: writeIkeLife,
  },
  { name: "setups", what: "tunnels of four messages", size: 50_000, small: 1500, write: writeSetups },
  {
    name: "logged",
    what: "peers beside the log of their gateway, a half of them failing",
    size: 4000,
    small: 400,
    write: writeLoggedPeers,
    beside: (path) => ({ kind: "log", path: logOf(path) }),
  },
  {
    name: "both-ends",
    what: "tunnels of four messages, captured at both ends",
    size: 5000,
    small: 400,
    write: (path, size) => writeBothEnds(writeSetups, path, size),
    beside: (path) => ({ kind: "capture", path: otherEndOf(path) }),
  },
  {
    name: "nat-clients",
    what: "clients, 200 behind each address, of which each tenth fails",
    size: 10_000,
    small: 200,
    write: writeNatClients,
  },
  { name: "flood", what: "forged IKE_SA_INIT", size: 500_000, small: 3000, write: writeFlood },
  {
    name: "random-spis",
    what: "packets, each with an SPI of its own (C)",
    size: 1_000_000,
    small: 40_000,
    write: writeRandomSpis,
  },
  ...(
    [
      ["gateway", "packets of a gateway (A)", 1_200_000, writeGatewayMix],
      ["small", "packets of 166 bytes over 2,000 streams (B)", 2_000_000, writeSmallPackets],
    ] as const
  ).flatMap(([name, what, size, write]): Shape[] => [
    { name, what, size, small: size / 40, write },
    {
      name: `${name}-lossy`,
      what: `${what}, 1 % lost and 0.2 % late`,
      size,
      small: size / 40,
      write: (path, count) => write(path, count, new LossyFile(path)),
    },
    {
      name: `${name}-mirrored`,
      what: `${what}, each seen twice`,
      size: size / 2,
      small: size / 80,
      write: (path, count) => write(path, count, new MirroredFile(path)),
    },
  ]),
];
