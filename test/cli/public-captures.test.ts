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
    // Three tries of an IKE_AUTH in three IP fragments, no answer; IKE_SA_INIT was answered.
    { file: "corelight+zeek-spicy-ipsec/ipsec_client.pcap", status: "failing", code: "ip-fragments-lost" },
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
    { file: "corelight+zeek-spicy-ipsec/ipsec.cap", status: "degraded", code: "weak-crypto" },
    // These work, and chose MODP_1024.
    {
      file: "corelight+zeek-spicy-ipsec/ipsec-ikev1-isakmp-main-mode.pcap",
      status: "degraded",
      code: "weak-crypto",
    },
    {
      file: "corelight+zeek-spicy-ipsec/ipsec-ikev1-isakmp-aggressive-mode.pcap",
      status: "degraded",
      code: "weak-crypto",
    },
    { file: "sdaubert+packetgen-plugin-ipsec/ikev2.pcapng", status: "healthy", code: null },
    // Works, with SHA1 as integrity and MODP_1024.
    { file: "the-tcpdump-group+tcpdump/ikev2four.pcap", status: "degraded", code: "weak-crypto" },
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
            /^(HEALTHY|DEGRADED|FAILING|NOTHING TO JUDGE) /,
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
