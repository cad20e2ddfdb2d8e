import { describe } from "vitest";
import { errors } from "./errors.js";
import { faults } from "./faults.js";
import { files } from "./files.js";
import { losses } from "./losses.js";
import { metrics } from "./metrics.js";
import { readers } from "./readers.js";
import { realDaemons } from "./real-daemons.js";
import { table } from "./table.js";
import { users } from "./users.js";

/**
 * `ikescope live` as it is installed, on interfaces that real packets come to. Each test has its own network and waits
 * most of its time, for faults have to stand before they are told: so all of them run side by side, from one file.
 */
describe.concurrent("ikescope live", () => {
  describe("tells of faults", faults);
  describe("keeps files", files);
  describe("with --metrics", metrics);
  describe("that loses its capture", losses);
  describe("that cannot begin", errors);
  describe("started as root", users);
  describe("on a terminal", table);
  describe("with a reader", readers);
  describe("between real daemons", realDaemons);
});
