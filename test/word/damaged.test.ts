import CFB from 'cfb';
import { describe, expect, it } from 'vitest';
import { readWord } from '../../pipeline/word/read-word.ts';
import { parseXml } from '../../pipeline/word/xml.ts';
import { unzip } from '../../pipeline/word/zip.ts';
import { docx, p, zip } from './make-docx.ts';
import { saved } from './saved.ts';

const good = docx({ body: p('Kế hoạch') });

/** A compound file with these streams. */
function compound(streams: Record<string, Buffer>): Buffer {
  const file = CFB.utils.cfb_new();
  for (const [name, content] of Object.entries(streams)) CFB.utils.cfb_add(file, `/${name}`, content);
  return CFB.write(file, { type: 'buffer' }) as Buffer;
}

/** The beginning of an old Word file. */
function wordStream(version: number, flags: number): Buffer {
  const stream = Buffer.alloc(2000);
  stream.writeUInt16LE(0xa5ec, 0);
  stream.writeUInt16LE(version, 2);
  stream.writeUInt16LE(flags, 10);
  return stream;
}

describe('files that cannot be read say why', () => {
  it.each<[string, Buffer, string]>([
    ['a DOCX that is cut off', good.subarray(0, good.length / 2), 'damaged'],
    ['a ZIP without a document', zip({ 'a.txt': 'hello' }), 'damaged'],
    ['XML that is not closed', zip({ 'word/document.xml': '<w:document><w:body>' }), 'damaged'],
    ['a document without a body', zip({ 'word/document.xml': '<a/>' }), 'damaged'],
    [
      'a DOCX with a password',
      compound({ EncryptedPackage: Buffer.alloc(64), EncryptionInfo: Buffer.alloc(64) }),
      'encrypted',
    ],
    ['a workbook', compound({ Workbook: Buffer.alloc(64) }), 'unknown-format'],
    ['a DOC with a password', compound({ WordDocument: wordStream(0xc1, 0x100) }), 'encrypted'],
    ['a DOC of Word 95', compound({ WordDocument: wordStream(0x68, 0) }), 'unsupported-format'],
    ['a DOC without its table stream', compound({ WordDocument: wordStream(0xc1, 0) }), 'damaged'],
    ['a DOC of zeros', compound({ WordDocument: wordStream(0xc1, 0), '0Table': Buffer.alloc(100) }), 'damaged'],
    ['no compound file at all', Buffer.from('d0cf11e0a1b11ae1'.repeat(40), 'hex'), 'damaged'],
  ])('%s', async (_, bytes, code) => {
    await expect(readWord(saved(bytes))).rejects.toMatchObject({ name: 'PlanError', code });
  });

  it('a ZIP that unpacks to more than the limit is not unpacked', async () => {
    const path = saved(zip({ 'word/document.xml': Buffer.alloc(5_000_000, ' ') }));
    await expect(unzip(path, () => true, { maxBytes: 1_000_000 })).rejects.toMatchObject({ code: 'too-large' });
  });

  it('nor one that lies about it', async () => {
    const bomb = zip({ 'word/document.xml': Buffer.alloc(5_000_000, ' ') }, { 'word/document.xml': 100 });
    await expect(unzip(saved(bomb), () => true, { maxBytes: 1_000_000 })).rejects.toMatchObject({ code: 'damaged' });
  });

  it('XML that nests without end, or defines entities, does no harm', () => {
    expect(() => parseXml('<a>'.repeat(100_000))).toThrow();
    expect(() => parseXml('<!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>')).toThrow();
  });
});
