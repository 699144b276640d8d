create trigger entries_keep before update on entries begin select raise(abort, 'the ledger is append-only'); end;
create trigger entries_stay before delete on entries begin select raise(abort, 'the ledger is append-only'); end;
