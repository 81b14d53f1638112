export type { Issue } from '../../output/issues.ts';
export type { Box, Evidence, Indicator, TaskRow } from '../../output/record.ts';
