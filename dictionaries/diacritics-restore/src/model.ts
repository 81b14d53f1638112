/** The model files, read when first asked for and kept. */
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { Channel, type ChannelFile } from './channel.ts';
import { LanguageModel } from './language-model.ts';
import { type Rules, readRules } from './rules.ts';
import { ENGLISH, type OcrWeights, VIETNAMESE } from './weights.ts';

/** All that is learnt or listed. A channel is read when a text needs it. */
export interface Model {
  readonly language: LanguageModel;
  readonly rules: Rules;
  readonly english: Channel;
  readonly vietnamese: Channel;
}

let loaded: Model | undefined;
const folder = new URL('../model/', import.meta.url);

function lazyChannel(name: string, language: LanguageModel, { partBeam }: OcrWeights): () => Channel {
  let channel: Channel | undefined;
  return () => {
    if (!channel) {
      const bytes = brotliDecompressSync(readFileSync(new URL(name, folder)));
      channel = new Channel(JSON.parse(bytes.toString('utf8')) as ChannelFile, language, partBeam);
    }
    return channel;
  };
}

/** Reads the model (about 0.2 s the first time, nothing after). Throws where the package's model folder is missing or damaged. */
export function loadModel(): Model {
  if (!loaded) {
    const language = new LanguageModel(readFileSync(new URL('language.bin', folder)));
    const english = lazyChannel('channel-english.json.br', language, ENGLISH);
    const vietnamese = lazyChannel('channel-vietnamese.json.br', language, VIETNAMESE);
    loaded = {
      language,
      rules: readRules(new URL('rules.json', folder)),
      get english() {
        return english();
      },
      get vietnamese() {
        return vietnamese();
      },
    };
  }
  return loaded;
}
