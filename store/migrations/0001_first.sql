-- Words in double braces differ between the databases; see migrate.go.

create table inbox (
  id       {{serial}},
  platform text not null,
  kind     text not null,
  event    text not null,
  state    text not null, -- done, parked, dead
  toast    text not null,
  error    text not null,
  attempts integer not null,
  at       {{time}} not null,
  next_at  {{time}}
);
create index inbox_parked on inbox (next_at) where state = 'parked';
create index inbox_dead on inbox (id) where state = 'dead';
create index inbox_done on inbox (at) where state = 'done';

create table inbox_keys (
  key      text not null primary key,
  inbox_id bigint not null
);
create index inbox_keys_event on inbox_keys (inbox_id);

create table posts (
  id            {{serial}},
  key           text not null unique,
  platform      text not null,
  place_key     text not null,
  place         text not null,
  message       text not null,
  incident      text not null,
  reason        text not null,
  recipient     text not null,
  starts        text not null,
  fallback      text,
  confirm_by    bigint not null,
  status        text not null, -- queued, sent, unconfirmed, failed, dropped, rerouted
  attempts      integer not null,
  created_at    {{time}} not null,
  after_at      {{time}} not null,
  next_at       {{time}} not null,
  claimed_until {{time}},
  confirm_at    {{time}},
  sent_at       {{time}},
  confirmed     boolean not null,
  message_id    text not null,
  thread        text not null,
  note          text not null,
  error         text not null
);
create index posts_waiting on posts (place_key, id) where status = 'queued';
create index posts_later on posts (after_at) where status = 'queued';
create index posts_claimed on posts (place_key, claimed_until) where claimed_until is not null;
create index posts_confirm on posts (confirm_at) where confirm_at is not null;
create index posts_message on posts (message_id, platform);
create index posts_incident on posts (incident, id);
create index posts_created on posts (created_at);

create table clocks (
  id      {{serial}},
  subject text not null,
  kind    text not null,
  slot    integer not null,
  at      {{time}} not null,
  due     {{time}},
  person  text not null,
  reason  text not null
);
create index clocks_at on clocks (at, subject);
create index clocks_subject on clocks (subject);

create table incidents (
  id           {{serial}},
  number       text not null unique,
  suffix       text not null,
  state        text not null,
  is_over      boolean not null,
  level        integer not null,
  drill        boolean not null,
  confidential boolean not null,
  title        text not null,
  reporter     text not null,
  officer      text not null,
  tracker      text not null,
  unit         text not null,
  home_key     text not null,
  home_chat    text not null,
  found_at     {{time}},
  reported_at  {{time}},
  closed_at    {{time}},
  touched_at   {{time}} not null,
  body         text not null
);
create index incidents_open on incidents (id) where not is_over;
create index incidents_suffix on incidents (suffix, id);
create index incidents_home on incidents (home_key, is_over, id);
create index incidents_chat on incidents (home_chat, id) where not is_over;
create index incidents_reporter on incidents (reporter, id);
create index incidents_reported on incidents (reported_at, id);
create index incidents_closed on incidents (closed_at) where closed_at is not null;
create index incidents_touched on incidents (touched_at);

create table followups (
  incident text not null,
  ord      integer not null,
  n        integer not null,
  due      {{time}},
  at       {{time}},
  person   text not null,
  verdict  text not null,
  primary key (incident, ord)
);
create index followups_due on followups (due);

create table risks (
  incident  text not null,
  ord       integer not null,
  risk      text not null,
  kind      text not null,
  about     text not null,
  person    text not null,
  opened_at {{time}},
  status    text not null,
  judged_at {{time}},
  primary key (incident, ord)
);
create index risks_opened on risks (opened_at);
create index risks_person on risks (person, opened_at);

create table evidence (
  incident  text not null,
  ord       integer not null,
  evidence  text not null,
  name      text not null,
  kind      text not null,
  sha256    text not null,
  at        {{time}},
  person    text not null,
  masked    boolean not null,
  withdrawn boolean not null,
  primary key (incident, ord)
);
create index evidence_sha256 on evidence (sha256);

create table counters (
  name text not null primary key,
  n    bigint not null
);

create table entries (
  seq     bigint not null primary key,
  at      {{time}} not null,
  actor   text not null,
  kind    text not null,
  subject text not null,
  cause   text not null,
  body    text not null,
  prev    text not null,
  hash    text not null
);
create index entries_subject on entries (subject, seq);
create index entries_at on entries (at);

create table ledger_head (
  id   integer not null primary key,
  seq  bigint not null,
  hash text not null
);
insert into ledger_head (id, seq, hash) values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

create table forms (
  id         {{serial}},
  person     text not null,
  place_key  text not null,
  place      text not null,
  form       text not null,
  state      text not null,
  active     boolean not null,
  incident   text not null,
  started_at {{time}} not null,
  last_at    {{time}},
  updated_at {{time}} not null
);
create unique index forms_active on forms (person, place_key) where active;
create index forms_incident on forms (incident, id);

create table people (
  platform text not null,
  account  text not null,
  name     text not null,
  first_at {{time}} not null,
  last_at  {{time}} not null,
  primary key (platform, account)
);

create table chats (
  platform text not null,
  chat     text not null,
  name     text not null,
  first_at {{time}} not null,
  last_at  {{time}} not null,
  primary key (platform, chat)
);

create table files (
  sha256 text not null primary key,
  name   text not null,
  kind   text not null,
  type   text not null,
  size   bigint not null,
  person text not null,
  at     {{time}} not null
);

create table marks (
  name text not null primary key,
  at   {{time}} not null
);
