import {
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  type Scenario,
  setsUp,
  traffic,
} from "../../support/scenario/index.js";
import { TcpTalk } from "../../support/scenario/tcp.js";
import { failing, healthy, type Story } from "./story.js";

/** IKE and ESP over TCP from the SYN on. */
function overTcp(talk: Scenario): TcpTalk {
  const wire = new TcpTalk(talk);
  wire.opens(0);
  wire.prefix(0.05);
  wire.ike(0.1, "client", ikeSaInit());
  return wire;
}

export const TCP_STORIES: readonly Story[] = [
  {
    name: "tcp-works",
    description: "IKE and ESP over TCP port 4500.",
    ...healthy(),
    info: ["tcp-encapsulation"],
    nearMissOf: ["nat-detected", "retransmissions", "capture-starts-late"],
    tell: (talk) => {
      const wire = overTcp(talk);
      wire.ike(0.15, "server", ikeSaInitAnswer());
      wire.ike(0.2, "client", ikeAuth());
      wire.ike(0.25, "server", ikeAuthAnswer());
      for (let sequence = 1; sequence < 20; sequence++) {
        wire.esp(sequence, "client", sequence);
        wire.esp(sequence + 0.1, "server", sequence);
      }
      talk.endsAt(60);
    },
  },
  {
    name: "tcp-reset",
    description: "IKE_SA_INIT over TCP is met by RST.",
    ...failing("IKE_SA_INIT", "tcp-encapsulation"),
    vantage: "unknown",
    tell: (talk) => {
      overTcp(talk).reset(0.15, "server");
      talk.endsAt(60);
    },
  },
  {
    name: "tcp-443-of-others",
    description:
      "A tunnel over UDP works; beside it the initiator asks for TCP port 443 of the same host, in vain.",
    ...healthy(),
    nearMissOf: ["tcp-encapsulation"],
    tell: (talk) => {
      new TcpTalk(talk, { port: 443 }).syn(0);
      setsUp(talk, { from: 1 });
      traffic(talk, 2, 20);
      talk.endsAt(60);
    },
  },
];
