-- The two columns that denial-matrix.sql counts by.
set variable denial_matrix = {'row': $1::varchar, 'column': $2::varchar};
