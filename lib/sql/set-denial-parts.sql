-- The parts that make a pattern: guard, tool, scope, agent and reason, each 'yes' or not.
set variable denial_parts = {
  'guard': $1::varchar = 'yes',
  'tool': $2::varchar = 'yes',
  'scope': $3::varchar = 'yes',
  'agent': $4::varchar = 'yes',
  'reason': $5::varchar = 'yes'
};
