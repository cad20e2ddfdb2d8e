import { printable } from "../../bytes/text.js";
import type { Judgement } from "../../index.js";
import { CaptureError } from "../../capture/source.js";
import { openedTunnel } from "../../report/html/overview.js";
import { printableData } from "../../report/html/printable-data.js";
import type { Answer, FromWorker, Question, ToWorker } from "../protocol.js";
import { resultOf } from "./result.js";
import { Session } from "./session.js";

/** The worker's side: one judging after the other, and what the page asks about the last one. */

/** What a worker has of its global object; the types of windows say something else of it. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker): void;
}

const scope = globalThis as unknown as WorkerScope;
let session: Session | null = null;
let judgement: Judgement | null = null;

scope.onmessage = ({ data }) => {
  switch (data.kind) {
    case "judge":
      void judge(new Session(data.files, data.zone, (progress) => tell({ kind: "progress", progress })));
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
    const analysis = await next.judge();
    const { error } = analysis;
    ({ judgement } = analysis);
    if (error !== null && judgement.observations.packets === 0) {
      tell({ kind: "refused", reason: printable(error.message) });
    } else tell({ kind: "judged", result: resultOf(analysis, next) });
  } catch (error) {
    tell({ kind: "refused", reason: reasonOf(error) });
  }
}

async function reply(ticket: number, question: Question): Promise<void> {
  try {
    tell({ kind: "answer", ticket, answer: await answerTo(question) });
  } catch (error) {
    tell({ kind: "no-answer", ticket, reason: reasonOf(error) });
  }
}

async function answerTo({ id }: Question): Promise<Answer> {
  const tunnel = judgement?.tunnels.find((judged) => judged.tunnel.id === id);
  if (tunnel === undefined || session === null) throw new Error(`there is no tunnel ${id}`);
  return printableData(openedTunnel(tunnel, session.files.length > 1, session.presentation));
}

function reasonOf(error: unknown): string {
  if (error instanceof CaptureError) return printable(error.message);
  return `a fault in ikescope itself: ${printable(error instanceof Error ? `${error.message} ${error.stack ?? ""}` : String(error))}`;
}
