import type { Finding } from "../../src/diagnosis/finding.js";
import type { JudgedTunnel, Judgement } from "../../src/index.js";
import { ikeMessage } from "./ike/message.js";
import { COMMON_PHASE1, keV1, nonceV1, saV1, vendorIdV1 } from "./ike/payloads-v1.js";
import { captureFile } from "./scenario/capture-file.js";
import { type Message, scenario } from "./scenario/index.js";
import type { Scenario } from "./scenario/scenario.js";

/** Texts that an attacker may put into a vendor ID, an identity or a file name to reach the reader of the report. */
export const HOSTILE: readonly string[] = [
  `<img src=x onerror="document.title='owned'">`,
  `</script><script>document.title='owned'</script>`,
  "<!--<script>",
  "[click](javascript:document.title='owned')",
  "![x](http://203.0.113.66/pixel)",
  "http://203.0.113.66/ www.example.org user@example.org @org/team #1",
  "a|b`c``d*e*_f_~g~",
  "{html}<b>bold</b>{html} $x$",
  "\u001b[31mred\u0007 \u009b2J",
  "\u202eevil\u202c \u2066x\u2069 \ufeff",
  "line\r\n# heading\n- list\n\n    code",
  "&lt;b&gt; &amp; &#x3c;",
  `" onmouseover="x" style="color:red`,
];

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 0xff);

/** IKEv1 aggressive mode, repeated without answer, with these texts as identity and vendor IDs. */
function hostileMessage(): Message {
  const [first = "", ...others] = HOSTILE;
  return {
    opens: true,
    encode: ({ sa }) =>
      ikeMessage({
        version: 1,
        exchange: 4,
        initiatorSpi: sa.initiatorSpi,
        payloads: [
          saV1([COMMON_PHASE1]),
          keV1(new Uint8Array(256).fill(7)),
          nonceV1(new Uint8Array(20).fill(9)),
          // ID_KEY_ID, which most devices show as the name of a group.
          { type: 5, body: Uint8Array.from([11, 0, 0, 0, ...latin1(first)]) },
          ...others.map((text) => vendorIdV1(latin1(text))),
        ],
      }),
  };
}

/** A capture that says such texts in every message of it. */
export function hostileCapture(): Uint8Array {
  return captureFile(hostileTalk());
}

function hostileTalk(): Scenario {
  const talk = scenario({ near: "initiator" });
  talk.at(0, 4, 11.2, 24.2).initiator.sends(hostileMessage());
  talk.endsAt(60);
  return talk;
}

/** A judgement in which everything that can come from a packet or a file name holds such texts. */
export function hostileJudgement(): Judgement {
  const judgement = hostileTalk().judge();
  const text = HOSTILE.join(" ");
  const hostileFinding = (finding: Finding): Finding => ({
    ...finding,
    headline: text,
    summary: text,
    evidence: finding.evidence.map((item) => ({ ...item, text })),
    rivals: [{ code: "ike-malformed", separatedBy: text }],
  });
  const hostileTunnel = (judged: JudgedTunnel): JudgedTunnel => ({
    ...judged,
    get setups() {
      return judged.setups;
    },
    vantage: { ...judged.vantage, reason: text },
    implementations: [{ name: text, by: "vendor-id", confidence: "likely" }, null],
    comparison: { workedFrame: 1, failedFrame: 2, changes: [{ what: text, worked: text, failed: text }] },
    findings: judged.findings.map(hostileFinding),
  });
  return {
    ...judgement,
    headline: text,
    shared: [...HOSTILE],
    files: judgement.files.map((file) => ({
      ...file,
      file: `${text}.pcap`,
      notes: HOSTILE.map((note) => ({ kind: "note", text: note })),
    })),
    causes: judgement.causes.map((cause) => ({
      ...cause,
      finding: hostileFinding(cause.finding),
      shared: cause.shared.map((property) => ({ ...property, text })),
    })),
    tunnels: judgement.tunnels.map(hostileTunnel),
    findings: judgement.findings.map(hostileFinding),
  };
}

/** Characters that steer a terminal, hide text or turn its direction; the end of a line is not one of them. */
export const STEERING = /(?!\n)[\p{Cc}\p{Bidi_Control}\u200b-\u200d\u2028\u2029\ufeff]/u;
