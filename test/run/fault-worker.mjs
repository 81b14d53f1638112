// A worker as the run starts it, whose files' names make it hang or die. Built code does the rest.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { restore } from 'diacritics-restore';
import { runJob } from '../../dist/pipeline/run/jobs.js';
import { READY } from '../../dist/pipeline/run/protocol.js';
import { watchProcess } from '../../dist/pipeline/run/watch.js';
import '../../dist/pipeline/stages/finish.js';
import '../../dist/pipeline/stages/open.js';

watchProcess(Number(process.argv[2]));
// Stages and model are loaded before the clocks of these tests begin: they are short.
restore('ke hoach');

const answer = (result) => process.send({ ...result, progress: [] });

process.on('message', async (request) => {
  if ('prospect' in request) return;
  const { file, document, options } = request.input;
  const { source } = file ?? document.file;
  if (request.name === 'open') {
    if (source.startsWith('hang')) return;
    if (source.startsWith('spin')) for (;;);
    if (source.startsWith('slow')) {
      for (let page = 1; page <= 8; page++) {
        await sleep(800);
        process.send({ progress: [{ stage: 'read', page }] });
      }
    }
    if (source.startsWith('die')) process.exit(9);
    const mark = join(options.outDir, `${source}.died`);
    if (source.startsWith('once') && !existsSync(mark)) {
      writeFileSync(mark, '');
      process.kill(process.pid, 'SIGKILL');
      return;
    }
    if (source.startsWith('pages')) {
      const opened = { ...(await runJob(request)), ok: true };
      answer({ ok: true, output: { document: pagesOf(file, opened) } });
      return;
    }
  }
  if (request.name === 'recognize') return recognize(request.input);
  answer(await runJob(request));
});
process.on('disconnect', () => process.exit(0));
process.send(READY);

/** A document of four pages to recognise. */
function pagesOf(file) {
  const nothing = { pages: [], issues: [], assembled: null, plan: null, extracted: null, record: null };
  return { file, kind: 'image', mediaType: 'image/tiff', pageCount: 4, pending: [1, 2, 3, 4], ...nothing };
}

/** Page 2 of "pages hang" never ends, that of "pages die" ends the process; any other says which process read it. */
function recognize({ file, page }) {
  if (page === 2 && file.source.startsWith('pages hang')) return;
  if (page === 2 && file.source.startsWith('pages die')) process.exit(9);
  const word = { raw: String(process.pid), text: String(process.pid), box: null, confidence: 1 };
  const line = { kind: 'line', words: [word], box: null, region: 'body', size: null, blankBefore: 0 };
  const output = { number: page, width: null, height: null, textSource: 'ocr', quality: 1, engine: null };
  answer({ ok: true, output: { ...output, items: [line], regions: [] } });
}
