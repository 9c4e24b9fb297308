/** What two texts have in common and what not, word by word. */

export interface Piece {
  /** "same" stands in both, "old" only in the one before, "new" only in the one after. */
  kind: "same" | "old" | "new";
  text: string;
}

/** Beyond this many words on both sides, a text counts as written anew. */
const MOST_PAIRS = 250_000;

export function compareWords(before: string, after: string): Piece[] {
  const [old, fresh] = [cut(before), cut(after)];
  if (old.length * fresh.length > MOST_PAIRS) return joined([piece("old", before), piece("new", after)]);
  return joined(walk(old, fresh, commonLengths(old, fresh)));
}

function cut(text: string): string[] {
  const words = new Intl.Segmenter(undefined, { granularity: "word" });
  return Array.from(words.segment(text), (part) => part.segment);
}

/** lengths[i][j]: how many words the rests from i and from j have in common, in order. */
function commonLengths(old: string[], fresh: string[]): number[][] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Array<number>(fresh.length + 1).fill(0));
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      const row = lengths[i];
      if (row) row[j] = old[i] === fresh[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  return lengths;
}

function walk(old: string[], fresh: string[], lengths: number[][]): Piece[] {
  const found: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    if (i < old.length && old[i] === fresh[j]) {
      found.push(piece("same", old[i]));
      i += 1;
      j += 1;
    } else if (j >= fresh.length || (i < old.length && (lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0))) {
      found.push(piece("old", old[i]));
      i += 1;
    } else {
      found.push(piece("new", fresh[j]));
      j += 1;
    }
  }
  return found;
}

function piece(kind: Piece["kind"], text = ""): Piece {
  return { kind, text };
}

/** Neighbours of a kind as one. */
function joined(pieces: Piece[]): Piece[] {
  const found: Piece[] = [];
  for (const one of pieces) {
    const last = found.at(-1);
    if (last?.kind === one.kind) last.text += one.text;
    else if (one.text) found.push({ ...one });
  }
  return found;
}
