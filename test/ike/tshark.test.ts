import { join } from "node:path";
import { describe, expect } from "vitest";
import { toHex } from "../../src/bytes/hex.js";
import { decodeIke, decodePayloads } from "../../src/ike/decode.js";
import type { IkeMessage, Payload } from "../../src/ike/message.js";
import { asTshark } from "../support/ike/as-tshark.js";
import {
  captureFiles,
  CAPTURES,
  HAVE_CAPTURES,
  NO_CAPTURES,
  OWN_CAPTURES,
  readCapture,
  type CapturedPayload,
} from "../support/ike/corpus.js";
import { decryptSk, HAVE_KEYS, keyRows, NO_KEYS } from "../support/ike/decrypt.js";
import { encodePayloads } from "../support/ike/message.js";
import {
  FIELD_NAMES,
  HAVE_TSHARK,
  NO_TSHARK,
  TSHARK_VERSION,
  tsharkMessages,
  type TsharkMessage,
} from "../support/ike/tshark.js";
import { itIf } from "../support/require.js";

const ZEEK = "corelight+zeek-spicy-ipsec";
const TCPDUMP = "the-tcpdump-group+tcpdump";

/** Why a message is read differently, and the sentence that decides which reading is right. */
interface Difference {
  readonly reason: string;
  readonly decides: string;
}

const PAYLOAD_LENGTH =
  'RFC 7296 3.2, RFC 2408 3.2: Payload Length is the "length in octets of the current payload, including the generic payload header"';
const HEADER_LENGTH =
  'RFC 7296 3.1, RFC 2408 3.1: Length is the "length of the total message (header + payloads) in octets"';
const FIRST_FRAGMENT: Difference = {
  reason: "the first IP fragment alone, whose UDP length tshark takes for what is there",
  decides: 'RFC 791 3.2: a datagram with "more fragments" set is reassembled before it is passed on',
};

/** Messages that tshark and ikescope read differently: "file frame", or the file for all of its frames. */
const DIFFERING: ReadonlyMap<string, Difference> = new Map([
  [
    `${ZEEK}/ipsec-ikev1-payload-bad-length.pcap`,
    { reason: "tshark goes on behind a payload of length 3", decides: PAYLOAD_LENGTH },
  ],
  [
    `${ZEEK}/ipsec-ikev1-zero-length.pcap`,
    { reason: "tshark takes a message of length 0 for another protocol", decides: HEADER_LENGTH },
  ],
  [
    `${TCPDUMP}/ISAKMP_sa_setup.pcap`,
    {
      reason: "tshark takes NAT-D, payload 15, for SAK of GDOI: malformed",
      decides: "draft-ietf-ipsec-nat-t-ike-07 3.2 gives NAT-D the number 15; GDOI (RFC 6407 2) has port 848",
    },
  ],
  [
    `${TCPDUMP}/ikev2pI2-segfault.pcapng`,
    {
      reason: "of a broken SA payload tshark lists what it read, we keep the bytes and the fault",
      decides:
        'RFC 7296 3.3.1: Proposal Length is the "length of this proposal, including all transforms and attributes that follow"',
    },
  ],
  [
    `${TCPDUMP}/isakmp-pointer-loop.pcap`,
    { reason: "a length of 2560 in 30 bytes: no IKE to tshark, broken IKE to us", decides: HEADER_LENGTH },
  ],
  [
    `${TCPDUMP}/isakmp-delete-segfault.pcap`,
    {
      reason: "noise on port 500 with version 11, which tshark reads as IKE",
      decides:
        'RFC 7296 2.5: "If an endpoint receives a message with a higher major version number, it MUST drop the message"',
    },
  ],
  [
    `${TCPDUMP}/ikev2-id-normal.pcap`,
    {
      reason: "an IPv4 address of one byte, which tshark reads with what is behind the payload",
      decides: PAYLOAD_LENGTH,
    },
  ],
  [
    `${TCPDUMP}/ikev2-id-short.pcap`,
    {
      reason: "an ID payload of one byte, which tshark reads with what is behind it",
      decides: PAYLOAD_LENGTH,
    },
  ],
  [
    `${TCPDUMP}/isakmp-identification-segfault.pcap`,
    {
      reason: "a name of zero bytes: tshark stops at the first, we keep them",
      decides:
        'RFC 2407 4.6.2.3, of ID_FQDN: "The string should not contain any terminators", so none ends it',
    },
  ],
  ...[
    "ikev1_id_ipv6_addr_subnet-oobr.pcap",
    "isakmp-ikev1_n_print-oobr.pcap",
    "isakmp-various-oobr.pcap",
    "isakmpv1-attr-oobr.pcap",
  ].map((name): [string, Difference] => [`${TCPDUMP}/${name}`, FIRST_FRAGMENT]),
]);

interface Comparison {
  readonly compared: number;
  readonly differences: readonly string[];
}

