import { Fragment } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Details, StateMark } from './card.tsx';
import { mode, payload, type Row, select, selected } from './document-state.ts';
import { FormButtons, formKeys, useRowForm } from './editor.tsx';
import { FieldInput } from './field-input.tsx';
import { CELLS, FIELDS, fieldValue } from './fields.ts';
import { label, percent, t } from './i18n.ts';

const CELL_FIELDS = CELLS.flatMap((name) => FIELDS.row.filter((field) => field.name === name));
const OTHER_FIELDS = FIELDS.row.filter(({ name }) => !CELLS.some((cell) => cell === name));
const WIDTH = CELLS.length + 2;

/** A row whose cells are inputs; what has no column is edited below. */
function EditedRow({ row }: { row: Row }) {
  const { form, save, leave } = useRowForm(row);
  const first = useRef<HTMLTableRowElement>(null);
  useLayoutEffect(() => first.current?.querySelectorAll('textarea')[1]?.focus(), []);
  const onKeyDown = formKeys(save, leave);
  return (
    <>
      <tr ref={first} class="edited" aria-current="true" data-id={row.id} onKeyDown={onKeyDown}>
        <td>
          <StateMark state={row.state} />
        </td>
        {CELL_FIELDS.map((field) => (
          <td key={field.name}>
            <FieldInput form={form} field={field} bare />
          </td>
        ))}
        <td />
      </tr>
      <tr class="details-row">
        <td colSpan={WIDTH}>
          <form
            class="editor"
            aria-label={t('edit')}
            onKeyDown={onKeyDown}
            onSubmit={(event) => {
              event.preventDefault();
              save();
            }}
          >
            <div class="inputs">
              {OTHER_FIELDS.map((field) => (
                <FieldInput key={field.name} form={form} field={field} />
              ))}
            </div>
            <FormButtons leave={leave} />
          </form>
        </td>
      </tr>
    </>
  );
}

function ShownRow({ row }: { row: Row }) {
  const isChosen = row.id === selected.value;
  const cell = (name: string) => {
    const [now, before] = [fieldValue(row.shown, name), fieldValue(row.value, name)];
    return now === before ? String(now ?? '') : <ins title={`${t('was')}: ${before}`}>{String(now ?? '')}</ins>;
  };
  return (
    <>
      <tr
        class={`state-${row.state} ${isChosen ? 'chosen' : ''}`}
        data-id={row.id}
        aria-current={isChosen ? 'true' : undefined}
        tabIndex={-1}
        onClick={() => select(row.id)}
      >
        <td>
          <StateMark state={row.state} />
        </td>
        {CELLS.map((name) => (
          <td key={name} class={`cell-${name}`}>
            {cell(name)}
          </td>
        ))}
        <td class="number">{row.confidence === null ? '' : percent(row.confidence)}</td>
      </tr>
      {isChosen && (
        <tr class="details-row">
          <td colSpan={WIDTH}>
            <Details row={row} />
          </td>
        </tr>
      )}
    </>
  );
}

function Rows({ rows }: { rows: readonly Row[] }) {
  return rows.map((row, i) => {
    const group = String(fieldValue(row.shown, 'group') ?? '');
    const isNew = group !== '' && group !== String(fieldValue(rows[i - 1]?.shown ?? row.value, 'group') ?? '');
    return (
      <Fragment key={row.id}>
        {(isNew || (i === 0 && group !== '')) && (
          <tr class="group">
            <th colSpan={WIDTH} scope="colgroup">
              {group}
            </th>
          </tr>
        )}
        {row.id === selected.value && mode.value === 'edit' ? <EditedRow row={row} /> : <ShownRow row={row} />}
      </Fragment>
    );
  });
}

/** The task tables as tables. */
export function TaskTables({ rows }: { rows: readonly Row[] }) {
  const tables = payload.value?.record.taskTables ?? [];
  return (
    <>
      {tables.map(({ id, title }) => {
        const own = rows.filter(({ table }) => table === id);
        return own.length === 0 ? null : (
          <table key={id} class="task-table">
            <caption>{title}</caption>
            <thead>
              <tr>
                <th scope="col">
                  <span class="unseen">{t('list.reviewed')}</span>
                </th>
                {CELLS.map((name) => (
                  <th key={name} scope="col">
                    {label('field', name)}
                  </th>
                ))}
                <th scope="col">
                  <span class="unseen">{t('confidence')}</span>%
                </th>
              </tr>
            </thead>
            <tbody>
              <Rows rows={own} />
            </tbody>
          </table>
        );
      })}
    </>
  );
}
