// node eval/fresh.mjs PROFILE FILE: what a new process needs for one text. Plain JavaScript on the built package: no loader's memory counts.
import { readFileSync } from 'node:fs';

const [profile, path] = process.argv.slice(2);
const text = readFileSync(path, 'utf8');
const seconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const wall = performance.now();
const started = seconds();
const { loadModel, restore } = await import('../dist/index.js');
loadModel();
const ready = { ms: performance.now() - wall, cpu: seconds() - started, mb: process.memoryUsage().rss / 1e6 };
const before = seconds();
restore(text, { profile });
const restored = { cpu: seconds() - before, mb: process.memoryUsage().rss / 1e6 };
process.stdout.write(JSON.stringify({ ready, restored, tokens: text.split(/\s+/).length }));
