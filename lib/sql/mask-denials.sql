-- From now on patterns are those of `reason_mask`.
create or replace view masked_denials as
  select denials.* replace (coalesce(reason_mask.masked, denials.reason_pattern) as reason_pattern)
  from denials
  left join reason_mask on reason_mask.reason = denials.reason;
