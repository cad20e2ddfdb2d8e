import type { Role } from "../../../src/session/model.js";
import type { Clock } from "./clock.js";
import type { Draws } from "./draws.js";
import type { Kernel } from "./kernel.js";
import { TcpConnection } from "./tcp.js";

export interface Hosts {
  readonly clock: Clock;
  readonly draws: Draws;
  readonly kernels: Readonly<Record<Role, Kernel>>;
}

const OTHER = { initiator: "responder", responder: "initiator" } as const;

/** Something that sends through a tunnel from a time on, until another. */
export type Application = (hosts: Hosts, from: Role, start: number, end: number) => void;

function pings({ clock, draws, kernels }: Hosts, from: Role, start: number, end: number): void {
  const interval = draws.pick([1, 1, 0.2, 5, 30]);
  const size = draws.pick([84, 84, 60, 1028]);
  const [own, other] = [kernels[from], kernels[OTHER[from]]];
  const ping = (): void => {
    own.sends(other, size, {}, true, () => {
      clock.after(0.000_2, () => other.sends(own, size, {}, false, () => undefined));
    });
    if (clock.now + interval < end) clock.after(interval, ping);
  };
  clock.at(start, ping);
}

/** A call in both directions, with silence suppression in none. */
function call({ clock, draws, kernels }: Hosts, from: Role, start: number, end: number): void {
  const until = Math.min(end, start + draws.between(4, 15));
  for (const side of ["initiator", "responder"] as const) {
    const packet = (): void => {
      kernels[side].sends(kernels[OTHER[side]], 200, {}, false, () => undefined);
      if (clock.now + 0.02 < until) clock.after(0.02, packet);
    };
    clock.at(start + (side === from ? 0 : 0.013), packet);
  }
}

function requests(hosts: Hosts, from: Role, start: number, end: number): void {
  const { clock, draws } = hosts;
  const pause = draws.pick([0.5, 3, 10, 40]);
  const [asks, gives] = [draws.pick([1, 1, 2]), draws.pick([1, 2, 8, 20])];
  const next = (): void => {
    new TcpConnection(hosts, from, { asks, gives, thinks: draws.between(0.001, 0.2), segment: 1380 }).opens();
    const wait = pause * draws.between(0.3, 2);
    if (clock.now + wait < end) clock.after(wait, next);
  };
  clock.at(start, next);
}

function upload(hosts: Hosts, from: Role, start: number): void {
  const asks = hosts.draws.pick([30, 100, 300]);
  hosts.clock.at(start, () =>
    new TcpConnection(hosts, from, { asks, gives: 1, thinks: 0.01, segment: 1380 }).opens(),
  );
}

function download(hosts: Hosts, from: Role, start: number): void {
  const gives = hosts.draws.pick([30, 100, 300]);
  hosts.clock.at(start, () =>
    new TcpConnection(hosts, from, { asks: 1, gives, thinks: 0.01, segment: 1380 }).opens(),
  );
}

/** Questions in UDP, repeated twice without an answer: DNS, SNMP. */
function questions({ clock, draws, kernels }: Hosts, from: Role, start: number, end: number): void {
  const pause = draws.pick([2, 10, 60]);
  const [own, other] = [kernels[from], kernels[OTHER[from]]];
  const next = (): void => {
    const [asks, gives] = [draws.pick([60, 75, 90]), draws.pick([120, 240, 500])];
    const question = {};
    let isAnswered = false;
    const ask = (attempt: number): void => {
      if (isAnswered || attempt > 2) return;
      own.sends(other, asks, question, true, () =>
        clock.after(0.003, () => other.sends(own, gives, {}, false, () => (isAnswered = true))),
      );
      clock.after(2, () => ask(attempt + 1));
    };
    ask(0);
    const wait = pause * draws.between(0.3, 2);
    if (clock.now + wait < end) clock.after(wait, next);
  };
  clock.at(start, next);
}

export const APPLICATIONS: Readonly<Record<string, Application>> = {
  pings,
  call,
  requests,
  upload,
  download,
  questions,
};

/** Log messages: nobody answers them. Never alone, as nothing tells them from a way back that is lost. */
export function logMessages({ clock, draws, kernels }: Hosts, from: Role, start: number, end: number): void {
  const next = (): void => {
    kernels[from].sends(kernels[OTHER[from]], draws.pick([180, 250, 400]), {}, false, () => undefined);
    const wait = draws.between(0.5, 20);
    if (clock.now + wait < end) clock.after(wait, next);
  };
  clock.at(start, next);
}
