import {
  bareMainMode,
  clearNotifyV1,
  ikeSaInit,
  initNotify,
  mainMode,
  noProposalChosen,
  scanV1,
  scanV2,
  type Scenario,
  setsUp,
  SWEEP,
  traffic,
} from "../../support/scenario/index.js";
import { failing, healthy, nothingToJudge, type Story } from "./story.js";

/** Offers of one transform each, none like another: what `ike-scan --trans` tries one after the other. */
const SERIES = [1, 5, 7].flatMap((encryption) =>
  [1, 2].map((hash) => ({ encryption, hash, auth: 1, group: 2, seconds: 28800 })),
);

/** Without NAT detection, and 3DES alone. */
function simpleClient(options: { readonly sa?: Scenario["sa"] } = {}): ReturnType<typeof ikeSaInit> {
  const offers = [{ encr: [[3]], prf: [2], integ: [2], group: [2] }] as const;
  return ikeSaInit({ natDetection: "none", group: 2, offers, ...options });
}

function triesOut(talk: Scenario): void {
  for (const [index, offer] of SERIES.entries()) {
    const sa = index === 0 ? talk.sa : talk.newSa();
    talk.at(index).initiator.sends(scanV1({ sa, offer: [offer] }));
    talk.at(index + 0.05).responder.sends(clearNotifyV1(14, { sa }));
  }
}

/** What scanners send, and old clients that are none. */
export const SCANNING_STORIES: readonly Story[] = [
  {
    name: "scan-ikev1-refused",
    description: "ike-scan asks in main mode, twice, and is refused; it wants no tunnel.",
    ...nothingToJudge(),
    info: ["ike-scanned"],
    nearMissOf: ["ike-no-proposal-chosen"],
    tell: (talk) => {
      for (const [second, sa] of [talk.sa, talk.newSa()].entries()) {
        talk.at(second).initiator.sends(scanV1({ sa }));
        talk.at(second + 0.05).responder.sends(clearNotifyV1(14, { sa }));
      }
      talk.endsAt(60);
    },
  },
  {
    name: "scan-ikev2-refused",
    description: "ike-scan --ikev2 is refused with NO_PROPOSAL_CHOSEN.",
    ...nothingToJudge(),
    info: ["ike-scanned"],
    nearMissOf: ["ike-no-proposal-chosen"],
    tell: (talk) => {
      talk.at(0).initiator.sends(scanV2());
      talk.at(0.05).responder.sends(noProposalChosen());
      talk.endsAt(60);
    },
  },
  {
    name: "scan-accepted",
    description: "ike-scan is answered with main mode 2 and never goes on; the answer is not sent again.",
    ...nothingToJudge(),
    info: ["ike-scanned"],
    nearMissOf: ["ike-auth-missing"],
    tell: (talk) => {
      talk.at(0).initiator.sends(scanV1());
      talk.at(0.05).responder.sends(mainMode(2));
      talk.endsAt(60);
    },
  },
  {
    name: "scan-unanswered",
    description: "ike-scan asks three times and hears nothing.",
    ...nothingToJudge(),
    vantage: "unknown",
    info: ["ike-scanned"],
    nearMissOf: ["ike-init-unanswered"],
    tell: (talk) => {
      talk.at(0, 0.5, 1.25).initiator.sends(scanV1());
      talk.endsAt(60);
    },
  },
  {
    name: "scan-of-aggressive-mode",
    description: "ike-scan --aggressive is refused with AUTHENTICATION-FAILED in clear.",
    ...nothingToJudge(),
    info: ["ike-scanned"],
    nearMissOf: ["authentication-failed"],
    tell: (talk) => {
      talk.at(0).initiator.sends(scanV1({ aggressive: true }));
      talk.at(0.05).responder.sends(clearNotifyV1(24));
      talk.endsAt(60);
    },
  },
  {
    name: "scan-of-one-offer-after-another",
    description: "A scanner tries six offers of one transform each, a second apart, and all are refused.",
    ...nothingToJudge(),
    info: ["ike-scanned"],
    nearMissOf: ["ike-no-proposal-chosen"],
    tell: (talk) => {
      triesOut(talk);
      talk.endsAt(60);
    },
  },
  {
    name: "scan-beside-tunnel",
    description: "A tunnel works, and somebody scans the responder from the initiator's address.",
    ...healthy(),
    info: ["ike-scanned"],
    nearMissOf: ["ike-no-proposal-chosen"],
    tell: (talk) => {
      setsUp(talk);
      traffic(talk, 1, 30);
      const sa = talk.newSa();
      talk.at(10).initiator.sends(scanV1({ sa }));
      talk.at(10.05).responder.sends(clearNotifyV1(14, { sa }));
      talk.endsAt(60);
    },
  },
  {
    name: "old-client-refused",
    description:
      "An old client without vendor IDs offers DES and 3DES with MD5 and SHA-1, in its own order, and is refused again and again.",
    ...failing("MAIN_MODE", "ike-no-proposal-chosen"),
    nearMissOf: ["ike-scanned"],
    tell: (talk) => {
      for (const [index, sa] of [talk.sa, talk.newSa(), talk.newSa(), talk.newSa()].entries()) {
        talk.at(index * 10).initiator.sends(bareMainMode(SWEEP, sa));
        talk.at(index * 10 + 0.05).responder.sends(clearNotifyV1(14, { sa }));
      }
      talk.endsAt(60);
    },
  },
  {
    name: "simple-client-refused",
    description:
      "A client of IKEv2 without NAT-T and vendor ID offers 3DES alone and is refused three times.",
    ...failing("IKE_SA_INIT", "ike-no-proposal-chosen"),
    nearMissOf: ["ike-scanned"],
    tell: (talk) => {
      for (const [index, sa] of [talk.sa, talk.newSa(), talk.newSa()].entries()) {
        talk.at(index * 10).initiator.sends(simpleClient({ sa }));
        talk.at(index * 10 + 0.05).responder.sends(initNotify(14, undefined, { sa }));
      }
      talk.endsAt(60);
    },
  },
  {
    name: "simple-client-refused-once",
    description:
      "A first message of IKEv2 with one offer and no notify is refused once: it may be of a client without NAT-T, or of a scanner.",
    status: "suspected",
    failingPhase: "IKE_SA_INIT",
    findings: ["ike-no-proposal-chosen"],
    nearMissOf: ["ike-scanned"],
    tell: (talk) => {
      talk.at(0).initiator.sends(simpleClient());
      talk.at(0.05).responder.sends(initNotify(14));
      talk.endsAt(60);
    },
  },
  {
    name: "old-client-alone",
    description: "One first message of an old client, and nothing else.",
    ...nothingToJudge(),
    vantage: "unknown",
    nearMissOf: ["ike-scanned", "ike-init-unanswered"],
    tell: (talk) => {
      talk.at(0).initiator.sends(bareMainMode(SWEEP));
      talk.endsAt(1);
    },
  },
  {
    name: "offer-in-scanners-order-refused",
    description:
      "A first message with one offer, written as ike-scan and isakmpd write it, is refused: it may be of either.",
    status: "suspected",
    failingPhase: "MAIN_MODE",
    findings: ["ike-no-proposal-chosen"],
    nearMissOf: ["ike-scanned"],
    tell: (talk) => {
      talk.at(0).initiator.sends(scanV1({ offer: SERIES.slice(0, 1) }));
      talk.at(0.05).responder.sends(clearNotifyV1(14));
      talk.endsAt(60);
    },
  },
];
