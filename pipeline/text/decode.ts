import { PlanError } from '../../output/issues.ts';

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Text of a plain-text file: UTF-8 (with or without a byte order mark) or UTF-16 with one, NFC, line ends as "\n".
 * Throws PlanError 'unknown-format' for anything else: a guess at an eight-bit code page could change a letter unseen.
 */
export function decodeText(bytes: Uint8Array): string {
  const [a, b] = bytes;
  let text: string;
  if (a === 0xff && b === 0xfe) text = new TextDecoder('utf-16le').decode(bytes);
  else if (a === 0xfe && b === 0xff) text = new TextDecoder('utf-16be').decode(bytes);
  else {
    try {
      text = UTF8.decode(bytes);
    } catch (cause) {
      throw new PlanError(
        'read',
        'unknown-format',
        'The text is neither UTF-8 nor UTF-16: open it in the program it was written with and save it again as UTF-8.',
        { cause },
      );
    }
  }
  if (text.includes('\0')) {
    throw new PlanError(
      'read',
      'unknown-format',
      'The file is named as text but holds binary data: check its ending, or import the original file.',
    );
  }
  return text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .normalize('NFC');
}
