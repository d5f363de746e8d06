/** A TCP port from 1 to 65535 in a text; undefined for any other text, such as the `tcp://10.0.0.1:80` of Kubernetes' service variables. */
export function parsePort(text: string | undefined): number | undefined {
  const port = /^\s*\d{1,5}\s*$/.test(text ?? '') ? Number(text) : 0;
  return port >= 1 && port <= 65535 ? port : undefined;
}

/** `true` or `false` in any case; undefined for every other text. */
export function parseBoolean(text: string | undefined): boolean | undefined {
  const word = text?.trim().toLowerCase();
  if (word === 'true') return true;
  return word === 'false' ? false : undefined;
}
