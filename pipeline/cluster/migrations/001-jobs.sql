-- Sources wait here for the workers, in pieces; one that no document needs any more goes.
create table kehoach.sources (
  sha256 text primary key,
  bytes bigint not null,
  added_at timestamptz not null default now()
);

create table kehoach.source_pieces (
  sha256 text not null references kehoach.sources on delete cascade,
  number integer not null,
  content bytea not null,
  primary key (sha256, number)
);
-- PDF and pictures are compressed already.
alter table kehoach.source_pieces alter column content set storage external;

-- User dictionaries of those who import, by digest: results depend on them.
create table kehoach.dictionaries (
  digest text primary key,
  content text not null
);

-- A document taken in. Its key is made of all that its result depends on.
create table kehoach.imports (
  key text primary key,
  id text not null,
  source text not null,
  folder text not null,
  -- Empty for a file that could not be opened; then failure says why.
  sha256 text not null,
  bytes bigint not null,
  failure jsonb,
  queue text not null,
  -- Engine and version of the program that recognise its pages.
  reader text not null,
  -- engine, engineVersion, maxPages, timeout (milliseconds or null), dictionary (digest or null)
  options jsonb not null,
  -- Which try it is: jobs of an earlier one are void.
  attempt integer not null default 1,
  queued_at timestamptz not null default now(),
  -- What reading gave, for the job that finishes it: JSON, compressed with gzip.
  opened bytea,
  open_ms integer not null default 0,
  kind text,
  page_count integer,
  -- Pages to recognise.
  pending integer,
  outcome text,
  -- An error that may be gone the next time.
  passing boolean not null default false,
  -- Why there is no result.
  problem text,
  milliseconds integer,
  finished_at timestamptz
);
create index on kehoach.imports (sha256);
create index on kehoach.imports (finished_at);

-- Pages recognised, kept: an extractor that changed needs no recognition. content is JSON, compressed with gzip.
create table kehoach.pages (
  sha256 text not null,
  reader text not null,
  number integer not null,
  worker text not null,
  started_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  content bytea,
  -- Nothing was read: it may be an engine that failed, and is looked at anew when the document is.
  is_blank boolean not null default false,
  error jsonb,
  primary key (sha256, reader, number)
);
create index on kehoach.pages (ended_at);

-- document.json, text.txt and layout.json of each result.
create table kehoach.files (
  key text not null references kehoach.imports on delete cascade,
  name text not null,
  content bytea not null,
  primary key (key, name)
);

create table kehoach.workers (
  id text primary key,
  host text not null,
  pid integer not null,
  jobs integer not null,
  -- [{engine, version, queue}]
  readers jsonb not null,
  documents integer not null default 0,
  pages integer not null default 0,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  stopped_at timestamptz
);
