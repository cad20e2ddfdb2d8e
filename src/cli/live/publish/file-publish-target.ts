import { type Message, say } from "../../../texts/message.js";
import { UsageError, literal } from "../../exit.js";
import { EventOutput } from "../event-output.js";
import { FileTarget } from "../line-target.js";
import type { PublishedLine, PublishTarget } from "./publisher.js";
import { systemReason } from "../../../capture/node/system-error.js";

/** Published lines in a file, to be carried to the hub by other means. Lines that were given up show as a gap of the sequence. */
export class FilePublishTarget implements PublishTarget {
  readonly #path: string;
  readonly #file: FileTarget;
  readonly #output: EventOutput<PublishedLine>;

  constructor(path: string, say: (message: Message) => void) {
    this.#path = path;
    this.#file = new FileTarget(path);
    this.#output = new EventOutput(this.#file, { event: ({ line }) => line, lost: null }, { say });
  }

  async open(): Promise<void> {
    try {
      await this.#file.check();
    } catch (error) {
      throw new UsageError(say`--publish ${literal(this.#path)}: ${systemReason(error)}`);
    }
  }

  add(line: PublishedLine): void {
    this.#output.event(line);
  }

  reopen(): void {
    this.#output.reopen();
  }

  end(graceMs: number): Promise<boolean> {
    return this.#output.end(graceMs);
  }
}
