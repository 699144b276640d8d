-- Who protected sources are: an alias for one report, and the person under seal.

create table sources (
  alias  text primary key,    -- source:K7Q2M
  owner  text not null,       -- the person, as a keyed hash: to find their aliases
  sealed text not null        -- the person, encrypted
);
create index sources_owner on sources (owner);
