import type { Note } from "./notes.js";

/** The exit status of commands that judge tunnels. */
export const EXIT_OF_JUDGING: Note = {
  heading: "Exit status",
  rows: [
    [
      "0",
      "no finding at or above --fail-on, which is critical where not given; so also a fault that is only SUSPECTED and a capture that ends too early, which count as warnings, and where there is nothing to judge",
    ],
    ["1", "a finding at or above --fail-on"],
    [
      "2",
      "bad usage, input that is damaged or cannot be read (what was read is judged all the same), output that cannot be written, or nothing matches",
    ],
    ["130, 143", "ended by a second SIGINT or SIGTERM"],
  ],
};

/** That of commands that show something and judge no tunnel. */
export const EXIT_OF_SHOWING: Note = {
  heading: "Exit status",
  rows: [
    ["0", "done, whatever was found"],
    [
      "2",
      "bad usage, input that is damaged or cannot be read, output that cannot be written, or nothing matches",
    ],
  ],
};

/** That of commands that go on until they are ended. */
export const EXIT_OF_WATCHING: Note = {
  heading: "Exit status",
  rows: [
    ["0", "ended by a signal or a key, whatever was found"],
    ["2", "bad usage, nothing can be read, or the readers of what is written did not take all of it"],
    ["130", "ended by a second SIGINT"],
  ],
};
