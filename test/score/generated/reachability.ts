import { ipv4, udp } from "../../support/packet/index.js";
import { filler } from "../../support/ike/bytes.js";
import {
  aggressiveMode,
  cookieDemand,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  initNotify,
  informational,
  informationalAnswer,
  opens,
  puzzleDemand,
  quickModeUp,
  type Scenario,
  setsUp,
  setsUpBetween,
  traffic,
  unknownIkeSpi,
  every,
} from "../../support/scenario/index.js";
import { failing, healthy, nothingToJudge, type Story, up } from "./story.js";

/** The initiator sends to a closed port of the responder, or traces the way to it: nothing of that is IPsec. */
function sendsDatagram(talk: Scenario, port: number): void {
  const { initiator, responder } = talk;
  const payload = udp({ sourcePort: 40_000, destinationPort: port, payload: filler(32, 1) });
  const packet = ipv4({
    source: initiator.address,
    destination: responder.address,
    protocol: 17,
    payload,
    ttl: initiator.ttl,
    identification: initiator.nextIdentification(),
  });
  initiator.lastPacket = packet;
  talk.put(0.5, packet, "initiator");
}

export const REACHABILITY_STORIES: readonly Story[] = [
  {
    name: "first-request-lost-once",
    description: "The first IKE_SA_INIT request is lost; the second try is answered, and the tunnel works.",
    ...up(),
    info: ["retransmissions"],
    nearMissOf: ["ike-init-unanswered", "peer-selectively-silent", "retransmissions"],
    tell: (talk) => {
      talk.at(0, 4).initiator.sends(ikeSaInit());
      talk.at(4.05).responder.sends(ikeSaInitAnswer());
      talk.at(4.1).initiator.sends(ikeAuth());
      talk.at(4.15).responder.sends(ikeAuthAnswer());
      traffic(talk, 5, 20);
      const other = talk.host("203.0.113.9");
      setsUpBetween(talk, other, talk.responder, { from: 2, sa: talk.newSa() });
      talk.endsAt(60);
    },
  },
  {
    name: "auth-request-lost-once",
    description: "On port 500 the first IKE_AUTH request is lost; the second try is answered.",
    ...healthy(),
    info: ["retransmissions"],
    nearMissOf: ["ike-auth-unanswered", "retransmissions", "ike-fragments-lost"],
    tell: (talk) => {
      opens(talk);
      talk.at(0.1, 4.1).initiator.sends(ikeAuth());
      talk.at(4.2).responder.sends(ikeAuthAnswer());
      traffic(talk, 5, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "auth-request-lost-once-4500",
    description:
      "After the move to port 4500 the first two tries of IKE_AUTH are lost; the third is answered.",
    ...healthy(),
    nearMissOf: ["natt-4500-unanswered", "capture-filter-blind"],
    options: { floats: true },
    tell: (talk) => {
      opens(talk);
      talk.at(0.1, 4.1, 11.3).initiator.sends(ikeAuth());
      talk.at(11.4).responder.sends(ikeAuthAnswer());
      traffic(talk, 12, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "aggressive-3-lost-4500",
    description:
      "Aggressive mode moves to port 4500, which is blocked: the client repeats message 3 there, the gateway message 2 on port 500.",
    ...failing("AGGRESSIVE_MODE", "natt-4500-unanswered"),
    options: { floats: true },
    tell: (talk) => {
      talk.at(0).initiator.sends(aggressiveMode(1));
      talk.at(0.05, 1, 3, 6).responder.sends(aggressiveMode(2));
      talk.at(0.1, 2.1, 6.1, 14.1).initiator.sends(aggressiveMode(3));
      talk.endsAt(40);
    },
  },
  {
    name: "aggressive-3-lost-twice-4500",
    description:
      "Aggressive mode 3 is lost on port 4500 twice, and the third copy arrives; the tunnel works.",
    ...healthy(),
    nearMissOf: ["natt-4500-unanswered", "ike-auth-unanswered"],
    options: { floats: true },
    tell: (talk) => {
      talk.at(0).initiator.sends(aggressiveMode(1));
      talk.at(0.05, 1, 3).responder.sends(aggressiveMode(2));
      talk.at(0.1, 2.1, 6.1).initiator.sends(aggressiveMode(3));
      quickModeUp(talk, { from: 6.3 });
      traffic(talk, 7, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "stopped-after-first-exchange",
    description: "The recording was stopped half a second after the answer to IKE_SA_INIT.",
    ...nothingToJudge(),
    info: ["ike-auth-missing"],
    nearMissOf: ["ike-auth-missing", "ppk-mismatch", "natt-4500-unanswered", "capture-filter-blind"],
    options: { floats: true },
    tell: (talk) => {
      talk.noise(-1);
      opens(talk);
      talk.endsAt(0.5);
    },
  },
  {
    name: "answer-lost-once",
    description:
      "The answer to IKE_SA_INIT is lost once behind the sniffer: request and answer are sent again.",
    ...healthy(),
    info: ["retransmissions"],
    nearMissOf: ["ike-response-lost", "retransmissions"],
    tell: (talk) => {
      talk.at(0, 4).initiator.sends(ikeSaInit());
      talk.at(0.05, 4.05).responder.sends(ikeSaInitAnswer());
      talk.at(4.1).initiator.sends(ikeAuth());
      talk.at(4.15).responder.sends(ikeAuthAnswer());
      traffic(talk, 5, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "icmp-about-other-traffic",
    description:
      "A working tunnel; its initiator also asks a closed UDP port of the responder and traces the way there, so ICMP errors of every kind come back, none about IPsec.",
    ...healthy(),
    nearMissOf: [
      "icmp-port-unreachable",
      "icmp-admin-prohibited",
      "icmp-host-unreachable",
      "icmp-protocol-unreachable",
      "icmp-frag-needed",
    ],
    tell: (talk) => {
      sendsDatagram(talk, 33_434);
      talk.icmp(0.51, "203.0.113.1", talk.initiator, 11, 0);
      talk.icmp(0.52, talk.responder, talk.initiator, 3, 3);
      talk.icmp(0.53, "203.0.113.1", talk.initiator, 3, 13);
      talk.icmp(0.54, "203.0.113.1", talk.initiator, 3, 1);
      talk.icmp(0.545, talk.responder, talk.initiator, 3, 2);
      talk.icmp(0.55, "203.0.113.1", talk.initiator, 3, 4, 1300);
      setsUp(talk, { from: 1 });
      traffic(talk, 2, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "esp-met-by-protocol-unreachable",
    description:
      "The IKE SA comes up; each ESP packet to the responder is met by ICMP protocol unreachable of the responder itself.",
    ...failing("ESP", "icmp-protocol-unreachable"),
    tell: (talk) => {
      setsUp(talk);
      for (const second of every(1, 1, 8)) {
        talk.at(second).initiator.esp({ size: 120 });
        talk.icmp(second + 0.02, talk.responder, talk.initiator, 3, 2);
      }
      talk.endsAt(20);
    },
  },
  {
    name: "one-peer-unanswered",
    description:
      "Two peers open towards one responder; one tunnel comes up, the other's request is never answered.",
    ...failing("IKE_SA_INIT", "peer-selectively-silent"),
    vantage: "unknown",
    tell: (talk) => {
      talk.at(0, 4, 11.2, 24.2).initiator.sends(ikeSaInit());
      const other = talk.host("203.0.113.9");
      setsUpBetween(talk, other, talk.responder, { from: 6, sa: talk.newSa() });
      talk.endsAt(60);
    },
  },
  {
    name: "many-clients-behind-one-address",
    description:
      "Twelve clients behind one NAT address set up within ten seconds; the gateway takes them all.",
    ...healthy(),
    info: ["nat-detected"],
    nearMissOf: [
      "half-open-limit",
      "nat-clients-collide",
      "identity-flap",
      "load-balancer-split",
      "sa-flapping",
    ],
    options: { floats: true },
    tell: (talk) => {
      for (let client = 0; client < 12; client++) {
        const port = 61_000 + client * 2;
        const host = talk.host(`10.0.0.${client + 5}`, {
          nat: { address: "192.0.2.10", port500: port, port4500: port + 1 },
        });
        const sa = talk.newSa();
        const from = client * 0.8;
        setsUpBetween(talk, host, talk.responder, { from, sa });
        const times = Array.from({ length: 20 }, (_, index) => from + 1 + index);
        talk.between(host, talk.responder, ...times).esp({ spi: 0xc1000100 + client });
        talk
          .between(talk.responder, host, ...times.map((time) => time + 0.02))
          .esp({ spi: 0xc2000100 + client });
      }
      talk.endsAt(34);
    },
  },
  {
    name: "cookie-once",
    description:
      "The responder asks for a cookie once, in reaction to a request and its repeat; then all goes well.",
    ...healthy(),
    info: ["cookie-challenge"],
    nearMissOf: [
      "cookie-loop",
      "puzzle-demanded",
      "ike-invalid-ke-retry",
      "load-balancer-split",
      "redirected",
    ],
    tell: (talk) => {
      talk.at(0, 0.5).initiator.sends(ikeSaInit());
      talk.at(0.1, 0.6).responder.sends(cookieDemand());
      talk.at(0.7).initiator.sends(ikeSaInit({ cookie: true }));
      talk.at(0.8).responder.sends(ikeSaInitAnswer());
      talk.at(0.9).initiator.sends(ikeAuth());
      talk.at(1).responder.sends(ikeAuthAnswer());
      traffic(talk, 2, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "cookie-never-accepted",
    description:
      "The initiator returns the cookie each time and is asked for another one; IKE_AUTH is never reached.",
    ...failing("IKE_SA_INIT", "cookie-loop"),
    tell: (talk) => {
      for (const second of [0, 1, 3, 7]) {
        talk.at(second).initiator.sends(ikeSaInit(second === 0 ? {} : { cookie: true }));
        talk.at(second + 0.1).responder.sends(initNotify(16390, new Uint8Array(20).fill(second + 1)));
      }
      talk.endsAt(60);
    },
  },
  {
    name: "puzzle",
    description:
      "The responder answers every IKE_SA_INIT with COOKIE and PUZZLE; the initiator knows no puzzles.",
    status: "nothing-to-judge",
    failingPhase: null,
    findings: ["puzzle-demanded"],
    nearMissOf: ["cookie-challenge"],
    tell: (talk) => {
      talk.at(0).initiator.sends(ikeSaInit());
      talk.at(0.1).responder.sends(puzzleDemand());
      talk.endsAt(30);
    },
  },
  {
    name: "load-balancer-by-port",
    description:
      "A load balancer sends port 500 to one host and port 4500 to another, which answers IKE_AUTH with INVALID_IKE_SPI, attempt after attempt.",
    ...failing("IKE_AUTH", "load-balancer-split"),
    options: { floats: true },
    tell: (talk) => {
      for (const [index, sa] of [talk.sa, talk.newSa(), talk.newSa()].entries()) {
        opens(talk, { from: index * 10, sa });
        talk.at(index * 10 + 0.1).initiator.sends(ikeAuth({ sa }));
        talk.at(index * 10 + 0.2).responder.sends(unknownIkeSpi({ sa }));
      }
      talk.endsAt(60);
    },
  },
  {
    name: "two-hosts-accept",
    description:
      "One IKE_SA_INIT and its repeat reach two hosts behind one address, each accepts under an SPI of its own; IKE_AUTH is never answered.",
    ...failing("IKE_SA_INIT", "load-balancer-split", "ike-auth-unanswered"),
    tell: (talk) => {
      talk.at(0, 4).initiator.sends(ikeSaInit());
      talk.at(0.05).responder.sends(ikeSaInitAnswer());
      const sa = { ...talk.sa, responderSpi: "cccccccc00000009" };
      talk.responder.ttl -= 1;
      talk.at(4.05).responder.sends(ikeSaInitAnswer({ sa }));
      talk.responder.ttl += 1;
      talk.at(4.1, 8.1, 15.3, 28.3).initiator.sends(ikeAuth({ sa }));
      talk.endsAt(90);
    },
  },
  {
    name: "restarts-while-opening",
    description:
      "The responder restarts between two tries of IKE_SA_INIT and accepts the second under another SPI; all goes well.",
    ...healthy(),
    nearMissOf: ["load-balancer-split", "peer-restarted", "ike-response-lost"],
    tell: (talk) => {
      talk.at(0, 4).initiator.sends(ikeSaInit());
      talk.at(0.05).responder.sends(ikeSaInitAnswer());
      const sa = { ...talk.sa, responderSpi: "cccccccc00000009" };
      talk.at(4.05).responder.sends(ikeSaInitAnswer({ sa }));
      talk.at(4.1).initiator.sends(ikeAuth({ sa }));
      talk.at(4.15).responder.sends(ikeAuthAnswer({ sa }));
      traffic(talk, 5, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "forged-invalid-spi",
    description:
      "Somebody answers IKE_AUTH with INVALID_IKE_SPI in clear; the true answer follows 30 ms later, and the tunnel works.",
    ...healthy(),
    nearMissOf: ["load-balancer-split", "peer-restarted"],
    options: { floats: true },
    tell: (talk) => {
      opens(talk);
      talk.at(0.1).initiator.sends(ikeAuth());
      talk.at(0.12).responder.sends(unknownIkeSpi());
      talk.at(0.15).responder.sends(ikeAuthAnswer());
      traffic(talk, 1, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "answers-lost-seen-late",
    description:
      "No answer to IKE_SA_INIT arrives; the capture begins between the tries and shows the last two, each answered.",
    ...failing("IKE_SA_INIT", "ike-response-lost"),
    nearMissOf: ["ike-auth-missing"],
    recording: { keeps: ({ time }) => time > 4.5 },
    tell: (talk) => {
      talk.noise(4.6);
      talk.at(0, 1.8, 5, 10.8).initiator.sends(ikeSaInit());
      talk.at(0.05, 1.85, 5.05, 10.85).responder.sends(ikeSaInitAnswer());
      talk.endsAt(60);
    },
  },
  {
    name: "answer-lost-once-then-nothing",
    description:
      "One answer to IKE_SA_INIT is lost, the next one arrives; IKE_AUTH does not come as far as the sniffer, which listened long before.",
    ...failing("IKE_AUTH", "ike-auth-missing"),
    nearMissOf: ["ike-response-lost"],
    tell: (talk) => {
      talk.noise(0);
      talk.at(20, 24).initiator.sends(ikeSaInit());
      talk.at(20.05, 24.05).responder.sends(ikeSaInitAnswer());
      talk.endsAt(60);
    },
  },
  {
    name: "ends-in-order",
    description:
      "The tunnel carries traffic, then one side deletes it and the other acknowledges; both fall silent.",
    ...healthy(),
    info: ["sa-deleted-by-peer"],
    nearMissOf: ["path-lost", "dpd-timeout", "peer-restarted"],
    tell: (talk) => {
      setsUp(talk);
      traffic(talk, 1, 30);
      talk.at(30).responder.sends(informational({ id: 0, inner: 8 }));
      talk.at(30.1).initiator.sends(informationalAnswer({ id: 0 }));
      talk.endsAt(200);
    },
  },
];
