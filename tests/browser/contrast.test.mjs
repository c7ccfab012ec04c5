// SPDX-License-Identifier: EUPL-1.2
// Every pair of colours that the style sheet puts together, in both schemes, against WCAG 2.2 AA:
// 4.5 for text (1.4.3), 3 for the outlines of controls and for signs (1.4.11).
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './harness.mjs';

const TEXT = 4.5, SIGN = 3;
const pairs = [
  ...['paper', 'card', 'wash'].flatMap((ground) => [
    ['ink', ground, TEXT], ['soft', ground, TEXT], ['link', ground, TEXT], ['bad', ground, TEXT],
    ['edge', ground, SIGN], ['act', ground, SIGN], ['good', ground, SIGN],
  ]),
  ['act', 'paper', TEXT], ['link-ink', 'paper', TEXT],
  ['on-act', 'act', TEXT], ['on-act', 'act-deep', TEXT],
  ['link-ink', 'link-pale', TEXT], ['warm-ink', 'warm-pale', TEXT], ['good-ink', 'good-pale', TEXT], ['bad-ink', 'bad-pale', TEXT],
  ['ink', 'warm-pale', TEXT], ['ink', 'link-pale', TEXT],
  ['link', 'link-pale', SIGN], ['act', 'warm-pale', SIGN], ['good', 'link-pale', SIGN],
  ['on-deep', 'deep', TEXT], ['on-deep-soft', 'deep', TEXT], ['deep-act', 'deep', TEXT], ['on-deep-act', 'deep-act', TEXT],
  ['on-deep-act', 'on-deep', TEXT], ['deep', 'on-deep', TEXT], ['on-seat', 'seat', TEXT],
];

/** The tokens of a block, by name. */
function tokensOf(block) {
  return Object.fromEntries([...block.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{3,6})\b/g)].map(([, name, colour]) => [name, colour]));
}

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(colour) {
  const digits = colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit) : colour.slice(1).match(/../g);
  const [red, green, blue] = digits.map((pair) => {
    const share = parseInt(pair, 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const sheet = await readFile(join(root, 'web/style.css'), 'utf8');
const [first, second] = [...sheet.matchAll(/:root\s*\{([^}]*)\}/g)].map(([, block]) => tokensOf(block));
const schemes = { light: first, dark: { ...first, ...second } };

for (const [scheme, tokens] of Object.entries(schemes))
  test(`contrast in the ${scheme} scheme`, () => {
    const failures = [];
    for (const [front, ground, least] of pairs) {
      assert.ok(tokens[front] && tokens[ground], `no such token: ${front} or ${ground}`);
      const ratio = contrast(tokens[front], tokens[ground]);
      if (ratio < least) failures.push(`${front} on ${ground}: ${ratio.toFixed(2)}, at least ${least} is needed`);
    }
    assert.deepEqual(failures, []);
  });

test('contrast of black and white is 21', () => assert.equal(contrast('#000', '#ffffff'), 21));
