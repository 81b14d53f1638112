/** The model files, read when first asked for and kept. */
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { Channel, type ChannelFile } from './channel.ts';
import { LanguageModel } from './language-model.ts';
import { type Rules, readRules } from './rules.ts';

/** All that is learnt or listed. */
export interface Model {
  language: LanguageModel;
  rules: Rules;
  english: Channel;
  vietnamese: Channel;
}

let loaded: Model | undefined;
const folder = new URL('../model/', import.meta.url);

function channel(name: string, language: LanguageModel): Channel {
  const bytes = brotliDecompressSync(readFileSync(new URL(name, folder)));
  return new Channel(JSON.parse(bytes.toString('utf8')) as ChannelFile, language);
}

/** Reads the model (about 0.2 s the first time, nothing after). Throws where the package's model folder is missing or damaged. */
export function loadModel(): Model {
  if (!loaded) {
    const language = new LanguageModel(readFileSync(new URL('language.bin', folder)));
    loaded = {
      language,
      rules: readRules(new URL('rules.json', folder)),
      english: channel('channel-english.json.br', language),
      vietnamese: channel('channel-vietnamese.json.br', language),
    };
  }
  return loaded;
}
