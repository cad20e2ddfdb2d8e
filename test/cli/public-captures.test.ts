import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect } from "vitest";
import { openCaptures } from "../../src/capture/node/open.js";
import { analyze, CaptureError, renderText, toReport } from "../../src/index.js";
import { itIf } from "../support/require.js";
import { faultsOf } from "../support/schema.js";

const FOLDER = fileURLToPath(new URL("../../../shared/captures/", import.meta.url));
const isThere = existsSync(FOLDER);
const files = isThere
  ? readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((file) =>
      /\.(pcap|pcapng|cap)$/.test(file),
    )
  : [];

/** Outcomes that a person read off the capture. */
const OUTCOMES: readonly { readonly file: string; readonly status: string; readonly code: string | null }[] =
  [
    // Three attempts of an IKE_AUTH in three IP fragments within 2 s, then the capture ends; IKE_SA_INIT was answered.
    { file: "corelight+zeek-spicy-ipsec/ipsec_client.pcap", status: "suspected", code: "ip-fragments-lost" },
    // Seven IKE_SA_INIT, each answered with NO_PROPOSAL_CHOSEN.
    {
      file: "mcr+Openswan/lp06-parentR1notchosen/parker1.pcap",
      status: "failing",
      code: "ike-no-proposal-chosen",
    },
    // The second gateway, after a redirect, refuses the offer.
    { file: "secdev+scapy/ikev2_notify_redirect.pcap", status: "failing", code: "ike-no-proposal-chosen" },
    // The initiator claims NO-PROPOSAL-CHOSEN in clear, then goes on with the same main mode to a working tunnel, which
    // is protected with 3DES and MODP_1024.
    { file: "corelight+zeek-spicy-ipsec/ipsec.cap", status: "healthy", code: null },
    // These work, and chose MODP_1024.
    {
      file: "corelight+zeek-spicy-ipsec/ipsec-ikev1-isakmp-main-mode.pcap",
      status: "up",
      code: null,
    },
    {
      file: "corelight+zeek-spicy-ipsec/ipsec-ikev1-isakmp-aggressive-mode.pcap",
      status: "up",
      code: null,
    },
    { file: "sdaubert+packetgen-plugin-ipsec/ikev2.pcapng", status: "up", code: null },
    // The answer to IKE_AUTH has no room for SA and selectors; CREATE_CHILD_SA brings Child SAs at once.
    { file: "the-tcpdump-group+tcpdump/ikev2four.pcap", status: "degraded", code: "child-rejected" },
    // IKE_SA_INIT and IKE_AUTH answered, the latter with 232 bytes; AES-CBC with SHA2-256, but MODP_1024.
    {
      file: "sdaubert+packetgen-plugin-ipsec/ikev2_cbc_hmac.pcapng",
      status: "up",
      code: null,
    },
    // Six messages of main mode, three of quick mode; MODP_768.
    { file: "the-tcpdump-group+tcpdump/ISAKMP_sa_setup.pcap", status: "up", code: null },
    // Main mode over NAT, quick mode 1 and 2, then the capture ends; 3DES and MD5.
    { file: "the-tcpdump-group+libpcap/isakmp4500.pcap", status: "up", code: null },
    // AH around ESP, five packets each way, sequence numbers 1 to 5.
    { file: "corelight+zeek-spicy-ipsec/IPsec_ESP-AH_tunnel_mode.cap", status: "healthy", code: null },
    // AH around IPComp, both ways.
    { file: "the-tcpdump-group+libpcap/AH-IPcomp-IPv4.pcap", status: "healthy", code: null },
    // OSPFv3 neighbours under AH with one manual SPI, both ways and to multicast.
    { file: "the-tcpdump-group+tcpdump/OSPFv3_with_AH.pcap", status: "healthy", code: null },
    // Eight ESP packets one way under one SPI, no IKE, all at one moment.
    { file: "the-tcpdump-group+tcpdump/02-sunrise-sunset-esp.pcap", status: "nothing-to-judge", code: null },
    // The same in UDP.
    { file: "the-tcpdump-group+tcpdump/espudp1.pcap", status: "nothing-to-judge", code: null },
    // One host sends ESP to many, none answers: a generator, which uses NULL for one of them (SPI 13, echo requests).
    { file: "zeek+zeek/ip6_esp.pcap", status: "nothing-to-judge", code: "esp-null" },
    // An IKE_AUTH response, and a request of the responder a day later; nothing of the initiator.
    {
      file: "mcr+Openswan/lp83-h2h-deleteSA-I3/h2hR2delete.pcap",
      status: "nothing-to-judge",
      code: "capture-one-direction",
    },
  ];

describe("public captures", () => {
  itIf(isThere, "../shared/captures is not there")(
    "are all read: no crash, no hang, a valid report",
    async () => {
      expect(files.length).toBeGreaterThan(100);
      for (const file of files) {
        try {
          const { judgement } = await analyze(await openCaptures([FOLDER + file]));
          expect(faultsOf(toReport(judgement, "0.0.0")), file).toEqual([]);
          expect(renderText(judgement).split("\n")[0], file).toMatch(
            /^(HEALTHY|UP|DEGRADED \(\w+\)|SUSPECTED \(\w+\)|FAILING \(\w+\)|NOTHING TO JUDGE) /,
          );
        } catch (error) {
          expect(error, file).toBeInstanceOf(CaptureError);
        }
      }
    },
  );

  for (const { file, status, code } of OUTCOMES) {
    itIf(isThere, "../shared/captures is not there")(
      `${file} is ${status}${code === null ? "" : `: ${code}`}`,
      async () => {
        const { judgement } = await analyze(await openCaptures([FOLDER + file]));
        const first = judgement.findings.find(({ severity }) => severity !== "info");
        expect(judgement.status).toBe(status);
        expect(first?.code ?? null).toBe(code);
      },
    );
  }
});
