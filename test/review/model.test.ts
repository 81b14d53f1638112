import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { COMPARATORS, type Indicator, type PlanRecord, PlanRecord as Schema } from '../../output/record.ts';
import { applyReview } from '../../output/review/apply.ts';
import { changeReview, inverse } from '../../output/review/changes.ts';
import { type ReviewItem, reviewItems } from '../../output/review/items.ts';
import {
  type Added,
  type Change,
  type Decision,
  emptyReview,
  Review,
  type ReviewEntry,
  type ReviewValue,
} from '../../output/review/model.ts';
import { makePatch, patched } from '../../output/review/patch.ts';
import { binhAn } from '../output/fixture.ts';

let record: PlanRecord;
let items: ReviewItem[];
beforeAll(async () => {
  record = (await binhAn()).record;
  items = reviewItems(record);
});

const WHEN = '2026-03-01T08:00:00.000Z';
const signed = { note: null, who: 'Lan', when: WHEN };
const decide = ({ id, kind, quote }: ReviewItem, part: Partial<Decision>): Decision => ({
  ...{ id, kind, quote, decision: 'accept', patch: null },
  ...signed,
  ...part,
});
const reviewOf = (...entries: ReviewEntry[]): Review => {
  const changes = entries.map((after): Change => ({ id: after.id, before: null, after }));
  return changeReview(emptyReview(record.id), changes) as Review;
};
const first = (kind: string): ReviewItem => items.find((item) => item.kind === kind) as ReviewItem;
const patchOf = (item: ReviewItem, fields: object): Decision =>
  decide(item, { decision: 'patch', patch: makePatch(item.value, { ...item.value, ...fields } as ReviewValue) });

const anyFields = fc.record(
  {
    value: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
    valueMax: fc.option(fc.integer()),
    comparator: fc.constantFrom(...COMPARATORS),
    unit: fc.option(fc.string()),
    subject: fc.string(),
    deadline: fc.constantFrom(null, '2026', '2026-Q3', '2026-05', '2026-05-31'),
    section: fc.array(fc.string()),
  },
  { requiredKeys: [] },
);

describe('patches', () => {
  test('make the edited record of the extracted one, for any edit', () => {
    fc.assert(
      fc.property(anyFields, (fields) => {
        const { value } = first('indicator');
        const edited = { ...value, ...fields } as Indicator;
        expect(patched('indicator', value, makePatch(value, edited))).toEqual(edited);
      }),
    );
  });

  test('do not fit a record whose old value has changed', () => {
    const item = first('indicator');
    const patch = makePatch(item.value, { ...item.value, value: 12 } as Indicator);
    expect(patched('indicator', { ...item.value, value: 77 } as Indicator, patch)).toBeNull();
  });

  test.each([
    [[{ op: 'replace', path: '/value', value: 'many' }]],
    [[{ op: 'replace', path: '/id', value: 'other' }]],
    [[{ op: 'remove', path: '/quote' }]],
    [[{ op: 'add', path: '/__proto__/polluted', value: 1 }]],
    [[{ op: 'replace', path: '/nothing/here', value: 1 }]],
  ] as const)('are refused where no record comes out: %j', (patch) => {
    const { value } = first('indicator');
    expect(
      patched(
        'indicator',
        value,
        patch.map((operation) => ({ ...operation })),
      ),
    ).toBeNull();
    expect({}).not.toHaveProperty('polluted');
  });

  test('add and take away a note of a row', () => {
    const { value } = first('row');
    const noted = { ...value, note: 'xem lại' } as ReviewValue;
    expect(patched('row', value, makePatch(value, noted))).toEqual(noted);
    expect(patched('row', noted, makePatch(noted, value))).toEqual(value);
  });
});

describe('changes', () => {
  const entries = () =>
    fc.array(
      fc.record({
        at: fc.nat({ max: items.length - 1 }),
        decision: fc.constantFrom('accept', 'reject', null, 'gone'),
        note: fc.option(fc.string()),
      }),
      { minLength: 1, maxLength: 30 },
    );

  test('are taken back by their inverse, in any number and order', () => {
    fc.assert(
      fc.property(entries(), (steps) => {
        let review = emptyReview(record.id);
        const start = review;
        const done: Change[] = [];
        for (const { at, decision, note } of steps) {
          const item = items[at] as ReviewItem;
          const before = review.decisions.find(({ id }) => id === item.id) ?? null;
          const after = decision === 'gone' ? null : decide(item, { decision: decision as 'accept', note });
          const change = { id: item.id, before, after };
          review = changeReview(review, [change]) as Review;
          done.push(change);
        }
        expect(Review.parse(review)).toEqual(review);
        const undone = changeReview(review, inverse(done)) as Review;
        expect({ ...undone, revision: 0 }).toEqual(start);
        const redone = changeReview(undone, done) as Review;
        expect({ ...redone, revision: 0 }).toEqual({ ...review, revision: 0 });
      }),
    );
  });

  test('do not overwrite what someone else decided meanwhile', () => {
    const item = first('task');
    const theirs = reviewOf(decide(item, { who: 'Hùng', decision: 'reject' }));
    const mine: Change = { id: item.id, before: null, after: decide(item, {}) };
    expect(changeReview(theirs, [mine])).toEqual({ conflicts: [item.id] });
    const other = first('duty');
    const both = changeReview(theirs, [{ id: other.id, before: null, after: decide(other, {}) }]) as Review;
    expect(both.decisions).toHaveLength(2);
    expect(both.revision).toBe(theirs.revision + 1);
  });

  test('key order does not make a difference', () => {
    const item = first('task');
    const entry = decide(item, {});
    const turned = Object.fromEntries(Object.entries(entry).reverse()) as Decision;
    expect(changeReview(reviewOf(entry), [{ id: item.id, before: turned, after: null }])).toHaveProperty('revision', 2);
  });

  test('an entry under another id is refused', () => {
    const entry = decide(first('task'), {});
    expect(changeReview(emptyReview(record.id), [{ id: 'task-other', before: null, after: entry }])).toHaveProperty(
      'conflicts',
    );
  });
});

