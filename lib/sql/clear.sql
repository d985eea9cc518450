truncate receipt;
truncate dead_letter;
truncate alert;
