truncate receipt;
truncate receipt_status;
truncate edge;
truncate delegation;
