/** Everything that entries of the catalogue send a reader to: what is looked at or set, by its title. */
export const PROCEDURES = {
  status: "Show the IKE SAs and their children",
  log: "Have the side that refuses say why",
  listen: "Does a daemon listen on UDP 500 and 4500?",
  capture: "Capture at this side",
  route: "Which way do packets to the peer take?",
  load: "Load and half-open IKE SAs",
  clock: "Compare the clocks",
  aaa: "Test the AAA server",
  proposals: "Proposals of the IKE SA",
  child: "Proposals and selectors of the Child SA",
  version: "IKE version and mode",
  extensions: "Switch extensions off for one peer",
  ppk: "Post-quantum pre-shared key",
  credentials: "Identities, keys and certificates",
  login: "EAP and XAUTH",
  uniqueness: "One identity, several clients",
  firewall: "Let IKE, NAT-T and ESP through",
  fragmentation: "IKE fragmentation",
  mss: "Sizes in the tunnel",
  natTraversal: "NAT traversal, and UDP encapsulation by force",
  keepalive: "Keep the translator's mapping alive",
  mobike: "MOBIKE",
  tcp: "IKE over TCP",
  restart: "End the SA and set it up anew",
  deadPeer: "Dead peer detection",
  lifetimes: "Lifetimes, rekeying and re-authentication",
  start: "Which side begins",
  halfOpen: "Limits of half-open IKE SAs, and cookies",
  replayWindow: "The anti-replay window",
  trap: "Nothing leaves in clear",
} as const;

export type ProcedureName = keyof typeof PROCEDURES;

/** Their names, in the order in which they are shown. */
export const PROCEDURE_NAMES = Object.keys(PROCEDURES) as readonly ProcedureName[];
