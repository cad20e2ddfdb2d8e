import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openCaptures } from "../../src/capture/node/open.js";
import { analyze, type Judgement } from "../../src/index.js";

/** Captures of real daemons that no rule was written for, with what is accepted of each end; beside the repository, if at all. */
const EXAM = new URL("../../../shared/exam-open/", import.meta.url);

/** Places where an event was captured. */
const ENDS = ["alice", "bob", "rtr"] as const;
type End = (typeof ENDS)[number];

/** What is right to say of a capture. */
interface Wanted {
  /** Codes of which one has to be told first. */
  readonly accept?: readonly string[];
  /** The least severity that counts, critical where not given; "any" is warning. */
  readonly sev?: "any" | "warning" | "info";
  /** Codes that have to be among the others. */
  readonly also?: readonly string[];
  readonly healthy?: boolean;
  /** Codes above info that a healthy capture may have. */
  readonly allow?: readonly string[];
}

type Case = Partial<Record<End | "both", Wanted>>;

export interface Examined {
  readonly name: string;
  readonly isFault: boolean;
  readonly isRight: boolean;
  readonly isCalledHealthy: boolean;
  readonly said: string;
}

export function isExamThere(): boolean {
  return existsSync(new URL("truth.json", EXAM));
}

/** Judges all captures of the exam. Throws where its truth cannot be read. */
export async function examine(folder: URL = EXAM): Promise<Examined[]> {
  const truth = JSON.parse(readFileSync(new URL("truth.json", folder), "utf8")) as Record<string, Case>;
  const examined: Examined[] = [];
  for (const [name, wanted] of Object.entries(truth)) {
    for (const end of ENDS) {
      const file = new URL(`captures/${name}.${end}.pcap`, folder);
      const want = wantedAt(wanted, end);
      if (want === null || !existsSync(file)) continue;
      const open = () => openCaptures([fileURLToPath(file)]);
      const { judgement } = await analyze(await open(), { reopen: open });
      examined.push(compare(`${name}.${end}`, want, judgement));
    }
  }
  return examined;
}

function wantedAt(wanted: Case, end: End): Wanted | null {
  const want = end === "rtr" ? (wanted.rtr ?? {}) : { ...wanted.both, ...wanted[end] };
  return want.accept === undefined && want.healthy !== true ? null : want;
}

function compare(name: string, want: Wanted, { status, findings }: Judgement): Examined {
  const { accept = [], sev, also = [], allow = [] } = want;
  const isFault = want.healthy !== true;
  const all = findings.map(({ code }): string => code);
  const told = findings.filter(({ severity }) =>
    sev === undefined ? severity === "critical" : sev === "info" || severity !== "info",
  );
  const codes = told.map(({ code }): string => code);
  const isTold =
    sev === undefined ? accept.includes(codes[0] ?? "") : codes.some((code) => accept.includes(code));
  const noise = findings.filter(({ severity, code }) => severity !== "info" && !allow.includes(code));
  const hasAlso = also.every((code) => all.includes(code));
  return {
    name,
    isFault,
    isRight: hasAlso && (isFault ? isTold : noise.length === 0),
    isCalledHealthy: isFault && status === "healthy",
    said: `${status}: ${findings.map(({ code, confidence }) => `${code} ${confidence}`).join(", ")}`,
  };
}
