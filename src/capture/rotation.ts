/** Suffixes that packers append. */
const PACKED = /\.(?:gz|zst|xz|bz2|lz4)$/i;

/**
 * Whether files are, by their names, pieces of one capture that was written in turns: the names differ in digits only, as those
 * of `tcpdump -w FILE` with -C, -G or -W and of dumpcap's ring do.
 */
export function isOneRotation(files: readonly string[]): boolean {
  const stems = new Set(files.map((file) => withoutJoints(stemOf(file).replaceAll(/\d+/g, ""))));
  return files.length > 1 && stems.size === 1 && !files.includes("-");
}

/** A file's name without what a packer appended. */
export function stemOf(file: string): string {
  return file.replace(PACKED, "");
}

/** Without the signs at its end that joined numbers to it. */
function withoutJoints(stem: string): string {
  let end = stem.length;
  while (end > 0 && "-_.".includes(stem.charAt(end - 1))) end--;
  return stem.slice(0, end);
}
