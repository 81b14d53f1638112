/** The shape of a Vietnamese syllable in correct spelling: onset, rime, tone. */
import { toOldPlacement } from './letters.ts';

const ONSETS = new Set('ngh ng nh gh gi kh ph qu th tr ch b c d đ g h k l m n p r s t v x'.split(' '));
const LONGEST_ONSET = 3;

/** Rimes without tone, as they stand after an onset; source: the spelling rules taught in Vietnamese schools, written down by us. */
const RIMES = new Set(
  `a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu y
o oc oi om on ong oong ooc op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oem
ô ôc ôi ôm ôn ông ôông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uâ uân uâng uât uây uê uêch uênh uơ uy uya uych uynh uyt uyu uyn uyp
uyên uyêt uô uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưn ưng ưt ưu ươ ươc ươi ươm ươn ương ươp ươt ươu`.split(/\s+/),
);
const BARE = new Set('yêm yên yêng yêt yêu ia iêc y ê ơ'.split(' '));
/** After qu the rime has lost its u. */
const AFTER_QU = new Set(
  `a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân âng ât âu ây e en eng eo et ê êch ên ênh êt i ich in inh it y ych ynh yt yên yêt ơ ơi ôc ac ap iu yu ăt`.split(
    /\s+/,
  ),
);
const AFTER_GI = new Set(
  `a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăt âm ân âng âp ât âu ây e ec em en eo ep et ê êm ên êng ết êt êu o oc oi om on ong ot ô ôc ôi ông ôn ơ ơi ơn ơt u uc ui um un ung up ut uôc ư ưa ưc ưng ươ ươi ươm ương ưt ộp ôp ôt oa oăng`.split(
    /\s+/,
  ),
);

/** A syllable taken apart: onset "ngh", rime with its tone "ược", rime without tone, tone as combining mark or "". */
export interface SyllableParts {
  onset: string;
  rime: string;
  base: string;
  tone: string;
}

const cache = new Map<string, SyllableParts | null>();

/** Takes a lower-case word (tone on the first vowel of oa, oe, uy) apart; undefined where it is no syllable in shape. */
export function splitSyllable(word: string): SyllableParts | undefined {
  const known = cache.get(word);
  if (known !== undefined) return known ?? undefined;
  const parts = parse(word);
  if (cache.size < REMEMBERED) cache.set(word, parts ?? null);
  return parts;
}

const VOWEL_FIRST = /^[aeiouyăâêôơưàáãảạằắẵẳặầấẫẩậèéẽẻẹềếễểệòóõỏọồốỗổộờớỡởợùúũủụừứữửựìíĩỉịỳýỹỷỵ]/;

function parse(word: string): SyllableParts | undefined {
  if (word.length === 0 || word.length > 7) return undefined;
  for (let length = Math.min(LONGEST_ONSET, word.length - 1); length > 0; length--) {
    const onset = word.slice(0, length);
    if (!ONSETS.has(onset)) continue;
    const rime = word.slice(length);
    if (onset === 'gi' && !VOWEL_FIRST.test(rime)) continue;
    return withTone(onset, rime);
  }
  return withTone('', word);
}

/** Rimes without their tone, and the tone; null where there are two. */
const rimes = new Map<string, { base: string; tone: string } | null>();

function withTone(onset: string, rime: string): SyllableParts | undefined {
  let found = rimes.get(rime);
  if (found === undefined) {
    const decomposed = rime.normalize('NFD');
    const tone = (decomposed.match(/[\u0300\u0301\u0303\u0309\u0323]/g) ?? []).join('');
    const base = decomposed.replace(/[\u0300\u0301\u0303\u0309\u0323]/g, '').normalize('NFC');
    found = tone.length > 1 ? null : { base, tone };
    if (rimes.size < 5000) rimes.set(rime, found);
  }
  return found ? { onset, rime, base: found.base, tone: found.tone } : undefined;
}

/** Whether tone stands on the vowel where spelling puts it (either placement of oa, oe, uy). */
function toneWellPlaced(parts: SyllableParts): boolean {
  if (parts.tone === '') return true;
  const { base } = parts;
  const vowels = /[aăâeêioôơuưy]+/.exec(base)?.[0] ?? '';
  const closed = vowels.length < base.length;
  let at = 0;
  const special = Math.max(...[...'ăâêôơ'].map((v) => vowels.lastIndexOf(v)));
  if (special >= 0) at = special;
  else if (vowels.length === 3) at = 1;
  else if (vowels.length === 2) {
    if (closed || parts.onset === 'qu') at = parts.onset === 'qu' && !closed ? 0 : 1;
    else if (vowels === 'ươ') at = 1;
  }
  const chars = [...base];
  chars[at] = ((chars[at] ?? '') + parts.tone).normalize('NFC');
  return chars.join('') === parts.rime;
}

/**
 * Whether a word can be a Vietnamese syllable in correct spelling ("nghiệp", "Hoà", "QUYỀN"): letters only, any capitals,
 * marks and tone where they belong. It need not exist. For judging text layers.
 */
export function isPlausibleSyllable(word: string): boolean {
  let known = verdicts.get(word);
  if (known === undefined) {
    known = isSyllable(word);
    if (verdicts.size < REMEMBERED && word.length < 30) verdicts.set(word, known);
  }
  return known;
}

const verdicts = new Map<string, boolean>();
const REMEMBERED = 50_000;

function isSyllable(word: string): boolean {
  const low = toOldPlacement(word.normalize('NFC').toLowerCase());
  const parts = splitSyllable(low);
  if (!parts) return false;
  const { onset, base, tone } = parts;
  const front = /^[ieêy]/.test(base);
  if ((onset === 'k' || onset === 'gh' || onset === 'ngh') && !front) return false;
  if ((onset === 'c' || onset === 'ng') && front) return false;
  if (onset === 'g' && front && !/^i(n|êng|êt)?$/.test(base)) return false;
  if (onset === 'qu') {
    if (!AFTER_QU.has(base)) return false;
  } else if (onset === 'gi') {
    if (!AFTER_GI.has(base)) return false;
  } else if (!RIMES.has(base) && !(onset === '' && BARE.has(base))) return false;
  if (/(?:c|ch|p|t)$/.test(base) && tone !== '\u0301' && tone !== '\u0323') return false;
  return toneWellPlaced(parts);
}
