import { readFileSync } from 'node:fs';
import { logoSvg } from '@tierline/design';
import { expect, it } from 'vitest';

it('has a favicon that is the shared mark', () => {
  const favicon = readFileSync(`${import.meta.dirname}/../../public/favicon.svg`, 'utf8');
  expect(favicon.trim()).toBe(logoSvg('light'));
});
