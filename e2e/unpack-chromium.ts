/** Unpacks the Chromium that npm brought into TMPDIR and prints where it is and what it needs. */
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';

const path = await chromium.executablePath();
const fonts = join(tmpdir(), 'fonts');
// The configuration that comes along looks for its fonts in /tmp itself; without any font the browser ends at once.
await writeFile(
  join(fonts, 'fonts.conf'),
  `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${fonts}</dir><cachedir>${fonts}-cache</cachedir></fontconfig>
`,
);
const libraries = process.env.LD_LIBRARY_PATH;
process.stdout.write(
  JSON.stringify({
    path,
    env: { FONTCONFIG_PATH: fonts, ...(libraries ? { LD_LIBRARY_PATH: libraries } : {}) },
  }),
);
