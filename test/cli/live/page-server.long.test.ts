import { execFile } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { hostname, networkInterfaces } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Metrics, startMetrics } from "../../../src/cli/live/metrics.js";
import { listenAddress } from "../../../src/cli/values/listen-address.js";
import { type PageServer, servePages } from "../../../src/cli/live/page-server.js";
import { type ServedFile } from "../../../src/cli/live/route.js";
import { snapshotOf } from "../../support/live/quiet.js";
import { itIf } from "../../support/require.js";

const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === "::1"),
);

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

describe("the server of --metrics", () => {
  it("gives what the source says at that moment", async () => {
    let strangers = 1;
    const { url } = await started("0", () => snapshotOf({ strangers: strangers++ }));
    const first = await fetch(url);
    expect(first.status).toBe(200);
    expect(first.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(await first.text()).toContain("\nikescope_strangers 1\n");
    expect(await (await fetch(`${url}?name=x`)).text()).toContain("\nikescope_strangers 2\n");
  });

  it("counts the setups that it is told of", async () => {
    const metrics = await started("0");
    metrics.setup({ outcome: "failed", phase: "IKE_AUTH", seconds: null });
    expect(await (await fetch(metrics.url)).text()).toContain(
      '\nikescope_setups_total{outcome="failed",phase="IKE_AUTH"} 1\n',
    );
  });

  it("has a page that leads there, and one that says that the program runs", async () => {
    const { url } = await started("0");
    expect(await (await fetch(new URL("/", url))).text()).toContain('<a href="/metrics">');
    expect(await (await fetch(new URL("/healthz", url))).text()).toBe("ok\n");
  });

  it("listens on 127.0.0.1 and nowhere else where no address is given", async () => {
    const { url } = await started("0");
    const { hostname, port } = new URL(url);
    expect(hostname).toBe("127.0.0.1");
    const elsewhere = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === "IPv4")
      .map(({ address }) => address);
    for (const host of ["127.0.0.2", ...elsewhere]) {
      const socket = connect({ host, port: Number(port) });
      await expect(once(socket, "connect"), host).rejects.toThrow(/ECONNREFUSED/);
    }
  });

  itIf(hasIpv6, "no IPv6 on this machine")("listens on an IPv6 address", async () => {
    const { url } = await started("[::1]:0");
    expect(url).toMatch(/^http:\/\/\[::1\]:\d+\/metrics$/);
    expect((await fetch(url)).status).toBe(200);
  });

  it("says in one line that the port is in use, or the address is none of this machine", async () => {
    const { url } = await started("0");
    const taken = new URL(url).host;
    await expect(started(taken)).rejects.toThrow(
      `--metrics ${taken}: another program listens there; choose another port`,
    );
    await expect(started("192.0.2.1:9476")).rejects.toThrow(
      "--metrics 192.0.2.1:9476: this machine does not have that address",
    );
  });

  it("gives the head alone to those who ask for it", async () => {
    const { url } = await started("0");
    const response = await fetch(url, { method: "HEAD" });
    expect(response.status).toBe(200);
    expect(Number(response.headers.get("content-length"))).toBeGreaterThan(1000);
    expect(await response.text()).toBe("");
  });

  it.each(["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])("refuses %s", async (method) => {
    const { url } = await started("0");
    const response = await fetch(url, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD");
  });

  it("does not know other paths", async () => {
    const { url } = await started("0");
    for (const path of ["/metrics/", "/favicon.ico", "/..%2f..%2fetc/passwd", "//"]) {
      expect((await fetch(`${new URL(url).origin}${path}`)).status, path).toBe(404);
    }
  });

  it.each([
    ["no HTTP at all", "\u0016\u0003\u0001\r\n\r\n", "400"],
    ["a head without end", `GET /metrics HTTP/1.1\r\nHost: localhost\r\nX: ${"a".repeat(20_000)}`, "431"],
    [
      "a request with a body",
      "GET /metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc",
      "413",
    ],
    [
      "a body in chunks",
      "GET /metrics HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n",
      "413",
    ],
    ["an upload", "POST /metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999\r\n\r\n", "405"],
  ])("answers %s with an error, ends the connection, and goes on", async (_, sent, status) => {
    const { url } = await started("0");
    const socket = await dial(url);
    socket.write(sent);
    expect(await all(socket)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect((await fetch(url)).status).toBe(200);
  });

  it("answers 500 where the state cannot be read, and goes on", async () => {
    let broken = true;
    const { url } = await started("0", () => {
      if (broken) throw new Error("a secret");
      return snapshotOf();
    });
    const response = await fetch(url);
    expect([response.status, await response.text()]).toEqual([500, "the page could not be made\n"]);
    broken = false;
    expect((await fetch(url)).status).toBe(200);
  });

  it("answers at once, however many connections never ask, or only begin to, and ends those", async () => {
    const { url } = await started("0");
    const silent = await Promise.all(Array.from({ length: 200 }, () => dial(url)));
    for (const socket of silent.slice(0, 100)) socket.write("GET /metrics HTTP/1.1\r\nHost:");
    for (let scrape = 0; scrape < 3; scrape++) expect((await fetch(url)).status).toBe(200);
    await Promise.all(silent.map(all));
    expect((await fetch(url)).status).toBe(200);
  });

  it("makes one answer for a connection that asks for thousands at once, and ends it", async () => {
    let made = 0;
    const { url } = await started("0", () => {
      made++;
      return snapshotOf();
    });
    const socket = await dial(url);
    socket.write("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(5000));
    await all(socket);
    expect(made).toBe(1);
    // One that waits for its answers may ask on.
    const patient = await dial(url);
    const answers: string[] = [];
    patient.on("data", (data) => answers.push(data.toString("latin1")));
    for (let time = 1; time <= 3; time++) {
      patient.write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
      await once(patient, "data");
    }
    expect(answers.join("").match(/HTTP\/1\.1 200 /g)).toHaveLength(3);
    patient.destroy();
  });

  it("answers though others take their answers byte by byte", async () => {
    const page = { path: "/", contentType: "text/plain", text: () => "x".repeat(4_000_000) };
    const server = await kept(servePages({ address: "127.0.0.1", port: 0 }, [page], { option: "--metrics" }));
    const origin = `http://127.0.0.1:${server.address.port}`;
    const slow = await Promise.all(Array.from({ length: 100 }, () => dial(origin)));
    for (const socket of slow) {
      socket.pause();
      socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
    const answer = await fetch(origin);
    expect((await answer.text()).length).toBe(4_000_000);
    for (const socket of slow) socket.destroy();
  });

  it.each([
    "attacker.example",
    "attacker.example:9476",
    "localhost.attacker.example",
    "[attacker]",
    "1.2.3.4.example",
  ])("answers nothing to a page that came by the name %s", async (host) => {
    const { url } = await started("0");
    const socket = await dial(url);
    socket.write(`GET /metrics HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    const answer = await all(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 421 /);
    expect(answer).not.toContain("ikescope_");
  });

  it.each([
    "127.0.0.1:1",
    "localhost",
    "LOCALHOST:9476",
    "[::1]:9476",
    "192.0.2.1",
    "monitored.example:80",
    hostname(),
  ])("answers by the name %s", async (host) => {
    const { url } = await started("0", undefined, ["monitored.example"]);
    const socket = await dial(url);
    socket.write(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect(await all(socket)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it("ends a connection that takes its answer byte by byte", async () => {
    const length = 64_000_000;
    const page = { path: "/", contentType: "text/plain", text: () => "x".repeat(length) };
    const server = await kept(servePages({ address: "127.0.0.1", port: 0 }, [page], { option: "--metrics" }));
    const socket = await dial(`http://127.0.0.1:${server.address.port}`);
    let taken = 0;
    socket.on("data", (data) => {
      taken += data.length;
      socket.pause();
      setTimeout(() => socket.resume(), 50);
    });
    socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await new Promise((resolve) => socket.on("close", resolve));
    expect(taken).toBeLessThan(length);
  });

  it("makes a few files at a time, and says to others that they are to ask again", async () => {
    const made: (() => void)[] = [];
    const file = async (): Promise<ServedFile> => {
      await new Promise<void>((resolve) => made.push(resolve));
      return { name: "a.txt", contentType: "text/plain", body: "whole" };
    };
    const route = { path: "/a", file };
    const server = await kept(servePages({ address: "127.0.0.1", port: 0 }, [route], { option: "--page" }));
    const url = `http://127.0.0.1:${server.address.port}/a`;
    const first = Array.from({ length: 4 }, () => fetch(url));
    await vi.waitFor(() => expect(made).toHaveLength(4));
    expect((await fetch(url)).status).toBe(503);
    for (const end of made.splice(0)) end();
    for (const response of await Promise.all(first)) expect(await response.text()).toBe("whole");
    const next = fetch(url);
    await vi.waitFor(() => expect(made).toHaveLength(1));
    made[0]?.();
    expect((await next).headers.get("content-disposition")).toBe('attachment; filename="a.txt"');
  });

  it("is gone after it was closed, with all connections", async () => {
    const metrics = await started("0");
    const socket = await dial(metrics.url);
    await metrics.close();
    expect(await all(socket)).toBe("");
    await expect(fetch(metrics.url)).rejects.toThrow();
  });

  it("does not keep the program running by itself", async () => {
    const module = new URL("../../../src/cli/live/metrics.ts", import.meta.url).href;
    const script = `const { startMetrics } = await import(${JSON.stringify(module)});
      await startMetrics({ address: "127.0.0.1", port: 0 }, {}, { version: "1", peerLimit: 0 });
      console.log("listening");`;
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
      timeout: 30_000,
    });
    expect(stdout).toBe("listening\n");
  });
});

describe("prom-client", () => {
  it("is loaded by those only who ask for metrics", () => {
    const source = fileURLToPath(new URL("../../../src/", import.meta.url));
    const uses = readdirSync(source, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .flatMap((file) =>
        readFileSync(join(source, file), "utf8")
          .split("\n")
          .filter((line) => line.includes('"prom-client"')),
      );
    expect(uses.filter((line) => !/^import type |await import\("prom-client"\)/.test(line))).toEqual([]);
    expect(uses.filter((line) => line.includes("await import"))).toHaveLength(2);
  });
});

async function started(
  address: string,
  snapshot = () => snapshotOf(),
  hosts: readonly string[] = [],
): Promise<Metrics> {
  const options = { version: "1.2.3", peerLimit: 0, hosts };
  return kept(startMetrics(listenAddress("--metrics")(address), { snapshot }, options));
}

async function kept<Server extends Metrics | PageServer>(starting: Promise<Server>): Promise<Server> {
  const server = await starting;
  open.push(server);
  return server;
}

async function dial(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  await once(socket, "connect");
  // A connection may end by a reset.
  socket.on("error", () => undefined);
  return socket;
}

/** What comes until the other side ends the connection. */
async function all(socket: Socket): Promise<string> {
  let text = "";
  socket.setEncoding("utf8").on("data", (part: string) => (text += part));
  if (!socket.closed) await new Promise((resolve) => socket.on("close", resolve));
  return text;
}
