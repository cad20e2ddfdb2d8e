import { label } from "../../report/html/client/labels.js";
import type { Answer, Answers, FromWorker, Look, Progress, Question, Result, ToWorker } from "../protocol.js";

/** The worker's code, put in by tools/standalone-page.ts. */
declare const WORKER_CODE: string;

export interface EngineListener {
  onProgress(progress: Progress): void;
  onResult(result: Result): void;
  /** Nothing can be judged: why, in a line. */
  onRefused(reason: string, lacksCapture: boolean): void;
}

/** URL of the worker's code: one copy for all workers of the page, for browsers keep a few hundred megabytes of blobs. */
let url: string | null = null;
function codeUrl(): string {
  url ??= URL.createObjectURL(new Blob([WORKER_CODE], { type: "text/javascript" }));
  return url;
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: Error) => void;
}

/** The engine in a worker of its own, for one judging: the page stays quick, and leaving it ends all that it does. */
export class Engine {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #tickets = 0;

  constructor(files: readonly File[], look: Look, listener: EngineListener) {
    this.#worker = new Worker(codeUrl());
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data, listener);
    // A worker that cannot be loaded has an event without a message.
    this.#worker.onerror = ({ message }: Partial<ErrorEvent>) =>
      listener.onRefused(message || label`this browser starts no worker from a page like this one`, false);
    this.#send({ kind: "judge", files, look });
  }

  /** Ends the reading, or the judging, with what there is until then. */
  stop(): void {
    this.#send({ kind: "stop" });
  }

  /** Ends all. */
  close(): void {
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(new Error(label`another capture was opened`));
    this.#waiting.clear();
  }

  /** Asks about the judged capture. */
  async ask<About extends keyof Answers>(
    question: Extract<Question, { readonly about: About }>,
  ): Promise<Answers[About]> {
    const ticket = ++this.#tickets;
    const answer = await new Promise<Answer>((resolve, reject) => {
      this.#waiting.set(ticket, { resolve, reject });
      this.#send({ kind: "ask", ticket, question });
    });
    // The worker answers what it was asked.
    return answer as Answers[About];
  }

  #send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #receive(message: FromWorker, listener: EngineListener): void {
    switch (message.kind) {
      case "progress":
        return listener.onProgress(message.progress);
      case "judged":
        return listener.onResult(message.result);
      case "refused":
        return listener.onRefused(message.reason, message.lacksCapture);
      case "answer":
        return this.#take(message.ticket)?.resolve(message.answer);
      case "no-answer":
        return this.#take(message.ticket)?.reject(new Error(message.reason));
    }
  }

  #take(ticket: number): Waiting | undefined {
    const waiting = this.#waiting.get(ticket);
    this.#waiting.delete(ticket);
    return waiting;
  }
}
