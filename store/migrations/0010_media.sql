-- Who of the press asks, and every question they asked.

create table media_contacts (
  id         {{serial}},
  outlet     text not null,      -- empty while unknown, like person and phone
  person     text not null,
  phone      text not null,      -- whole; digits as they are dialled
  steward    text not null,      -- who keeps up the relation
  created_at {{time}} not null
);
create index media_contacts_phone on media_contacts (phone) where phone <> '';
create index media_contacts_person on media_contacts (outlet, person);

create table media_inquiries (
  incident text not null,        -- the inquiry's own number when it belongs to no incident
  ord      integer not null,     -- from 1
  number   text not null,        -- M-1, M-20260310-001
  contact  bigint not null,      -- 0: unknown
  is_open  boolean not null,
  at       {{time}} not null,    -- registered
  body     text not null,
  primary key (incident, ord)
);
create index media_inquiries_contact on media_inquiries (contact, at) where contact <> 0;
create index media_inquiries_alone on media_inquiries (at) where is_open and incident = number;