/** Compares message by message; `where` names a frame for people and for the list above. */
function compare(
  messages: ReadonlyMap<number, CapturedPayload>,
  theirs: readonly TsharkMessage[],
  where: (frame: number) => string,
  decrypt: (message: IkeMessage, bytes: Uint8Array) => readonly Payload[] = () => [],
): Comparison {
  const ours = new Map(messages);
  const differences: string[] = [];
  let compared = 0;
  const isListed = (frame: number): boolean =>
    DIFFERING.has(where(frame)) || DIFFERING.has(where(frame).replace(/ \d+$/, ""));
  for (const { frame, fields, malformed } of theirs) {
    const message = ours.get(frame);
    ours.delete(frame);
    if (isListed(frame)) continue;
    const result = message === undefined ? null : decodeIke(message.bytes);
    if (result?.ok !== true) {
      differences.push(`${where(frame)}: not read as IKE`);
      continue;
    }
    compared++;
    const actual = asTshark(result.message, decrypt(result.message, message?.bytes ?? new Uint8Array(0)));
    for (const name of FIELD_NAMES) {
      // In the frame of an IKEv1 message's last fragment tshark goes on with the whole message.
      const isFragment = result.message.payloads[0]?.kind === "fragmentV1";
      const seen = isFragment ? fields[name]?.slice(0, actual[name]?.length) : fields[name];
      const [us, them] = [JSON.stringify(actual[name]), JSON.stringify(seen)];
      if (us === them) continue;
      const note = malformed ? " (malformed to tshark)" : "";
      differences.push(`${where(frame)}${note}: ${name}\n  ours   ${us}\n  theirs ${them}`);
    }
  }
  for (const [frame, { bytes }] of ours) {
    // Of a header that the snap length cut, neither reads anything.
    if (!isListed(frame) && decodeIke(bytes).ok)
      differences.push(`${where(frame)}: IKE to us, not to tshark`);
  }
  return { compared, differences };
}

/** All captures of a folder as one, since each small file would take tshark its start. */
async function compareAll(folder: string, files: readonly string[]): Promise<Comparison> {
  const ours = new Map<number, CapturedPayload>();
  const names: string[] = [];
  for (const file of files) {
    const { payloads, frames } = await readCapture(file, folder);
    for (const payload of payloads) ours.set(names.length + payload.frame, payload);
    for (let frame = 1; frame <= frames; frame++) names.push(`${file} ${frame}`);
  }
  const theirs = await tsharkMessages(files.map((file) => join(folder, file)));
  return compare(ours, theirs, (frame) => names[frame - 1] ?? `frame ${frame} of all`);
}

describe(`differential against tshark ${TSHARK_VERSION}`, () => {
  itIf(HAVE_TSHARK, NO_TSHARK)(
    "every IKE message of the laboratory's captures",
    async () => {
      // mergecap stops at a file that ends within a record.
      const files = captureFiles(OWN_CAPTURES).filter((file) => !file.includes("cut-short"));
      const { compared, differences } = await compareAll(OWN_CAPTURES, files);
      expect(differences).toEqual([]);
      expect(compared).toBeGreaterThan(800);
    },
    120_000,
  );

  itIf(HAVE_TSHARK && HAVE_CAPTURES, HAVE_TSHARK ? NO_CAPTURES : NO_TSHARK)(
    "every IKE message of the public captures",
    async () => {
      const { compared, differences } = await compareAll(CAPTURES, captureFiles());
      expect(differences).toEqual([]);
      expect(compared).toBeGreaterThan(140);
    },
    120_000,
  );

  itIf(HAVE_TSHARK && HAVE_KEYS, HAVE_TSHARK ? NO_KEYS : NO_TSHARK)(
    "what is inside of IKEv2 messages whose keys are known",
    async () => {
      const rows = keyRows();
      const inside = (message: IkeMessage, bytes: Uint8Array): readonly Payload[] => {
        const plaintext = decryptSk(message, bytes, rows);
        if (plaintext === null) return [];
        const { payloads, problem } = decodePayloads(2, plaintext.firstType, plaintext.bytes);
        expect(problem).toBeNull();
        expect(toHex(encodePayloads(payloads, 2))).toBe(toHex(plaintext.bytes));
        return payloads;
      };
      const ours = new Map<number, CapturedPayload>();
      const names: string[] = [];
      const files: string[] = [];
      const kinds = new Set<string>();
      for (const file of captureFiles().filter((name) => /Openswan|ikev2pI2\.pcap$/.test(name))) {
        const { payloads, frames } = await readCapture(file);
        const decrypted = payloads.filter(({ bytes }) => {
          const result = decodeIke(bytes);
          const found = result.ok ? inside(result.message, bytes) : [];
          for (const { kind } of found) kinds.add(kind);
          return found.length > 0;
        });
        if (decrypted.length === 0) continue;
        files.push(join(CAPTURES, file));
        for (const payload of payloads) ours.set(names.length + payload.frame, payload);
        for (let frame = 1; frame <= frames; frame++) names.push(`${file} ${frame}`);
      }
      const theirs = await tsharkMessages(
        files,
        rows.map(({ line }) => line),
      );
      const { compared, differences } = compare(ours, theirs, (frame) => names[frame - 1] ?? "", inside);
      expect(differences).toEqual([]);
      expect(compared).toBeGreaterThan(15);
      expect([...kinds].toSorted()).toEqual([
        "authentication",
        "certificate",
        "delete",
        "identification",
        "ke",
        "nonce",
        "notify",
        "sa",
        "trafficSelectors",
      ]);
    },
    120_000,
  );
});
