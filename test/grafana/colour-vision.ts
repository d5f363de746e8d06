/** Red, green and blue, each from 0 to 1. */
type Rgb = readonly [number, number, number];

type Matrix = readonly [Rgb, Rgb, Rgb];

/** How those see linear colours who lack one kind of cones: after Viénot, Brettel and Mollon, 1999. */
const VISIONS: Readonly<Record<'everybody' | 'no red cones' | 'no green cones', Matrix>> = {
  everybody: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'no red cones': [
    [0.11238, 0.88762, 0],
    [0.11238, 0.88762, 0],
    [0.00401, -0.00401, 1],
  ],
  'no green cones': [
    [0.29275, 0.70725, 0],
    [0.29275, 0.70725, 0],
    [-0.02234, 0.02234, 1],
  ],
};

/** Linear light to CIE XYZ, each divided by that of white. */
const XYZ: Matrix = [
  [0.43395, 0.37622, 0.18983],
  [0.21264, 0.71517, 0.07219],
  [0.01776, 0.10946, 0.87278],
];

function times(matrix: Matrix, [a, b, c]: Rgb): Rgb {
  const row = ([x, y, z]: Rgb) => Math.max(0, x * a + y * b + z * c);
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
}

function linear(hex: string): Rgb {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** A colour as a place in CIE Lab, where distance is how different it looks. */
function lab(light: Rgb): Rgb {
  const curve = (value: number) => (value > 216 / 24_389 ? Math.cbrt(value) : (value * 841) / 108 + 4 / 29);
  const [x, y, z] = times(XYZ, light);
  return [116 * curve(y) - 16, 500 * (curve(x) - curve(y)), 200 * (curve(y) - curve(z))];
}

/** How different two colours such as `#2B83CF` look at least to one of the viewers: below 10 one has to look hard. */
export function leastDifference(first: string, second: string): number {
  const differences = Object.values(VISIONS).map((vision) => {
    const [a, b] = [lab(times(vision, linear(first))), lab(times(vision, linear(second)))];
    return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
  });
  return Math.min(...differences);
}
