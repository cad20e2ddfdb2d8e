import type { JetStreamManager } from "@nats-io/jetstream";
import type { KV } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import { withReplicas } from "./replicas.js";
import type { NatsPackages } from "./server.js";

/**
 * The bucket, which is made where it is not there, with so many replicas; null for as many as it has, or one. Everything is read from its leader: another replica may not
 * have the newest write yet, and who compares and sets would take an older one for another hub's.
 */
export async function openBucket(
  { jetstream, kv }: NatsPackages,
  connection: NatsConnection,
  { name, replicas }: { readonly name: string; readonly replicas: number | null },
): Promise<KV> {
  const bucket = await new kv.Kvm(connection).create(name, {
    history: 1,
    replicas: replicas ?? 1,
    allow_direct: false,
  });
  if (replicas === null) return bucket;
  const manager = await jetstream.jetstreamManager(connection);
  await withReplicas(manager, await manager.streams.info(streamOf(name)), replicas);
  return bucket;
}

/**
 * The keys of a bucket that match a filter such as "hub.*". The client's own way makes a consumer for it, which a cluster may place
 * on a server that it has lost, and then it waits in vain.
 */
export async function bucketKeys(
  { streams }: JetStreamManager,
  bucket: string,
  filter: string,
): Promise<readonly string[]> {
  const prefix = subjectOf(bucket, "");
  const { state } = await streams.info(streamOf(bucket), { subjects_filter: prefix + filter });
  return Object.keys(state.subjects ?? {}).map((subject) => subject.slice(prefix.length));
}

/** Takes a key out of a bucket, and the mark that there was one. */
export async function forgetKey({ streams }: JetStreamManager, bucket: string, key: string): Promise<void> {
  await streams.purge(streamOf(bucket), { filter: subjectOf(bucket, key) });
}

function streamOf(bucket: string): string {
  return `KV_${bucket}`;
}

function subjectOf(bucket: string, key: string): string {
  return `$KV.${bucket}.${key}`;
}
