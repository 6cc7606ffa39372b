// Plain JavaScript on purpose: it has to be able to say that the package is not installed.
import { existsSync } from 'node:fs';

if (existsSync(new URL('./node_modules/autocannon', import.meta.url))) {
  await import('./run.ts');
} else {
  process.stderr.write('The benchmark is a package of its own: run npm ci --prefix bench first.\n');
  process.exit(1);
}
