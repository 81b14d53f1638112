import type { Extracted } from '../index.ts';
import type { FoundIndicator } from '../indicators/index.ts';
import { countWords, fold } from '../text.ts';
import type { Finding } from './index.ts';

const shown = (indicator: FoundIndicator): string =>
  `${String(indicator.value).replace('.', ',')}${indicator.unit === '%' ? '%' : ` ${indicator.unit ?? ''}`}`;

const BARE_RATE =
  /^(?:(?:tốc\s+độ|nhịp\s+độ|mức|tỷ\s+lệ)\s+)?(?:tăng|giảm)?(?:\s*(?:trưởng|bình\s+quân|(?:hằng|hàng|mỗi)\s+năm))*$/iu;

const MIN_WORDS = 5;

/** Percentages over 100, periods that end before they begin, and one target printed with two values. */
export function checkTargets({ indicators, metadata }: Extracted): Finding[] {
  const findings: Finding[] = [];
  const bySubject = new Map<string, FoundIndicator>();
  for (const indicator of indicators) {
    const paragraph = indicator.anchor.paragraph;
    const most = Math.max(indicator.value, indicator.valueMax ?? 0);
    if (indicator.unit === '%' && most > 100 && indicator.change === null) {
      findings.push({
        code: 'over-hundred',
        message: `Tỷ lệ ${shown(indicator)} lớn hơn 100%.`,
        quote: indicator.quote,
        expected: null,
        paragraph,
      });
    }
    const period = /^(\d{4})-(\d{4})$/.exec(indicator.period ?? '');
    if (period && Number(period[1]) > Number(period[2])) {
      findings.push({
        code: 'period-order',
        message: `Giai đoạn ${indicator.period} kết thúc trước khi bắt đầu.`,
        quote: indicator.quote,
        expected: null,
        paragraph,
      });
    }
    const key = [fold(indicator.subject), indicator.period, indicator.deadline, indicator.change, indicator.unit].join(
      '|',
    );
    const before = bySubject.get(key);
    // Steps of one item ("đạt 15%. Mỗi năm tăng … đến khi đạt 100%") contradict nothing.
    // A bare "tốc độ tăng bình quân" is of whatever the clause before names: not the same target each time.
    // So is a "thời gian giải quyết" of a few words.
    const named = !BARE_RATE.test(indicator.subject.trim()) && countWords(indicator.subject) >= MIN_WORDS;
    if (before && named && before.value !== indicator.value && before.anchor.paragraph !== paragraph) {
      findings.push({
        code: 'conflicting-targets',
        message: `Cùng một chỉ tiêu “${indicator.subject}” ghi ${shown(before)} và ${shown(indicator)}.`,
        quote: indicator.quote,
        expected: null,
        paragraph,
      });
    } else if (!before) bySubject.set(key, indicator);
  }
  const { periodFrom, periodTo } = metadata;
  if (periodFrom !== null && periodTo !== null && periodFrom > periodTo) {
    findings.push({
      code: 'period-order',
      message: `Giai đoạn của kế hoạch ${periodFrom} - ${periodTo} kết thúc trước khi bắt đầu.`,
      quote: metadata.title,
      expected: null,
      paragraph: 0,
    });
  }
  return findings;
}
