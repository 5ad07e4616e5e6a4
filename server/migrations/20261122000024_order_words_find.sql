-- `organisation_order_words_keys` answers instead.
drop index organisation_order_words_find;
