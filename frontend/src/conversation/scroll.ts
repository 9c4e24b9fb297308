import { useCallback, useEffect, useRef, useState } from "react";

const NEAR_PX = 80;
const TOP_MARGIN_PX = 12;

/**
 * Follows the end of a list only while the reader is near it. `behind` says that something came below what is seen.
 * Watches the content's size, so that a card that grows later moves nothing that is being read.
 */
export function useFollow() {
  const list = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const near = useRef(true);
  const [behind, setBehind] = useState(false);
  const toEnd = useCallback(() => {
    const element = list.current;
    if (!element) return;
    element.scrollTop = element.scrollHeight;
    near.current = true;
    setBehind(false);
  }, []);
  useEffect(() => {
    const element = list.current;
    const inner = content.current;
    if (!element || !inner) return;
    let place = element.scrollTop;
    // Only a reader who moves up leaves the end: content that grows under it has moved no one.
    const look = () => {
      const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
      if (atEnd || element.scrollTop < place) near.current = atEnd;
      place = element.scrollTop;
      if (near.current) setBehind(false);
    };
    const grown = new ResizeObserver(() => {
      if (!near.current) setBehind(true);
      else if (!showTopOfTall(element, inner)) toEnd();
    });
    element.addEventListener("scroll", look, { passive: true });
    grown.observe(inner);
    grown.observe(element);
    return () => {
      element.removeEventListener("scroll", look);
      grown.disconnect();
    };
  }, [toEnd]);
  return { list, content, behind, toEnd };
}

/** What is taller than the view is read from its top: its end would hide its beginning. */
function showTopOfTall(view: HTMLElement, inner: HTMLElement): boolean {
  const newest = inner.querySelector<HTMLElement>(".messages > li:last-child");
  if (!newest || newest.offsetHeight < view.clientHeight) return false;
  view.scrollTop = newest.offsetTop - view.offsetTop - TOP_MARGIN_PX;
  return true;
}
