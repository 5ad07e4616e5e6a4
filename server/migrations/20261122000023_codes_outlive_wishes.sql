-- How many codes a number gets is counted by their rows: they may not go with the wish that they were for, or whoever begins anew
-- is never slowed down.
alter table sms_codes drop constraint sms_codes_change_id_fkey;
