import { unitWords } from '../dictionaries/administrative/index.ts';
import { memo } from './memo.ts';
import { fold } from './text.ts';

/** What stands before the unit's name in a title. */
export const ASKING = /^(?:Đề\s+nghị|Giao|Khuyến\s+khích|Yêu\s+cầu)\s+(?:các\s+đồng\s+chí\s+)?/iu;

/** Whether a title or the words before a colon name a unit: "Phòng Kinh tế", "Các phòng, đơn vị". */
export const namesUnit: (text: string) => boolean = memo(isUnit, 2048);

function isUnit(text: string): boolean {
  const words = fold(text.replace(ASKING, ''));
  const { starters, general } = unitWords();
  if (general.some((phrase) => words === fold(phrase) || words.startsWith(`${fold(phrase)} `))) return false;
  return starters.some((starter) => words === fold(starter) || words.startsWith(`${fold(starter)} `));
}
