/** Bytes that are held before the browser may put them on a disk. */
const AT_ONCE = 8 * 1024 * 1024;

/** Pieces of a file as one, of which the memory holds a part only: a browser keeps large blobs elsewhere. */
export async function collected(pieces: AsyncIterable<Uint8Array>): Promise<Blob> {
  const whole: Blob[] = [];
  let held: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const piece of pieces) {
    held.push(piece.slice());
    size += piece.length;
    if (size < AT_ONCE) continue;
    whole.push(new Blob(held));
    [held, size] = [[], 0];
  }
  return new Blob([...whole, ...held], { type: "application/octet-stream" });
}
