import type { JetStreamManager, StreamInfo } from "@nats-io/jetstream";
import { say } from "../../texts/message.js";
import type { NatsConnection } from "@nats-io/transport-node";
import type { Micros } from "../../bytes/time.js";
import { UsageError } from "../exit.js";
import type { NatsPackages } from "./server.js";
import { answersIn } from "./answers.js";
import { making } from "./making.js";
import { withReplicas } from "./replicas.js";
import { Standstill } from "./standstill.js";
import { ALL_EVENTS, ALL_TOLD, STREAM, TOLD_STREAM } from "./subjects.js";
import { systemReason } from "../../capture/node/system-error.js";

const NANOS_PER_HOUR = 3600e9;
/** Events are kept for so long, and so many bytes of them: the newest accounts of all tunnels, and a day of what was told. */
const KEPT = { max_age: 24 * NANOS_PER_HOUR, max_bytes: 4 * 1024 ** 3 } as const;
/** Events of hubs are few, and are looked at weeks later. */
const TOLD_KEPT = { max_age: 30 * 24 * NANOS_PER_HOUR, max_bytes: 1024 ** 3 } as const;
/** A message that a gateway sends again after a cut line within this time is not kept twice; later copies the hub leaves out by their sequence. */
const DUPLICATES_WITHIN = NANOS_PER_HOUR / 6;
const NOT_FOUND = 404;

/** An event as the stream holds it. */
export interface StoredEvent {
  readonly line: string;
  /** When the server got it, by its clock. */
  readonly arrival: Micros;
  /** Its number in the stream. */
  readonly sequence: number;
  /** Events behind it that are stored already. */
  readonly pending: number;
}

/** The stream of all events as the server has it. */
export interface EventStream {
  /** When it was made: sequences of another one say nothing. */
  readonly created: string;
  readonly replicas: number;
}

/**
 * Makes the streams of all events, and of what hubs tell, where they are not there. `replicas`: servers of a cluster that keep each
 * of them, also where they are there already; null for as many as there are now, and one where they are made. Throws UsageError
 * where the server has no JetStream, does not let us, or has fewer servers.
 */
export async function ensureStreams(
  packages: NatsPackages,
  connection: NatsConnection,
  replicas: number | null,
): Promise<EventStream> {
  try {
    const manager = await packages.jetstream.jetstreamManager(connection);
    const ensure = (wanted: WantedStream): Promise<StreamInfo> =>
      making(packages, () => ensured(packages, manager, wanted));
    const { created, config } = await ensure({
      name: STREAM,
      subjects: [ALL_EVENTS],
      ...(replicas === null ? {} : { num_replicas: replicas }),
      ...KEPT,
    });
    await ensure({
      name: TOLD_STREAM,
      subjects: [ALL_TOLD],
      num_replicas: config.num_replicas,
      ...TOLD_KEPT,
    });
    return { created, replicas: config.num_replicas };
  } catch (error) {
    throw new UsageError(say`the server's JetStream: ${systemReason(error)}`);
  }
}

interface WantedStream {
  readonly name: string;
  readonly subjects: string[];
  readonly num_replicas?: number;
}

async function ensured(
  { jetstream }: NatsPackages,
  manager: JetStreamManager,
  config: WantedStream,
): Promise<StreamInfo> {
  try {
    const there = await manager.streams.info(config.name);
    return await withReplicas(manager, there, config.num_replicas ?? there.config.num_replicas);
  } catch (error) {
    if (!(error instanceof jetstream.JetStreamApiError) || error.status !== NOT_FOUND) throw error;
    return await manager.streams.add({ ...config, duplicate_window: DUPLICATES_WITHIN });
  }
}

/**
 * The events that were stored at `since` or later, in order, and then as they come. Null once all that was stored is given, and
 * whenever nothing came for a second. A consumer that a lost connection or a restarted server took away is made anew.
 */
export async function* storedEvents(
  { jetstream }: NatsPackages,
  connection: NatsConnection,
  since: Date,
): AsyncGenerator<StoredEvent | null> {
  const manager = await jetstream.jetstreamManager(connection);
  const consumer = await manager.jetstream().consumers.get(STREAM, {
    deliver_policy: jetstream.DeliverPolicy.StartTime,
    opt_start_time: since.toISOString(),
  });
  const standstill = new Standstill(manager.streams, since);
  for (;;) {
    const messages = await consumer.fetch({ max_messages: FETCHED, expires: FETCH_MS });
    let count = 0;
    for await (const message of answersIn(messages)) {
      count++;
      const { timestampNanos, pending, streamSequence } = message.info;
      const arrival = Math.round(timestampNanos / 1000);
      standstill.given(streamSequence);
      yield { line: message.string(), arrival, sequence: streamSequence, pending };
    }
    if (count === 0) await standstill.look();
    if (count < FETCHED) yield null;
  }
}

/** Messages that are asked for at a time: some tens of megabytes at most. */
const FETCHED = 100;
/** ms after which the server answers that there are no more. */
const FETCH_MS = 1000;
