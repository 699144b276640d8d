create index posts_unconfirmed on posts (place_key, id) where status = 'unconfirmed' and starts <> '';
