/**
 * Captures that this laboratory cannot make: other daemons, and ESP of the kernel (IP protocol 50). Made in a User Mode
 * Linux 6.1 of Debian 12 with the topology of this laboratory, its addresses and inner networks; they are kept as they are.
 */
import { answer, type Decided, either, espInARow, exchanges, firstOf, sentTimes } from "../decided.js";
import { both, degraded, failing, healthy, suspected, type Truth } from "../truth.js";

/** A pair of captures with what was done, known from configuration and logs. */
export interface Elsewhere {
  name: string;
  description: string;
  decided?: Decided;
  truth: { initiator?: Truth; responder?: Truth };
}

const oneWay = suspected("ESP", "esp-one-way");
const crossed = suspected("ESP", "esp-asymmetric-spi");
const atAnswer = answer(exchanges.auth);
const gcm = "AES-GCM";
const authentication = failing("IKE_AUTH", "authentication-failed");
const childRejected = failing("IKE_AUTH", "child-rejected");

export const elsewhere: Elsewhere[] = [
  {
    name: "kernel-esp-healthy",
    description: `strongSwan with the kernel's ESP, protocol 50, ${gcm}; two pings pass`,
    truth: both(healthy()),
  },
  {
    name: "kernel-esp-two-children",
    description: "strongSwan with the kernel's ESP; two Child SAs, both carry pings",
    truth: both(healthy()),
  },
  {
    name: "kernel-esp-one-way-application",
    description:
      "strongSwan with the kernel's ESP; one ping is answered, then alice sends 20 log messages of many sizes that nobody answers, while dead peer detection is answered; what comes back in the end is not known",
    truth: both({ ...healthy(), status: "up" }),
  },
  {
    name: "kernel-esp-answers-dropped",
    description:
      "strongSwan with the kernel's ESP; the router drops protocol 50 from bob, IKE passes; 16 pings in vain",
    decided: espInARow(12),
    truth: { initiator: failing("ESP", "esp-blocked") },
  },
  {
    name: "kernel-esp-state-gone",
    description:
      "strongSwan with the kernel's ESP; after three answered pings bob's inbound state is deleted by hand, 16 more in vain (XfrmInNoStates), dead peer detection is answered",
    decided: espInARow(12),
    truth: both(oneWay),
  },
  {
    name: "kernel-esp-states-gone",
    description:
      "strongSwan with the kernel's ESP; after five answered pings both of bob's states are deleted by hand, and alice goes on in an SPI that bob no longer has, 20 more in vain",
    decided: espInARow(12),
    truth: both(oneWay),
  },
  {
    name: "kernel-esp-crossed-pairs",
    description:
      "strongSwan with the kernel's ESP and two Child SAs; bob's policy for the first network is set to the reqid of the second one, so that 80 pings in the first pair are answered in the second (alice: XfrmInTmplMismatch)",
    truth: both(crossed),
  },
  {
    name: "kernel-esp-loss",
    description:
      "strongSwan with the kernel's ESP; after five pings the router loses one packet in five towards bob (netem), 60 pings",
    truth: { initiator: healthy(), responder: degraded(["esp-loss"]) },
  },
  {
    name: "kernel-esp-reordered",
    description:
      "strongSwan with the kernel's ESP; three of ten packets towards bob wait 120 ms (netem), so that they come up to three numbers late; 40 pings",
    truth: { initiator: healthy(), responder: healthy(["esp-reordered"]) },
  },
  {
    name: "kernel-esp-duplicate",
    description:
      "strongSwan with the kernel's ESP; the router doubles three of ten packets towards bob (netem), which refuses the copies as replays; 40 pings",
    truth: { initiator: healthy(), responder: degraded(["esp-duplicate"]) },
  },
  {
    name: "kernel-esp-large-tcp-lost",
    description:
      "strongSwan with the kernel's ESP; the router drops protocol 50 over 1000 bytes from alice, who sends 6 kB over TCP and repeats its segments",
    truth: { initiator: failing("ESP", "esp-large-packets-lost") },
  },
  {
    name: "kernel-mobike-move",
    description:
      "strongSwan with the kernel's ESP; alice's address goes, MOBIKE moves the IKE SA to another one, and ESP follows; pings pass before and after",
    truth: both(healthy()),
  },
  {
    name: "libreswan-healthy",
    description: `Libreswan 4.10 at both ends, ${gcm}, ESP of the kernel; pings pass`,
    truth: both(healthy()),
  },
  {
    name: "libreswan-healthy-ikev1",
    description: "Libreswan 4.10 at both ends, IKEv1 main mode, ESP of the kernel; pings pass",
    truth: both(healthy()),
  },
  {
    name: "libreswan-wrong-psk",
    description: "Libreswan 4.10 at both ends with different pre-shared keys, AES-CBC with SHA-256",
    decided: atAnswer,
    truth: both(authentication),
  },
  {
    name: "libreswan-wrong-psk-ikev1",
    description:
      "Libreswan 4.10 at both ends with different pre-shared keys, main mode; bob cannot decrypt the fifth message, says nothing about it and repeats the fourth",
    decided: sentTimes(3),
    truth: both(failing("MAIN_MODE", "authentication-failed")),
  },
  {
    name: "libreswan-child-ts-refused",
    description: `Libreswan 4.10 at both ends, ${gcm}; bob protects another network: TS_UNACCEPTABLE in IKE_AUTH`,
    decided: atAnswer,
    truth: both(childRejected),
  },
  {
    name: "libreswan-further-subnet-refused",
    description:
      "Libreswan 4.10 at both ends; the first subnet's Child SA comes up, the second one's is refused with TS_UNACCEPTABLE in CREATE_CHILD_SA",
    truth: both(degraded(["rekey-failed"])),
  },
  {
    name: "libreswan-redirected-in-auth",
    description:
      "Libreswan 4.10; the gateway at 198.51.100.20 answers IKE_AUTH with REDIRECT, and the initiator sets the tunnel up with 198.51.101.21, where pings pass; the responder's capture is of the second gateway",
    truth: { initiator: healthy(["redirected"]), responder: healthy() },
  },
  {
    name: "further-child-refused-among-renewals",
    description:
      "strongSwan in namespaces, AES-CCM; the Child SA for IPv4 carries pings and is deleted and made anew every six seconds; one for IPv6 is refused twice with TS_UNACCEPTABLE",
    truth: both(degraded(["rekey-failed"])),
  },
  {
    name: "initiator-rejects-hybrid",
    description:
      "strongSwan in namespaces, IKEv1 main mode with hybrid authentication; the client does not know the authority of the gateway's certificate and deletes the IKE SA instead of an answer to the XAUTH request",
    truth: both(suspected("MAIN_MODE", "authentication-rejected-by-initiator")),
  },
  {
    name: "libreswan-dpd-ikev1",
    description:
      "Libreswan 4.10 at both ends, IKEv1; the router drops all; R-U-THERE has no answer four times, alice deletes and starts over in vain",
    truth: {
      initiator: {
        ...failing("INFORMATIONAL", "dpd-timeout"),
        findings: ["dpd-timeout", "ike-init-unanswered"],
      },
      responder: failing("INFORMATIONAL", "dpd-timeout"),
    },
  },
  {
    name: "openiked-healthy",
    description: "OpenIKED 7.2 at both ends, AES-CBC, ESP of the kernel; pings pass",
    truth: both(healthy()),
  },
  {
    name: "openiked-wrong-psk",
    description: `OpenIKED 7.2 at both ends with different pre-shared keys, ${gcm}`,
    decided: answer(exchanges.auth, 0),
    truth: both(authentication),
  },
  {
    name: "openiked-unparsed",
    description:
      "OpenIKED 7.2 at both ends; bob cannot take alice's ESP proposal (log: failed to parse message) and says nothing, so alice repeats IKE_AUTH",
    decided: sentTimes(2),
    truth: both(failing("IKE_AUTH", "ike-auth-unanswered")),
  },
  {
    name: "openiked-child-refused",
    description:
      "strongSwan starts, OpenIKED 7.2 accepts only another ESP proposal and answers IKE_AUTH with a bare NO_PROPOSAL_CHOSEN, which without keys looks as AUTHENTICATION_FAILED does",
    decided: either(answer(exchanges.auth, 0), firstOf(exchanges.auth)),
    truth: both(authentication),
  },
];
