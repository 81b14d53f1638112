import type { Metadata } from '../../output/record.ts';
import type { Plan } from '../plan.ts';
import type { Finding } from './index.ts';

/** "của phường", "trên địa bàn phường" in a plan of a xã: most likely left over from another unit's plan. */
export function checkUnits(plan: Plan, metadata: Metadata): Finding[] {
  const own = /^(xã|phường)\s/u.exec(metadata.unit ?? '')?.[1];
  if (!own) return [];
  const other = own === 'xã' ? 'phường' : 'xã';
  // Without a name behind it and not in "xã, phường" the word means the issuer's own unit.
  const pattern = new RegExp(
    `(?:của|tại|trên\\s+địa\\s+bàn|cấp\\s+ủy|UBND|Ủy\\s+ban\\s+nhân\\s+dân|thông\\s+tin\\s+điện\\s+tử|một\\s+cửa)\\s+(${other})(?=\\s*[.;,)]|\\s+(?:và|theo|đã|để|giai|năm|được|trong|có)\\s|\\s*$)(?!\\s*,\\s*(?:xã|phường|thị))`,
    'giu',
  );
  return plan.blocks.flatMap((block): Finding[] => {
    if (['letterhead', 'recipients', 'signature'].includes(block.role)) return [];
    const text = plan.paragraphs[block.paragraph]?.text ?? '';
    return [...text.matchAll(pattern)].map((match) => ({
      code: 'unit-mismatch',
      message: `“${match[0]}” trong kế hoạch của ${metadata.unit}: có thể còn sót từ văn bản của đơn vị khác.`,
      quote: match[0],
      expected: match[0].replace(new RegExp(`${other}$`, 'iu'), own),
      paragraph: block.paragraph,
    }));
  });
}
