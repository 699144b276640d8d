-- Albums of the photo custodian, of an incident or of an activity, and what is known of each picture.

create table albums (
  key    text primary key,      -- an incident's number, or an activity's name
  title  text not null,
  begun_by text not null,
  at     {{time}} not null
);
create index albums_at on albums (at);

create table photos (
  album   text not null,
  n       integer not null,     -- from 1, as people name it
  sha256  text not null,        -- the original, which stays as it came
  name    text not null,
  sent_by text not null,
  at      {{time}} not null,
  caption text not null,
  best    boolean not null,
  ord     integer not null,     -- its place among them
  look    text not null,        -- new, clear, mask, masked
  why     text not null,        -- what is to be masked
  masked  text not null,        -- the copy in which it is
  looked  text not null,        -- who looked
  primary key (album, n)
);
create unique index photos_once on photos (album, sha256);
