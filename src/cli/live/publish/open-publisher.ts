import { type Message, say } from "../../../texts/message.js";
import { hostname, networkInterfaces } from "node:os";
import { UsageError } from "../../exit.js";
import { nameOfHost } from "../../values/gateway.js";
import type { OutputFlags } from "../flags.js";
import { isNatsUrl } from "../../nats/server.js";
import { FilePublishTarget } from "./file-publish-target.js";
import { NatsPublishTarget } from "./nats-publish-target.js";
import { Publisher, type PublishTarget } from "./publisher.js";

/** A publisher and where it publishes to. */
export interface Publishing {
  readonly publisher: Publisher;
  readonly target: PublishTarget;
}

/** The publisher that --publish asks for; null without it. Throws UsageError for options that do not go together. */
export function publishingOf(flags: OutputFlags, tell: (message: Message) => void): Publishing | null {
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
  const target = targetOf(publish, name, flags, tell);
  return { target, publisher: new Publisher(target, name, label ?? {}) };
}

function targetOf(
  publish: string,
  gateway: string,
  { spool, spoolSize, natsCreds: creds, natsCa: ca }: OutputFlags,
  tell: (message: Message) => void,
): PublishTarget {
  if (!isNatsUrl(publish)) return new FilePublishTarget(publish, tell);
  if (spool === undefined) {
    throw new UsageError(
      "--publish to a server needs --spool, a directory for what it has not taken yet: --spool /var/lib/ikescope/spool",
    );
  }
  const server = {
    url: publish,
    ...(creds === undefined ? {} : { creds }),
    ...(ca === undefined ? {} : { ca }),
  };
  return new NatsPublishTarget(server, { gateway, spool, spoolBytes: spoolSize, say: tell });
}

/** Addresses that this host has on an interface, or on all of them for "any". */
export function ownAddresses(name: string): string[] {
  const all = networkInterfaces();
  const of = name === "any" ? Object.values(all) : [all[name]];
  return of.flatMap((addresses = []) =>
    addresses.filter(({ internal }) => !internal).map(({ address }) => address),
  );
}
