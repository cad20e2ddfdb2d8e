import { setTimeout as wait } from "node:timers/promises";
import type { NatsConnection } from "@nats-io/transport-node";
import { systemReason } from "../../capture/node/system-error.js";
import { type Message, say } from "../../texts/message.js";
import { literal, UsageError } from "../exit.js";
import type { NatsPackages } from "./server.js";

/** ms between two attempts. */
const RETRY_MS = 500;
/** ms for which a server may refuse a step before that counts: one that was just started does not have everything yet. */
const REFUSED_MS = 5000;
/** ms for which nobody may answer for JetStream while the connection stands: the servers of a cluster elect a leader in less. */
const UNANSWERED_MS = 15_000;
/** JetStream's status where it is "temporarily unavailable". */
const UNAVAILABLE = 503;

export interface AttemptTerms {
  /** The servers, for messages. */
  readonly hosts: string;
  /** Told once of each trouble that is waited out. */
  readonly say: (message: Message) => void;
}

/**
 * Steps at a server, each done again while the server cannot be reached. What does not pass by itself (a permission that is
 * missing, a stream that somebody deleted, no JetStream, a user that is gone) ends it with a UsageError.
 */
export class Attempts {
  readonly #packages: NatsPackages;
  readonly #connection: NatsConnection;
  readonly #terms: AttemptTerms;
  /** Something that the server does not let this user do; null where it said of nothing since the last connection. */
  #violation: Error | null = null;
  #isTold = false;

  constructor(packages: NatsPackages, connection: NatsConnection, terms: AttemptTerms) {
    this.#packages = packages;
    this.#connection = connection;
    this.#terms = terms;
    void this.#watch();
  }

  /** Does the step, which may be done twice. Rejects where the signal ends it, with a UsageError for what does not pass. */
  async until<T>(signal: AbortSignal, step: () => Promise<T>): Promise<T> {
    let limit: number | null = null;
    let refusedAt = 0;
    for (;;) {
      try {
        const result = await step();
        this.#isTold = false;
        return result;
      } catch (error) {
        if (signal.aborted) throw error;
        if (this.#connection.isClosed()) throw await this.#closed(error);
        const now = performance.now();
        const before: number | null = limit;
        limit = this.#limitOf(error);
        if (limit !== before) refusedAt = now;
        if (limit !== null && now - refusedAt >= limit) throw this.#refused(error);
        this.#tell(error);
        await wait(RETRY_MS, undefined, { signal });
      }
    }
  }

  /** Throws where the server has refused something that is not answered otherwise. */
  expectPermitted(): void {
    if (this.#violation !== null) throw this.#refused(this.#violation);
  }

  async #watch(): Promise<void> {
    const { PermissionViolationError } = this.#packages.transport.errors;
    for await (const status of this.#connection.status()) {
      if (status.type === "reconnect") this.#violation = null;
      else if (status.type === "error" && status.error instanceof PermissionViolationError) {
        this.#violation = status.error;
      }
    }
  }

  /** ms for which an error may be repeated; null for ever, as that of a server that is away. */
  #limitOf(error: unknown): number | null {
    const { JetStreamApiError } = this.#packages.jetstream;
    if (error instanceof JetStreamApiError) return error.status === UNAVAILABLE ? UNANSWERED_MS : REFUSED_MS;
    if (this.#violation !== null) return REFUSED_MS;
    return this.#isUnanswered(error) ? UNANSWERED_MS : null;
  }

  /** Nobody takes the request: the client's packages wrap it in errors of their own. */
  #isUnanswered(error: unknown): boolean {
    const { NoRespondersError, RequestError } = this.#packages.transport.errors;
    const causes = [error, error instanceof Error ? error.cause : undefined];
    return causes.some(
      (cause) =>
        cause instanceof NoRespondersError || (cause instanceof RequestError && cause.isNoResponders()),
    );
  }

  /** The connection is over, as one is whose user the server knows no longer. */
  async #closed(error: unknown): Promise<UsageError> {
    const reason = (await this.#connection.closed()) ?? error;
    return new UsageError(say`${literal(this.#terms.hosts)}: ${systemReason(reason)}`);
  }

  #tell(error: unknown): void {
    if (this.#isTold) return;
    this.#isTold = true;
    this.#terms.say(say`${literal(this.#terms.hosts)}: ${systemReason(error)}; tried again`);
  }

  #refused(error: unknown): UsageError {
    const reason = this.#violation ?? error;
    return new UsageError(
      this.#isUnanswered(reason)
        ? say`the server's JetStream does not answer: a stream was deleted, or it was turned off (${systemReason(reason)})`
        : say`the server's JetStream: ${systemReason(reason)}`,
    );
  }
}
