/** One request of the EAP server and the client's answer: bytes of the EAP payloads (RFC 7296 section 3.16). */
interface EapRound {
  readonly asks: number;
  readonly answers: number;
  /** The user is asked, and takes a while. */
  readonly isOfUser?: true;
}

/** How a client logs in with EAP (RFC 7296 section 2.16). */
export interface Eap {
  readonly rounds: readonly EapRound[];
  /** The client keeps the NAT mapping while the user is asked. */
  readonly keepsMapping: boolean;
}

const IDENTITY: EapRound = { asks: 9, answers: 22 };

export const EAP_METHODS: readonly (readonly EapRound[])[] = [
  // MSCHAPv2: challenge and response, success request and its acknowledgement.
  [IDENTITY, { asks: 47, answers: 76, isOfUser: true }, { asks: 59, answers: 10 }],
  // The method begins without an identity request, by the identity of IKE.
  [
    { asks: 47, answers: 76, isOfUser: true },
    { asks: 59, answers: 10 },
  ],
  // Generic token card: a one-time password.
  [IDENTITY, { asks: 24, answers: 15, isOfUser: true }],
  // TLS: both certificate chains in parts.
  [
    IDENTITY,
    { asks: 10, answers: 180 },
    { asks: 1034, answers: 10 },
    { asks: 1034, answers: 10 },
    { asks: 600, answers: 1034 },
    { asks: 10, answers: 700 },
    { asks: 70, answers: 10 },
  ],
];
