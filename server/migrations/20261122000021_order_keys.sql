-- Names repeat from organisation to organisation, so that a trigram's list of all organisations' orders is long, and so is an
-- organisation's list of all its orders; to meet them took 20 ms of a search. Trigrams that are an organisation's own have short lists.

-- What an organisation's orders are found by: every three letters of the words, hashed together with the organisation.
create function order_keys(organisation uuid, words text) returns bigint[] language sql immutable parallel safe as $$
    select array(select distinct hashtextextended(substr(words, n, 3), uuid_hash_extended(organisation, 0))
                 from generate_series(1, length(words) - 2) n)
$$;
