/** A name or another short text for display: no control characters, no blanks at its ends. */
export const TEXT_PATTERN = /^(?!\s)[^\p{Cc}\p{Cs}]{1,256}(?<!\s)$/u;

/** `TEXT_PATTERN` in words, for the message of a problem. */
export const EXPECTED_TEXT = 'text of 1 to 256 characters, without control characters or blanks at its ends';

/** Whether a text can be a name. */
export function isName(text: string): boolean {
  return TEXT_PATTERN.test(text);
}

/** The name of a label that the operator chooses; excludes the labels that Prometheus and the exporter set. */
export const LABEL_NAME_PATTERN = /^(?!__|(?:job|instance|genesis_node|genesis_cluster)$)[a-zA-Z_]\w{0,255}$/;

/** `LABEL_NAME_PATTERN` in words, for the message of a problem. */
export const EXPECTED_LABEL_NAME =
  'a label name ([a-zA-Z_][a-zA-Z0-9_]*) without __ at its start, none of job, instance, genesis_node, genesis_cluster';
