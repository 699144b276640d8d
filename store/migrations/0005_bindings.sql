-- Which of the platform's chats is a group of the organisation, and the sealed key its robot speaks with.

create table bindings (
  platform text not null,
  grp      text not null,
  chat     text not null default '',
  sealed   text not null default '',
  bound_by text not null,
  bound_at {{time}} not null,
  primary key (platform, grp)
);
