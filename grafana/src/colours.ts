/**
 * The colours of every dashboard: told apart by lightness and by blue against yellow, never by red against green.
 * Wherever one of them means something, a word says the same.
 */
export const COLOURS = {
  blue: '#2B83CF',
  sky: '#93CEF2',
  yellow: '#F7EE7A',
  orange: '#E59400',
  vermillion: '#BF4A1A',
  purple: '#4E1569',
  grey: '#909090',
} as const;
