import type { JetStreamManager } from "@nats-io/jetstream";

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
