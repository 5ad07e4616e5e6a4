-- What an organisation was handed in cash when orders moved to dearer places is summed up by day.
create index order_events_moved on order_events (organisation_id, at) where what ? 'moved';
