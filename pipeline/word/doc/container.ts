import CFB from 'cfb';
import { PlanError } from '../../../output/issues.ts';
import { damagedWord } from '../zip.ts';

/** The streams of an old Word file ([MS-DOC] 2.1). */
export interface DocStreams {
  /** "WordDocument": the text and the formatting pages. */
  main: Buffer;
  /** "1Table" or "0Table", as the main stream says: all else. */
  table: Buffer;
  /** "Data": formatting too large for its page; may be empty. */
  data: Buffer;
}

const MAGIC = 0xa5ec;
/** Word 97, the first with this format. */
const WORD_97 = 0xc1;
const ENCRYPTED = 0x0100;
const OTHER_TABLE = 0x0200;

/** Opens the compound file. Throws a PlanError: `damaged`, `encrypted`, `unsupported-format` or `unknown-format`. */
export function openDoc(bytes: Buffer): DocStreams {
  const file = parse(bytes);
  const stream = (name: string): Buffer | null => {
    const entry = CFB.find(file, `/${name}`);
    return entry?.content ? Buffer.from(entry.content) : null;
  };
  if (stream('EncryptedPackage')) throw encrypted();
  const main = stream('WordDocument');
  if (!main) {
    const message = 'The file holds no Word document: no plan can be read from it.';
    throw new PlanError('read', 'unknown-format', message);
  }
  if (main.length < 0x200) throw damagedWord(undefined);
  const version = main.readUInt16LE(2);
  if (main.readUInt16LE(0) !== MAGIC || version < WORD_97) {
    const message =
      'The file was saved by Word 95 or older. Open it in Word, save it as a Word document (.docx) and import that.';
    throw new PlanError('read', 'unsupported-format', message);
  }
  const flags = main.readUInt16LE(0x0a);
  if (flags & ENCRYPTED) throw encrypted();
  const table = stream(flags & OTHER_TABLE ? '1Table' : '0Table');
  if (!table) throw damagedWord(undefined);
  return { main, table, data: stream('Data') ?? Buffer.alloc(0) };
}

function parse(bytes: Buffer): CFB.CFB$Container {
  try {
    return CFB.read(bytes, { type: 'buffer' });
  } catch (cause) {
    throw damagedWord(cause);
  }
}

function encrypted(): PlanError {
  const message = 'The Word file asks for a password. Save a copy without one and import that.';
  return new PlanError('read', 'encrypted', message);
}
