/** Fetched and handed to the browser as a file, so that a refusal can be told instead of being saved. */
export async function saveFile(url: string, headers: Record<string, string> = {}): Promise<boolean> {
  const response = await fetch(url, { headers }).catch(() => null);
  if (!response?.ok) return false;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = nameIn(response.headers.get("Content-Disposition") ?? "");
  link.click();
  URL.revokeObjectURL(link.href);
  return true;
}

export function nameIn(disposition: string): string {
  const encoded = /filename\*=utf-8''([^;]+)/i.exec(disposition)?.[1];
  return encoded ? decodeURIComponent(encoded) : (/filename="([^"]+)"/.exec(disposition)?.[1] ?? "unobot");
}
