truncate receipt;
truncate receipt_status;
