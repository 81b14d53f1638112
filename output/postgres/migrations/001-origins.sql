-- Where the documents of the tables come from: "HOST:FOLDER" of an export, "cluster" of an import. Those that a results
-- folder has no more go with its next export, unless they are of another origin, too.
create table kehoach.origins (
  origin text not null,
  document text not null,
  primary key (origin, document)
);
create index on kehoach.origins (document);
