// Brings the page assets from npm into wwwroot/lib. Run by the build; two builds at once wait for each other.
import { execSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, openSync, closeSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { brotliCompressSync } from 'node:zlib';

const here = import.meta.dirname;
const library = join(here, 'wwwroot', 'lib');
const stamp = join(library, '.stamp');
const lock = join(here, 'obj', 'restore-assets.lock');

/** What the pages use, and nothing else of the packages. */
const files = {
  'tabler.min.css': '@tabler/core/dist/css/tabler.min.css',
  'htmx.min.js': 'htmx.org/dist/htmx.min.js',
  'htmx.LICENSE.txt': 'htmx.org/LICENSE',
  'idiomorph.min.js': 'idiomorph/dist/idiomorph.min.js',
  'idiomorph.LICENSE.txt': 'idiomorph/LICENSE',
  'echarts.simple.min.js': 'echarts/dist/echarts.simple.min.js',
  'echarts.LICENSE.txt': 'echarts/LICENSE',
  'echarts.NOTICE.txt': 'echarts/NOTICE',
};

/** Sent to every browser as it is, so it is packed once and as tightly as can be. */
const packed = Object.keys(files).filter(name => /\.(css|js)$/.test(name)).map(name => `${name}.br`);

const wanted = createHash('sha256')
  .update(readFileSync(join(here, 'package-lock.json'))).update(JSON.stringify([files, packed])).digest('hex');
const complete = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
  && [...Object.keys(files), ...packed].every(name => existsSync(join(library, name)));

mkdirSync(dirname(lock), { recursive: true });
await takeLock();
try {
  if (!complete()) {
    execSync('npm ci --ignore-scripts --no-audit --no-fund --loglevel=error', { cwd: here, stdio: 'inherit' });
    mkdirSync(library, { recursive: true });
    for (const [name, source] of Object.entries(files)) {
      place(join(library, name), readFileSync(join(here, 'node_modules', source)));
    }

    for (const name of packed) {
      place(join(library, name), brotliCompressSync(readFileSync(join(library, name.slice(0, -3)))));
    }
  }

  // Written last and anew each time: the build compares its age with the lock file's.
  place(stamp, wanted);
} finally {
  rmSync(lock, { force: true });
}

/** A reader sees the old file or the new one, never half of it. */
function place(path, content) {
  const draft = join(dirname(lock), `asset.${process.pid}`);
  writeFileSync(draft, content);
  renameSync(draft, path);
}

async function takeLock() {
  for (;;) {
    try {
      closeSync(openSync(lock, 'wx'));
      return;
    } catch (problem) {
      if (problem.code !== 'EEXIST') {
        throw problem;
      }

      // Left behind by a build that was killed: no restore takes ten minutes.
      if (existsSync(lock) && Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > 600_000) {
        rmSync(lock, { force: true });
      }

      await wait(200);
    }
  }
}
