// SPDX-License-Identifier: EUPL-1.2
// The table of `wspolnie routes` as tests use it, and real addresses for it, found by walking through the pages.
import assert from 'node:assert/strict';
import { runWell } from '../program.mjs';

const patternOf = (path) => new RegExp(`^${path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')}$`);

export async function readRoutes() {
  return (await runWell(['routes', '--json'])).map((route) => ({ ...route, pattern: patternOf(route.path) }));
}

/** The route that answers a path: literal parts win over {names}, from the left. */
export function routeOf(routes, method, path) {
  const plain = path.split('?')[0];
  const weight = (route) => route.path.split('/').map((part) => part.startsWith('{') ? '1' : '0').join('');
  return routes.filter((route) => route.method === method && route.pattern.test(plain)).sort((a, b) => weight(a) < weight(b) ? -1 : 1)[0];
}

const starts = ['/', '/sign-in', '/sign-in/code', '/sign-in/password', '/s', '/me', '/me/password', '/admin/series/new'];

/**
 * Walks through all pages that are linked, at most two of each route, for each of the people ({ name: visitor }).
 * Answers paths (by route: [path]) and forms ([{ who, visitor, form, route, path }], each kind of form once).
 */
export async function discover(routes, people) {
  const paths = new Map(), forms = new Map();
  for (const [who, visitor] of Object.entries(people)) {
    const seen = new Map();
    const waiting = [...starts, visitor.home].filter(Boolean);
    const known = new Set(waiting);
    while (waiting.length) {
      const path = waiting.shift();
      const route = routeOf(routes, 'GET', path);
      if (!route || (seen.get(route.path) ?? 0) >= 2 || path.startsWith('/assets/')) continue;
      seen.set(route.path, (seen.get(route.path) ?? 0) + 1);
      const page = await visitor.get(path);
      assert.ok(page.status < 500, `${path} as ${who}: ${page.status} ${page.text}`);
      if (page.status !== 200 || !/html/.test(page.headers['content-type'])) continue;
      paths.set(route.path, [...paths.get(route.path) ?? [], path]);
      for (const form of page.forms.filter((one) => one.method === 'POST')) {
        const target = routeOf(routes, 'POST', form.action);
        assert.ok(target, `${path}: its form goes to ${form.action}, and no route answers`);
        const key = `${target.path} ${form.controls.map((control) => control.name).join(' ')}`;
        if (!forms.has(key)) forms.set(key, { who, visitor, form, route: target, path });
      }
      for (const link of page.links) {
        const next = link.split('#')[0];
        if (!next.startsWith('/') || next.startsWith('//') || known.has(next)) continue;
        known.add(next);
        waiting.push(next);
      }
    }
  }
  return { paths, forms: [...forms.values()] };
}
