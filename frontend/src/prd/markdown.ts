/** The Markdown that our documents and replies are written in, as a tree; never as HTML, so nothing in it can run. */

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "code"; text: string }
  | { kind: "strong" | "emphasis"; inner: Inline[] }
  | { kind: "link"; href: string; inner: Inline[] };

export type Block =
  | { kind: "heading"; level: number; inner: Inline[]; key: string | null }
  | { kind: "paragraph"; inner: Inline[] }
  | { kind: "quote"; blocks: Block[] }
  | { kind: "code"; text: string }
  | { kind: "rule" }
  | { kind: "list"; ordered: boolean; items: Block[][] }
  | { kind: "table"; head: Inline[][]; rows: Inline[][][] };

const FENCE = /^```/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const ITEM = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/;
const RULE = /^\s*([-*_])(\s*\1){2,}\s*$/;
const QUOTE = /^\s*>\s?/;
const ANCHOR = /<!--\s*sec:([\w-]+)\s*-->/;
const TABLE_LINE = /^\s*\|?(\s*:?-+:?\s*\|)+\s*:?-*:?\s*$/;

export function parse(source: string): Block[] {
  return blocks(withoutFrontMatter(source).replace(/\r\n?/g, "\n").split("\n"));
}

export function withoutFrontMatter(source: string): string {
  return source.replace(/^---\n[\s\S]*?\n---\n/, "");
}

function blocks(lines: string[]): Block[] {
  const found: Block[] = [];
  let rest = lines;
  while (rest.length > 0) {
    const [block, used] = nextBlock(rest);
    if (block) found.push(block);
    rest = rest.slice(Math.max(1, used));
  }
  return found;
}

/** The block that starts here (null for what shows nothing) and how many lines it takes. */
function nextBlock(lines: string[]): [Block | null, number] {
  const line = lines[0] ?? "";
  const heading = HEADING.exec(line);
  if (line.trim() === "" || /^\s*<!--.*-->\s*$/.test(line)) return [null, 1];
  if (FENCE.test(line)) return fenced(lines);
  if (heading) return titled(heading, lines);
  if (RULE.test(line)) return [{ kind: "rule" }, 1];
  if (QUOTE.test(line)) return quoted(lines);
  if (ITEM.test(line)) return listed(lines);
  if (line.includes("|") && TABLE_LINE.test(lines[1] ?? "")) return tabled(lines);
  return paragraph(lines);
}

function fenced(lines: string[]): [Block, number] {
  const end = lines.findIndex((line, at) => at > 0 && FENCE.test(line));
  const stop = end === -1 ? lines.length : end;
  return [{ kind: "code", text: lines.slice(1, stop).join("\n") }, stop + 1];
}

function titled(heading: RegExpExecArray, lines: string[]): [Block, number] {
  const text = heading[2] ?? "";
  const key = ANCHOR.exec(text)?.[1] ?? ANCHOR.exec(lines[1] ?? "")?.[1] ?? null;
  const inner = inline(text.replace(ANCHOR, "").trim());
  return [{ kind: "heading", level: heading[1]?.length ?? 1, inner, key }, 1];
}

function quoted(lines: string[]): [Block, number] {
  const count = runLength(lines, (line) => QUOTE.test(line));
  return [{ kind: "quote", blocks: blocks(lines.slice(0, count).map((line) => line.replace(QUOTE, ""))) }, count];
}

function listed(lines: string[]): [Block, number] {
  const count = runLength(lines, (line) => ITEM.test(line) || /^\s{2,}\S/.test(line));
  const indent = indentOf(lines[0]);
  const items: string[][] = [];
  for (const line of lines.slice(0, count)) {
    const words = ITEM.exec(line)?.[3];
    if (words !== undefined && indentOf(line) <= indent) items.push([words]);
    else items.at(-1)?.push(line.replace(/^\s{2,4}/, ""));
  }
  return [{ kind: "list", ordered: /^\s*\d/.test(lines[0] ?? ""), items: items.map(blocks) }, count];
}

function indentOf(line = ""): number {
  return line.length - line.trimStart().length;
}

function tabled(lines: string[]): [Block, number] {
  const count = runLength(lines, (line) => line.includes("|"));
  const rows = lines.slice(2, count).map(cells);
  return [{ kind: "table", head: cells(lines[0] ?? ""), rows }, count];
}

function cells(line: string): Inline[][] {
  const bare = line.trim().replace(/^\|/, "").replace(/\|$/, "");
  return bare.split(/(?<!\\)\|/).map((cell) => inline(cell.trim().replaceAll("\\|", "|")));
}

function paragraph(lines: string[]): [Block, number] {
  const more = lines.slice(1).findIndex((line) => line.trim() === "" || startsOther(line));
  const count = more === -1 ? lines.length : more + 1;
  return [{ kind: "paragraph", inner: inline(lines.slice(0, count).join("\n")) }, count];
}

function startsOther(line: string): boolean {
  return [FENCE, HEADING, ITEM, QUOTE, RULE].some((start) => start.test(line));
}

function runLength(lines: string[], belongs: (line: string) => boolean): number {
  const end = lines.findIndex((line) => !belongs(line));
  return end === -1 ? lines.length : end;
}

const SPANS = /`([^`]+)`|\*\*(.+?)\*\*|__(.+?)__|(?<![\w*])\*([^*\s][^*]*?)\*(?!\w)|(?<!\w)_([^_\s][^_]*?)_(?!\w)|\[([^\]]+)\]\(((?:[^()\s]|\([^()\s]*\))+)\)/;
const SAFE_LINK = /^(https?:\/\/|mailto:|\/(?!\/))/i;

export function inline(text: string): Inline[] {
  const span = SPANS.exec(text);
  if (!span) return text ? [{ kind: "text", text: unescaped(text) }] : [];
  const before: Inline[] = span.index > 0 ? [{ kind: "text", text: unescaped(text.slice(0, span.index)) }] : [];
  return [...before, spanned(span), ...inline(text.slice(span.index + span[0].length))];
}

function spanned(span: RegExpExecArray): Inline {
  const [whole, code, strong, strong2, emphasis, emphasis2, label, href] = span;
  if (code !== undefined) return { kind: "code", text: code };
  const bold = strong ?? strong2;
  if (bold !== undefined) return { kind: "strong", inner: inline(bold) };
  const slanted = emphasis ?? emphasis2;
  if (slanted !== undefined) return { kind: "emphasis", inner: inline(slanted) };
  if (label !== undefined && href !== undefined && SAFE_LINK.test(href)) return { kind: "link", href, inner: inline(label) };
  return { kind: "text", text: whole };
}

function unescaped(text: string): string {
  return text.replace(/\\([\\`*_{}[\]()#+\-.!|<>])/g, "$1").replace(/<!--.*?-->/g, "");
}
