import { createHash } from "node:crypto";
import type { Consumer, JetStreamClient, JsMsg } from "@nats-io/jetstream";
import type { KV } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import { systemReason } from "../../capture/node/system-error.js";
import { type Message, say } from "../../texts/message.js";
import { UsageError } from "../exit.js";
import { Attempts } from "../nats/attempts.js";
import { connectNats, hostsOf, type NatsPackages, natsPackages, type NatsServer } from "../nats/server.js";
import { openBucket } from "../nats/bucket.js";
import { making } from "../nats/making.js";
import { BATCH_BUCKET, BATCH_STREAM, batchSubject } from "../nats/subjects.js";

const NANOS_PER_MS = 1e6;
/** The share of a lease after which a worker says that it still judges. */
const TOLD_AFTER = 1 / 4;
/** ms that a worker waits for the next unit before it asks whether any is left. */
const FETCH_MS = 1000;
/** Requests under way at a time. */
const AT_ONCE = 100;

export interface QueueTerms {
  /** Distinct for each queue of a server. */
  readonly queue: string;
  /** Distinct for each file of rows, and the same whenever it is opened again. */
  readonly worker: string;
  /** ms after which a unit is another worker's if the one that has it says nothing. */
  readonly leaseMs: number;
  /** Told of a server that is waited for. */
  readonly say: (message: Message) => void;
}

/** The worker that takes a unit into its file. */
export interface Taken {
  readonly worker: string;
  /** The rows are in the file, on disk. */
  readonly isWritten: boolean;
}

/** A unit that was handed out. */
export interface HandedOut {
  readonly unit: string;
  /** Nobody gets it again. */
  readonly over: () => Promise<void>;
  /** Another worker may have it, after so many ms. */
  readonly putBack: (afterMs: number) => void;
}

/**
 * Units that several workers of one NATS server judge, each in the file of one of them. A JetStream work queue hands them out, and
 * again where a worker is gone. A bucket says in whose file a unit is: the first one that enters itself there, by compare and set,
 * before a row is written. So a unit that was handed out twice is in one file all the same; and a worker that was killed between the
 * entry and its row finds, when it is started again, that it owes the unit.
 */
export class UnitQueue {
  readonly #packages: NatsPackages;
  readonly #connection: NatsConnection;
  readonly #jetstream: JetStreamClient;
  readonly #consumer: Consumer;
  readonly #bucket: KV;
  readonly #terms: QueueTerms;
  readonly #attempts: Attempts;

  private constructor(
    packages: NatsPackages,
    connection: NatsConnection,
    { jetstream, consumer, bucket }: Opened,
    terms: QueueTerms,
    attempts: Attempts,
  ) {
    this.#packages = packages;
    this.#connection = connection;
    this.#jetstream = jetstream;
    this.#consumer = consumer;
    this.#bucket = bucket;
    this.#terms = terms;
    this.#attempts = attempts;
  }

  /** Connects, and makes what is not there. Throws UsageError where the server cannot be reached or has no JetStream. */
  static async open(server: NatsServer, terms: QueueTerms): Promise<UnitQueue> {
    const packages = natsPackages();
    const connection = await connectNats(packages, server, {
      name: "ikescope batch",
      inbox: "_INBOX_ikescope_batch",
      waits: false,
    });
    try {
      const attempts = new Attempts(packages, connection, { hosts: hostsOf(server), say: terms.say });
      const parts = await making(packages, () => opened(packages, connection, terms));
      return new UnitQueue(packages, connection, parts, terms, attempts);
    } catch (error) {
      await connection.close();
      throw new UsageError(say`the server's JetStream: ${systemReason(error)}`);
    }
  }

