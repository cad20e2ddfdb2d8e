import { createRequire } from "node:module";
import type { JetStreamManager } from "@nats-io/jetstream";
import type { KV } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import type { NatsPackages } from "../../../src/cli/nats/server.js";
import { natsPackages } from "../../../src/cli/nats/server.js";

const load = createRequire(import.meta.url);

/** The client's packages, a connection and the bucket of the hubs. */
export interface NatsClient {
  readonly packages: NatsPackages;
  readonly connection: NatsConnection;
  readonly manager: JetStreamManager;
  readonly bucket: KV;
}

export async function natsClient(url: string): Promise<NatsClient> {
  const packages = natsPackages();
  const connection = await packages.transport.connect({ servers: url });
  const bucket = await new packages.kv.Kvm(connection).create("ikescope-hub", { history: 1 });
  const manager = await packages.jetstream.jetstreamManager(connection);
  return { packages, connection, manager, bucket };
}

/** All messages of a stream, as JSON. */
export async function storedIn(url: string, stream: string): Promise<object[]> {
  const transport = load("@nats-io/transport-node") as NatsPackages["transport"];
  const { jetstreamManager } = load("@nats-io/jetstream") as NatsPackages["jetstream"];
  const connection = await transport.connect({ servers: url });
  try {
    const manager = await jetstreamManager(connection);
    const { state } = await manager.streams.info(stream);
    const messages: object[] = [];
    for (let seq = Math.max(1, state.first_seq); seq <= state.last_seq; seq++) {
      const message = await manager.streams.getMessage(stream, { seq });
      if (message !== null) messages.push(message.json<object>());
    }
    return messages;
  } finally {
    await connection.close();
  }
}
