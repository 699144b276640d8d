-- The conversation of the group made for an incident, in which it is talked about as at home.

alter table incidents add column room_key text not null default '';

create index incidents_room on incidents (room_key) where room_key <> '';
