create function entries_are_final() returns trigger language plpgsql as $$ begin raise exception 'the ledger is append-only'; end $$;
create trigger entries_keep before update or delete or truncate on entries execute function entries_are_final();
