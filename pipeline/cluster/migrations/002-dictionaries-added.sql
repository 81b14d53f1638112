-- A dictionary that no document needs goes after a while: it is put in before its documents.
alter table kehoach.dictionaries add column added_at timestamptz not null default now();
