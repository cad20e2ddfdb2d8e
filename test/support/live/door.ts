import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";

/** Each connection gets a process that speaks to the port, for no process can be in two networks. */
const SPEAK = 'exec 3<>"/dev/tcp/127.0.0.1/$0"; cat <&3 & cat >&3; kill $!';

export interface Door {
  /** A port of this host's loopback. */
  readonly port: number;
  close(): Promise<void>;
}

/** A way from this host's loopback to a port of another namespace's; `inside` leads a command there. */
export async function openDoor(inside: readonly [string, ...string[]], port: number): Promise<Door> {
  // With a socket as its input bash takes itself for a remote shell, and reads the user's own start files.
  const [program, ...args] = [...inside, "bash", "--norc", "-c", SPEAK, String(port)];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const child = spawn(program, args, { stdio: ["pipe", "pipe", "ignore"] });
    sockets.add(socket);
    for (const stream of [socket, child.stdin, child.stdout]) stream.on("error", () => {});
    socket.pipe(child.stdin);
    child.stdout.pipe(socket);
    socket.on("close", () => child.stdin.end());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
