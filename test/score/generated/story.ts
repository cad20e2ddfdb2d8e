import type { Code } from "../../../src/diagnosis/codes.js";
import type { Phase, Status } from "../../../src/diagnosis/finding.js";
import type { VantagePlace } from "../../../src/session/vantage.js";
import type { Recording } from "../../support/scenario/capture-file.js";
import type { Scenario, ScenarioOptions } from "../../support/scenario/index.js";

/** What is true of a story, by the rules of the labels (see Truth). */
interface Outcome {
  readonly status: Status;
  readonly failingPhase: Phase | null;
  readonly findings: readonly Code[];
}

/** A labelled capture that is told, not recorded: for what the laboratory cannot make. */
export interface Story extends Outcome {
  readonly name: string;
  readonly description: string;
  /** Default: between the peers, where a story's sniffer stands unless it says otherwise. */
  readonly vantage?: VantagePlace;
  readonly info?: readonly Code[];
  /** What this looks like and is not. */
  readonly nearMissOf?: readonly Code[];
  readonly options?: ScenarioOptions;
  readonly tell: (talk: Scenario) => void;
  readonly recording?: Recording;
}

/** The tunnel does not work; the first code is the root cause. */
export function failing(phase: Phase, ...findings: readonly Code[]): Outcome {
  return { status: "failing", failingPhase: phase, findings };
}

export function degraded(...findings: readonly Code[]): Outcome {
  return { status: "degraded", failingPhase: null, findings };
}

/** The tunnel is in order; findings are about the recording then. */
export function healthy(...findings: readonly Code[]): Outcome {
  return { status: "healthy", failingPhase: null, findings };
}

/** The tunnel is up, and nothing in the capture proves that it carries traffic both ways. */
export function up(...findings: readonly Code[]): Outcome {
  return { status: "up", failingPhase: null, findings };
}

export function nothingToJudge(...findings: readonly Code[]): Outcome {
  return { status: "nothing-to-judge", failingPhase: null, findings };
}
