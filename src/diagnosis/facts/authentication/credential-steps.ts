import type { Message } from "../../../texts/message.js";
import type { Setup } from "../../context.js";
import type { Credentials } from "./credentials.js";

const [IDENTITIES, KEY, CERTIFICATES, LOG] = [
  "Compare identities first, type and value: what the initiator sends as its ID must be what the responder expects, and the reverse.",
  "Then the pre-shared key: the same on both sides, without stray blanks, and selected by the right addresses or identities.",
  "With certificates: the chain, the CA at the side that refuses, validity, and subjectAltName against the ID.",
  "The log of the side that refused names the reason; the wire does not show it.",
] as const;
export const ALL_STEPS = [IDENTITIES, KEY, CERTIFICATES, LOG] as const;
const XAUTH_STEP =
  "Then the authentication method: does the responder require a login by XAUTH? The initiator offers none.";
const THEN_IDENTITIES =
  "Then identities, type and value: what the initiator sends as its ID must be what the responder expects, and the reverse.";
const KEY_FIRST =
  "Compare the pre-shared key: the same on both sides, without stray blanks, and selected by the right addresses or identities.";
const CERTIFICATES_FIRST =
  "Compare certificates: the chain, the CA at the side that refuses, validity, and subjectAltName against the ID.";
const VALIDITY_FIRST =
  "Check the validity of the certificates at both sides, with those of their CAs, and the clocks of both hosts.";

/** The steps in the order in which they are likely to help. */
export function stepsFor(credentials: Credentials, accepted: Setup | undefined): readonly Message[] {
  switch (credentials) {
    case "psk":
      return [KEY_FIRST, THEN_IDENTITIES, LOG];
    case "certificates":
      return [...(accepted === undefined ? [] : [VALIDITY_FIRST]), CERTIFICATES_FIRST, THEN_IDENTITIES, LOG];
    case "unknown":
      return ALL_STEPS;
  }
}

/** The steps of a phase 1 of IKEv1 that the responder refused. charon takes no key and no certificate alone where it requires XAUTH. */
export function stepsForV1(credentials: Credentials, accepted: Setup | undefined, setup: Setup): Message[] {
  const steps = [...stepsFor(credentials, accepted)];
  const method = setup.progress.suite?.authMethod?.name;
  if (method !== undefined && !method.startsWith("XAUTH")) steps.splice(-1, 0, XAUTH_STEP);
  return steps;
}

/** "PSK or ID": what may not fit. */
export const MAY_DIFFER = {
  psk: "PSK or ID",
  certificates: "certificate or ID",
  unknown: "ID, PSK or certificate",
} as const;
