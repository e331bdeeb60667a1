// One Chromium, the system's; one server, the binary of the Rust tests on a free port of its own choice.

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { defineConfig } from '@playwright/test';

const root = resolve(import.meta.dirname, '../..');
const target = resolve(root, process.env.CARGO_TARGET_DIR ?? 'target');
const program = process.env.SHOWCASE_PROGRAM ?? join(target, 'debug/showcase');
if (!existsSync(program)) {
  throw new Error(`${program} is missing: run \`tests/run --browser\``);
}

export default defineConfig({
  testDir: import.meta.dirname,
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',

  webServer: {
    command: `'${program}' serve --listen 127.0.0.1:0`,
    cwd: root,
    // The first line names the address; the group's name makes it `process.env.SHOWCASE_URL`.
    wait: { stdout: /^showcase: (?<showcase_url>http:\/\/\S+)\s/ },
    timeout: 30_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  },

  use: {
    baseURL: process.env.SHOWCASE_URL,
    // What a test measures must not depend on the moment within an animation.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
