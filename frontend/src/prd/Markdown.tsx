import { createElement, Fragment, type ReactNode, useMemo } from "react";
import { type Block, type Inline, parse } from "./markdown";

interface Props {
  source: string;
  /** The level of the heading that the text stands under: its own headings start one below. */
  above?: number;
  /** What stands beside the heading of a section with a key. */
  besideSection?: (key: string) => ReactNode;
}

export function Markdown({ source, above = 2, besideSection }: Props) {
  const tree = useMemo(() => parse(source), [source]);
  return (
    <div className="markdown">
      {tree.map((block, at) => {
        const drawn = drawBlock(block, at, above);
        const beside = block.kind === "heading" && block.key && besideSection?.(block.key);
        if (!beside) return drawn;
        return (
          <div key={at} className="section-head">
            {drawn}
            {beside}
          </div>
        );
      })}
    </div>
  );
}

function drawBlock(block: Block, key: number, above: number): ReactNode {
  switch (block.kind) {
    case "heading":
      return createElement(`h${Math.min(6, block.level + above)}`, { key, id: block.key ? `sec-${block.key}` : undefined }, drawAll(block.inner));
    case "paragraph":
      return <p key={key}>{drawAll(block.inner)}</p>;
    case "quote":
      return <blockquote key={key}>{block.blocks.map((inner, at) => drawBlock(inner, at, above))}</blockquote>;
    case "code":
      return (
        <pre key={key} tabIndex={0}>
          <code>{block.text}</code>
        </pre>
      );
    case "rule":
      return <hr key={key} />;
    case "list":
      return createElement(block.ordered ? "ol" : "ul", { key }, block.items.map((item, at) => <li key={at}>{drawItem(item, above)}</li>));
    case "table":
      return drawTable(block, key);
  }
}

function drawItem(blocks: Block[], above: number): ReactNode {
  const [first, ...rest] = blocks;
  if (first?.kind !== "paragraph") return blocks.map((block, at) => drawBlock(block, at, above));
  return (
    <>
      {drawAll(first.inner)}
      {rest.map((block, at) => drawBlock(block, at, above))}
    </>
  );
}

function drawTable(table: Extract<Block, { kind: "table" }>, key: number): ReactNode {
  return (
    <div key={key} className="markdown-table" tabIndex={0} role="group">
      <table>
        <thead>
          <tr>
            {table.head.map((cell, at) => (
              <th key={at} scope="col">
                {drawAll(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, column) => (
                <td key={column}>{drawAll(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function drawAll(spans: Inline[]): ReactNode {
  return spans.map((span, at) => <Fragment key={at}>{drawSpan(span)}</Fragment>);
}

function drawSpan(span: Inline): ReactNode {
  switch (span.kind) {
    case "text":
      return span.text;
    case "code":
      return <code>{span.text}</code>;
    case "strong":
      return <strong>{drawAll(span.inner)}</strong>;
    case "emphasis":
      return <em>{drawAll(span.inner)}</em>;
    case "link":
      return (
        <a href={span.href} target="_blank" rel="noopener noreferrer">
          {drawAll(span.inner)}
        </a>
      );
  }
}
