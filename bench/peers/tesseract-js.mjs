// Bare tesseract.js: node tesseract-js.mjs DATA_FOLDER WORKERS IMAGE… reads the images and prints their text.
import { createScheduler, createWorker } from 'tesseract.js';

const [langPath, workers, ...images] = process.argv.slice(2);
const scheduler = createScheduler();
const options = { langPath, gzip: true, cacheMethod: 'none' };
await Promise.all(
  Array.from({ length: Number(workers) }, async () => scheduler.addWorker(await createWorker('vie', 1, options))),
);
const pages = await Promise.all(images.map((image) => scheduler.addJob('recognize', image)));
await scheduler.terminate();
process.stdout.write(pages.map(({ data }) => data.text).join('\f'));
