import type { TsharkField } from "./tshark.js";

/** A field of tshark, or "message": whether there is an IKE message at all. */
export type Compared = TsharkField | "message";

/** A field that is read differently in some frames of a file, and the sentence that decides which reading is right. */
interface Difference {
  readonly file: string;
  readonly frames: readonly number[];
  readonly of: readonly Compared[];
  readonly reason: string;
  readonly decides: string;
}

const ZEEK = "corelight+zeek-spicy-ipsec";
const TCPDUMP = "the-tcpdump-group+tcpdump";

const PAYLOAD_LENGTH =
  'RFC 7296 3.2, RFC 2408 3.2: Payload Length is the "length in octets of the current payload, including the generic payload header"';
const HEADER_LENGTH =
  'RFC 7296 3.1, RFC 2408 3.1: Length is the "length of the total message (header + payloads) in octets"';
const BROKEN_FRAGMENT = {
  of: ["message"],
  reason:
    "a first IP fragment with more to follow, of a length that is no multiple of 8: tshark reads it by itself, to us it can be put to no datagram",
  decides:
    'RFC 791 3.2: "If an internet datagram is fragmented, its data portion must be broken on 8 octet boundaries"',
} as const satisfies Partial<Difference>;

const DIFFERENCES: readonly Difference[] = [
  {
    file: `${ZEEK}/ipsec-ikev1-payload-bad-length.pcap`,
    frames: [1],
    of: ["isakmp.typepayload"],
    reason: "tshark goes on behind a payload of length 3",
    decides: PAYLOAD_LENGTH,
  },
  {
    file: `${ZEEK}/ipsec-ikev1-zero-length.pcap`,
    frames: [1],
    of: ["message"],
    reason: "the header declares length 0: no IKE to tshark, broken IKE to us",
    decides: HEADER_LENGTH,
  },
  {
    file: `${TCPDUMP}/isakmp-pointer-loop.pcap`,
    frames: [1],
    of: ["message"],
    reason: "the header declares length 0: no IKE to tshark, broken IKE to us",
    decides: HEADER_LENGTH,
  },
  {
    file: `${TCPDUMP}/ISAKMP_sa_setup.pcap`,
    frames: [3, 4],
    of: ["isakmp.typepayload", "isakmp.ike.nat_hash"],
    reason: "tshark takes NAT-D, payload 15, for SAK of GDOI, and stops at the first as malformed",
    decides: "draft-ietf-ipsec-nat-t-ike-07 3.2 gives NAT-D the number 15; GDOI (RFC 6407 2) has port 848",
  },
  {
    file: `${TCPDUMP}/ikev2pI2-segfault.pcapng`,
    frames: [1],
    of: [
      "isakmp.prop.number",
      "isakmp.prop.protoid",
      "isakmp.prop.transforms",
      "isakmp.tf.type",
      "isakmp.tf.id.encr",
      "isakmp.tf.id.prf",
      "isakmp.tf.id.integ",
    ],
    reason: "of a broken SA payload tshark lists what it read, we keep the bytes and the fault",
    decides:
      'RFC 7296 3.3.1: Proposal Length is the "length of this proposal, including all transforms and attributes that follow"',
  },
  {
    file: `${TCPDUMP}/isakmp-delete-segfault.pcap`,
    frames: [1],
    of: ["message"],
    reason: "noise on port 500 with major version 11 and a length of 1 GB, which tshark reads as IKE",
    decides:
      'RFC 7296 2.5: "If an endpoint receives a message with a higher major version number, it MUST drop the message"',
  },
  {
    file: `${TCPDUMP}/ikev2-id-normal.pcap`,
    frames: [1],
    of: ["isakmp.id.data.ipv4_addr"],
    reason: "an IPv4 address of one byte, which tshark reads with what is behind the payload",
    decides: PAYLOAD_LENGTH,
  },
  {
    file: `${TCPDUMP}/ikev2-id-short.pcap`,
    frames: [1],
    of: ["isakmp.id.type", "isakmp.id.data.ipv4_addr"],
    reason: "an ID payload of one byte, which tshark reads with what is behind it",
    decides: PAYLOAD_LENGTH,
  },
  {
    file: `${TCPDUMP}/isakmp-identification-segfault.pcap`,
    frames: [1],
    of: ["isakmp.id.data.fqdn"],
    reason: "a name of zero bytes: tshark stops at the first, we keep them",
    decides: 'RFC 2407 4.6.2.3, of ID_FQDN: "The string should not contain any terminators", so none ends it',
  },
  { file: `${TCPDUMP}/ikev1_id_ipv6_addr_subnet-oobr.pcap`, frames: [1], ...BROKEN_FRAGMENT },
  { file: `${TCPDUMP}/isakmp-ikev1_n_print-oobr.pcap`, frames: [1, 3], ...BROKEN_FRAGMENT },
  { file: `${TCPDUMP}/isakmp-various-oobr.pcap`, frames: [1], ...BROKEN_FRAGMENT },
  { file: `${TCPDUMP}/isakmpv1-attr-oobr.pcap`, frames: [1], ...BROKEN_FRAGMENT },
];

const keyOf = (file: string, frame: number, what: Compared): string => `${file} ${frame}: ${what}`;

/** The list of what may differ, which knows what of it was met. */
export class KnownDifferences {
  readonly #unmet = new Set(
    DIFFERENCES.flatMap(({ file, frames, of }) =>
      frames.flatMap((frame) => of.map((what) => keyOf(file, frame, what))),
    ),
  );
  readonly #all = new Set(this.#unmet);

  /** Whether the difference is in the list. */
  excuse(file: string, frame: number, what: Compared): boolean {
    this.#unmet.delete(keyOf(file, frame, what));
    return this.#all.has(keyOf(file, frame, what));
  }

  /** Differences in the list that did not occur. */
  get unmet(): readonly string[] {
    return [...this.#unmet];
  }
}
