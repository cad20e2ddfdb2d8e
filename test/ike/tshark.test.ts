import { join } from "node:path";
import { describe, expect } from "vitest";
import { decodeIke } from "../../src/ike/decode.js";
import type { IkeMessage, Transform } from "../../src/ike/message.js";
import { captureFiles, CAPTURES, HAVE_CAPTURES, NO_CAPTURES, readMessages } from "../support/ike/corpus.js";
import { HAVE_TSHARK, NO_TSHARK, tsharkMessages, type TsharkMessage } from "../support/ike/tshark.js";
import { itIf } from "../support/require.js";

const ZEEK = "corelight+zeek-spicy-ipsec";
const TCPDUMP = "the-tcpdump-group+tcpdump";

/** Messages that tshark and ikescope read differently, and why. "file frame", or the file for all of its frames. */
const DIFFERING: ReadonlyMap<string, string> = new Map([
  [`${ZEEK}/ipsec-ikev1-payload-bad-length.pcap`, "tshark goes on behind a payload of length 3"],
  [`${ZEEK}/ipsec-ikev1-zero-length.pcap`, "tshark takes a header.length of 0 for another protocol"],
  [
    `${TCPDUMP}/ISAKMP_sa_setup.pcap`,
    "tshark takes NAT-D of draft 07, payload 15, for SAK of GDOI: malformed",
  ],
  [`${TCPDUMP}/ikev2pI2-segfault.pcapng`, "a broken SA payload, of which tshark lists what it read"],
  [
    `${TCPDUMP}/isakmp-pointer-loop.pcap`,
    "header.length of 2560 in 30 bytes: no IKE to tshark, broken IKE to us",
  ],
  [`${TCPDUMP}/isakmp-delete-segfault.pcap`, "noise on port 500 with version 11, which tshark reads as IKE"],
  ...[
    "ikev1_id_ipv6_addr_subnet-oobr.pcap",
    "isakmp-ikev1_n_print-oobr.pcap",
    "isakmp-various-oobr.pcap",
    "isakmpv1-attr-oobr.pcap",
  ].map((name): [string, string] => [
    `${TCPDUMP}/${name}`,
    "the first IP fragment alone, which tshark reads as a whole datagram",
  ]),
]);

/** What ikescope reads of a message, in the form of tshark's fields. */
function asTshark(frame: number, message: IkeMessage): Omit<TsharkMessage, "malformed"> {
  const { header, payloads } = message;
  const isV2 = header.majorVersion === 2;
  const transforms = payloads.flatMap((payload) =>
    payload.kind === "sa"
      ? payload.proposals.flatMap((proposal): readonly Transform[] => proposal.transforms)
      : [],
  );
  const idsOf = (wanted: number): number[] =>
    transforms.filter(({ type }) => isV2 && type === wanted).map(({ id }) => id);
  return {
    frame,
    exchange: header.exchangeType,
    messageId: header.messageId,
    // tshark names no payload in the ciphertext of IKEv1.
    payloads: payloads.filter(({ kind }) => isV2 || kind !== "encrypted").map(({ type }) => type),
    notifies: payloads.flatMap((payload) => (payload.kind === "notify" ? [payload.notifyType] : [])),
    transformTypes: isV2 ? transforms.map(({ type }) => type) : [],
    transformIds: { 1: idsOf(1), 2: idsOf(2), 3: idsOf(3), 4: idsOf(4), 5: idsOf(5) },
    transformIdsV1: isV2 ? [] : transforms.map(({ id }) => id),
    groups: payloads.flatMap((payload) =>
      payload.kind === "ke" && payload.group !== null ? [payload.group] : [],
    ),
  };
}

async function compare(file: string): Promise<{ compared: number; differences: string[] }> {
  const ours = new Map((await readMessages(file)).map(({ frame, bytes }) => [frame, decodeIke(bytes)]));
  const theirs = await tsharkMessages(join(CAPTURES, file));
  const differences: string[] = [];
  let compared = 0;
  for (const { malformed, ...expected } of theirs) {
    const { frame } = expected;
    const result = ours.get(frame);
    ours.delete(frame);
    if (DIFFERING.has(file) || DIFFERING.has(`${file} ${frame}`)) continue;
    if (result?.ok !== true) {
      differences.push(`${file} ${frame}: not read as IKE`);
      continue;
    }
    compared++;
    const actual = asTshark(frame, result.message);
    if (JSON.stringify(actual) === JSON.stringify(expected)) continue;
    differences.push(
      `${file} ${frame}${malformed ? " (malformed to tshark)" : ""}:\n  ours   ${JSON.stringify(actual)}\n  theirs ${JSON.stringify(expected)}`,
    );
  }
  for (const frame of ours.keys()) {
    if (DIFFERING.has(file) || DIFFERING.has(`${file} ${frame}`)) continue;
    differences.push(`${file} ${frame}: IKE to us, not to tshark`);
  }
  return { compared, differences };
}

describe("differential against tshark", () => {
  itIf(HAVE_TSHARK && HAVE_CAPTURES, HAVE_TSHARK ? NO_CAPTURES : NO_TSHARK)(
    "every IKE message of the public captures",
    async () => {
      const waiting = captureFiles();
      const differences: string[] = [];
      let compared = 0;
      const worker = async (): Promise<void> => {
        for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
          const result = await compare(file);
          compared += result.compared;
          differences.push(...result.differences);
        }
      };
      await Promise.all([worker(), worker()]);
      expect(differences.toSorted()).toEqual([]);
      expect(compared).toBeGreaterThan(140);
    },
    240_000,
  );
});
