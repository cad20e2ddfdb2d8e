import type { JetStreamManager, StreamInfo } from "@nats-io/jetstream";

/** The stream with so many servers of the cluster that keep it: it is told to take or leave some where it has another number. */
export async function withReplicas(
  { streams }: JetStreamManager,
  there: StreamInfo,
  replicas: number,
): Promise<StreamInfo> {
  if (there.config.num_replicas === replicas) return there;
  return await streams.update(there.config.name, { num_replicas: replicas });
}
