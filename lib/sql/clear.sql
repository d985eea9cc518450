truncate receipt;
truncate receipt_status;
truncate edge;