  /** All units that some worker has entered, and who. */
  async taken(signal: AbortSignal): Promise<ReadonlyMap<string, Taken>> {
    return this.#again(signal, async () => {
      const taken = new Map<string, Taken>();
      for await (const entry of await this.#bucket.history({ key: `${this.#terms.queue}.*` })) {
        const read = entry.operation === "PUT" ? readTaken(entry.string()) : null;
        if (read !== null) taken.set(read.unit, read);
      }
      return taken;
    });
  }

  /** Puts units into the queue that are not in it. */
  async add(units: readonly string[], signal: AbortSignal): Promise<void> {
    for (let from = 0; from < units.length; from += AT_ONCE) {
      await Promise.all(
        units.slice(from, from + AT_ONCE).map((unit) => this.#again(signal, () => this.#publish(unit))),
      );
    }
  }

  async #publish(unit: string): Promise<void> {
    try {
      const subject = batchSubject(this.#terms.queue, keyOf(unit));
      await this.#jetstream.publish(subject, unit, { expect: { lastSubjectSequence: 0 } });
    } catch (error) {
      // It is in the queue.
      if (!this.#isOvertaken(error)) throw error;
    }
  }

  /**
   * The units that are handed out to this worker, one after the other; each is its own while it is looked at. Ends when none is left
   * and no other worker has one, or with the signal. `leftAlone`: how many it has put back and will not take again.
   */
  async *handedOut(signal: AbortSignal, leftAlone: () => number): AsyncGenerator<HandedOut> {
    while (!signal.aborted) {
      const message = await this.#again(signal, () => this.#consumer.next({ expires: FETCH_MS }));
      if (message === null) {
        const { num_pending: waiting, num_ack_pending: away } = await this.#again(signal, () =>
          this.#consumer.info(),
        );
        if (waiting === 0 && away <= leftAlone()) return;
        this.#attempts.expectPermitted();
        continue;
      }
      const telling = setInterval(() => message.working(), this.#terms.leaseMs * TOLD_AFTER);
      try {
        yield this.#handOut(message, signal);
      } finally {
        clearInterval(telling);
      }
    }
  }

  #handOut(message: JsMsg, signal: AbortSignal): HandedOut {
    return {
      unit: message.string(),
      // If the server does not hear of it, it hands the unit out again, and the bucket says that it is done.
      over: () => this.#again(signal, async () => void (await message.ackAck())),
      putBack: (afterMs) => message.nak(afterMs),
    };
  }

  /** Enters this worker for a unit; false where another one is entered. */
  async take(unit: string, signal: AbortSignal): Promise<boolean> {
    const { worker } = this.#terms;
    return this.#again(signal, async () => {
      try {
        await this.#bucket.create(this.#keyOf(unit), JSON.stringify({ unit, worker, isWritten: false }));
        return true;
      } catch (error) {
        if (!this.#isOvertaken(error)) throw error;
        // It may have been this worker, and the answer was lost.
        return (await this.entry(unit, signal))?.worker === worker;
      }
    });
  }

  /** The worker that is entered for a unit; null if there is none. */
  async entry(unit: string, signal: AbortSignal): Promise<Taken | null> {
    const entry = await this.#again(signal, () => this.#bucket.get(this.#keyOf(unit)));
    return entry?.operation === "PUT" ? readTaken(entry.string()) : null;
  }

  /** Says that the rows of a unit, for which this worker is entered, are on disk. */
  async written(unit: string, signal: AbortSignal): Promise<void> {
    const { worker } = this.#terms;
    await this.#again(signal, () =>
      this.#bucket.put(this.#keyOf(unit), JSON.stringify({ unit, worker, isWritten: true })),
    );
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  #keyOf(unit: string): string {
    return `${this.#terms.queue}.${keyOf(unit)}`;
  }

  #again<T>(signal: AbortSignal, step: () => Promise<T>): Promise<T> {
    return this.#attempts.until(signal, step);
  }

  #isOvertaken(error: unknown): boolean {
    const { JetStreamApiError, JetStreamApiCodes } = this.#packages.jetstream;
    return error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamWrongLastSequence;
  }
}

interface Opened {
  readonly jetstream: JetStreamClient;
  readonly consumer: Consumer;
  readonly bucket: KV;
}

async function opened(
  packages: NatsPackages,
  connection: NatsConnection,
  { queue, leaseMs }: QueueTerms,
): Promise<Opened> {
  const { jetstream } = packages;
  const { streams, consumers } = await jetstream.jetstreamManager(connection);
  const { RetentionPolicy, AckPolicy } = jetstream;
  await streams.add({
    name: BATCH_STREAM,
    subjects: [batchSubject("*", "*")],
    retention: RetentionPolicy.Workqueue,
  });
  await consumers.add(BATCH_STREAM, {
    durable_name: queue,
    filter_subject: batchSubject(queue, "*"),
    ack_policy: AckPolicy.Explicit,
    ack_wait: leaseMs * NANOS_PER_MS,
  });
  const client = jetstream.jetstream(connection);
  return {
    jetstream: client,
    consumer: await client.consumers.get(BATCH_STREAM, queue),
    bucket: await openBucket(packages, connection, { name: BATCH_BUCKET, replicas: null }),
  };
}

/** A name of a unit holds what a subject may not. */
function keyOf(unit: string): string {
  return createHash("sha256").update(unit).digest("hex");
}

function readTaken(text: string): (Taken & { readonly unit: string }) | null {
  try {
    const { unit, worker, isWritten } = JSON.parse(text) as Partial<Record<string, unknown>>;
    return typeof unit === "string" && typeof worker === "string"
      ? { unit, worker, isWritten: isWritten === true }
      : null;
  } catch {
    return null;
  }
}
