import { hostname } from "node:os";
import { say } from "../../../texts/message.js";
import { UsageError } from "../../exit.js";
import { isNatsUrl, natsServer, type NatsFlags, type NatsServer } from "../../nats/server.js";
import { nameOfHost } from "../../values/gateway.js";
import type { OutputFlags } from "../flags.js";

/** Under which name a gateway publishes, and where. */
export interface PublishTerms {
  readonly gateway: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly to: PublishPlace;
}

/** A file, or a server with a directory for what it has not taken yet and bytes of all files there. */
type PublishPlace =
  | { readonly kind: "file"; readonly file: string }
  | {
      readonly kind: "server";
      readonly server: NatsServer;
      readonly spool: string;
      readonly spoolBytes: number;
    };

type PublishFlags = Pick<OutputFlags, "publish" | "gateway" | "label" | "spool" | "spoolSize"> & NatsFlags;

/** The meaning of --publish and the options beside it; null without it. Throws UsageError for options that do not go together. */
export function publishTerms(flags: PublishFlags): PublishTerms | null {
  const { publish, gateway, label } = flags;
  if (publish === undefined) {
    const left = gateway !== undefined ? "--gateway" : label !== undefined ? "--label" : null;
    if (left !== null)
      throw new UsageError(say`${left} says nothing without --publish, such as --publish events.ndjson`);
    return null;
  }
  const name = gateway ?? nameOfHost(hostname());
  if (name === null)
    throw new UsageError(
      "--publish needs the name of this gateway, for that of the host is none: --gateway hq",
    );
  return { gateway: name, labels: label ?? {}, to: placeOf(publish, flags) };
}

function placeOf(publish: string, flags: PublishFlags): PublishPlace {
  const { spool, spoolSize } = flags;
  if (!isNatsUrl(publish)) return { kind: "file", file: publish };
  if (spool === undefined) {
    throw new UsageError(
      "--publish to a server needs --spool, a directory for what it has not taken yet: --spool /var/lib/ikescope/spool",
    );
  }
  return { kind: "server", server: natsServer(publish, flags), spool, spoolBytes: spoolSize };
}
