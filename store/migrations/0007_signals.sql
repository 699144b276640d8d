-- What monitoring systems and feeds told, each once, and what people made of it.

create table signals (
  id         {{serial}},
  number     text not null unique, -- S-1
  source     text not null,
  signal_id  text not null,        -- the source's own
  link       text not null,        -- normalised; empty if it has none
  state      text not null,        -- waiting, attached, repeated, opened, ignored
  incident   text not null,
  decided_by text not null,
  reason     text not null,
  body       text not null,
  at         {{time}} not null,    -- received
  decided_at {{time}},
  unique (source, signal_id)
);
create index signals_waiting on signals (id) where state = 'waiting';
create index signals_link on signals (link, id) where link <> '';
