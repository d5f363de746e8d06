/** Text that is HTML already. Only `html` makes it, so that nothing from outside gets into a page unescaped. */
export interface Html {
  readonly html: string;
}

/** What may stand in a template: text is escaped, undefined and false are nothing. */
export type HtmlPart = string | number | Html | readonly Html[] | undefined | false;

/** Nothing. */
export const NO_HTML: Html = { html: '' };

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A template of HTML; whatever is put into it is escaped unless it is HTML itself. Attributes must be quoted. */
export function html(texts: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  let result = texts[0] ?? '';
  for (const [index, part] of parts.entries()) result += toText(part) + (texts[index + 1] ?? '');
  return { html: result };
}

function toText(part: HtmlPart): string {
  if (part === undefined || part === false) return '';
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  if ('html' in part) return part.html;
  return part.map((one) => one.html).join('');
}

function escapeHtml(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '') : text;
}
