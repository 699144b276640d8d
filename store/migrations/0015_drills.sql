-- Rehearsals, and what came in when.

create table drills (
  id         {{serial}},
  platform   text not null,
  chat       text not null,      -- the group it is held in
  title      text not null,
  begun_by   text not null,
  begun_at   {{time}} not null,
  ends_at    {{time}} not null,  -- unless it is ended before
  ended_at   {{time}},
  injects    text not null
);
create unique index drills_running on drills (platform, chat) where ended_at is null;
