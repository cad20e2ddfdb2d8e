import { type Fault, isIke4500, obstacle, refuses } from "./fault.js";

/** Faults of the path, and of what peers agree on, from the first message on. */
export const OF_SETUP: readonly Fault[] = [
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
    needs: "v2",
    accepts: ["ike-no-proposal-chosen"],
    happens: refuses("proposal", "responder"),
  },
  {
    name: "authentication refused",
    isOfSetup: true,
    needs: "v2",
    accepts: ["authentication-failed"],
    happens: refuses("authentication", "responder"),
  },
  {
    name: "answer rejected",
    isOfSetup: true,
    needs: "v2",
    accepts: ["authentication-rejected-by-initiator", "sa-flapping"],
    happens: refuses("response", "initiator"),
  },
  {
    name: "child refused",
    isOfSetup: true,
    needs: "v2",
    accepts: ["child-rejected", "child-ts-unacceptable", "child-no-proposal-chosen"],
    happens: refuses("child", "responder"),
  },
  {
    name: "child rekey refused",
    isOfSetup: true,
    needs: "v2",
    accepts: ["rekey-failed"],
    happens: refuses("child-rekey", "initiator", "responder"),
  },
  {
    name: "ike rekey refused",
    isOfSetup: true,
    needs: "v2",
    accepts: ["rekey-failed"],
    happens: refuses("ike-rekey", "initiator", "responder"),
  },
];
