/**
 * The colours of all dashboards. They differ in lightness and between blue and yellow, never only between red and green.
 * Where a colour has a meaning, a word says the same.
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
