import { printable } from "../../bytes/text.js";
import type { Analysis } from "../../index.js";
import { CaptureError } from "../../capture/source.js";
import type { FromWorker, Question, ToWorker } from "../protocol.js";
import { answerTo } from "./answers.js";
import { Refusal } from "./refusal.js";
import { resultOf } from "./result.js";
import { Session } from "./session.js";

/** The worker's side: one judging, and what the page asks about it. */

/** The global object of a worker; the types of windows describe another one. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker): void;
}

const scope = globalThis as unknown as WorkerScope;
let session: Session | null = null;
let analysis: Analysis | null = null;

scope.onmessage = ({ data }) => {
  switch (data.kind) {
    case "judge":
      void judge(new Session(data.files, data.look, (progress) => tell({ kind: "progress", progress })));
      return;
    case "stop":
      session?.stop();
      return;
    case "ask":
      void reply(data.ticket, data.question);
      return;
  }
};

function tell(message: FromWorker): void {
  scope.postMessage(message);
}

async function judge(next: Session): Promise<void> {
  session = next;
  try {
    analysis = await next.judge();
    const { error, judgement } = analysis;
    if (error !== null && judgement.observations.packets === 0 && analysis.hosts.length === 0) {
      tell({ kind: "refused", reason: printable(error.message), lacksCapture: false });
    } else tell({ kind: "judged", result: resultOf(analysis, next) });
  } catch (error) {
    tell({ kind: "refused", reason: reasonOf(error), lacksCapture: error instanceof Refusal });
  }
}

async function reply(ticket: number, question: Question): Promise<void> {
  try {
    if (analysis === null || session === null) throw new Error("nothing is judged yet");
    tell({ kind: "answer", ticket, answer: await answerTo(question, analysis, session) });
  } catch (error) {
    tell({ kind: "no-answer", ticket, reason: reasonOf(error) });
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof CaptureError || error instanceof Refusal) return printable(error.message);
  return `a fault in ikescope itself: ${printable(error instanceof Error ? `${error.message} ${error.stack ?? ""}` : String(error))}`;
}
