-- The filter of the questions that follow on this connection. A list is null for no restriction, else
-- its values in UTF-8 as hex digits, parted by commas: no value can be mistaken for a separator. Rows are
-- decimal numbers parted by commas.
set variable filter = {
  'from': $1::ubigint,
  'until': $2::ubigint,
  'text': lower($3::varchar),
  'decision': words($4::varchar),
  'not_decision': words($5::varchar),
  'integrity': words($6::varchar),
  'not_integrity': words($7::varchar),
  'guard': words($8::varchar),
  'not_guard': words($9::varchar),
  'agent': words($10::varchar),
  'not_agent': words($11::varchar),
  'tool': words($12::varchar),
  'not_tool': words($13::varchar),
  'service': words($14::varchar),
  'not_service': words($15::varchar),
  'form': words($16::varchar),
  'not_form': words($17::varchar),
  'file': words($18::varchar),
  'not_file': words($19::varchar),
  'rows': string_split($20::varchar, ',')::integer[]
};
