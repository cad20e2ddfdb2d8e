/**
 * A scripted responder: answers whatever comes to UDP port 500 with one unprotected notify, for what
 * a strongSwan responder cannot be brought to. Runs in the namespace of its host until it is ended.
 *
 *     node answerer.ts NEXT_PAYLOAD VERSION EXCHANGE FLAGS PAYLOAD(hex) [ADDRESS] [nonce]
 *
 * With `nonce` the nonce of the request is appended to the payload, as REDIRECT demands it.
 */
import { createSocket } from "node:dgram";

const [nextPayload = 0, version = 0, exchange = 0, flags = 0] = process.argv.slice(2, 6).map(Number);
const payload = Buffer.from(process.argv[6] ?? "", "hex");
const address = process.argv[7];
const wantsNonce = process.argv[8] === "nonce";
const noncePayload = 40;

/** The data of the nonce payload of an IKE_SA_INIT request. */
function nonceOf(request: Buffer): Buffer {
  let type = request.readUInt8(16);
  for (let at = 28; type !== 0 && at + 4 <= request.length;) {
    const length = request.readUInt16BE(at + 2);
    if (type === noncePayload) return request.subarray(at + 4, at + length);
    if (length < 4) break;
    type = request.readUInt8(at);
    at += length;
  }
  return Buffer.alloc(0);
}

const socket = createSocket({ type: "udp4", reuseAddr: true });
socket.on("message", (request, sender) => {
  if (request.length < 28) return;
  const body = wantsNonce ? Buffer.concat([payload, nonceOf(request)]) : Buffer.from(payload);
  body.writeUInt16BE(body.length, 2);
  const header = Buffer.alloc(28);
  request.copy(header, 0, 0, 8);
  header.set([nextPayload, version, exchange, flags], 16);
  header.writeUInt32BE(header.length + body.length, 24);
  socket.send(Buffer.concat([header, body]), sender.port, sender.address);
});
socket.bind(500, address, () => console.log("listening"));
