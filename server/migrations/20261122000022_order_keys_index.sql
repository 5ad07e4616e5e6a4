-- no-transaction
-- Beside running sales. What waits to be sorted in is read by every search, and sorted in by whoever buys: it is kept short.
create index concurrently organisation_order_words_keys on organisation_order_words
    using gin (order_keys(organisation_id, words)) with (gin_pending_list_limit = 512);