describe('applying', () => {
  test('an empty review and accepted records change nothing', () => {
    expect(applyReview(record, emptyReview(record.id))).toEqual({ record, misfits: [] });
    const all = reviewOf(...items.map((item) => decide(item, {})));
    expect(applyReview(record, all)).toEqual({ record, misfits: [] });
  });

  test('whatever is decided, what comes out is a document', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('accept', 'reject', null), { minLength: 60, maxLength: 60 }),
        (decisions) => {
          const entries = items.map((item, i) => decide(item, { decision: (decisions[i % 60] ?? null) as 'accept' }));
          const applied = applyReview(record, reviewOf(...entries));
          expect(Schema.parse(applied.record)).toEqual(applied.record);
          const rejected = entries.filter(({ decision, kind }) => decision === 'reject' && kind !== 'metadata').length;
          expect(reviewItems(applied.record)).toHaveLength(items.length - rejected);
          expect(applied.misfits).toEqual([]);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('corrections reach records of every kind', () => {
    const edits: Record<string, object> = {
      metadata: { signatory: 'Lê Thị Hoa' },
      heading: { title: 'TÊN MỚI' },
      indicator: { value: 12.5 },
      task: { area: 'so' },
      duty: { unit: 'Phòng Kinh tế' },
      row: { lead: 'Công an xã' },
      reference: { number: '1/NQ-CP' },
    };
    const review = reviewOf(...Object.entries(edits).map(([kind, fields]) => patchOf(first(kind), fields)));
    const applied = applyReview(record, review);
    expect(applied.misfits).toEqual([]);
    const now = reviewItems(applied.record);
    for (const [kind, fields] of Object.entries(edits)) {
      expect(now.find(({ id }) => id === first(kind).id)?.value).toMatchObject(fields);
    }
  });

  test('a rejected heading leaves those below it to the heading before', () => {
    const heading = record.sections.findIndex(({ children }, i) => i > 0 && children.length > 0);
    const [before, gone] = [record.sections[heading - 1], record.sections[heading]];
    const item = items.find(({ id }) => id === gone?.id) as ReviewItem;
    const { sections } = applyReview(record, reviewOf(decide(item, { decision: 'reject' }))).record;
    const now = sections.find(({ id }) => id === before?.id);
    expect(now?.children.map(({ id }) => id)).toEqual([
      ...(before?.children ?? []).map(({ id }) => id),
      ...(gone?.children ?? []).map(({ id }) => id),
    ]);
    expect(now?.children.every(({ level }) => level === 2)).toBe(true);
  });

  test('an added record stands where its line does', () => {
    const { value } = first('task');
    const evidence = [{ page: 1, box: null, line: [1, 1] as [number, number] }];
    const task = { ...value, id: 'task-added-1', quote: 'Lắp bảng tin ở các thôn', evidence };
    const added = { id: task.id, kind: 'task', table: null, record: task, ...signed } as Added;
    expect(applyReview(record, reviewOf(added)).record.tasks[0]).toEqual(task);
  });
});

describe('a new import', () => {
  const misfits = (changed: PlanRecord, ...entries: ReviewEntry[]) =>
    applyReview(changed, reviewOf(...entries)).misfits.map(({ reason }) => reason);

  test('keeps what still fits and names what does not', () => {
    const [indicator, task] = [first('indicator'), first('task')];
    const gone = { ...record, tasks: record.tasks.slice(1) };
    expect(misfits(gone, decide(task, { decision: 'reject' }), decide(indicator, {}))).toEqual(['gone']);
    const reworded = { ...record, tasks: record.tasks.map((value) => ({ ...value, quote: `${value.quote} nữa` })) };
    expect(misfits(reworded, decide(task, {}))).toEqual(['quote']);
    const revalued = { ...record, indicators: record.indicators.map((value) => ({ ...value, value: 1234 })) };
    expect(misfits(revalued, patchOf(indicator, { value: 7 }))).toEqual(['patch']);
    expect(misfits({ ...record, taskTables: [] }, decide(first('row'), {}))).toEqual(['gone']);
  });

  test('that finds an added record itself does not have it twice', () => {
    const { value } = first('indicator');
    const added = { id: 'x', kind: 'indicator', table: null, record: { ...value, id: 'x' }, ...signed } as Added;
    const applied = applyReview(record, reviewOf(added));
    expect(applied.misfits.map(({ reason }) => reason)).toEqual(['found']);
    expect(applied.record.indicators).toEqual(record.indicators);
  });
});
