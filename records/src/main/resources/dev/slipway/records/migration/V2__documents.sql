-- What releases were made of and what people were shown, whole and by digest, so that one backup has everything.

create table documents (
    kind    text not null check (kind in ('bundle', 'diff')),
    digest  text not null,
    content bytea not null check (octet_length(content) <= 8388608),
    kept_at timestamptz not null default now(),
    primary key (kind, digest)
);
comment on table documents is 'Bundles and diffs by their digest; each is added once and never changed';
comment on column documents.digest is 'Of a diff: of its content. Of a bundle: of the files in it (Bundle.digest)';
comment on column documents.kept_at is 'When somebody last wanted it kept';
