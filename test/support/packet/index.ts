/** Builders of frames and packets for tests: each returns bytes, and is carried by the next one outward. */
export * from "./bytes.js";
export * from "./checksum.js";
export * from "./fragments.js";
export * from "./icmp.js";
export * from "./ip.js";
export * from "./link.js";
export * from "./transport.js";
export * from "./tunnels.js";
