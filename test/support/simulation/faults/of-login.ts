import { type Fault, refuses } from "./fault.js";

/** Faults of EAP in IKE_AUTH. */
const OF_EAP: readonly Fault[] = [
  {
    name: "eap fails",
    isOfSetup: true,
    needs: "eap",
    accepts: ["eap-failed"],
    happens: refuses("eap", "responder"),
  },
  {
    name: "eap server off",
    isOfSetup: true,
    needs: "eap",
    accepts: ["eap-stalled"],
    happens: refuses("eap-server-off", "responder"),
  },
  {
    name: "user later than the gateway waits",
    isOfSetup: true,
    needs: "eap",
    accepts: ["eap-stalled", "ike-auth-unanswered"],
    happens: ({ daemons }) => {
      daemons.responder.configuration.halfOpen = 20;
      daemons.initiator.configuration.userTakes = 35;
    },
  },
  {
    name: "gateway's certificate rejected",
    isOfSetup: true,
    needs: "eap",
    accepts: ["authentication-rejected-by-initiator"],
    happens: refuses("certificate", "initiator"),
  },
  {
    name: "gateway's certificate rejected without a word",
    isOfSetup: true,
    needs: "eap",
    accepts: ["authentication-rejected-by-initiator", "eap-stalled"],
    happens: refuses("certificate-silently", "initiator"),
  },
];

/** Faults of IKEv1: pre-shared keys, XAUTH, Quick Mode. */
const OF_V1: readonly Fault[] = [
  {
    name: "keys of main mode differ",
    isOfSetup: true,
    needs: "main",
    // Behind NAT a responder that says nothing may also not be reached on port 4500.
    accepts: ["authentication-failed", "natt-4500-unanswered"],
    happens: refuses("main-5", "responder"),
  },
  {
    name: "aggressive mode: group unknown",
    isOfSetup: true,
    needs: "aggressive",
    accepts: ["authentication-failed", "ike-refused", "ike-init-unanswered"],
    happens: refuses("aggressive-1", "responder"),
  },
  {
    name: "keys of aggressive mode differ",
    isOfSetup: true,
    needs: "aggressive",
    accepts: ["authentication-failed"],
    happens: refuses("aggressive-2", "initiator"),
  },
  {
    name: "xauth refused",
    isOfSetup: true,
    needs: "xauth",
    accepts: ["xauth-stalled", "authentication-failed"],
    happens: refuses("xauth", "responder"),
  },
  {
    name: "xauth reply not taken",
    isOfSetup: true,
    needs: "xauth",
    accepts: ["xauth-stalled"],
    happens: refuses("xauth-2", "responder"),
  },
  {
    name: "quick mode refused",
    isOfSetup: true,
    needs: "v1",
    accepts: ["quick-mode-unanswered", "child-rejected", "child-no-proposal-chosen"],
    happens: refuses("quick-1", "responder"),
  },
  {
    name: "quick mode rekey refused",
    isOfSetup: true,
    needs: "v1",
    accepts: ["rekey-failed", "quick-mode-unanswered", "rekey-unanswered"],
    happens: refuses("quick-rekey", "initiator", "responder"),
  },
];

export const OF_LOGIN: readonly Fault[] = [...OF_EAP, ...OF_V1];
