/** What outlives a reload; in memory alone where the browser refuses storage. */
export interface Storage {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): string[];
}

const PREFIX = "unobot.";

export function browserStorage(): Storage {
  try {
    const kept = window.localStorage;
    kept.setItem(`${PREFIX}probe`, "");
    kept.removeItem(`${PREFIX}probe`);
    return persistent(kept);
  } catch {
    return memoryStorage();
  }
}

export function memoryStorage(): Storage {
  const kept = new Map<string, string>();
  return {
    get: (key) => kept.get(key) ?? null,
    set: (key, value) => void kept.set(key, value),
    remove: (key) => void kept.delete(key),
    keys: () => [...kept.keys()],
  };
}

/** Calls back with the key that another tab wrote or removed; returns how to stop. */
export function watchOtherTabs(changed: (key: string) => void): () => void {
  const heard = (event: StorageEvent) => {
    if (event.key?.startsWith(PREFIX)) changed(event.key.slice(PREFIX.length));
  };
  window.addEventListener("storage", heard);
  return () => window.removeEventListener("storage", heard);
}

function persistent(kept: globalThis.Storage): Storage {
  return {
    get: (key) => kept.getItem(PREFIX + key),
    set: (key, value) => {
      try {
        kept.setItem(PREFIX + key, value);
      } catch {
        // A full store costs the memory of this over a reload, not the visit.
      }
    },
    remove: (key) => kept.removeItem(PREFIX + key),
    keys: () => Object.keys(kept).flatMap((key) => (key.startsWith(PREFIX) ? [key.slice(PREFIX.length)] : [])),
  };
}
