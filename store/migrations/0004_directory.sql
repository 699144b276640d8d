-- What a platform's directory says of people and units.

alter table people add column union_id text not null default '';
alter table people add column unit text not null default '';
alter table people add column title text not null default '';
alter table people add column active boolean not null default true;
alter table people add column synced_at {{time}};

create table units (
  platform  text not null,
  unit      text not null,
  parent    text not null,
  name      text not null,
  gone      boolean not null,
  synced_at {{time}} not null,
  primary key (platform, unit)
);
