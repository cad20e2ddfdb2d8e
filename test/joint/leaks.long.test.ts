import { describe, expect } from "vitest";
import { openCaptures } from "../../src/capture/node/open.js";
import { LineSplitter } from "../../src/evidence/lines/splitter.js";
import {
  analyze,
  extractEvidence,
  type KeyRing,
  Opener,
  Redactor,
  renderHtml,
  renderJson,
  renderLadder,
  renderMarkdown,
  renderText,
  selectEvidence,
} from "../../src/index.js";
import { timelineOf } from "../../src/joint/timeline.js";
import { nodeCrypto } from "../../src/opening/node/node-crypto.js";
import { renderRecognised, renderRecognisedJson } from "../../src/report/host/recognised.js";
import { timelineJson, timelineText } from "../../src/report/host/timeline.js";
import { PLAIN } from "../../src/report/presentation.js";
import { hostNear } from "../support/host/beside.js";
import { dumpedSecrets, formsOf, leakIn, PASSWORDS } from "../support/keys/leaks.js";
import { HAVE_SAMPLES, keysOf, NO_SAMPLES, samples, SAMPLES, sampleText } from "../support/keys/samples.js";
import { itIf } from "../support/require.js";

const IS_TEXT = /\.(txt|log|log\.gz|conf)$|syslog$|decryption_table$|esp_sa$/;
const HOLDS_KEYS = /charon\.(ike4|all4)|pluto\.log|xfrm-state|decryption_table|esp_sa/;

/** Every output that takes texts of hosts or keys, by its name. */
async function outputsOf(capture: string, texts: readonly string[], ring: KeyRing) {
  const opener = () => new Opener(ring, nodeCrypto);
  const source = () => openCaptures([`${SAMPLES}${capture}`]);
  const { judgement, hosts } = await analyze(await source(), {
    opener,
    hosts: async (near) => [await hostNear(near ?? 0, ...texts)],
  });
  const entries = timelineOf(
    hosts,
    judgement.tunnels.map(({ tunnel }) => tunnel),
  );
  const evidence: string[] = [];
  for await (const piece of extractEvidence(await source(), selectEvidence(judgement), "test")) {
    evidence.push(Buffer.from(piece).toString("latin1"));
  }
  const files = hosts.flatMap(({ records }) => records.files);
  return new Map<string, string>([
    ["text", renderText(judgement, { colour: false, width: 100 })],
    ["json", [...renderJson(judgement, "0")].join("")],
    ["markdown", renderMarkdown(judgement)],
    ["html", renderHtml(judgement, "0", PLAIN, hosts)],
    ["ladder", renderLadder(judgement, null) ?? ""],
    ["timeline", [...timelineText(entries, hosts, false, PLAIN.clock)].join("")],
    ["timeline json", timelineJson(entries, hosts)],
    ["evidence pcapng", evidence.join("")],
    ["recognised", renderRecognised(files)],
    ["recognised json", renderRecognisedJson(files)],
  ]);
}

function redacted(text: string): string {
  const redactor = new Redactor(new Uint8Array(32).fill(7));
  const splitter = new LineSplitter();
  const lines = [...splitter.push(new TextEncoder().encode(text)), ...splitter.end()];
  return [...lines.flatMap((line) => redactor.line(line)), ...redactor.end()].join("\n");
}

describe("secrets of host texts and keys", () => {
  itIf(HAVE_SAMPLES, NO_SAMPLES)(
    "are in no output of any sample: reports, ladder, timeline, evidence, what was recognised, redacted texts",
    async () => {
      let [looked, secrets] = [0, 0];
      for (const { name, files } of samples()) {
        const named = files.filter((file) => IS_TEXT.test(file)).map((file) => `${name}/${file}`);
        const ring = keysOf(...named.filter((file) => HOLDS_KEYS.test(file)));
        const texts = named.map(sampleText);
        const forms = [...formsOf(ring), ...texts.flatMap(dumpedSecrets)];
        secrets += forms.length;
        const check = (what: string, text: string): void => {
          looked++;
          expect([name, what, leakIn(text, forms)]).toEqual([name, what, null]);
          for (const password of PASSWORDS) {
            expect([name, what, text.includes(password)]).toEqual([name, what, false]);
          }
        };
        const beside = texts.filter((_, index) => !/\.(conf)$|_table$|esp_sa$/.test(named[index] ?? ""));
        const captures = files.filter((file) => /^(alice|bob)\.pcap(ng)?$/.test(file));
        for (const capture of captures) {
          const outputs = await outputsOf(`${name}/${capture}`, beside, ring);
          for (const [what, text] of outputs) check(what, text);
        }
        for (const [index, text] of texts.entries()) check(`redacted ${named[index]}`, redacted(text));
      }
      expect(looked).toBeGreaterThan(1000);
      expect(secrets).toBeGreaterThan(1000);
    },
    300_000,
  );
});
