import { columnsOfText, padBehind } from "../bytes/columns.js";
import type { Confidence, Provenance, Status } from "../diagnosis/finding.js";
import { ENGLISH, type Texts } from "../texts/texts.js";
import { wrap } from "./wrap.js";

/** The status that stands in the first line and behind each tunnel, worst first. */
const STATUSES: Readonly<Record<Status, string>> = {
  failing: "a fault stops the tunnel, whatever its cause",
  suspected:
    "what is seen may be a fault that stops the tunnel; what else may explain it, and what would decide, is named",
  degraded: "the tunnel works badly, or a part of it does not work",
  up: "it is set up; nothing in the capture proves that it carries traffic both ways",
  healthy:
    "it is set up, and traffic flows both ways, or liveness checks are answered where nothing asks for traffic",
  "nothing-to-judge": "the capture holds too little, and the line says what is missing",
};

/** How sure a finding is. */
const CONFIDENCES: Readonly<Record<Confidence, string>> = {
  certain: "it is read on the wire",
  likely: "it is deduced, and no serious rival is open",
  possible: "a rival is open, and it is named",
};

/** The source of a finding. */
const PROVENANCES: Readonly<Record<Provenance, string>> = {
  observed: "it is read in the capture, or in a text of a host",
  deduced: "it follows from the protocol, by what was seen",
  inferred: "it is the best explanation of what was seen; its rivals are named",
};

/** Words of one kind as reports write them, each with its meaning. */
interface Kind {
  readonly heading: string;
  readonly meanings: readonly (readonly [word: string, meaning: string])[];
}

const KINDS: readonly Kind[] = [
  {
    heading: "The status of a tunnel, worst first:",
    meanings: Object.entries(STATUSES).map(([status, meaning]) => [
      status.replaceAll("-", " ").toUpperCase(),
      meaning,
    ]),
  },
  { heading: "How sure a finding is:", meanings: Object.entries(CONFIDENCES) },
  { heading: "Where a finding comes from:", meanings: Object.entries(PROVENANCES) },
];

/** Status, confidence and provenance words. */
export const VERDICT_WORDS: readonly string[] = KINDS.flatMap(({ meanings }) =>
  meanings.map(([word]) => word.toLowerCase()),
);

/**
 * What a status means, how sure a finding is, or where it comes from, among the others of its kind; asked in English or in the language of
 * `texts`. Null where it is no such word.
 */
export function explainVerdictWord(asked: string, width = 100, texts: Texts = ENGLISH): string | null {
  const wanted = asked.trim().toLowerCase().replaceAll(/[-_]/g, " ");
  const kind = KINDS.find(({ meanings }) =>
    meanings.some(([word]) => [word, texts.of(word)].some((name) => name.toLowerCase() === wanted)),
  );
  if (kind === undefined) return null;
  const rows = kind.meanings.map(([word, meaning]) => {
    const own = texts.of(word);
    return [own === word ? word : `${word} ${own}`, texts.of(meaning)] as const;
  });
  const longest = Math.max(...rows.map(([label]) => columnsOfText(label)));
  const lines = rows.flatMap(([label, meaning]) =>
    wrap(meaning, width, " ".repeat(longest + 4), `  ${padBehind(label, longest)}  `),
  );
  return `${[texts.of(kind.heading), "", ...lines].join("\n")}\n`;
}
