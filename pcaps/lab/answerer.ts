/**
 * A scripted responder: answers whatever comes to UDP port 500 with one unprotected notify, for what
 * a strongSwan responder cannot be brought to. Runs in the namespace of its host until it is ended.
 *
 *     node answerer.ts NEXT_PAYLOAD VERSION EXCHANGE FLAGS PAYLOAD(hex)
 */
import { createSocket } from "node:dgram";

const [nextPayload = 0, version = 0, exchange = 0, flags = 0] = process.argv.slice(2, 6).map(Number);
const payload = Buffer.from(process.argv[6] ?? "", "hex");

const socket = createSocket("udp4");
socket.on("message", (request, sender) => {
  if (request.length < 28) return;
  const header = Buffer.alloc(28);
  request.copy(header, 0, 0, 8);
  header.set([nextPayload, version, exchange, flags], 16);
  header.writeUInt32BE(header.length + payload.length, 24);
  socket.send(Buffer.concat([header, payload]), sender.port, sender.address);
});
socket.bind(500, () => console.log("listening"));
