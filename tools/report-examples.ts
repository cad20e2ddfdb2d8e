import { fileURLToPath } from "node:url";
import { openCaptures } from "../src/capture/node/open.js";
import { analyze, renderText } from "../src/index.js";
import { PLAIN } from "../src/report/presentation.js";
import { textsIn } from "../src/texts/languages.js";
import { LANGUAGES } from "../src/texts/texts.js";

const ROOT = new URL("../", import.meta.url);

/** Captures whose reports are shown in every language: faults of all phases, and a healthy tunnel. */
export const EXAMPLES = [
  "port4500-blocked-nat-initiator",
  "wrong-psk-ikev2-initiator",
  "wrong-psk-ikev1-main-initiator",
  "no-proposal-ikev2-initiator",
  "child-ts-refused-ikev2-initiator",
  "esp-one-way-out-initiator",
  "ip-fragments-dropped-initiator",
  "path-lost-initiator",
  "weak-crypto-initiator",
  "healthy-ikev2-initiator",
] as const;

interface ReportExample {
  /** Its file in docs/examples/. */
  readonly file: string;
  readonly text: string;
}

/** The reports of the examples as text, in every language. */
export async function reportExamples(): Promise<ReportExample[]> {
  const examples: ReportExample[] = [];
  for (const name of EXAMPLES) {
    const { judgement } = await analyze(await openCaptures([path(`pcaps/${name}.pcap`)]));
    const files = judgement.files.map((file) => ({ ...file, file: `${name}.pcap` }));
    for (const language of LANGUAGES) {
      const presentation = { ...PLAIN, texts: textsIn(language) };
      const text = renderText({ ...judgement, files }, { presentation });
      examples.push({ file: path(`docs/examples/${name}.${language}.txt`), text });
    }
  }
  return examples;
}

function path(name: string): string {
  return fileURLToPath(new URL(name, ROOT));
}
