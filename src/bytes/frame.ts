/**
 * A frame of one of the captures, packed into one number so that counters can hold it in typed arrays: the frame
 * number within its file as Wireshark counts (from 1, below 2^32), and the index of the file.
 */
export type FrameRef = number;

const CAPTURE_FACTOR = 2 ** 32;

export function frameRef(capture: number, frame: number): FrameRef {
  return capture * CAPTURE_FACTOR + frame;
}

/** Frame number within its file, from 1. */
export function frameNumber(ref: FrameRef): number {
  // A remainder of doubles is slow, and most frames are of the first file.
  return ref < CAPTURE_FACTOR ? ref : ref % CAPTURE_FACTOR;
}

/** Index of the file that holds the frame, in the order in which the files were given. */
export function frameCapture(ref: FrameRef): number {
  return Math.floor(ref / CAPTURE_FACTOR);
}

/** "12", or "2:12" where several files are read: the second file's frame 12, as `--frame` takes it. */
export function frameName(ref: FrameRef, severalFiles: boolean): string {
  return severalFiles ? `${frameCapture(ref) + 1}:${frameNumber(ref)}` : String(frameNumber(ref));
}
